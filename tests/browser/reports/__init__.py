"""Something real on every page of reports."""

from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses
from tests.browser.reports import (
    activities,
    nation,
    open_data,
    publications,
    review,
    sending,
    writing,
)

PARTS = tuple(
    module.PAGES
    for module in (writing, activities, sending, review, nation, publications, open_data)
)
NO_PAGES_OF_REPORTS = frozenset(name for part in PARTS for name in part.no_pages)


def addresses_of_reports(upazila: Upazila) -> Addresses:
    """What the head of the office sees."""
    return {name: paths for part in PARTS for name, paths in part.of_officer(upazila).items()}


def addresses_of_readers(upazila: Upazila) -> Addresses:
    """What anybody sees."""
    return {name: paths for part in PARTS for name, paths in part.of_strangers(upazila).items()}


def addresses_of_reviewer(upazila: Upazila) -> Addresses:
    """What a reviewer of the Cabinet Division sees."""
    return {name: paths for part in PARTS for name, paths in part.of_reviewer(upazila).items()}
