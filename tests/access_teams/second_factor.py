"""Who gets what at the addresses of the account: second factor, sessions, single sign-on."""

from tests.access_ideas.parts import Part

PART = Part()
