"""The last day: many teams send their reports within ten simulated minutes.

Starts a PostgreSQL, a Redis, a web server and one worker with two processes, all of its own. Time
runs ten times faster than the day it plays: 1,000 teams come within one minute. With --faults the
worker is killed, Redis emptied and PostgreSQL restarted while they send.

    python -m scripts.bench_the_day [--faults]

BENCH_DAY_TEAMS (40) is how many teams send; the figure of record is taken with 1000. Exit code 1
means that something was lost, doubled or refused, or that a receipt does not hold.
"""

import argparse
import os
import sys

from scripts.bench.ground import fresh_system
from scripts.services import postgres_server, redis

RECORD = 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--faults", action="store_true", help="break things meanwhile")
    options = parser.parse_args()
    teams = int(os.environ.get("BENCH_DAY_TEAMS") or 40)
    if teams < RECORD:
        print(f"(the figure of record is taken with BENCH_DAY_TEAMS={RECORD}, which takes long)")
    with (
        postgres_server() as database,
        redis() as redis_url,
        fresh_system(database_url=database.url, redis_url=redis_url, with_demo=False),
    ):
        from scripts.bench.the_day import play

        problems = play(teams, database=database, with_faults=options.faults)
    for problem in problems:
        print(f"PROBLEM: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
