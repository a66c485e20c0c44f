"""Something real on every page of workplans.urls.seeing."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
