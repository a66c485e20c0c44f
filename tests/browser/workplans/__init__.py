"""Something real on every page of the parts of a plan."""

from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses
from tests.browser.workplans import forms, life, reporting, scores, seeing, starting, together

PARTS = tuple(
    module.PAGES for module in (life, scores, forms, reporting, seeing, together, starting)
)
NO_PAGES_OF_PLANS = frozenset(name for part in PARTS for name in part.no_pages)


def addresses_of_plans(upazila: Upazila) -> Addresses:
    """What the head of the office sees."""
    return {name: paths for part in PARTS for name, paths in part.of_officer(upazila).items()}


def addresses_of_plan_reviewer(upazila: Upazila) -> Addresses:
    """What a reviewer of the Cabinet Division sees."""
    return {name: paths for part in PARTS for name, paths in part.of_reviewer(upazila).items()}
