"""Something real on every page of workplans.urls.reporting."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
