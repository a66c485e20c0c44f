"""Something real on every page of teams.urls.constituting."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
