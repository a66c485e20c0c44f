"""Something real on every page of teams, people and the record."""

from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses
from tests.browser.teams import (
    administration,
    constituting,
    invitations,
    orders,
    posts,
    record,
    second_factor,
    superior,
)

PARTS = tuple(
    module.PAGES
    for module in (
        constituting,
        orders,
        posts,
        invitations,
        second_factor,
        administration,
        record,
        superior,
    )
)
NO_PAGES_OF_TEAMS = frozenset(name for part in PARTS for name in part.no_pages)


def addresses_of_teams(upazila: Upazila) -> Addresses:
    """What the head of the office sees."""
    return {name: paths for part in PARTS for name, paths in part.of_officer(upazila).items()}


def addresses_of_newcomers(upazila: Upazila) -> Addresses:
    """What anybody sees."""
    return {name: paths for part in PARTS for name, paths in part.of_strangers(upazila).items()}


def addresses_of_administrator(upazila: Upazila) -> Addresses:
    """What the system administrator sees."""
    return {name: paths for part in PARTS for name, paths in part.of_administrator(upazila).items()}


def addresses_of_superiors(upazila: Upazila) -> Addresses:
    """What a reviewer of the Cabinet Division sees of teams."""
    return {name: paths for part in PARTS for name, paths in part.of_reviewer(upazila).items()}
