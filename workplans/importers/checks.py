"""What a careful reader would query in the rows themselves: serials, missing and cut off texts."""

import re
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from bangla.text import squeeze
from teams.templatetags.bangla_tags import digits
from workplans.importers.draft import Draft
from workplans.importers.header import Column
from workplans.importers.serials import plain_number
from workplans.importers.sources.bijoy import unread_codes

_WHOLE_TEXTS: Final = (
    Column.TITLE,
    Column.RESPONSIBLE,
    Column.EXPECTED_RESULT,
    Column.MEASURE,
)
# Words that join what is before them to something after them, so no text ends in one.
_OPEN_END: Final = re.compile(
    r"(?:^|\s)(?:ও|এবং|বা|অথবা|কিংবা|তথা|যেমন|সংক্রান্ত|বিষয়ক|সম্পর্কিত|and|or|of|the|for)$|[,(\[–]$",
    re.IGNORECASE,
)


def check_rows(drafts: Sequence[Draft]) -> None:
    """Note on every draft what a person should look at again."""
    _check_serials(drafts)
    for draft in drafts:
        _check_texts(draft)


def _check_texts(draft: Draft) -> None:
    if not draft.text(Column.TITLE):
        draft.doubt(Column.TITLE, _("কাজের নাম লেখা নেই।"))
    for column in _WHOLE_TEXTS:
        words = squeeze(draft.text(column))
        if _OPEN_END.search(words) or words.count("(") > words.count(")"):
            draft.doubt(column, _("লেখাটি মাঝপথে শেষ হয়েছে বলে মনে হচ্ছে।"))
    for column in (*_WHOLE_TEXTS, Column.SUBJECT, Column.PROGRESS):
        if reason := unread_codes(draft.text(column)):
            draft.doubt(column, reason)


def _check_serials(drafts: Sequence[Draft]) -> None:
    """Plain numbers should run 1, 2, 3 …; a new subject may begin again at 1."""
    expected = 1
    for draft in drafts:
        if not draft.given_serial:
            continue
        number = plain_number(draft.text(Column.SERIAL))
        if number is None:
            continue
        if number < expected and not (number == 1 and draft.given_subject):
            draft.doubt(Column.SERIAL, _("এই ক্রমিক আগেও এসেছে বা ক্রম উল্টো।"))
        elif number > expected:
            draft.doubt(Column.SERIAL, _missing(expected, number - 1))
        expected = number + 1


def _missing(first: int, last: int) -> str:
    if first == last:
        return _("এর আগে ক্রমিক %(first)s নেই।") % {"first": digits(first)}
    return _("এর আগে ক্রমিক %(first)s থেকে %(last)s নেই।") % {
        "first": digits(first),
        "last": digits(last),
    }
