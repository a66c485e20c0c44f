"""The one-time code of an invitation: how it is made and read, and who may get one.

Sixteen digits, the last of which checks the others. They are told once, in the letter or on the
slip; what is kept is a keyed hash, so a copy of the database opens nobody's account.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from bangla.digits import to_ascii

from ..models import Post, PostHolding, User

# A slip goes by the office's own post, and its reader may be on leave.
VALID_FOR = timedelta(days=14)
CODE_DIGITS = 16
# As many slips as are drawn while somebody waits: ten sheets.
MOST_AT_ONCE = 40
_SALT = "teams.invitation"


# --- The code ------------------------------------------------------------------------------
def new_code() -> str:
    """A code that nobody can guess, in ASCII digits without gaps."""
    digits = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS - 1))
    return next(code for last in "0123456789" if _checks_out(code := digits + last))


def read_code(typed: str) -> str:
    """The code in what somebody typed, in either script, with any gaps; "" if it is none.

    One wrong digit, or two that changed places, give "": such a slip of the finger is no guess.
    """
    digits = "".join(sign for sign in to_ascii(typed) if sign.isalnum())
    is_code = len(digits) == CODE_DIGITS and digits.isascii() and digits.isdigit()
    return digits if is_code and _checks_out(digits) else ""


def spaced(code: str) -> str:
    """The code in groups of four, as it is printed and read out: 4827 1936 5024 7716."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def hash_of(code: str, key: str = "") -> str:
    """What is kept of a code; `key` is an earlier SECRET_KEY."""
    key = key or settings.SECRET_KEY
    return salted_hmac(_SALT, code, secret=key, algorithm="sha256").hexdigest()


def _checks_out(digits: str) -> bool:
    """Luhn's check, as on bank cards."""
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(sum(divmod(number, 10)) for number in doubled) % 10 == 0


def welcome_address(code: str = "") -> str:
    """Where a code is redeemed. It stands behind the #, which a browser tells no server."""
    address = settings.SITE_URL.rstrip("/") + reverse("welcome")
    return f"{address}#{code}" if code else address


# --- For whom ------------------------------------------------------------------------------
def holdings_ahead(people: Collection[User] | None = None) -> QuerySet[PostHolding]:
    """Who holds an active post, or will: today's holdings and those to come."""
    today = timezone.localdate()
    ahead = PostHolding.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    ahead = ahead.filter(post__is_active=True)
    return ahead if people is None else ahead.filter(person__in=people)


def posts_ahead(person: User) -> list[Post]:
    """The person's posts of today and to come, the one held longest first (one query)."""
    ahead = holdings_ahead([person]).select_related("post__office").order_by("starts_on", "pk")
    return [holding.post for holding in ahead]
