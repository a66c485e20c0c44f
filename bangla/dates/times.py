"""Times of day as officers write them: ``দুপুর ১:৩০ টায়``, ``সকাল ১১.০০ ঘটিকা``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from typing import Final

from bangla.digits import to_ascii
from bangla.text import normalise

# What each part of the day makes of the hour that is said with it.
_DAWN: Final = {h: h for h in range(3, 8)}
_MORNING: Final = {h: h for h in range(12)} | {12: 0}
_FORENOON: Final = {h: h for h in range(12)}
_MIDDAY: Final = {h: h for h in range(8, 17)} | {h: h + 12 for h in range(1, 6)}
_AFTERNOON: Final = {h: h + 12 for h in range(1, 12)} | {h: h for h in range(12, 24)}
_NIGHT: Final = (
    {h: h for h in (*range(6), *range(18, 24))} | {h: h + 12 for h in range(6, 12)} | {12: 0}
)
# Without a part of the day the clock has 24 hours; one to seven o'clock could be either half.
_UNSAID: Final = {h: h for h in (0, *range(8, 24))}

_HOURS: Final = {
    "ভোর": _DAWN,
    "সকাল": _FORENOON,
    "পূর্বাহ্ন": _FORENOON,
    "পূর্বাহ্ণ": _FORENOON,
    "বেলা": _MIDDAY,
    "দুপুর": _MIDDAY,
    "অপরাহ্ন": _AFTERNOON,
    "অপরাহ্ণ": _AFTERNOON,
    "বিকাল": _AFTERNOON,
    "বিকেল": _AFTERNOON,
    "সন্ধ্যা": _AFTERNOON,
    "রাত": _NIGHT,
    "এএম": _MORNING,
    "পিএম": _AFTERNOON,
    "am": _MORNING,
    "pm": _AFTERNOON,
}
_FRACTIONS: Final = {"সাড়ে": 30, "সোয়া": 15, "পৌনে": -15}

_PART = "ভোর|সকাল|পূর্বাহ্ন|পূর্বাহ্ণ|বেলা|দুপুর|অপরাহ্ন|অপরাহ্ণ|বিকাল|বিকেল|সন্ধ্যা|রাত"
_TIME: Final = re.compile(
    rf"""
    (?: (?P<part>{_PART}) (?:ে|ের|য়|র)? [\s:,]* )?
    (?: (?P<fraction>সাড়ে|সোয়া|পৌনে) \s* )?
    (?: (?<=[0-9])T | (?<![0-9.:/-]) )                   # T as in an ISO date and time
    (?P<hour>[0-9]{{1,2}})
    (?: \s* (?P<mark>[.:]) \s* (?P<minute>[0-9]{{2}}) (?: :[0-9]{{2}} (?:\.[0-9]+)? )? )?
    (?! [0-9] | [.:/-][0-9] )
    (?: \s* (?P<half>এএম|পিএম|[ap]\.?m\b\.?) )?
    (?: \s* (?P<oclock>টায়|টার|টা|ঘটিকায়|ঘটিকার|ঘটিকা) (?![ঀ-\u09ff])   # ১০টাকা is money
        (?: \s* (?P<after>[0-9]{{1,2}}) \s* মিনিটে? )? )?
    """,
    re.IGNORECASE | re.VERBOSE,
)


def parse_time(text: str) -> time | None:
    """Return the one time of day that `text` gives, to the minute.

    Digits of either script; a part of the day (সকাল, দুপুর, অপরাহ্ণ, রাত, am, pm …) before or
    after decides the half of the day. None when there is no time, more than one, or when one to
    seven o'clock is said without a part of the day.
    """
    written = to_ascii(normalise(text))
    times = [found for match in _said(written) if (found := _value(match)) is not None]
    return times[0] if len(times) == 1 else None


def blank_times(text: str) -> str:
    """Return `text` (ASCII digits) with every time of day replaced by as many spaces."""
    kept = list(text)
    for match in _said(text):
        if _value(match) is not None:
            kept[match.start() : match.end()] = " " * len(match[0])
    return "".join(kept)


def _said(text: str) -> Iterator[re.Match[str]]:
    """Find what is written as a time: a bare number, or a bare 11.30 amid words, is not."""
    for match in _TIME.finditer(text):
        worded = match["part"] or match["fraction"] or match["half"] or match["oclock"]
        if worded or match["mark"] == ":" or (match["mark"] and match[0] == text):
            yield match


def _value(match: re.Match[str]) -> time | None:
    """Return the time that one match stands for; None when there is no such time."""
    part = match["part"] or (match["half"] or "").lower().replace(".", "")
    hour = (_HOURS[part] if part else _UNSAID).get(int(match["hour"]))
    minute = int(match["minute"] or match["after"] or 0)
    if hour is None or minute > 59:
        return None
    minutes = hour * 60 + minute + _FRACTIONS.get(match["fraction"], 0)
    return time(minutes // 60 % 24, minutes % 60)
