"""Words of a list's cells → the state of an idea, the day it was received, who handed it in."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from bangla.dates import parse_date
from bangla.digits import to_ascii
from bangla.text import fold, squeeze
from ideas.enums import IdeaStatus
from workplans.periods import Period, PeriodError

_NUKTA: Final = "\u09bc"
_BLANKS: Final = re.compile(r"[\s.,:;।ঃ\-–—/|'\"‘’“”*_()\[\]{}]+")
# In order: the first that fits wins. What is being sorted is not sorted yet, and a trial that is
# over comes before a trial.
_STATES: Final = [
    (status, re.compile(fold(stem).replace(_NUKTA, "")), is_certain)
    for status, stem, is_certain in (
        (
            IdeaStatus.DECLINED,
            r"বাতিল|অগৃহীত|গৃহীতহয়নি|গ্রহণকরাহয়নি|অনুমোদিতহয়নি|অনুমোদনহয়নি|নামঞ্জুর|নাকচ|প্রত্যাখ্যা"
            r"|নির্বাচিতহয়নি|বাছাইহয়নি|অনুপযুক্ত|^বাদ|rejected|declined|notselected|notapproved|cancell?ed",
            True,
        ),
        (IdeaStatus.RECEIVED, r"যাচাইবাছাই|বাছাইচল|বিবেচনাধীন|অপেক্ষ|বাছাইয়েরজন্য|underreview|pending", True),
        (None, r"হয়নি|হয়নাই|করাযায়নি|নয়$|শুরুহবে|^not", False),
        (
            IdeaStatus.REPLICATED,
            r"রেপ্লিকে|রিপ্লিকে|প্রতিরূপ|সম্প্রসারিত|স্কেলআপ|replicat|scaled?up",
            True,
        ),
        (IdeaStatus.SHOWCASED, r"প্রদর্শিত|শোকেস|showcas", True),
        (IdeaStatus.STOPPED, r"স্থগিত|বন্ধ|ব্যর্থ|stopped|suspended|failed|discontinued", True),
        (
            IdeaStatus.SHOWCASED,
            r"(?:পাইলট|pilot).*(?:সম্পন্ন|সমাপ্ত|শেষ|সফল|complete|success)"
            r"|বাস্তবায়িত|বাস্তবায়নসম্পন্ন|বাস্তবায়নহয়েছে|বাস্তবায়নকরাহয়েছে|চালুহয়েছে|চালুআছে|চালুরয়েছে"
            r"|^সম্পন্ন|implemented|completed",
            False,
        ),
        (
            IdeaStatus.PILOTING,
            r"পাইলট|পাইলোট|বাস্তবায়নাধীন|বাস্তবায়নচল|চলমান|চলছে|pilot|ongoing|running",
            True,
        ),
        (IdeaStatus.APPROVED, r"অনুমোদ|মঞ্জুর|গৃহীত|approved|accepted", True),
        (IdeaStatus.SHORTLISTED, r"বাছাই|নির্বাচিত|shortlist|selected", True),
        (
            IdeaStatus.RECEIVED,
            r"প্রাপ্ত|জমা|নতুন|দাখিল|প্রস্তাব|পাওয়াগেছে|নিবন্ধিত|received|submitted|new|proposed",
            True,
        ),
    )
]  # fmt: skip
_NOBODY: Final = re.compile(
    r"^(?:নেই|অজ্ঞাত.*|অজানা|বেনাম.*|নামপ্রকাশেঅনিচ্ছুক|নামবিহীন|anonymous|unknown|na|nil)$"
)
_TWO_YEARS: Final = re.compile(r"(?<!\d)(\d{4})\s*[-–—/]\s*(\d{2,4})(?!\d)")
_ONE_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_EXCEL_DAY: Final = re.compile(r"[2-7]\d{4}")
_EXCEL_EPOCH: Final = date(1899, 12, 30)
_PART: Final = re.compile(r"\s*[,\n;]\s*|\s+[-–—]\s+")


@dataclass(frozen=True, slots=True)
class ReadState:
    """The state words say, and why a person should look; `status` is RECEIVED when unsure."""

    status: IdeaStatus
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReadDay:
    """The day words give, None unless certain, and why not."""

    day: date | None
    reason: str = ""


_YEAR_WORDS = re.compile(r"অর্থ\s*বছর|অর্থবৎসর|সাল|সন|খ্রি\S*|fy|year", re.IGNORECASE)


def _compact(text: str) -> str:
    return _BLANKS.sub("", fold(text).replace(_NUKTA, ""))


def read_state(text: str) -> ReadState:
    """The state of an idea in the words of a list."""
    words = squeeze(text)
    compact = _compact(text)
    if not compact:
        return ReadState(IdeaStatus.RECEIVED, _("অবস্থা লেখা নেই; “প্রাপ্ত” ধরা হয়েছে।"))
    for status, pattern, is_certain in _STATES:
        if pattern.search(compact) and status is None:
            break
        if status is not None and pattern.search(compact):
            said = _("“%(words)s” লেখা আছে; “%(status)s” ধরা হয়েছে। ঠিক না হলে বদলে দিন।")
            reason = "" if is_certain else said % {"words": words, "status": status.label}
            return ReadState(status, reason)
    unknown = _("“%(words)s” কোন অবস্থা, বোঝা যায়নি; “প্রাপ্ত” ধরা হয়েছে।") % {"words": words[:80]}
    return ReadState(IdeaStatus.RECEIVED, unknown)


def is_state(text: str) -> bool:
    """Whether a heading between rows (“বাস্তবায়িত উদ্ভাবন”) says a state."""
    compact = _compact(text)
    return any(
        status is not None and pattern.search(compact) for status, pattern, _certain in _STATES
    )


def read_day(text: str, *, today: date) -> ReadDay:
    """The day an idea was received: a date, or the first day of a year (fiscal or calendar)."""
    words = squeeze(text)
    if not words:
        return ReadDay(None, _("বছর বা তারিখ লেখা নেই।"))
    day = _year_in(words) or parse_date(words).value or _excel_day(words)
    if day is None:
        unread = _("“%(words)s” থেকে বছর বা তারিখ পড়া যায়নি; ২০১৭-১৮, ২০১৮ বা ০১/০৭/২০১৮-এর মতো লিখুন।")
        return ReadDay(None, unread % {"words": words[:80]})
    if day > today:
        return ReadDay(None, _("“%(words)s” আজকের পরের তারিখ।") % {"words": words[:80]})
    return ReadDay(day)


def year_in_title(text: str) -> str:
    """The year that a list's own title names, as it would stand in a cell; "" for none."""
    words = to_ascii(squeeze(text))
    found = _TWO_YEARS.search(words)
    if found and _period(f"{found[1]}-{found[2]}"):
        return f"{found[1]}-{found[2]}"
    alone = _ONE_YEAR.findall(words)
    return alone[0] if len(alone) == 1 else ""


