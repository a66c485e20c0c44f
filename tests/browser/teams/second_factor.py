"""Something real on every page of the account: second factor, sessions, single sign-on."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
