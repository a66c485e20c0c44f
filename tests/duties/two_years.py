"""Living through two years with a country, and comparing what was sent with what must be."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import time_machine
from django.db import connection

from duties import tasks
from duties.enums import State
from duties.matters import matters
from duties.models import Reminder
from jobs.enums import LetterStatus
from jobs.models import Letter
from tests.duties.nation import DAY, FIRST, LAST, Debt, Ledger, Nation, Told, day_of, dhaka

# What hangs on a report and is gone once it is done.
HANGING = ("review", "resubmission")
# The machines were off for a week after one year's last day.
PAUSE = (date(2027, 8, 4), date(2027, 8, 10))
# Runs at the edges of days in Dhaka, which is six hours ahead of UTC.
ODD_HOURS = {
    date(2027, 7, 31): (23, 59, 30),  # 17:59:30 UTC
    date(2027, 8, 1): (0, 0, 30),  # 18:00:30 UTC on 31 July
    date(2028, 1, 31): (23, 59, 59),
    date(2028, 2, 1): (0, 0, 0),
    date(2028, 7, 31): (0, 0, 0),  # 18:00 UTC on the 30th
    date(2028, 8, 1): (5, 59, 59),  # 23:59:59 UTC on 31 July
}
# On these the states of everything are compared, too.
STOCKTAKING = (date(2027, 8, 1), date(2028, 8, 1))


@dataclass(frozen=True)
class Outcome:
    """What had to be sent, and how what was sent differs from it."""

    wanted: set[Told]
    faults: list[str]


def live_through(nation: Nation) -> Outcome:
    """Run the reminders on every morning of the two years."""
    runs, faults = mornings(), []
    wanted = Ledger(nation.teams, runs).expected(nation.debts)
    _look_around()
    for run in runs:
        with time_machine.travel(run, tick=False):
            nation.live_until(run)
            tasks.remind()
            _carry_all(run)
            if run.day == 1:
                _look_around()
            if day_of(run) in STOCKTAKING:
                faults += _misjudged(nation.debts, run)
    told = Reminder.objects.values_list(
        "letter__created_at", "person_id", "matter", "due_on", "offset_days"
    )
    sent = Counter(Told(day_of(at), *rest) for at, *rest in told)
    return Outcome(wanted, [*faults, *_differences(sent, wanted)])


def mornings() -> list[datetime]:
    """When the clock runs it: at seven, but for the odd hours, and never during the pause."""
    days = [FIRST + number * DAY for number in range((LAST - FIRST).days + 1)]
    return [
        dhaka(day, *ODD_HOURS.get(day, (7, 0, 0)))
        for day in days
        if not PAUSE[0] <= day <= PAUSE[1]
    ]


def _look_around() -> None:
    """Let the database see how much there is by now, as it does by itself in two real years."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _carry_all(at: datetime) -> None:
    """The mail server takes every letter."""
    waiting = Letter.objects.filter(status=LetterStatus.WAITING)
    waiting.update(status=LetterStatus.SENT, sent_at=at)


def _differences(sent: Counter[Told], wanted: set[Told]) -> Iterator[str]:
    yield from (f"not sent: {told}" for told in sorted(wanted - set(sent)))
    yield from (f"sent, and should not: {told}" for told in sorted(set(sent) - wanted))
    yield from (f"sent {times} times: {told}" for told, times in sorted(sent.items()) if times > 1)


# --- How everything stands ---------------------------------------------------------------------
def _misjudged(debts: Iterable[Debt], now: datetime) -> list[str]:
    """What the application calls late, open or done otherwise than it is."""
    today = day_of(now)
    shown = {
        matter.key: matter.state(today)
        for matter in matters(today=today, until=today, with_done=True)
        if matter.kind not in HANGING and not matter.is_exempt
    }
    true = _states(debts, now)
    return [
        f"{key} on {today}: {shown.get(key)}, must be {true.get(key)}"
        for key in sorted(shown | true)
        if shown.get(key) != true.get(key)
    ]


def _states(debts: Iterable[Debt], now: datetime) -> dict[str, State]:
    """How what was due within a year stands, worked out from the debts alone."""
    found, today = {}, day_of(now)
    for debt in debts:
        if debt.kind in HANGING:
            continue
        due, _known = debt.due_at(now)
        if due is None or not today - timedelta(days=365) <= due <= today:
            continue
        if debt.done_at is None or debt.done_at > now:
            found[debt.key] = State.LATE if due < today else State.OPEN
        else:
            found[debt.key] = State.DONE_LATE if day_of(debt.done_at) > due else State.DONE
    return found
