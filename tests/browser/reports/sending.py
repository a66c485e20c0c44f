"""Something real on every page of reports.urls.sending."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
