"""Something real on every page of reports.urls.activities."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
