"""Two years of a thousand teams, day by day: is everybody reminded once, and of nothing else?

Runs the reminders of 724 mornings on a system of its own in a temporary folder, and compares what
was sent with what tests/duties/nation.py works out debt by debt, without the application. The test
suite lives through the same two years with 150 teams.

    python -m scripts.bench_deadlines

BENCH_TEAMS (1000) is how many teams. Exit code 1 means that a reminder was missing, doubled or
wrong; no time is ever a reason to fail.
"""

import os
import sys
import time

from scripts.bench.ground import fresh_system


def main() -> int:
    teams = int(os.environ.get("BENCH_TEAMS") or 1000)
    with fresh_system(with_demo=False):
        from duties.models import Reminder
        from jobs.models import Letter
        from teams.models import Office
        from tests.duties.nation import Nation
        from tests.duties.two_years import live_through, mornings

        # The offices of the directory have no posts yet, and are no part of this country.
        Office.objects.update(is_active=False)
        nation = Nation(teams)
        began = time.monotonic()
        outcome = live_through(nation)
        each = (time.monotonic() - began) / len(mornings())
        reminders = Reminder.objects.count()
        letters = Letter.objects.filter(key__startswith="duties.reminder:").count()
        print(f"two years of {teams} teams: {reminders} reminders in {letters} letters")
        print(f"  missing, doubled or wrong: {len(outcome.faults)}")
        print(f"  a morning: {each * 1000:.0f} ms")
    for fault in outcome.faults[:40]:
        print(f"PROBLEM: {fault}", file=sys.stderr)
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
