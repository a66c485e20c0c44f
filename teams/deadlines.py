"""When something is due, worked out in memory from dated rules and from what was granted."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from .enums import DueKind
from .models import DueRule, Extension

# A rule says a day at least once a year, so the first one after any day lies within this span.
LONGEST_WAIT = timedelta(days=2 * 366)

# Reports look back: they are due after their period. Plans and meetings belong to the period
# that has begun.
DUE_AFTER_PERIOD = frozenset({DueKind.ANNUAL_REPORT, DueKind.HALF_YEAR})


@dataclass(frozen=True, slots=True)
class Due:
    """The day something is due; `is_exempt` when the office was let off. `on` is None then, and
    when no rule asks for it. `known_on` is the day from which one could know of `on`: that of
    the rule, or of the grant."""

    on: date | None
    is_exempt: bool = False
    extension: Extension | None = None
    known_on: date = date.min


class Rules:
    """The due rules, loaded once; each answer is worked out in memory."""

    def __init__(self, rules: Iterable[DueRule] | None = None) -> None:
        self._rules: dict[str, list[DueRule]] = {}
        self._due: dict[tuple[str, date, date], date | None] = {}
        for rule in DueRule.objects.all() if rules is None else rules:
            self._rules.setdefault(rule.kind, []).append(rule)

    def next_due(self, kind: str, day: date) -> date | None:
        """The first due day of this kind on or after `day`."""
        return next(iter(self.dues(kind, day, day + LONGEST_WAIT)), None)

    def dues(self, kind: str, first: date, last: date) -> list[date]:
        """Every due day of a yearly or monthly kind from `first` to `last`, both included.

        Of rules with different starts that cover a day only the latest start counts, so that a
        new circular replaces the old one; rules that start together (30 January and 31 July of
        the half-years) count side by side.
        """
        rules = [rule for rule in self._rules.get(kind, ()) if rule.day is not None]
        found = {
            due
            for rule in rules
            for due in _days_of(rule, first, last)
            if rule.covers(due) and rule.valid_from == _newest(rules, due)
        }
        return sorted(found)

    def days_after(self, kind: str, day: date) -> int | None:
        """Within how many days of `day` something of this kind is owed, if a rule says so."""
        rules = [
            rule
            for rule in self._rules.get(kind, ())
            if rule.days_after is not None and rule.covers(day)
        ]
        return max(rules, key=lambda rule: rule.valid_from).days_after if rules else None

    def due_of(self, kind: str, starts_on: date, ends_on: date) -> date | None:
        """When what belongs to the period is due: a report after its end, all else from its
        beginning on. None when no rule was in force before the next period's turn came."""
        key = (kind, starts_on, ends_on)
        if key not in self._due:  # asked again for each of a thousand offices
            first = ends_on + timedelta(days=1) if kind in DUE_AFTER_PERIOD else starts_on
            days = self.dues(kind, first, first + (ends_on - starts_on))
            self._due[key] = days[0] if days else None
        return self._due[key]

    def known_on(self, kind: str, due: date) -> date:
        """From when the rule behind a due day was in force."""
        rules = [rule for rule in self._rules.get(kind, ()) if rule.day is not None]
        return _newest(rules, due) or date.min


class Grants:
    """Extensions and exemptions in force, loaded once."""

    def __init__(self, extensions: Iterable[Extension] | None = None) -> None:
        rows = Extension.objects.in_force() if extensions is None else extensions
        self._grants = {(row.kind, row.office_id, row.starts_on): row for row in rows}

    def __iter__(self) -> Iterator[Extension]:
        return iter(self._grants.values())

    def of(self, kind: str, office_id: int, starts_on: date) -> Extension | None:
        """What was granted to the office itself, else to all."""
        own = self._grants.get((kind, office_id, starts_on))
        return own or self._grants.get((kind, None, starts_on))


def due_for(
    *,
    kind: str,
    office_id: int,
    starts_on: date,
    ends_on: date,
    rules: Rules | None = None,
    grants: Grants | None = None,
) -> Due:
    """When this office owes what belongs to the period.

    `rules` and `grants` are loaded (a query each) unless they are given.
    """
    if rules is None:
        rules = Rules()
    grant = (Grants() if grants is None else grants).of(kind, office_id, starts_on)
    if grant is not None:
        granted_on = timezone.localdate(grant.granted_at)
        return Due(grant.new_due_on, grant.is_exemption, grant, known_on=granted_on)
    due = rules.due_of(kind, starts_on, ends_on)
    return Due(due, known_on=rules.known_on(kind, due) if due else date.min)


def _newest(rules: Iterable[DueRule], day: date) -> date | None:
    """When the newest of the rules that cover a day began."""
    return max((rule.valid_from for rule in rules if rule.covers(day)), default=None)


def _days_of(rule: DueRule, first: date, last: date) -> list[date]:
    """The days a yearly or monthly rule names within a span, whether in force or not."""
    months = [rule.month] if rule.month else range(1, 13)
    days = (
        date(year, month, min(rule.day or 1, monthrange(year, month)[1]))
        for year in range(first.year, last.year + 1)
        for month in months
    )
    return [day for day in days if first <= day <= last]
