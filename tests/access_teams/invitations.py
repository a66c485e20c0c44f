"""Who gets what at the addresses of teams.urls.invitations."""

from tests.access_ideas.parts import Part

PART = Part()
