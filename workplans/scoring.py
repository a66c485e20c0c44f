"""Scores of the scored form: what an achievement is worth against its targets.

Pure functions: texts as officers write them in, decimals out. The rules, with examples worked by
hand, are in docs/adr/0024-scores.md.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from bangla.dates import DoubtCode, parse_date
from bangla.digits import to_ascii
from bangla.text import fold, squeeze
from teams.templatetags.bangla_tags import digits

from .enums import Unit

# The grades of the scored form, best first: what reaching each target is worth, in per cent.
GRADES = (100, 90, 80, 70, 60)
NOTHING, FULL, CENT = Decimal("0.00"), Decimal("100.00"), Decimal("0.01")

Value = Decimal | date | bool
Span = tuple[date, date]  # first and last day of the plan's period

# What stands in a table's cell that says nothing.
_BLANK = re.compile(r"[-\u2010-\u2015\u2212\s.]*")
# 120000, 1,20,000 (lakh) or 120,000, with a fraction; what is counted may stand behind it.
_NUMBER = re.compile(
    r"(?P<number>(?:\d{1,12}|\d{1,2}(?:,\d{2})*,\d{3}|\d{1,3}(?:,\d{3})+)(?:\.\d{1,6})?)"
    r"\s*(?:টি|টা|জন|খানা|বার|দিন|টাকা)?"
)
_PERCENT = re.compile(
    r"(?:শতকরা\s*)?"
    r"(?P<number>(?:\d{1,12}|\d{1,2}(?:,\d{2})*,\d{3})(?:\.\d{1,6})?)"
    r"\s*(?:%|শতাংশ|ভাগ)?"
)
_YES = frozenset(map(fold, ("হ্যাঁ", "হ্যা", "হাঁ", "হ্যাঁ।", "yes", "y")))
_NO = frozenset(map(fold, ("না", "না।", "no", "n")))
# What a reader of dates may have done without asking: there is no other way to read these.
_CERTAIN = frozenset({DoubtCode.TWO_DIGIT_YEAR})


class UnreadableValue(ValueError):
    """A text is no value of its unit; the message is a Bengali sentence that says the mend."""


class TargetsOutOfOrder(ValueError):
    """Targets neither rise nor fall from 100 % to 60 %; `grade` is where the order breaks."""

    def __init__(self, grade: int, message: str) -> None:
        super().__init__(message)
        self.grade = grade


@dataclass(frozen=True, slots=True)
class RawScore:
    """A score in per cent with two decimals, or None and why there is none, for the reader."""

    value: Decimal | None
    reason: str = ""


# --- Reading --------------------------------------------------------------------------------
def read_value(unit: str, text: str, *, period: Span | None = None) -> Value | None:
    """Read a number, per cent, day or yes/no as officers write it; None for an empty cell.

    Strict: whatever could mean two things is refused. A day without a year is read only when
    `period` is given and has that day once. Raises UnreadableValue.
    """
    words = squeeze(text)
    if _BLANK.fullmatch(words):
        return None
    match unit:
        case Unit.NUMBER:
            return _read_number(words)
        case Unit.PERCENT:
            return _read_percent(words)
        case Unit.DATE:
            return _read_date(words, period)
        case Unit.YES_NO:
            return _read_yes_no(words)
    raise ValueError(unit)


def _read_number(words: str) -> Decimal:
    found = _NUMBER.fullmatch(to_ascii(words))
    if found is None:
        raise UnreadableValue(
            _("“%(words)s” সংখ্যা হিসেবে পড়া গেল না। কেবল অঙ্কে লিখুন, যেমন ২৫, ২.৫ বা ১,২০,০০০।")
            % {"words": words[:60]}
        )
    return Decimal(found["number"].replace(",", ""))


def _read_percent(words: str) -> Decimal:
    found = _PERCENT.fullmatch(to_ascii(words))
    if found is None:
        raise UnreadableValue(
            _("“%(words)s” শতাংশ হিসেবে পড়া গেল না। এভাবে লিখুন: ৯৫%% বা ৯২.৫।") % {"words": words[:60]}
        )
    return Decimal(found["number"].replace(",", ""))


def _read_date(words: str, period: Span | None) -> date:
    years = {None, *(range(period[0].year, period[1].year + 1) if period else ())}
    days = set()
    for year in years:
        parsed = parse_date(words, default_year=year)
        filled = DoubtCode.YEAR_FILLED in {doubt.code for doubt in parsed.doubts}
        doubts = {doubt.code for doubt in parsed.doubts} - _CERTAIN - {DoubtCode.YEAR_FILLED}
        if parsed.value is None or doubts:
            continue
        if not filled or (period and period[0] <= parsed.value <= period[1]):
            days.add(parsed.value)
    if len(days) != 1:
        raise UnreadableValue(
            _("“%(words)s” একটি নির্দিষ্ট তারিখ হিসেবে পড়া গেল না। দিন, মাস ও বছর লিখুন, যেমন ৩০ জুন ২০২৭।")
            % {"words": words[:60]}
        )
    return days.pop()


def _read_yes_no(words: str) -> bool:
    folded = fold(words)
    if folded not in _YES | _NO:
        raise UnreadableValue(
            _("“%(words)s” বোঝা গেল না। “হ্যাঁ” অথবা “না” লিখুন।") % {"words": words[:60]}
        )
    return folded in _YES


# --- The scale that targets make ------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Scale:
    """Targets as (grade, place) pairs, best first, on a line where further is better.

    `proportional`: there is the 100 % target alone and zero is where its line begins.
    """

    points: tuple[tuple[Decimal, Decimal], ...]
    sign: int
    proportional: bool

    def score(self, value: Value) -> Decimal:
        """What a value is worth, unrounded, 0 to 100."""
        place = self.sign * _number_of(value)
        above: tuple[Decimal, Decimal] | None = None
        for grade, target in self.points:
            if place >= target:
                if above is None:
                    return grade
                share = (place - target) / (above[1] - target)
                return grade + share * (above[0] - grade)
            above = (grade, target)
        if self.proportional:
            grade, target = self.points[0]
            return grade * place / target
        return NOTHING


def scale_of(unit: str, targets: Sequence[str], *, period: Span | None = None) -> Scale | None:
    """The scale of five target texts in the order of GRADES; None without any target.

    Raises UnreadableValue, TargetsOutOfOrder.
    """
    values = [read_value(unit, text, period=period) for text in targets]
    if unit == Unit.YES_NO:
        wanted = values[0] is not False
        return Scale(((FULL, Decimal(1 if wanted else 0)),), 1 if wanted else -1, False)
    given = [
        (Decimal(grade), _number_of(value))
        for grade, value in zip(GRADES, values, strict=True)
        if value is not None
    ]
    if not given:
        return None
    places = [place for _grade, place in given]
    sign = _direction(unit, places)
    for (_better, above), (grade, below) in pairwise(given):
        if sign * below > sign * above:
            raise TargetsOutOfOrder(int(grade), _order_sentence(unit, int(grade)))
    alone = len(given) == 1 and given[0][0] == FULL and unit != Unit.DATE and places[0] > 0
    points = tuple((grade, sign * place) for grade, place in given)
    return Scale(points, sign, alone)


def _direction(unit: str, places: Sequence[Decimal]) -> int:
    """1 where more is better, -1 where less is: an earlier day always, else as the ends lie.

    A lone target of 0 can only mean that there is to be none.
    """
    if unit == Unit.DATE or set(places) == {Decimal(0)}:
        return -1
    return -1 if places[-1] > places[0] else 1


def _order_sentence(unit: str, grade: int) -> str:
    if unit == Unit.DATE:
        return _(
            "%(grade)s%%-এর তারিখ তার বাঁ দিকের তারিখের আগে পড়েছে। ১০০%%-এর তারিখ সবার আগে, "
            "৬০%%-এর তারিখ সবার পরে হবে।"
        ) % {"grade": digits(grade)}
    return _(
        "%(grade)s%%-এর লক্ষ্যমাত্রা ক্রমে নেই। ১০০%% থেকে ৬০%% পর্যন্ত মান একটানা কমবে, অথবা "
        "(কম হলে ভালো এমন সূচকে) একটানা বাড়বে।"
    ) % {"grade": digits(grade)}


def _number_of(value: Value) -> Decimal:
    return Decimal(value.toordinal()) if isinstance(value, date) else Decimal(value)


# --- Scores ---------------------------------------------------------------------------------
def raw_score(
    unit: str, targets: Sequence[str], achieved: str, *, period: Span | None = None
) -> RawScore:
    """What an achievement is worth, in per cent, against five target texts as in GRADES.

    Never raises for what people wrote: an unreadable text gives no score and the reason.
    """
    try:
        value = read_value(unit, achieved, period=period)
        if value is None:
            return RawScore(None, _("অর্জন জানানো হয়নি।"))
        scale = scale_of(unit, targets, period=period)
    except ValueError as error:
        return RawScore(None, str(error))
    if scale is None:
        return RawScore(None, _("লক্ষ্যমাত্রা লেখা হয়নি।"))
    return RawScore(rounded(scale.score(value)))


def weighted_score(weight: Decimal | None, raw: Decimal | None) -> Decimal | None:
    """The share of an indicator's weight that it earned; None while either is unknown.

    Worked out from the rounded raw score, so that the figures on paper agree with each other.
    """
    if weight is None or raw is None:
        return None
    return rounded(weight * raw / 100)


def total(scores: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known (an unknown one adds nothing); None when nothing is."""
    known = [score for score in scores if score is not None]
    return sum(known, NOTHING) if known else None


def plain_number(value: Decimal | None) -> str:
    """A figure as it is typed: 12.50 as "12.5", 20.00 as "20"; "" for none."""
    return "" if value is None else f"{value.normalize():f}"


def rounded(value: Decimal) -> Decimal:
    """Two decimals, half up, as on paper: 93.335 becomes 93.34."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)
