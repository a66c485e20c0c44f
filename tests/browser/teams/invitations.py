"""Something real on every page of teams.urls.invitations."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
