"""Something real on every page of ideas."""

from tests.browser.house import Upazila
from tests.browser.ideas import (
    intake,
    newsletters,
    papers,
    pilots,
    replications,
    screening,
    showcase,
    similar,
)
from tests.browser.ideas.parts import Addresses

PARTS = tuple(
    module.PAGES
    for module in (
        intake,
        similar,
        screening,
        pilots,
        showcase,
        replications,
        papers,
        newsletters,
    )
)
NO_PAGES_OF_IDEAS = frozenset(name for part in PARTS for name in part.no_pages)


def addresses_of_ideas(upazila: Upazila) -> Addresses:
    """What an innovation officer sees."""
    return {name: paths for part in PARTS for name, paths in part.of_officer(upazila).items()}


def addresses_of_citizens(upazila: Upazila) -> Addresses:
    """What anybody sees."""
    return {name: paths for part in PARTS for name, paths in part.of_strangers(upazila).items()}
