"""Something real on every page of ideas.urls.showcase."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
