"""Who gets what at the addresses of ideas.urls.screening"""

from tests.access_ideas.parts import Part

PART = Part()
