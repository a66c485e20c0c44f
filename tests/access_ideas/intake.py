"""Who gets what at the addresses of ideas.urls.intake"""

from tests.access_ideas.parts import Part

PART = Part()
