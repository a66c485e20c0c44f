"""Something real on every page of reports.urls.nation."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
