"""What stands between the public form and a flood, without knowing who anybody is.

Somebody's address is looked at once, to count what came from it within the hour, and never kept:
the count stands under HMAC(salt, address), the salt is random, lives in the cache for an hour and
is gone then, and without it no count can be laid to any address. The reasons for each number and
for asking instead of refusing are in docs/adr/0012-public-hand-in.md.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.core import signing
from django.core.cache import caches
from django.core.cache.backends.filebased import FileBasedCache
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bangla.text import fold
from teams.requests import client_address

HOUR = 60 * 60  # seconds
# From one address within an hour: so many at once, then so many more by whoever answers a
# question. An office with one line of its own seldom hands in more than five ideas an hour, and
# thirty are as many as somebody looks through before lunch.
FREE = 5
HELD = 30
# Codes that lead nowhere, from one address within the hour. Slips of the finger do not count (the
# check digit catches them), so these are guesses; a guess hits one of 100,000 ideas once in a
# million tries.
WRONG_CODES = 30
# Seconds: nobody writes an idea in less; a page open for longer gets a new ticket.
FASTEST = 3
OLDEST = 24 * HOUR
MOST_LINKS = 2
LEAST_READABLE = 0.5  # of the letters are Bengali or English

_SALT = "hand-in:salt"
_TICKET = "ideas.hand-in"
_LINK = re.compile(r"https?://|www\.|\[url|href=", re.IGNORECASE)

# Why something was held, for the team that looks at it.
IN_A_FLOOD = _("এক ঘণ্টায় একই সংযোগ থেকে অনেকগুলো জমা পড়েছে।")
TOO_FAST = _("মানুষের লেখার চেয়ে দ্রুত জমা পড়েছে।")
TRAPPED = _("যে ঘর খালি রাখার কথা, তাতে লেখা ছিল।")
HAS_LINKS = _("লেখায় অনেকগুলো লিংক আছে।")
UNREADABLE = _("লেখাটি বাংলা বা ইংরেজি বলে মনে হয় না।")
SAID_BEFORE = _("হুবহু একই লেখা এক ঘণ্টার মধ্যে আগেও এসেছে।")


class Crowded(Exception):
    """So much came from this address that it has to wait; `until` is when it may try again."""

    def __init__(self, until: datetime) -> None:
        super().__init__("crowded")
        self.until = until


class QuestionNeeded(Exception):
    """The free ones of this hour are used up, by others a moment ago."""


# --- The ticket of a form ------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Ticket:
    """What a form carries to be taken once: its key, and its age in seconds."""

    key: UUID
    age: float


def new_ticket() -> str:
    return signing.dumps({"key": uuid4().hex, "at": time.time()}, salt=_TICKET)


def read_ticket(text: str) -> Ticket | None:
    """The ticket of a form that was shown within a day, else None."""
    try:
        ticket = signing.loads(text, salt=_TICKET)
    except signing.BadSignature:
        return None
    age = time.time() - ticket["at"]
    return Ticket(UUID(ticket["key"]), age) if 0 <= age <= OLDEST else None


# --- Whoever is at an address --------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Hour:
    """The hour in which things are counted together; it ends at so many seconds since 1970."""

    salt: bytes
    ends: float

    @property
    def seconds_left(self) -> float:
        return max(1.0, self.ends - time.time())

    def sealed(self, text: str) -> str:
        """The key under which a count stands."""
        return "hand-in:" + hmac.new(self.salt, text.encode(), hashlib.sha256).hexdigest()


def current_hour() -> Hour | None:
    """None until anything was counted within the hour."""
    hour: Hour | None = caches["guard"].get(_SALT)
    return hour if hour and hour.ends > time.time() else None


class Tally:
    """How often something of one kind came from one address within the hour."""

    def __init__(self, request: HttpRequest, kind: str) -> None:
        self._cache = caches["guard"]
        self._what = f"{kind}:{_network(request)}"
        self._hour = current_hour()

    @property
    def count(self) -> int:
        return self._cache.get(self._hour.sealed(self._what), 0) if self._hour else 0

    @property
    def ends(self) -> datetime:
        """When the count begins anew."""
        return datetime.fromtimestamp(self._hour.ends if self._hour else time.time(), UTC)

    def add(self) -> None:
        """Count one more. Two at the same moment may count as one, unless the caller locks."""
        hour = self._this_hour()
        self._cache.set(hour.sealed(self._what), self.count + 1, hour.seconds_left)

    def _this_hour(self) -> Hour:
        """The hour things are counted in now, which begins if need be."""
        self._hour = current_hour()
        if self._hour is None:
            fresh = Hour(secrets.token_bytes(32), time.time() + HOUR)
            # Of two who begin it at once the second goes on with the first one's.
            begun = self._cache.add(_SALT, fresh, HOUR)
            self._hour = fresh if begun else current_hour()
        if self._hour is None:  # the cache keeps one that is over
            self._cache.set(_SALT, fresh, HOUR)
            self._hour = fresh
        return self._hour


class Visitor(Tally):
    """Whoever hands things in from one address."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, "hand-in")
        self._codes = Tally(request, "codes")

    @property
    def is_free(self) -> bool:
        """Whether one more is taken without a question. Raises Crowded when none is at all."""
        if self.count >= FREE + HELD:
            raise Crowded(self.ends)
        return self.count < FREE

    def count_in(self, words: str = "", *, answered: bool) -> Sequence[Promise]:
        """Count one more that says these words; returns why it should be held.

        Raises QuestionNeeded or Crowded. Called within the transaction that writes the idea,
        behind its lock: of many forms that arrive at once none slips past the count.
        """
        hour = self._this_hour()
        is_free = self.is_free
        if not is_free and not answered:
            raise QuestionNeeded
        self.add()
        said = hour.sealed("words:" + fold(words))
        is_new = not words or self._cache.add(said, 1, hour.seconds_left)
        return ([] if is_free else [IN_A_FLOOD]) + ([] if is_new else [SAID_BEFORE])

    def look_for_code(self) -> None:
        """Raises Crowded for whoever has tried too many codes that nobody has."""
        if self._codes.count >= WRONG_CODES:
            raise Crowded(self._codes.ends)

    def count_wrong_code(self) -> None:
        self._codes.add()


def forget() -> None:
    """Forget this hour's counts: without the salt they belong to nobody."""
    caches["guard"].delete(_SALT)


def sweep() -> None:
    """Take off the disk what has expired. Redis does so by itself, files wait to be asked for."""
    cache = caches["guard"]
    if isinstance(cache, FileBasedCache) and current_hour() is None:
        cache.clear()


def _network(request: HttpRequest) -> str:
    """The address as the limits on log-in know it; of IPv6 the part that a line keeps."""
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return ""  # a socket without address: all of these together are one visitor
    prefix = 64 if address.version == 6 else 32
    return str(ipaddress.ip_network((address, prefix), strict=False))


# --- What is written -----------------------------------------------------------------------
def doubts_about(words: str) -> list[Promise]:
    """Why somebody should look at this text before it is called an idea."""
    doubts: list[Promise] = []
    if len(_LINK.findall(words)) > MOST_LINKS:
        doubts.append(HAS_LINKS)
    letters = [sign for sign in words if sign.isalpha()]
    readable = [sign for sign in letters if sign.isascii() or "\u0980" <= sign <= "\u09ff"]
    if len(readable) <= len(letters) * LEAST_READABLE:
        doubts.append(UNREADABLE)
    return doubts
