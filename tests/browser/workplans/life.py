"""Something real on every page of workplans.urls.life."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
