"""What a careful reader would query in the rows of a list, and what stands between its lines."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from bangla.text import fold, squeeze
from ideas.contact_words import without_contacts
from ideas.importers.found import FoundIdea, SkippedLine
from ideas.importers.offices import OfficeNames, Whose
from ideas.importers.words import read_day, read_person, read_state
from teams.templatetags.bangla_tags import digits
from workplans.importers.sources.bijoy import unread_codes

LONGEST_TITLE: Final = 300
LONGEST_NAME: Final = 200
_LONGEST_FIRST_SENTENCE: Final = 160


def settle_rows(
    rows: Sequence[FoundIdea], *, names: OfficeNames, year: str, today: date
) -> tuple[list[FoundIdea], list[SkippedLine]]:
    """Read states, days and people; note what is doubtful; leave out rows of other offices.

    `year` dates rows that name none.
    """
    kept, left = [], []
    for row in rows:
        whose = names.whose(row.office)
        if whose is Whose.OTHER:
            left.append(_not_own(row))
            continue
        if whose is Whose.UNSURE:
            row.doubt("office", _not_recognised(row.office))
        _settle(row, year=year, today=today)
        kept.append(row)
    _doubt_repeats(kept)
    return kept, left


def _not_own(row: FoundIdea) -> SkippedLine:
    reason = _("“%(office)s”-এর সারি; শুধু নিজের দপ্তরের সারি আনা যায়।") % {"office": row.office}
    return SkippedLine(f"{row.location}: {squeeze(row.title or row.description)[:160]}", reason)


def _not_recognised(office: str) -> str:
    told = {"office": office[:80]}
    return _("“%(office)s” আপনার দপ্তর কি না বোঝা যায়নি। আপনার দপ্তরের হলে টিক দিন।") % told


def _settle(row: FoundIdea, *, year: str, today: date) -> None:
    _settle_person(row)
    _settle_texts(row)
    state = read_state(row.status)
    row.status = state.status.value
    if state.reason:
        row.doubt("status", state.reason)
    row.received_text = row.received_text or year
    read = read_day(row.received_text, today=today)
    row.received_on = read.day
    if read.reason:
        row.doubt("received_text", read.reason)


def _settle_person(row: FoundIdea) -> None:
    """Take name and detail apart; how to reach the person stays outside."""
    name, detail = without_contacts(row.submitter_name), without_contacts(row.submitter_detail)
    if (name, detail) != (row.submitter_name, row.submitter_detail):
        row.doubt("submitter_name", _("মোবাইল নম্বর বা ই-মেইল ছিল; তা আনা হয়নি।"))
    row.submitter_name, row.submitter_detail = read_person(name, detail)
    for cell in ("submitter_name", "submitter_detail"):
        if len(getattr(row, cell)) > LONGEST_NAME:
            row.doubt(cell, _too_long(LONGEST_NAME))


def _settle_texts(row: FoundIdea) -> None:
    """A title is on one line; an idea without one or without a proposal takes what there is."""
    row.title = squeeze(row.title)
    if not row.title:
        row.title = _first_sentence(row.description or row.problem)
        row.doubt("title", _("শিরোনাম লেখা নেই; বিবরণের শুরু থেকে নেওয়া হয়েছে।"))
    if len(row.title) > LONGEST_TITLE:
        if not row.description:
            row.description, row.title = row.title, _first_sentence(row.title)
            row.doubt("title", _("শিরোনামের ঘরে লম্বা বিবরণ ছিল; শুরুটুকু শিরোনাম, পুরোটা প্রস্তাব ধরা হয়েছে।"))
        else:
            row.doubt("title", _too_long(LONGEST_TITLE))
    if not row.description:
        row.description = row.title
        row.doubt("description", _("প্রস্তাবের বিবরণ লেখা নেই; শিরোনামই রাখা হয়েছে।"))
    for cell in ("title", "problem", "description", "benefit", "submitter_name", "remarks"):
        if reason := unread_codes(getattr(row, cell)):
            row.doubt(cell, reason)


def _first_sentence(text: str) -> str:
    """The beginning of a text as a title: its first sentence, cut between words."""
    words = squeeze(text).partition("।")[0]
    if len(words) <= _LONGEST_FIRST_SENTENCE:
        return words
    cut = words[:_LONGEST_FIRST_SENTENCE]
    return f"{cut.rpartition(' ')[0] or cut}…"


def _too_long(limit: int) -> str:
    return _("লেখাটি %(limit)s অক্ষরের বেশি; ছোট করে লিখুন।") % {"limit": digits(limit)}


def _doubt_repeats(rows: Iterable[FoundIdea]) -> None:
    """The same title twice in one list."""
    first: dict[str, FoundIdea] = {}
    for row in rows:
        known = first.setdefault(fold(row.title), row)
        if known is not row:
            where = {"place": known.location}
            row.doubt("title", _("একই শিরোনাম %(place)s-এও আছে।") % where)
