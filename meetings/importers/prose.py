"""What the opening sentences say: who presided, when, and of the minutes before."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from bangla.dates import parse_time
from bangla.text import normalise
from meetings.enums import Confirmation
from meetings.importers.dates import days_in


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(normalise(words))


_SENTENCE_END: Final = re.compile(r"(?<=[।?!])\s*|\n")
_LAST_MINUTES: Final = _pattern(r"কার্য\s?বিবর|(?:গত|বিগত|পূর্ববর্তী)\s+(?:মাসের\s+)?সভা")
_OTHER_MEETING: Final = _pattern(r"বিগত|পূর্ববর্তী|পরবর্তী|আগামী|কার্য\s?বিবর|গত\s+(?:মাসের\s+)?সভা")
_NOT_DONE: Final = _pattern(r"হয়নি|যায়নি|হয়\s+নাই|সম্ভব\s+হয়\s*নি")
_CONFIRMED: Final = _pattern(r"দৃ[^\s]{0,3}কর[নণ]|নিশ্চিত|অনুমোদ|কনফার্ম")
_CORRECTION: Final = _pattern(r"সংশোধ|সংযোজন|বিয়োজন")
# “As there was no correction”: spoken of, and not made.
_NO_CORRECTION: Final = _pattern(r"(?:সংশোধ|সংযোজন|বিয়োজন|আপত্তি)[^।]{0,60}?না\s*(?:থাকা|পাওয়া|আসা)[^\s]*")
_PRESIDED: Final = _pattern(
    r"সভাপতিত্ব\s+করেন[\s:,-]*(?P<after>[^।\n]{3,200})"
    r"|(?:^|[।\n])\s*(?P<before>[^।\n]{3,200}?)[\s\-–]*(?:এর|র)?\s+সভাপতিত্বে"
)
_TRIMMINGS: Final = " ,;-–।"


def read_confirmation(opening: str) -> str:
    """What the opening says became of the minutes before, a `Confirmation`; "" when nothing."""
    sentences = [*_sentences(opening), ""]
    for sentence, following in pairwise(sentences):
        # “… were read out. As nobody objected, they were confirmed.”
        words = f"{sentence} {following}"
        if not _LAST_MINUTES.search(sentence) or _NOT_DONE.search(words):
            continue
        if _CORRECTION.search(_NO_CORRECTION.sub("", words)):
            return Confirmation.CORRECTED
        if _CONFIRMED.search(words):
            return Confirmation.CONFIRMED
    return ""


def chair_in(opening: str) -> str:
    """Who presided, as “সভায় সভাপতিত্ব করেন …” or “… এর সভাপতিত্বে” says; "" when neither is said."""
    found = _PRESIDED.search(opening)
    return (found["after"] or found["before"]).strip(_TRIMMINGS) if found else ""


def day_and_time_in(title: str, opening: str) -> str:
    """The words of the title, or of one sentence of the opening, that tell this meeting's day.

    "" when none does, or when more than one day is told.
    """
    spoken = [title, *(s for s in _sentences(opening) if not _OTHER_MEETING.search(s))]
    for words in spoken:
        days = list(days_in(words))
        if len({named.day for named in days}) == 1 and not any(named.is_due for named in days):
            return words if parse_time(words) else days[0].words
    return ""


def _sentences(text: str) -> Iterator[str]:
    return filter(None, _SENTENCE_END.split(text))
