"""Something real on every page of teams.urls.orders."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
