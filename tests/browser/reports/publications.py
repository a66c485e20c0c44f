"""Something real on every page of reports.urls.publications."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
