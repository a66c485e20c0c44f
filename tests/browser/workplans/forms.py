"""Something real on every page of workplans.urls.forms."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
