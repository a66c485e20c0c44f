"""A limit on trying codes of certificates: whoever types one from paper is seldom wrong twice."""

from datetime import UTC, datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.templatetags.bangla_tags import clock

from .guard import Visitor

MOST_GUESSES = 30  # unknown codes from one address within an hour


class Guesses(Visitor):
    """The unknown codes that came from one address within the hour."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._key = f"{self._key}:codes"

    @property
    def are_spent(self) -> bool:
        return self.handed_in >= MOST_GUESSES

    @property
    def sentence(self) -> str:
        """When codes may be tried again."""
        until = timezone.localtime(datetime.fromtimestamp(self._ends, UTC))
        return _("এখান থেকে অনেকগুলো ভুল কোড লেখা হয়েছে। %(time)s-এর পরে আবার চেষ্টা করুন।") % {
            "time": clock(until)
        }

    def count_in(self, *, answered: bool = False) -> None:
        """Count one more."""
        self._cache.set(self._key, self.handed_in + 1, self._seconds_left)
