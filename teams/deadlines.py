"""When something is due, worked out in memory from dated rules and from what was granted."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

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
    when no rule asks for it."""

    on: date | None
    is_exempt: bool = False
    extension: Extension | None = None


class Rules:
    """The due rules, loaded once; each answer is worked out in memory."""

    def __init__(self, rules: Iterable[DueRule] | None = None) -> None:
        self._rules: dict[str, list[DueRule]] = {}
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
            if rule.covers(due)
            and rule.valid_from == max(r.valid_from for r in rules if r.covers(due))
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
        beginning on."""
        day = ends_on + timedelta(days=1) if kind in DUE_AFTER_PERIOD else starts_on
        return self.next_due(kind, day)


class Grants:
    """Extensions and exemptions in force, loaded once."""

    def __init__(self, extensions: Iterable[Extension] | None = None) -> None:
        rows = Extension.objects.in_force() if extensions is None else extensions
        self._grants = {(row.kind, row.office_id, row.starts_on): row for row in rows}

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
    grant = (grants or Grants()).of(kind, office_id, starts_on)
    if grant is not None:
        return Due(grant.new_due_on, grant.is_exemption, grant)
    return Due((rules or Rules()).due_of(kind, starts_on, ends_on))


def _days_of(rule: DueRule, first: date, last: date) -> list[date]:
    """The days a yearly or monthly rule names within a span, whether in force or not."""
    months = [rule.month] if rule.month else range(1, 13)
    days = (
        date(year, month, min(rule.day or 1, monthrange(year, month)[1]))
        for year in range(first.year, last.year + 1)
        for month in months
    )
    return [day for day in days if first <= day <= last]
