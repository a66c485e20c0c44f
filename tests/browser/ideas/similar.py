"""Something real on every page of ideas.urls.similar."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
