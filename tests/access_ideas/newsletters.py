"""Who gets what at the addresses of ideas.urls.newsletters"""

from tests.access_ideas.parts import Part

PART = Part()
