"""Something real on every page of ideas.urls.screening."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
