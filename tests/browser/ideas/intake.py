"""Something real on every page of ideas.urls.intake."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
