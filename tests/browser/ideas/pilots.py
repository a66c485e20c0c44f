"""Something real on every page of ideas.urls.pilots."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
