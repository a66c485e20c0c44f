"""The labels in front of a line (“সভাপতি : …”) and what each announces.

Offices write the same label in several ways, and put a colon, a visarga, a dash, a tab or the
border of a table behind it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from bangla.text import fold


class Label(StrEnum):
    """What the words behind a label are."""

    SUBJECT = "subject"
    CHAIR = "chair"
    PLACE = "place"
    DATE = "date"
    TIME = "time"
    DATE_AND_TIME = "date and time"
    ATTENDANCE = "attendance"
    TOPIC = "topic"
    DISCUSSION = "discussion"
    DECISION = "decision"
    IMPLEMENTER = "implementer"
    DEADLINE = "deadline"


HEAD_LABELS: Final = frozenset(
    (Label.CHAIR, Label.PLACE, Label.DATE, Label.TIME, Label.DATE_AND_TIME, Label.ATTENDANCE)
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line with a label: `value` are the words behind it, `number` what is printed in it (১)."""

    label: Label
    value: str
    number: str = ""


_LONGEST_LABEL: Final = 40
_LONGEST_PRINTED: Final = 80  # with the serial in front and the blanks that make columns
_NUKTA: Final = "\u09bc"
_PUNCTUATION: Final = re.compile(r"[\s.,:;।ঃ\-–—/|'\"‘’“”*_()\[\]{}]+")
_SERIAL: Final = re.compile(r"\s*\(?(?:[0-9০-৯]{1,2}(?:\.[0-9০-৯]{1,2})?|[ক-হ])\s*[.।):]\s*")
_NUMBER: Final = re.compile(r"[\s\-–—(]*(?:নং|নম্বর)?[\s.\-–—]*([0-9০-৯]{1,2})\s*[)]?\s*$")
_NUMBER_BEFORE: Final = re.compile(r"\s*([0-9০-৯]{1,2})\s*(?:নং|নম্বর)\s*")
# Where a label may end. A visarga is also a letter inside words, so it must end one.
_SEPARATOR: Final = re.compile(r"\s*(?::|ঃ(?=[\s\-–—:]|$)|[–—]|-)[\s:ঃ\-–—]*")
# “আলোচ্যসূচি-১: …”: what ends at the dash is not the label but the word before its number.
_DASHES: Final = ("-", "–", "—")
_NUMBER_NEXT: Final = re.compile(r"[0-9০-৯]{1,2}\s?\)?\s?(?:[:ঃ\-–—]|$)")
# A label this like one that is known, before a colon, is that label misspelt.
_LIKENESS: Final = 0.82

# Matched against the whole label without blanks and punctuation.
_PATTERNS: Final[Sequence[tuple[Label, str]]] = (
    (Label.SUBJECT, r"বিষয়"),
    (
        Label.CHAIR,
        r"(?:সভার)?(?:সভাপতি(?:রনাম(?:ওপদব[িী])?)?|সভাপতিত্ব(?:ে|করেন|কারী)?|chair(?:man|person|edby)?)",
    ),
    (Label.PLACE, r"(?:সভার)?(?:স্থান|স্হান|ভেন্যু|সভাস্থল|venue|place)"),
    (Label.DATE_AND_TIME, r"(?:সভার)?(?:তারিখওসময়|তারিখসময়|সময়ওতারিখ|dateandtime|datetime)"),
    (Label.DATE, r"(?:সভার|সভাঅনুষ্ঠানের)?(?:তারিখ|তাং|date)"),
    (Label.TIME, r"(?:সভার|সভাআরম্ভের|সভাশুরুর)?(?:সময়|time)"),
    (
        Label.ATTENDANCE,
        r"(?:সভায়)?উপস্থিত(?:ি|ির?তালিকা|সদস্য(?:বৃন্দ|গণ)?(?:েরতালিকা)?|কর্মকর্তা(?:বৃন্দ|গণ)?)?|attendance|present",
    ),
    (Label.TOPIC, r"আলোচ্যবিষয়(?:বস্তু|সমূহ)?|আলোচ্যসূচ[িী]|আলোচনারবিষয়|আলোচনারসূচ[িী]|এজেন্ডা|agenda|topic"),
    (Label.DISCUSSION, r"(?:বিস্তারিত|সভার)?(?:আলোচনা|পর্যালোচনা)(?:সমূহ)?|discussions?"),
    (Label.DECISION, r"(?:সভার|গৃহীত|সভায়গৃহীত)?সিদ্ধান্ত(?:সমূহ|গৃহীতহয়)?|decisions?"),
    (
        Label.IMPLEMENTER,
        r"বাস্তবায়[নণ](?:কার[ীি]|ে|কারীকর্তৃপক্ষ|কারীদপ্তর|কারীকর্মকর্তা)|দায়িত্বপ্রাপ্ত(?:কর্মকর্তা)?|implement(?:er|edby)|responsible",
    ),
    (Label.DEADLINE, r"(?:বাস্তবায়নের)?(?:সময়সীমা|সময়কাল|মেয়াদ)|deadline"),
)
# What misspelt labels are compared with. “বিষয়” is too short to be told from other words.
_SPELLINGS: Final[Mapping[str, Label]] = {
    "সভাপতি": Label.CHAIR,
    "সভাপতিত্ব": Label.CHAIR,
    "সভারতারিখ": Label.DATE,
    "তারিখ": Label.DATE,
    "সভারস্থান": Label.PLACE,
    "সভারসময়": Label.TIME,
    "তারিখওসময়": Label.DATE_AND_TIME,
    "আলোচ্যবিষয়": Label.TOPIC,
    "আলোচ্যসূচি": Label.TOPIC,
    "আলোচনা": Label.DISCUSSION,
    "সিদ্ধান্ত": Label.DECISION,
    "বাস্তবায়নকারী": Label.IMPLEMENTER,
}  # fmt: skip


