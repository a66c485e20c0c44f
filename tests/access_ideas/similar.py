"""Who gets what at the addresses of ideas.urls.similar"""

from tests.access_ideas.parts import Part

PART = Part()
