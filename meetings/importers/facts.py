"""What the head and the ending of the minutes tell of the meeting, made certain or doubted."""

from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from bangla.text import squeeze
from meetings.importers.checks import check_days
from meetings.importers.dates import read_date, read_dates_of_one_day, read_time
from meetings.importers.ending import Ending
from meetings.importers.heading import Heading
from meetings.importers.labels import Label
from meetings.importers.minutes import Doubt
from meetings.importers.prose import chair_in, day_and_time_in
from teams.memo import MemoError, parse_memo, read_memo


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of `ImportedMinutes` under the same names, and the doubts about them."""

    chair: str
    place: str
    held_on: date | None
    held_on_text: str
    time: time | None
    time_text: str
    memo_number: str
    memo_text: str
    issued_on: date | None
    doubts: tuple[Doubt, ...]


def read_facts(heading: Heading, ending: Ending) -> Facts:
    """Put together what head and ending say; what is missing or in conflict is doubted."""
    reader = _Reader(heading, ending)
    chair, place = reader.chair(), reader.place()
    held_on_text = reader.held_on_text()
    held_on = reader.held_on(held_on_text)
    time_text = reader.time_text(held_on_text)
    at = reader.time(time_text)
    memo_text, memo_number = reader.memo()
    issued_on = reader.issued_on()
    reader.doubts.extend(check_days(held_on, issued_on, ending.signed))
    return Facts(
        chair, place, held_on, held_on_text, at, time_text, memo_number, memo_text, issued_on,
        tuple(reader.doubts),
    )  # fmt: skip


class _Reader:
    """Reads one fact after another and keeps the doubts."""

    def __init__(self, heading: Heading, ending: Ending) -> None:
        self._heading = heading
        self._ending = ending
        self._opening = "\n".join(heading.opening)
        self.doubts: list[Doubt] = []

    def chair(self) -> str:
        chair = self._heading.value(Label.CHAIR)
        if chair:
            return chair
        if chair := chair_in(self._opening):
            self._doubt("chair", _("সভাপতির নাম আলাদা লেখা নেই, শুরুর কথা থেকে নেওয়া হয়েছে। মিলিয়ে দেখুন।"))
            return chair
        self._doubt("chair", _("সভাপতির নাম পাওয়া যায়নি। ‘সভাপতি’ লিখে পাশে নাম ও পদবি দিন।"))
        return ""

    def place(self) -> str:
        place = self._heading.value(Label.PLACE)
        if not place:
            self._doubt("place", _("সভার স্থান পাওয়া যায়নি। স্থান লিখুন।"))
        return place

    def held_on_text(self) -> str:
        return self._heading.value(Label.DATE, Label.DATE_AND_TIME) or day_and_time_in(
            self._heading.title, self._opening
        )

    def held_on(self, text: str) -> date | None:
        read = read_date(text, "held_on")
        self.doubts.extend(read.doubts)
        if not text:
            self._doubt("held_on", _("সভার তারিখ পাওয়া যায়নি। তারিখ লিখুন।"))
        elif not self._heading.value(Label.DATE, Label.DATE_AND_TIME):
            self._doubt(
                "held_on", _("সভার তারিখ আলাদা লেখা নেই, শিরোনাম বা শুরুর কথা থেকে নেওয়া হয়েছে। মিলিয়ে দেখুন।")
            )
        return read.value

    def time_text(self, held_on_text: str) -> str:
        own = self._heading.value(Label.TIME)
        return own or (held_on_text if read_time(held_on_text).value else "")

    def time(self, text: str) -> time | None:
        read = read_time(text)
        self.doubts.extend(read.doubts)
        if not text:
            self._doubt("time", _("সভার সময় পাওয়া যায়নি। সময় লিখুন।"))
        return read.value

    def memo(self) -> tuple[str, str]:
        """The words of the memo number and its canonical form; of two that differ, neither."""
        written = [
            squeeze(text) for text in (self._heading.memo_text, self._ending.memo_text) if text
        ]
        if not written:
            self._doubt("memo_number", _("স্মারক নম্বর পাওয়া যায়নি। নম্বরটি লিখুন।"))
            return "", ""
        found = {memo.canonical for memo in map(parse_memo, written) if memo}
        if len(found) > 1:
            self._doubt("memo_number", _("কাগজে দুটি আলাদা স্মারক নম্বর আছে। ঠিকটি বেছে লিখুন।"))
            return " / ".join(written), ""
        try:
            return written[0], read_memo(written[0]).canonical
        except MemoError as error:
            self._doubt("memo_number", str(error))
            return written[0], found.pop() if found else ""

    def issued_on(self) -> date | None:
        """The day beside the memo number, which may stand above the items, below them or both."""
        places = [lines for lines in (self._heading.issued, self._ending.issued) if lines]
        if not places:
            self._doubt("issued_on", _("জারির তারিখ পাওয়া যায়নি। স্মারক নম্বরের পাশের তারিখটি লিখুন।"))
            return None
        read = [read_dates_of_one_day(lines, "issued_on") for lines in places]
        self.doubts.extend(doubt for one in read for doubt in one.doubts)
        days = {one.value for one in read if one.value}
        if len(days) > 1:
            self._doubt("issued_on", _("কাগজে জারির দুটি আলাদা তারিখ আছে। ঠিকটি বেছে লিখুন।"))
            return None
        return days.pop() if days else None

    def _doubt(self, field: str, reason: str) -> None:
        self.doubts.append(Doubt(field, reason))
