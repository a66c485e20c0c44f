"""Something real on every page of teams.urls.record."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
