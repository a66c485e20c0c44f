"""Something real on every page of teams.urls.posts, and of handing a post over (duties)."""

from tests.browser.ideas.parts import Pages

PAGES = Pages()
