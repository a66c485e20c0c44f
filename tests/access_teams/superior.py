"""Who gets what at the addresses of the superior's view (duties)."""

from tests.access_ideas.parts import Part

PART = Part()