def read_person(name: str, detail: str) -> tuple[str, str]:
    """Name and the rest (post, office, address) of whoever handed an idea in.

    Lists often put both in one cell, parted by a comma or a line; somebody unnamed is "".
    """
    parts = [part for part in _PART.split(name.strip()) if part]
    first, rest = (parts[0], parts[1:]) if parts else ("", [])
    if _is_nobody(first):
        first = ""
    details = [*rest, *(squeeze(line) for line in detail.split("\n"))]
    kept = [each for each in dict.fromkeys(details) if not _is_nobody(each)]
    return squeeze(first), ", ".join(kept)


def _is_nobody(words: str) -> bool:
    compact = _compact(words)
    return not compact or bool(_NOBODY.match(compact))


def _year_in(words: str) -> date | None:
    """The first day of the year that is all the words say: “২০১৭-১৮ অর্থবছর”, “২০১৮ সাল”."""
    plain = to_ascii(words)
    bare = _YEAR_WORDS.sub(" ", plain)
    bare = re.sub(r"\s*[-–—/]\s*", "-", bare).strip(" .।:()[]")
    period = _period(bare)
    return period.starts_on if period else None


def _period(code: str) -> Period | None:
    try:
        return Period.parse(code)
    except PeriodError:
        return None


def _excel_day(words: str) -> date | None:
    plain = to_ascii(words)
    return _EXCEL_EPOCH + timedelta(days=int(plain)) if _EXCEL_DAY.fullmatch(plain) else None
