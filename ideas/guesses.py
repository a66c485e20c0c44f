"""A limit on trying codes of certificates: whoever types one from paper is seldom wrong twice."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.templatetags.bangla_tags import clock

from .guard import Tally

MOST_GUESSES = 30  # unknown codes from one address within an hour


class Guesses(Tally):
    """The unknown codes that came from one address within the hour."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, "certificates")

    @property
    def are_spent(self) -> bool:
        return self.count >= MOST_GUESSES

    @property
    def sentence(self) -> str:
        """When codes may be tried again."""
        return _("এখান থেকে অনেকগুলো ভুল কোড লেখা হয়েছে। %(time)s-এর পরে আবার চেষ্টা করুন।") % {
            "time": clock(timezone.localtime(self.ends))
        }
