"""The page of due dates: what one's own office owes, and how the offices below stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from bangla.dates import month_name
from teams.enums import DueKind
from teams.models import DueRule, Office, OfficeQuerySet, User, in_bengali
from teams.templatetags.bangla_tags import digits

from .enums import State
from .matters import Matter, Words, matters
from .models import ReminderRule

# What comes next, and of the offices below only what is near.
OWN_AHEAD = timedelta(days=120)
BELOW_AHEAD = timedelta(days=31)
LONGEST_MONTH = 31
# In what order they are shown: what waits before what is over.
STATES = (State.LATE, State.OPEN, State.DONE_LATE, State.DONE, State.EXEMPT)
CHIPS = {
    State.LATE: "late",
    State.OPEN: "",
    State.DONE: "done",
    State.DONE_LATE: "risk",
    State.EXEMPT: "",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing owed, as the page says it. `url` is where one's own is answered."""

    matter: Matter
    title: str
    office: Office
    state: State
    chip: str
    chip_kind: str
    url: str

    @property
    def grant_query(self) -> str:
        """What the form of a grant is asked for, as an address carries it."""
        matter = f"{self.matter.kind}:{self.matter.starts_on}"
        return urlencode({"office": self.office.code, "matter": matter})

    @property
    def can_be_granted(self) -> bool:
        """Reviews are the Cabinet Division's own."""
        return self.state in (State.LATE, State.OPEN) and self.matter.kind != DueKind.REVIEW


def own_matters(user: User, today: date) -> list[Matter]:
    """What the person's teams owe or have done, what waits first; reviews are not theirs."""
    own = user.scope.team_office_ids
    if not own:
        return []
    found = matters(today=today, until=today + OWN_AHEAD, offices=own, with_done=True)
    return in_order((one for one in found if one.kind != DueKind.REVIEW), today)


def offices_below(user: User) -> OfficeQuerySet:
    """Working offices that stand below the person's, their own left out."""
    below = Office.objects.active().filter(user.scope.below())
    return below.exclude(pk__in=user.scope.team_office_ids)


def matters_below(user: User, today: date, *, kind: str, state: str, words: str) -> list[Matter]:
    """What the offices below owe, in the order of the page.

    `state` is a `State`, "" for what is not done yet; `words` are of an office's name.
    """
    below = offices_below(user)
    if words:
        below = below.search(words)
    found = matters(
        today=today,
        until=today + BELOW_AHEAD,
        offices=list(below.order_by().values_list("pk", flat=True)),
        kind=kind,
        with_done=state in (State.DONE, State.DONE_LATE, State.EXEMPT),
    )
    return in_order((one for one in found if not state or one.state(today) == state), today)


def in_order(found: Iterable[Matter], today: date) -> list[Matter]:
    """What waits first, the most overdue before the rest; then what is over, the newest first."""

    def place(matter: Matter) -> tuple[int, int]:
        state = matter.state(today)
        day = (matter.due_on or matter.known_on).toordinal()
        return STATES.index(state), day if state in (State.LATE, State.OPEN) else -day

    return sorted(found, key=place)


def rows(found: Sequence[Matter], today: date) -> list[Row]:
    """Some matters with their words (two queries)."""
    words = Words(found)
    return [
        Row(
            matter=matter,
            title=words.title(matter),
            office=words.office(matter),
            state=(state := matter.state(today)),
            chip=_chip(matter, state, today),
            chip_kind=CHIPS[state],
            url=words.address(matter),
        )
        for matter in found
    ]


def _chip(matter: Matter, state: State, today: date) -> str:
    if state == State.LATE and matter.due_on:
        return _("%(days)s দিন দেরি") % {"days": digits((today - matter.due_on).days)}
    if state == State.OPEN and matter.due_on:
        left = (matter.due_on - today).days
        return _("বাকি %(days)s দিন") % {"days": digits(left)} if left else _("আজ শেষ দিন")
    return str(state.label)


# --- The rules in words -----------------------------------------------------------------------
def rule_words(rule: DueRule) -> str:
    """By when: "প্রতি বছর ৩১ জুলাই", "প্রতি মাসের শেষ দিন", "১৫ দিনের মধ্যে"."""
    if rule.days_after:
        return _("%(days)s দিনের মধ্যে") % {"days": digits(rule.days_after)}
    if rule.month:
        month = month_name(rule.month, "bn" if in_bengali() else "en")
        return _("প্রতি বছর %(day)s %(month)s") % {"day": digits(rule.day), "month": month}
    if rule.day == LONGEST_MONTH:
        return _("প্রতি মাসের শেষ দিন")
    return _("প্রতি মাসের %(day)s তারিখ") % {"day": digits(rule.day)}


def reminder_words(rule: ReminderRule) -> str:
    """When: "শেষ তারিখের ৭ দিন আগে"."""
    days = {"days": digits(abs(rule.offset_days))}
    if rule.offset_days < 0:
        return _("শেষ তারিখের %(days)s দিন আগে") % days
    if rule.offset_days == 0:
        return _("শেষ তারিখে")
    return _("শেষ তারিখের %(days)s দিন পরে") % days
