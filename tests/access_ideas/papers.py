"""Who gets what at the addresses of ideas.urls.papers"""

from tests.access_ideas.parts import Part

PART = Part()
