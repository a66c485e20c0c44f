"""On which days something owed is reminded of, and how far up that goes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..enums import Reach
from ..models import ReminderRule

REACHES = tuple(Reach)


@dataclass(frozen=True, slots=True)
class Occasion:
    """The last of a matter's days that has come."""

    due_on: date
    offset_days: int
    reach: Reach

    def reaches(self, reach: Reach) -> bool:
        return REACHES.index(self.reach) >= REACHES.index(reach)


class Occasions:
    """The rules of reminding, loaded once; each answer is worked out in memory."""

    def __init__(self, today: date, rules: Iterable[ReminderRule] | None = None) -> None:
        self.today = today
        self._rules: dict[str, list[ReminderRule]] = defaultdict(list)
        for rule in ReminderRule.objects.all() if rules is None else rules:
            self._rules[rule.kind].append(rule)
        self._known: dict[tuple[str, date, date], Occasion | None] = {}

    @property
    def until(self) -> date:
        """The last due day of which somebody may have to hear today."""
        offsets = [rule.offset_days for rules in self._rules.values() for rule in rules]
        return self.today - timedelta(days=min(offsets, default=0))

    def of(self, kind: str, due_on: date, known_on: date) -> Occasion | None:
        """The last day that has come of those since it was known.

        What lay before that is not made good: old minutes taken in today would bring a letter
        about years.
        """
        key = (kind, due_on, known_on)
        if key not in self._known:  # the same for a thousand offices
            self._known[key] = self._last(kind, due_on, known_on)
        return self._known[key]

    def _last(self, kind: str, due_on: date, known_on: date) -> Occasion | None:
        days = ((rule, due_on + timedelta(days=rule.offset_days)) for rule in self._rules[kind])
        came = [rule for rule, day in days if known_on <= day <= self.today and rule.covers(day)]
        if not came:
            return None
        # Of two rules for the same day the newer one counts.
        last = max(came, key=lambda rule: (rule.offset_days, rule.valid_from))
        return Occasion(due_on, last.offset_days, Reach(last.reaches))
