"""Something real on every page of reports.urls.review."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
