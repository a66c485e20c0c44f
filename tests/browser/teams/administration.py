"""Something real on every page of teams.urls.administration."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
