"""Something real on every page of ideas.urls.papers."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
