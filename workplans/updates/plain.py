"""Texts as they are compared, and why some cannot be taken."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bangla.digits import to_ascii, to_bangla
from bangla.text import normalise, squeeze
from teams.templatetags.bangla_tags import digits

from ..enums import Unit
from ..models import LONGEST_LINE
from ..models.scores import LONGEST_VALUE
from ..scoring import plain_number

LABELS: Final = {
    "subject": gettext_lazy("বিষয়"),
    "title": gettext_lazy("গৃহীতব্য কাজ"),
    "start": gettext_lazy("শুরুর তারিখ"),
    "end": gettext_lazy("সমাপ্তির তারিখ"),
    "period": gettext_lazy("বাস্তবায়নকাল"),
    "responsible": gettext_lazy("দায়িত্বপ্রাপ্ত কর্মকর্তা"),
    "expected_result": gettext_lazy("প্রত্যাশিত ফলাফল"),
    "measure": gettext_lazy("পরিমাপ"),
    "terms": gettext_lazy("কার্যপরিধি"),
    "subject_weight": gettext_lazy("উদ্দেশ্যের মান"),
    "progress": gettext_lazy("অগ্রগতি"),
    "name": gettext_lazy("কর্মসম্পাদন সূচক"),
    "unit": gettext_lazy("একক"),
    "weight": gettext_lazy("সূচকের মান"),
    "previous": gettext_lazy("পূর্ববর্তী অর্জন"),
    "target_100": gettext_lazy("লক্ষ্যমাত্রা (১০০%)"),
    "target_90": gettext_lazy("লক্ষ্যমাত্রা (৯০%)"),
    "target_80": gettext_lazy("লক্ষ্যমাত্রা (৮০%)"),
    "target_70": gettext_lazy("লক্ষ্যমাত্রা (৭০%)"),
    "target_60": gettext_lazy("লক্ষ্যমাত্রা (৬০%)"),
    "projection": gettext_lazy("প্রক্ষেপণ"),
    "quarter_1": gettext_lazy("১ম ত্রৈমাসিকের লক্ষ্যমাত্রা"),
    "quarter_2": gettext_lazy("২য় ত্রৈমাসিকের লক্ষ্যমাত্রা"),
    "quarter_3": gettext_lazy("৩য় ত্রৈমাসিকের লক্ষ্যমাত্রা"),
    "quarter_4": gettext_lazy("৪র্থ ত্রৈমাসিকের লক্ষ্যমাত্রা"),
    "achieved": gettext_lazy("অর্জন"),
}
# Before and after the point: "1e999999999" is a number to Decimal, and to nobody else.
MOST_DIGITS: Final = 20
ONE_LINE: Final = frozenset({"subject", "start", "end", "period"})
NUMBERS: Final = frozenset({"weight", "subject_weight"})
_WORDS_OF_CELLS: Final = frozenset({"title", "responsible", "expected_result", "measure", "name"})


def plain(cell: str, text: str) -> str:
    """A text as it is compared: what paper does not keep of it is left away."""
    if cell in ONE_LINE:
        return to_bangla(squeeze(text))
    if cell in NUMBERS:
        value = number(text)
        return to_ascii(squeeze(text)) if value is None else plain_number(value)
    if cell not in _WORDS_OF_CELLS:
        return squeeze(text)
    return "\n".join(filter(None, (line.strip() for line in normalise(text).split("\n"))))


def number(text: str) -> Decimal | None:
    """A weight as typed; None for an empty cell or other words."""
    try:
        found = Decimal(to_ascii(squeeze(text)).rstrip("%").strip())
    except InvalidOperation:
        return None
    is_usual = found.is_finite() and abs(found.adjusted()) < MOST_DIGITS
    return found if is_usual else None


def day(text: str | None) -> date | None:
    """A day as it is kept in JSON."""
    return parse_date(text) if text else None


def shown_terms(numbers: Iterable[int]) -> str:
    return ", ".join(digits(number) for number in sorted(numbers))


def problem_with(cell: str, text: str) -> str:
    """Why a text cannot stand in a cell, as a sentence; "" if it can."""
    if cell in {"title", "name"} and not text:
        return _("এই ঘর খালি রাখা যায় না।")
    if cell in ONE_LINE and len(text) > LONGEST_LINE:
        return _("লেখাটি %(limit)s অক্ষরের চেয়ে লম্বা।") % {"limit": digits(LONGEST_LINE)}
    if cell in NUMBERS and text:
        value = number(text)
        if value is None or not 0 <= value <= 100 or value != round(value, 2):
            return _("মান ০ থেকে ১০০-এর মধ্যে একটি সংখ্যা হতে হবে।")
    if cell == "unit" and text not in Unit.values:
        units = ", ".join(str(unit.label) for unit in Unit)
        return _("একক হতে পারে: %(units)s।") % {"units": units}
    is_value = cell.startswith(("target_", "quarter_")) or cell in {"previous", "projection"}
    if is_value and len(text) > LONGEST_VALUE:
        return _("লেখাটি %(limit)s অক্ষরের চেয়ে লম্বা।") % {"limit": digits(LONGEST_VALUE)}
    return ""
