"""Something real on every page of workplans.urls.starting."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
