"""Something real on every page of ideas.urls.replications."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
