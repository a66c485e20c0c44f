"""Who gets what at the addresses of teams, people and the record, one module for each part."""

from dataclasses import replace
from typing import Any

from tests.access_teams import (
    administration,
    constituting,
    invitations,
    orders,
    posts,
    record,
    second_factor,
    superior,
)
from tests.factories import Country

PARTS = tuple(
    module.PART
    for module in (
        orders,
        constituting,
        posts,
        invitations,
        second_factor,
        administration,
        record,
        superior,
    )
)
# No state of a plan makes a difference to a team.
ADDRESSES = {
    name: replace(address, is_stateless=True)
    for part in PARTS
    for name, address in part.addresses.items()
}


def team_things(country: Country) -> dict[str, list[Any]]:
    """What all these addresses are about, made once."""
    return {name: args for part in PARTS for name, args in part.things(country).items()}
