"""Rows of a scored or quarterly table: tasks with their indicators, a line for each indicator.

An objective spans the lines of its tasks, a task those of its indicators; where a paste has lost
the spans, an empty cell says the same.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from bangla.digits import to_ascii
from bangla.text import squeeze
from workplans.enums import Unit
from workplans.importers.draft import Draft, keys_of
from workplans.importers.grid import Line
from workplans.importers.header import Column
from workplans.importers.plan import ImportedIndicator
from workplans.importers.serials import shown
from workplans.importers.signs import (
    ACHIEVED,
    INDICATOR,
    PREVIOUS,
    PROJECTION,
    QUARTERS,
    QUARTERS_ACHIEVED,
    SUBJECT_WEIGHT,
    TARGETS,
    UNIT,
    WEIGHT,
    SignHead,
)
from workplans.models.scores import LONGEST_VALUE

_UNITS: Final = (
    (Unit.PERCENT, re.compile(r"%|শতাংশ|শতকরা|percent|per cent", re.IGNORECASE)),
    (Unit.YES_NO, re.compile(r"হ্যাঁ|না$|yes", re.IGNORECASE)),
    (Unit.DATE, re.compile(r"তারিখ|দিন|date", re.IGNORECASE)),
    (Unit.NUMBER, re.compile(r"সংখ্যা|সঙখ্যা|জন|টি$|টা$|নম্বর|number|^no\.?$|^nos\.?$", re.IGNORECASE)),
)
_NUMBER: Final = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_ONE_LINE: Final = (Column.SUBJECT, Column.START, Column.END, Column.PERIOD)
_VALUES: Final = (PREVIOUS, PROJECTION, ACHIEVED, *TARGETS, *QUARTERS, *QUARTERS_ACHIEVED)


class ScoredLines:
    """Takes the lines of one table and adds to `drafts`: new tasks, or indicators of the last."""

    def __init__(self, head: SignHead, drafts: list[Draft], *, subject: str = "") -> None:
        self.head = head
        self.subject = subject
        self._drafts = drafts
        self._weight: str | None = None
        self._task: Draft | None = None

    def take(self, line: Line) -> bool:
        """Take in a line; False when it says nothing of a task or an indicator."""
        self._take_subject(line)
        title = self._own(line, Column.TITLE)
        indicator = self._indicator(line)
        if self._task is None and not title:
            return False
        if title and not self._repeats(title, line):
            if self._task and self._is_rest(line, indicator):
                self._task.append(Column.TITLE, title)
                self._doubt_join(Column.TITLE, title)
            else:
                self._begin(line, title)
        if indicator is None:
            return bool(title)
        self._add(indicator, line)
        return True

    def _take_subject(self, line: Line) -> None:
        words = squeeze(self._own(line, Column.SUBJECT))
        if words and words != self.subject:
            self.subject, self._weight = words, None
            self._task = None if self._own(line, Column.TITLE) else self._task
        weight = self._sign(line, SUBJECT_WEIGHT)
        if weight:
            self._weight = weight
        elif SUBJECT_WEIGHT in self.head.signs and self._weight is None:
            self._weight = ""

    def _begin(self, line: Line, title: str) -> None:
        words = {column: self._own(line, column) for column in self.head.columns}
        words |= {column: squeeze(words[column]) for column in _ONE_LINE if column in words}
        words[Column.TITLE] = title
        words[Column.SUBJECT] = self.subject
        if Column.SERIAL in words:
            words[Column.SERIAL] = shown(words[Column.SERIAL])
        draft = Draft(
            line.location,
            words,
            has_period_column=Column.PERIOD in self.head.columns,
            given_serial=bool(words.get(Column.SERIAL)),
        )
        keys = (*keys_of(self.head.columns), "indicator")
        draft.columns = (*keys, "subject_weight") if SUBJECT_WEIGHT in self.head.signs else keys
        draft.given_subject = bool(self._own(line, Column.SUBJECT))
        draft.subject_weight = self._weight
        if self._weight and not _NUMBER.fullmatch(to_ascii(self._weight)):
            draft.doubt("subject_weight", _not_a_number(self._weight))
        if not self.subject and Column.SUBJECT in self.head.columns:
            draft.doubt("subject", _("বিষয় লেখা নেই, আর উপরে কোনো সারিতেও নেই।"))
        self._drafts.append(draft)
        self._task = draft

    def _repeats(self, title: str, line: Line) -> bool:
        """Whether the same task is only named again beside its next indicator."""
        task = self._task
        return (
            task is not None
            and squeeze(title) == squeeze(task.text(Column.TITLE))
            and not self._own(line, Column.SERIAL).strip()
        )

    def _is_rest(self, line: Line, indicator: ImportedIndicator | None) -> bool:
        """Whether the title is the rest of one that the end of a page broke."""
        if indicator is not None:
            return False
        return not self._own(line, Column.SERIAL) and Column.SERIAL in self.head.columns

    def _indicator(self, line: Line) -> ImportedIndicator | None:
        """The indicator of this line; None when no cell of one begins in it."""
        values = {sign: self._sign(line, sign) for sign in self.head.signs if sign in _VALUES}
        name = self._sign(line, INDICATOR)
        unit, weight = self._sign(line, UNIT), self._sign(line, WEIGHT)
        if not name and not unit and not weight and not any(values.values()):
            return None
        targets = any(sign in self.head.signs for sign in TARGETS)
        return ImportedIndicator(
            name=name,
            unit=unit,
            weight=weight if WEIGHT in self.head.signs else None,
            previous=values.get(PREVIOUS),
            targets=tuple(values.get(sign, "") for sign in TARGETS) if targets else None,
            projection=values.get(PROJECTION),
            achieved=values.get(ACHIEVED),
            quarters=self._row_of(values, QUARTERS),
            quarters_achieved=self._row_of(values, QUARTERS_ACHIEVED),
        )

    def _row_of(self, values: dict[str, str], signs: Sequence[str]) -> tuple[str, ...] | None:
        there = [sign for sign in signs if sign in self.head.signs]
        if not there:
            return None
        return tuple(values.get(sign, "") for sign in signs[: signs.index(there[-1]) + 1])

    def _add(self, indicator: ImportedIndicator, line: Line) -> None:
        task = self._task
        if task is None:
            return
        if self._only_names(indicator) and task.indicators:
            last = task.indicators[-1]
            task.indicators[-1] = replace(last, name=f"{last.name} {indicator.name}".strip())
            self._doubt_join("indicators", indicator.name)
            return
        if not indicator.name:
            name = task.text(Column.MEASURE) or task.text(Column.TITLE)
            indicator = replace(indicator, name=squeeze(name))
            if INDICATOR in self.head.signs:
                task.doubt(
                    "indicators", _("%(place)s: সূচকের নাম লেখা নেই।") % {"place": line.location}
                )
        task.indicators.append(self._checked(indicator, task))
        self._doubt_extra(line, task)

    def _only_names(self, indicator: ImportedIndicator) -> bool:
        """Whether the line says nothing but words: the rest of a name, left over by a page."""
        values = (
            indicator.unit,
            indicator.weight,
            indicator.previous,
            indicator.projection,
            indicator.achieved,
            *(indicator.targets or ()),
            *(indicator.quarters or ()),
            *(indicator.quarters_achieved or ()),
        )
        return bool(indicator.name) and not any(values) and UNIT in self.head.signs

    def _checked(self, indicator: ImportedIndicator, task: Draft) -> ImportedIndicator:
        """The indicator with its unit known, and what is odd about it noted."""
        unit = unit_of(indicator.unit)
        if indicator.unit and unit is None:
            reason = _("একক ‘%(words)s’ চেনা যায়নি; সংখ্যা ধরা হয়েছে।") % {"words": indicator.unit}
            task.doubt("indicators", reason)
        if indicator.weight and not _NUMBER.fullmatch(to_ascii(indicator.weight)):
            task.doubt("indicators", _not_a_number(indicator.weight))
        values = (indicator.previous, indicator.projection, *(indicator.targets or ()))
        if any(len(value or "") > LONGEST_VALUE for value in values):
            reason = _("সূচক ‘%(name)s’-এর একটি মান অতিরিক্ত লম্বা।") % {"name": indicator.name}
            task.doubt("indicators", reason)
        known = unit or (Unit.NUMBER if indicator.unit else None)
        return replace(indicator, unit=known.value if known else "")

    def _doubt_extra(self, line: Line, task: Draft) -> None:
        for position in (*self.head.extra, *range(self.head.width, len(line.cells))):
            words = squeeze(line.text(position))
            if words and not line.is_merged_from_above(position):
                label = self.head.labels[position] if position < self.head.width else ""
                task.doubt(
                    "row",
                    _("‘%(label)s’ কলামের লেখা নেওয়া হয়নি: %(words)s")
                    % {"label": squeeze(label) or "—", "words": words},
                )

    def _doubt_join(self, field: str, words: str) -> None:
        if self._task:
            reason = _("পরের সারির লেখা এই ঘরের বাকি অংশ ধরে জোড়া দেওয়া হয়েছে: %(words)s")
            self._task.doubt(field, reason % {"words": squeeze(words)})

    def _own(self, line: Line, column: Column) -> str:
        return _own_text(line, self.head.columns.get(column))

    def _sign(self, line: Line, sign: str) -> str:
        return squeeze(_own_text(line, self.head.signs.get(sign)))


def unit_of(words: str) -> Unit | None:
    """The unit that the words name; None when they name none of ours."""
    return next(
        (unit for unit, pattern in _UNITS if words and pattern.search(squeeze(words))), None
    )


def _own_text(line: Line, position: int | None) -> str:
    if position is None or line.is_merged_from_above(position):
        return ""
    return line.text(position)


def _not_a_number(words: str) -> str:
    return _("মান ‘%(words)s’ সংখ্যা নয়।") % {"words": words}
