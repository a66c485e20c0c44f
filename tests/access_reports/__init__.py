"""Who gets what at every address of reports, one module for each part of the room."""

from dataclasses import replace
from typing import Any

from tests.access_reports import (
    activities,
    nation,
    open_data,
    publications,
    review,
    sending,
    writing,
)
from tests.factories import Country

PARTS = tuple(
    module.PART
    for module in (writing, activities, sending, review, nation, publications, open_data)
)
# No state of a plan makes a difference to a report; its own states are things of their own.
ADDRESSES = {
    name: replace(address, is_stateless=True)
    for part in PARTS
    for name, address in part.addresses.items()
}


def report_things(country: Country) -> dict[str, list[Any]]:
    """What all these addresses are about, made once."""
    return {name: args for part in PARTS for name, args in part.things(country).items()}
