"""Something real on every page of the parts of a plan."""

from collections.abc import Iterable

from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses
from tests.browser.workplans import forms, life, reporting, scores, seeing, starting, together

PARTS = tuple(
    module.PAGES for module in (life, scores, forms, reporting, seeing, together, starting)
)
NO_PAGES_OF_PLANS = frozenset(name for part in PARTS for name in part.no_pages)


def addresses_of_plans(upazila: Upazila) -> Addresses:
    """What the head of the office sees."""
    return _together(part.of_officer(upazila) for part in PARTS)


def addresses_of_plan_reviewer(upazila: Upazila) -> Addresses:
    """What a reviewer of the Cabinet Division sees."""
    return _together(part.of_reviewer(upazila) for part in PARTS)


def _together(found: Iterable[Addresses]) -> Addresses:
    """Several parts have a plan to show, each with something else on it."""
    addresses: Addresses = {}
    for one in found:
        for name, paths in one.items():
            addresses.setdefault(name, []).extend(paths)
    return addresses
