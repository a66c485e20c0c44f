"""Something real on every page of workplans.urls.scores."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
