"""A schedule while it is being made out: dates so far, doubts so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, repeat

from bangla.dates.cells import Cell, Moment, MonthDay, Part, Span
from bangla.dates.doubts import DateDoubt, DoubtCode, Field
from bangla.dates.recurrence import Recurrence, RecurrenceUnit, months_later

# Leap years of either calendar, in which every day that ever exists does.
_LEAP_YEAR, _BANGLA_LEAP_YEAR = 2020, 1426


class Draft:
    """Places what cells say in time.

    Args:
        window: first and last day of the period that a date without a year belongs to.
    """

    def __init__(self, window: Span | None) -> None:
        self.window = window
        self.starts_on: date | None = None
        self.ends_on: date | None = None
        self.doubts: list[DateDoubt] = []

    def doubt(self, field: Field, code: DoubtCode, words: str) -> None:
        """Note a doubt, once."""
        doubt = DateDoubt(field, code, words)
        if doubt not in self.doubts:
            self.doubts.append(doubt)

    def note_unread(self, cell: Cell, field: Field) -> None:
        """Note the words of a cell that were not understood."""
        if not cell.blank and not cell.understood:
            self.doubt(field, DoubtCode.UNREADABLE, cell.text)
        elif cell.unread:
            self.doubt(field, DoubtCode.WORDS_UNREAD, cell.unread)

    def take_only(self, cell: Cell, *, in_end_column: bool) -> None:
        """Take both dates from the only cell that says anything."""
        self.note_unread(cell, "ends_on" if in_end_column else "schedule")
        if len(cell.moments) == 2:
            spans = self.spans(cell, "starts_on", "ends_on")
        else:
            spans = self.spans(cell, "ends_on" if in_end_column else "schedule")
        if len(spans) == 1:
            self._take_one_span(cell, spans[0], in_end_column=in_end_column)
        elif len(spans) > 2 or cell.apart:
            self.doubt("schedule", DoubtCode.SEVERAL_DATES, cell.text)
        elif spans:
            first, second = spans
            self.starts_on = first[0] if first else None
            self.ends_on = second[1] if second else None
            if first and second and not cell.linked:
                self.doubt("schedule", DoubtCode.RANGE_INFERRED, cell.text)

    def take_start(self, cell: Cell, end: Cell) -> None:
        """Take the start from its own cell; `end` may lend its year."""
        span = self._take_cell(cell, "starts_on", end)
        if span and cell.says_until and not cell.says_from:
            self.doubt("starts_on", DoubtCode.WORDS_UNREAD, cell.text)
        elif span:
            self.starts_on = span[0]

    def take_end(self, cell: Cell, start: Cell) -> None:
        """Take the end from its own cell; `start` may lend its year."""
        span = self._take_cell(cell, "ends_on", start)
        if span and cell.says_from and not cell.says_until:
            self.doubt("ends_on", DoubtCode.WORDS_UNREAD, cell.text)
        elif span:
            self.ends_on = span[1]

    def check(self, period_start: date | None, period_end: date | None, words: str) -> None:
        """Note what is odd about the dates taken, which stay as they are."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            self.doubt("ends_on", DoubtCode.END_BEFORE_START, words)
        dates: tuple[tuple[Field, date | None], ...] = (
            ("starts_on", self.starts_on),
            ("ends_on", self.ends_on),
        )
        for field, day in dates:
            early = day and period_start and day < period_start
            late = day and period_end and day > period_end
            if early or late:
                self.doubt(field, DoubtCode.OUTSIDE_PERIOD, words)

    def spans(
        self, cell: Cell, *fields: Field, neighbour: Moment | None = None
    ) -> list[Span | None]:
        """Return the days that each moment of a cell covers, or else each part of the year.

        Args:
            cell: what was said.
            fields: the field that the doubts about each moment concern; the last one goes on.
            neighbour: the only moment of the other cell, which may lend its year.

        A place is None where the days are not certain.
        """
        if not cell.certain:
            return [None for _ in cell.moments or cell.parts]
        fields_onward = chain(fields, repeat(fields[-1]))
        if not cell.moments:
            return [self._part_span(*pair) for pair in zip(cell.parts, fields_onward, strict=False)]
        moments = self._with_shared_year(cell.moments)
        spans = [
            self._moment_span(moment, field, neighbour)
            for moment, field in zip(moments, fields_onward, strict=False)
        ]
        spans = self._without_second_calendar(cell, spans)
        self._compare_restated(cell, spans)
        return spans

    def recurrence(self, first: Cell, second: Cell) -> Recurrence | None:
        """Return how the work comes back, from both cells together."""
        if not (first.recurs or second.recurs):
            return None
        words = " – ".join(cell.text for cell in (first, second) if cell.recurs)
        cycles = list(dict.fromkeys(first.cycles + second.cycles))
        days = _month_days(first, second)
        if len(cycles) > 1 or days is None:
            self.doubt("schedule", DoubtCode.RECURRENCE_CONFLICT, words)
            return None
        named = [day for day in days if day is not None]
        if not cycles and all(day.offset is None for day in named):
            self.doubt("schedule", DoubtCode.UNREADABLE, words)
            return None
        cycle = cycles[0] if cycles else Recurrence(RecurrenceUnit.MONTH)
        if not named:
            return cycle
        if cycle.unit is RecurrenceUnit.WEEK:
            self.doubt("schedule", DoubtCode.RECURRENCE_CONFLICT, words)
            return None
        monthly = cycle == Recurrence(RecurrenceUnit.MONTH)
        if not cycles or not monthly or any(day.offset is None for day in named):
            self.doubt("schedule", DoubtCode.RECURRENCE_INFERRED, words)
        return self._with_days(cycle, *days, words)

    def _with_days(
        self, cycle: Recurrence, start: MonthDay | None, end: MonthDay | None, words: str
    ) -> Recurrence:
        """Return the recurrence with its days; an end without a month has that of the start."""
        start_offset = (start.offset or 0) if start else 0
        end_offset = start_offset if end and end.offset is None else end.offset if end else 0
        recurrence = replace(
            cycle,
            start_day=start.day if start else None,
            end_day=end.day if end else None,
            start_month_offset=start_offset,
            end_month_offset=end_offset or 0,
        )
        if start and end and (recurrence.end_month_offset, end.day) < (start_offset, start.day):
            self.doubt("schedule", DoubtCode.END_BEFORE_START, words)
        return recurrence

    def _take_one_span(self, cell: Cell, span: Span | None, *, in_end_column: bool) -> None:
        """Take what a cell with one moment says of the start, the end or both."""
        if span is None:
            return
        first, last = span
        from_only = cell.says_from and not cell.says_until
        if in_end_column and from_only:
            self.doubt("ends_on", DoubtCode.WORDS_UNREAD, cell.text)
        elif in_end_column or (cell.says_until and not cell.says_from):
            self.ends_on = last
        elif from_only:
            self.starts_on = first
        elif first != last:
            self.starts_on, self.ends_on = first, last
        else:
            self.starts_on = first
            if not (cell.ongoing or cell.recurs):
                self.doubt("ends_on", DoubtCode.END_MISSING, cell.text)

    def _take_cell(self, cell: Cell, field: Field, other: Cell) -> Span | None:
        """Return the one span of one of two cells."""
        self.note_unread(cell, field)
        neighbour = other.moments[0] if len(other.moments) == 1 else None
        spans = self.spans(cell, field, neighbour=neighbour)
        if len(spans) > 1:
            self.doubt(field, DoubtCode.SEVERAL_DATES, cell.text)
            return None
        return spans[0] if spans else None

    def _with_shared_year(self, moments: tuple[Moment, ...]) -> tuple[Moment, ...]:
        """Return two moments of one cell both with the year that only one was given.

        "July to December 2017" says plainly that the year is that of both. Where the year would
        turn between them, or is given only to the first, it is a doubt.
        """
        if len(moments) != 2:
            return moments
        first, second = moments
        if first.year is None and second.year is not None:
            lent = _in_year_of(first, second, earlier=True)
            if lent.year != second.year:
                self.doubt("starts_on", DoubtCode.YEAR_FILLED, first.words)
            return lent, second
        if second.year is None and first.year is not None:
            lent = _in_year_of(second, first, earlier=False)
            if lent.year is not None:
                self.doubt("ends_on", DoubtCode.YEAR_FILLED, second.words)
            return first, lent
        return moments

    def _moment_span(self, moment: Moment, field: Field, neighbour: Moment | None) -> Span | None:
        """Return the days that a moment covers, filling in its year if there is one way to."""
        for code in moment.doubts:
            self.doubt(field, code, moment.words)
        leap_year = _BANGLA_LEAP_YEAR if moment.bangla else _LEAP_YEAR
        if replace(moment, year=leap_year).span() is None:
            self.doubt(field, DoubtCode.IMPOSSIBLE_DATE, moment.words)
            return None
        if moment.year is None:
            if neighbour is not None:
                moment = _in_year_of(moment, neighbour, earlier=field == "starts_on")
            if moment.year is None:
                moment = self._in_window(moment)
            if moment.year is None:
                self.doubt(field, DoubtCode.YEAR_MISSING, moment.words)
                return None
            self.doubt(field, DoubtCode.YEAR_FILLED, moment.words)
        span = moment.span()
        if span is None:
            self.doubt(field, DoubtCode.IMPOSSIBLE_DATE, moment.words)
        return span

    def _in_window(self, moment: Moment) -> Moment:
        """Return the moment in the one year that puts it inside the window, if there is one."""
        if self.window is None:
            return moment
        first, last = self.window
        # A Bangla year begins in one Gregorian year, 593 ahead, and ends in the next.
        offsets = (594, 593) if moment.bangla else (0, 0)
        years = range(first.year - offsets[0], last.year - offsets[1] + 1)
        fitting = [
            dated
            for dated in (replace(moment, year=year) for year in years)
            if (span := dated.span()) and first <= span[0] and span[1] <= last
        ]
        return fitting[0] if len(fitting) == 1 else moment

    def _part_span(self, part: Part, field: Field) -> Span | None:
        """Return the days of a quarter, a half or the whole of the plan's year."""
        if self.window is not None:
            first, last = self.window
            if first.day == 1 and last == months_later(first, 12) - timedelta(days=1):
                begins = months_later(first, (part.place - 1) * part.months)
                return begins, months_later(begins, part.months) - timedelta(days=1)
        # "All year" is clear without dates; a quarter is not.
        if part.months < 12:
            self.doubt(field, DoubtCode.PERIOD_NEEDED, part.words)
        return None

    def _without_second_calendar(self, cell: Cell, spans: list[Span | None]) -> list[Span | None]:
        """Return one span where a cell gives the same day in both calendars."""
        if len(spans) != 2 or cell.moments[0].bangla == cell.moments[1].bangla:
            return spans
        if None in spans or (spans[0] != spans[1] and cell.linked):
            return spans
        if spans[0] != spans[1]:
            self.doubt("schedule", DoubtCode.CALENDARS_DISAGREE, cell.text)
        return [spans[1] if cell.moments[0].bangla else spans[0]]

    def _compare_restated(self, cell: Cell, spans: list[Span | None]) -> None:
        """Note a weekday, a quarter or a half that does not agree with the dates beside it."""
        known = [span for span in spans if span is not None]
        if len(known) != len(spans):
            return
        if len(known) == 1 and any(known[0][0].isoweekday() != day for day in cell.weekdays):
            self.doubt("schedule", DoubtCode.WEEKDAY_DISAGREES, cell.text)
        whole = (known[0][0], known[-1][1])
        for part in cell.parts:
            if self._part_span(part, "schedule") not in (None, whole):
                self.doubt("schedule", DoubtCode.WORDS_UNREAD, part.words)


def _in_year_of(moment: Moment, other: Moment, *, earlier: bool) -> Moment:
    """Return the moment in the year that puts it on the right side of the other; as it is if
    the other has no year or is of the other calendar."""
    if other.year is None or moment.bangla != other.bangla:
        return moment
    dated = replace(moment, year=other.year)
    span, bound = dated.span(), other.span()
    if span is None or bound is None:
        return dated
    if earlier and span[0] > bound[1]:
        return replace(moment, year=other.year - 1)
    if not earlier and span[1] < bound[0]:
        return replace(moment, year=other.year + 1)
    return dated


def _month_days(first: Cell, second: Cell) -> tuple[MonthDay | None, MonthDay | None] | None:
    """Return the recurring days on which work starts and ends; None if there are too many."""
    starts, ends = first.month_days, second.month_days
    if starts and ends:
        return (starts[0], ends[0]) if len(starts) == len(ends) == 1 else None
    days, cell = (starts, first) if starts else (ends, second)
    if len(days) == 2:
        return days[0], days[1]
    if len(days) > 2:
        return None
    if not days:
        return None, None
    is_end = cell is second or (cell.says_until and not cell.moments)
    return (None, days[0]) if is_end else (days[0], None)
