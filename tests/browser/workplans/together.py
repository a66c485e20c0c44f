"""Something real on every page of workplans.urls.together."""

from tests.browser.ideas.parts import Pages

PAGES = Pages(no_pages=frozenset({"workplans:presence", "workplans:rows", "workplans:undo"}))
