"""Words that a spreadsheet would run: written so that they stay words, and read back as they were.

Somebody else opens what we export. A task called “=HYPERLINK(…)” must be a name to them.
"""

from typing import Any

# Full-width forms are taken for the plain signs by Excel in several languages.
_STARTS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_BREAKS = frozenset("\t\r\n")
# What some programs leave out before they look at the first sign, and our own guard.
_UNSEEN = " \t\r\n\u00a0\u200b\u200c\u200d\u2060\ufeff'\""
GUARD = "'"


def looks_like_formula(text: str) -> bool:
    """Might a spreadsheet run this, or run it once its guard is taken away?"""
    return text[:1] in _BREAKS or text.lstrip(_UNSEEN)[:1] in _STARTS


def guarded(value: Any) -> Any:
    """The value for a CSV file: a text that looks like a formula gets an apostrophe before it."""
    return GUARD + value if isinstance(value, str) and looks_like_formula(value) else value


def unguarded(text: str) -> str:
    """The words of a cell of such a file, without the apostrophe that `guarded` wrote."""
    inner = text.removeprefix(GUARD)
    return inner if inner != text and looks_like_formula(inner) else text


def as_words(cell: Any, text: str) -> None:
    """Write a text into a cell of an Excel file: it stays a text, also when somebody edits it."""
    cell.value = text
    cell.data_type = "s"
    if looks_like_formula(text):
        cell.quotePrefix = True
