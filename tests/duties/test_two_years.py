"""Two years of a country, day by day: every reminder that must be sent is sent once, none else.

`make bench` lives through the same two years with a thousand teams (scripts/bench_deadlines.py).
"""

import pytest

from duties.models import Reminder
from jobs.models import Letter
from tests.duties.nation import Nation
from tests.duties.two_years import live_through

pytestmark = pytest.mark.django_db

TEAMS = 150


def test_every_reminder_of_two_years_is_sent_once_and_none_else() -> None:
    outcome = live_through(Nation(TEAMS))
    assert outcome.faults[:40] == []
    # One letter a day for each person, which says all of it.
    letters = Letter.objects.filter(key__startswith="duties.reminder:")
    assert letters.count() == len({(one.day, one.person) for one in outcome.wanted})
    assert {one.matter.partition(":")[0] for one in outcome.wanted} == {
        *("annual_report", "half_year", "plan", "meeting", "resubmission", "review")
    }
    # All of it was worth the while: people heard at every step, and of what came too late.
    assert {offset for (offset,) in Reminder.objects.values_list("offset_days").distinct()} == {
        *(-30, -7, -1, 1, 7, 30)
    }
