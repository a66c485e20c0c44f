"""Who gets what at the addresses of teams.urls.posts, and of handing a post over (duties)."""

from tests.access_ideas.parts import Part

PART = Part()