def key(text: str) -> str:
    """A label or a stem as compared: folded, without blanks, punctuation and the dots of য়."""
    return _PUNCTUATION.sub("", fold(text).replace(_NUKTA, ""))


def _stem(pattern: str) -> re.Pattern[str]:
    return re.compile(fold(pattern).replace(_NUKTA, ""))


_KNOWN: Final = [(label, _stem(pattern)) for label, pattern in _PATTERNS]
_NEAR: Final = {key(spelling): label for spelling, label in _SPELLINGS.items()}


def label_of(words: str) -> Label | None:
    """The label that `words` are, nothing more and nothing less; None when they are none."""
    if len(words) > _LONGEST_LABEL:
        return None
    compact = key(words)
    return next((label for label, known in _KNOWN if known.fullmatch(compact)), None)


def misspelt_label(words: str) -> Label | None:
    """The label that `words` are nearly; None when they are like none."""
    compact = key(words)
    if not compact or len(words) > _LONGEST_LABEL:
        return None
    likeness = {
        spelling: SequenceMatcher(None, compact, spelling, autojunk=False).ratio()
        for spelling in _NEAR
    }
    nearest = max(likeness, key=lambda spelling: likeness[spelling])
    return _NEAR[nearest] if likeness[nearest] >= _LIKENESS else None


def heads_a_line(words: str) -> bool:
    """Whether `words`, the first cell of a line, begin with a label of the head of minutes."""
    bare, _number = _bare(_SEPARATOR.split(words[:_LONGEST_PRINTED], maxsplit=1)[0])
    return label_of(bare) in HEAD_LABELS


def is_label(text: str) -> bool:
    """Whether `text` is a label that has its value elsewhere, in the next cell."""
    found = split_label(text)
    return found is not None and not found.value


def split_label(text: str) -> Labelled | None:
    """The label that `text` begins with, and the words behind it; None when it has no label.

    A serial in front (“ক) সভার তারিখ : …”) is left out; a number in the label itself is kept.
    """
    for separator in _SEPARATOR.finditer(text[:_LONGEST_PRINTED]):
        if separator[0].strip() in _DASHES and _NUMBER_NEXT.match(text, separator.end()):
            continue
        words, number = _bare(text[: separator.start()])
        label = label_of(words)
        if label is None and ":" in separator[0]:
            label = misspelt_label(words)
        if label:
            return Labelled(label, text[separator.end() :].strip(), number)
    words, number = _bare(text[:_LONGEST_PRINTED])
    label = label_of(words) if len(text) <= _LONGEST_PRINTED else None
    return Labelled(label, "", number) if label else None


def _bare(words: str) -> tuple[str, str]:
    """A label without the serial in front and the number behind it, and that number."""
    if before := _NUMBER_BEFORE.match(words):
        return words[before.end() :], before[1]
    if serial := _SERIAL.match(words):
        words = words[serial.end() :]
    if number := _NUMBER.search(words):
        return words[: number.start()], number[1]
    return words, ""
