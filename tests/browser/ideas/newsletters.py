"""Something real on every page of ideas.urls.newsletters."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
