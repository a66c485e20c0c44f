"""Who gets what at the addresses of ideas.urls.pilots"""

from tests.access_ideas.parts import Part

PART = Part()
