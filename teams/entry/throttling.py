"""Guessing made slow without ever locking anybody out.

A try is counted before the secret is looked at, so of fifty sent at once one is looked at and the
others are told to wait. The pause grows with each failure and ends by itself. Three counts stand
side by side, and the longest pause holds:

    pair      one name from one address: whoever mistypes slows only himself, not the colleague
              beside him nor the officer of that name in another place
    name      one name from everywhere: a guess spread over many addresses
    address   all names from one address: one guess at many people

The last two do not hold for a pair that has come in within `KNOWN_FOR`: no stranger can keep an
officer out of the account in the office where it is usually used. docs/adr/0021-accounts.md has
the reasons for each number.
"""

from __future__ import annotations

import ipaddress
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from bangla.digits import to_bangla

from ..language import in_bengali
from ..models import TryCount
from ..requests import client_address

KNOWN_FOR = timedelta(days=90)
_SALT = "teams.entry.throttling"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries are free, then the pause is 1, 2, 4 … seconds, `longest` at most.

    All in seconds: `longest`; `memory`, after which a quiet key begins anew; `each`, in which one
    try is forgotten: tries that come more slowly do not add up (0: they do).
    """

    free: int
    longest: int
    memory: int = 60 * 60
    each: int = 0

    def pause_after(self, tries: int) -> timedelta:
        """How long to wait after so many tries in a row."""
        beyond = tries - self.free
        if beyond <= 0:
            return timedelta(0)
        return timedelta(seconds=min(2 ** min(beyond - 1, 20), self.longest))

    def tries_left_in(self, count: TryCount, now: datetime) -> int:
        """How many of the counted tries still count."""
        if count.forget_at <= now:
            return 0
        quiet = self.memory - (count.forget_at - now).total_seconds()
        return max(0, count.tries - int(quiet // self.each)) if self.each else count.tries


# What is guarded, and how much of each. An office of forty shares one address; a mobile operator
# puts thousands behind one.
LIMITS: Mapping[str, Mapping[str, Limit]] = {
    "login": {
        "pair": Limit(free=3, longest=5 * 60),
        # One address alone makes twelve tries an hour at its longest pause: too slow to add up
        # here and to slow the officer elsewhere.
        "name": Limit(free=30, longest=60, each=2 * 60),
        "address": Limit(free=100, longest=30, each=36),
    },
    # Six digits can be guessed, though only by who has the password or sits at the machine.
    "second_factor": {
        "pair": Limit(free=4, longest=5 * 60),
        "name": Limit(free=20, longest=5 * 60),
    },
    # A one-time code names nobody; with 53 bits it is not guessed, only mistyped.
    "code": {"address": Limit(free=10, longest=60, each=6 * 60)},
    # Each asking sends a letter, so all of them count and not only the failures.
    "reset": {
        "pair": Limit(free=2, longest=15 * 60),
        "name": Limit(free=5, longest=15 * 60),
        "address": Limit(free=30, longest=60),
    },
}


class TooSoon(Exception):
    """Not yet; `until` is when the next try will be taken. The text is for the user."""

    def __init__(self, until: datetime, *, now: datetime) -> None:
        self.until = until
        self.seconds = max(1, math.ceil((until - now).total_seconds()))
        super().__init__(
            _("অনেকবার চেষ্টা হয়েছে। %(wait)s পরে আবার চেষ্টা করুন।") % {"wait": _in_words(self.seconds)}
        )


@dataclass(frozen=True, slots=True)
class Try:
    """A try that has been counted. Most end as failures, and nothing more is to be done."""

    action: str
    name: str
    network: str
    counted: tuple[str, ...]

    def succeeded(self) -> None:
        """Forget the failures of this name here, take back the rest, and know the pair from now."""
        now = timezone.now()
        with transaction.atomic():
            pair = _key(self.action, "pair", self.name, self.network)
            for count in _locked(self.counted):
                if count.key == pair:
                    count.delete()
                elif count.tries:
                    count.tries -= 1
                    count.free_at = now
                    count.save(update_fields=["tries", "free_at"])
            if "pair" in LIMITS[self.action]:
                TryCount.objects.update_or_create(
                    key=_key(self.action, "known", self.name, self.network),
                    defaults={"free_at": now, "forget_at": now + KNOWN_FOR},
                )


def count_try(request: HttpRequest, action: str, name: str = "") -> Try:
    """Count one try of an action in LIMITS, before its secret is looked at. Raises TooSoon.

    `name` is what the secret belongs to, spelt in one way, whether or not there is such a thing.
    A try that comes too soon is not counted: whoever keeps pressing the button waits no longer.
    """
    network = network_of(request)
    limits = {
        _key(action, kind, name, network): limit
        for kind, limit in _limits_for(action, name, network).items()
    }
    now = timezone.now()
    with transaction.atomic():
        TryCount.objects.bulk_create(
            [TryCount(key=key, free_at=now, forget_at=now) for key in sorted(limits)],
            ignore_conflicts=True,
        )
        counts = _locked(limits)
        until = max((count.free_at for count in counts if count.forget_at > now), default=now)
        if until > now:
            raise TooSoon(until, now=now)
        for count in counts:
            limit = limits[count.key]
            count.tries = limit.tries_left_in(count, now) + 1
            count.free_at = now + limit.pause_after(count.tries)
            count.forget_at = now + timedelta(seconds=limit.memory)
        TryCount.objects.bulk_update(counts, ["tries", "free_at", "forget_at"])
    return Try(action, name, network, tuple(limits))


def network_of(request: HttpRequest) -> str:
    """Where a request comes from; of IPv6 the part that a line keeps. "" without an address."""
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return ""
    prefix = 64 if address.version == 6 else 32
    return str(ipaddress.ip_network((address, prefix), strict=False))


def forget_old_tries() -> None:
    """Take out the counts that hold nobody back any more."""
    TryCount.objects.filter(forget_at__lt=timezone.now()).delete()


def _limits_for(action: str, name: str, network: str) -> Mapping[str, Limit]:
    limits = LIMITS[action]
    if "pair" not in limits:
        return limits
    known = TryCount.objects.filter(
        key=_key(action, "known", name, network), forget_at__gt=timezone.now()
    )
    return {"pair": limits["pair"]} if known.exists() else limits


def _key(action: str, kind: str, name: str, network: str) -> str:
    """Under what a count stands: `kind` says which of name and network matter."""
    name, network = ("" if kind == "address" else name), ("" if kind == "name" else network)
    words = "\0".join((action, kind, name, network))
    return salted_hmac(_SALT, words, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def _locked(keys: Mapping[str, Limit] | tuple[str, ...]) -> list[TryCount]:
    """The counts, always taken in the same order: two tries never wait for each other in turn."""
    return list(TryCount.objects.select_for_update().filter(key__in=list(keys)).order_by("key"))


def _in_words(seconds: int) -> str:
    """A pause as people say it: ৮ সেকেন্ড, ৩ মিনিট (rounded up)."""
    minutes = math.ceil(seconds / 60)
    number, unit = (seconds, _("সেকেন্ড")) if seconds < 60 else (minutes, _("মিনিট"))
    return f"{to_bangla(number) if in_bengali() else number} {unit}"
