"""What each part of the room tells the access tables."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from tests.access_rules import Address
from tests.factories import Country


@dataclass(frozen=True)
class Part:
    """One part of the room.

    `things` makes what the addresses are about, once, and names each: {"pilot": [pk]}. Nothing
    here depends on the state of a plan or meeting.
    `public` are the addresses that answer without a log-in; `watched` the tables written to.
    """

    addresses: dict[str, Address] = field(default_factory=dict)
    things: Callable[[Country], dict[str, list[Any]]] = lambda country: {}
    public: frozenset[str] = frozenset()
    watched: tuple[type[models.Model], ...] = ()
