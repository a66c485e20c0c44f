"""Something real on every page of the superior's view (duties)."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
