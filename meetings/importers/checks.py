"""What a careful reader would query in the minutes, in sentences that say how to mend it."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from bangla.dates import parse_date
from bangla.text import squeeze
from meetings.importers.columns import Column
from meetings.importers.dates import days_in
from meetings.importers.drafts import TEXTS, Draft, short
from meetings.importers.ending import Ending
from meetings.importers.minutes import Doubt, ImportedAttendee
from teams.templatetags import bangla_tags
from workplans.importers.serials import plain_number
from workplans.importers.sources.bijoy import unread_codes


def check_items(drafts: Sequence[Draft], held_on: date | None) -> None:
    """Note on every item what a person should look at: missing texts, serials, days gone by."""
    _check_serials(drafts)
    for draft in drafts:
        _check_texts(draft)
        if held_on:
            _check_days(draft, held_on)


def check_days(
    held_on: date | None, issued_on: date | None, signed: Sequence[str]
) -> Iterator[Doubt]:
    """Query days that cannot follow each other; `signed` are the words of dates by signatures."""
    if issued_on is None:
        return
    issued = bangla_tags.day(issued_on)
    if held_on and issued_on < held_on:
        yield Doubt(
            "issued_on",
            _("জারির তারিখ %(issued)s সভার তারিখ %(held)s-এর আগে। কোনটি ভুল দেখে ঠিক করুন।")
            % {"issued": issued, "held": bangla_tags.day(held_on)},
        )
    for words in signed:
        day = parse_date(words).value
        if day and (day > issued_on or (held_on and day < held_on)):
            yield Doubt(
                "issued_on",
                _("স্বাক্ষরের তারিখ ‘%(words)s’ সভা ও জারির (%(issued)s) মাঝে পড়ে না। মিলিয়ে দেখুন।")
                % {"words": words, "issued": issued},
            )


def check_ending(ending: Ending, *, has_copies: bool) -> Iterator[Doubt]:
    """Query the signatures, the copies and what was left over below the items."""
    if not ending.signatories:
        yield Doubt("signatories", _("স্বাক্ষরকারীর নাম পাওয়া যায়নি। নাম ও পদবি লিখুন।"))
    elif ending.is_unbracketed:
        yield Doubt(
            "signatories", _("স্বাক্ষরকারীর নাম বন্ধনীতে লেখা নেই; নাম ও পদবি ঠিক ধরা হয়েছে কি না দেখুন।")
        )
    if not has_copies:
        yield Doubt("copies", _("অনুলিপির তালিকা পাওয়া যায়নি। থাকলে প্রাপকদের লিখুন।"))
    if ending.copies.has_blank:
        yield Doubt("copies", _("অনুলিপির তালিকায় প্রাপকের জায়গা ফাঁকা রাখা আছে। নাম থাকলে লিখুন।"))
    if ending.left:
        reason = _("শেষাংশের এই লেখা নেওয়া হয়নি: %(words)s। দরকার হলে ঠিক জায়গায় লিখুন।")
        yield Doubt("closing", reason % {"words": short(" / ".join(ending.left))})


def check_attendance(announced: str, attendance: Sequence[ImportedAttendee]) -> Iterator[Doubt]:
    """Query an annex that the paper speaks of in the words `announced`, and that is not in it."""
    if announced and not attendance:
        reason = _("উপস্থিতির জায়গায় লেখা আছে ‘%(words)s’, কিন্তু তালিকাটি এখানে নেই। উপস্থিতি আলাদা লিখুন।")
        yield Doubt("attendance", reason % {"words": short(announced)})


def _check_serials(drafts: Sequence[Draft]) -> None:
    """Plain numbers should run 1, 2, 3 …"""
    expected = 1
    for draft in drafts:
        number = plain_number(draft.serial)
        if number is None:
            continue
        if number < expected:
            draft.doubt("serial", _("এই ক্রমিক আগেও এসেছে বা ক্রম উল্টো। ক্রমিক মিলিয়ে দেখুন।"))
        elif number > expected:
            draft.doubt("serial", _("এর আগে এক বা একাধিক ক্রমিক নেই। কোনো বিষয় বাদ পড়েছে কি না দেখুন।"))
        expected = number + 1


def _check_texts(draft: Draft) -> None:
    if not draft.text(Column.TOPIC):
        draft.doubt(Column.TOPIC, _("আলোচ্য বিষয়ের নাম লেখা নেই। নাম লিখুন।"))
    if not draft.text(Column.DECISION):
        draft.doubt(Column.DECISION, _("সিদ্ধান্ত লেখা নেই। সিদ্ধান্ত হয়ে থাকলে লিখুন।"))
    if not draft.text(Column.IMPLEMENTER):
        draft.doubt(Column.IMPLEMENTER, _("বাস্তবায়নকারী লেখা নেই। কে বাস্তবায়ন করবেন লিখুন।"))
    for column in TEXTS:
        if reason := unread_codes(draft.text(column)):
            draft.doubt(column, reason)


def _check_days(draft: Draft, held_on: date) -> None:
    """Query what was wanted by a day that had passed when the meeting was held."""
    for column in TEXTS:
        for named in days_in(draft.text(column)):
            if named.is_due and named.day < held_on:
                draft.doubt(column, _late(named.words, held_on))
    due = parse_date(draft.text(Column.DEADLINE)).value
    if due and due < held_on:
        draft.doubt(Column.DEADLINE, _late(draft.text(Column.DEADLINE), held_on))


def _late(words: str, held_on: date) -> str:
    return _("সময় দেওয়া হয়েছে %(words)s পর্যন্ত, যা সভার তারিখ %(held)s-এর আগে। তারিখটি দেখে ঠিক করুন।") % {
        "words": squeeze(words),
        "held": bangla_tags.day(held_on),
    }
