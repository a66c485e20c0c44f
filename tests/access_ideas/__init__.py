"""Who gets what at every address of ideas, one module for each part of the room."""

from dataclasses import replace
from typing import Any

from tests.access_ideas import (
    intake,
    newsletters,
    papers,
    pilots,
    register,
    replications,
    screening,
    showcase,
    similar,
)
from tests.factories import Country

PARTS = tuple(
    module.PART
    for module in (
        register,
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


# No state of a plan makes a difference to an idea.
ADDRESSES = {
    name: replace(address, is_stateless=True)
    for part in PARTS
    for name, address in part.addresses.items()
}


def idea_things(country: Country) -> dict[str, list[Any]]:
    """What all these addresses are about, made once."""
    return {name: args for part in PARTS for name, args in part.things(country).items()}
