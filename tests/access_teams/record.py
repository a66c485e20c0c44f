"""Who gets what at the addresses of teams.urls.record."""

from tests.access_ideas.parts import Part

PART = Part()
