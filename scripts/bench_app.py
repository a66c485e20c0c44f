"""What does the application cost beside its bare parts, and does it hold under a crowd?

Prints ratios measured in one run, so they can be compared between machines, and query counts.
Everything happens on a system of its own in a temporary folder. Exit code 1 means that something
was lost, doubled or refused without reason; no time is ever a reason to fail.

    python -m scripts.bench_app [--services]

BENCH_REPORTS: see scripts/bench/crowd.py.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

from scripts.bench.ground import fresh_system
from scripts.services import postgres, redis

ROOT = Path(__file__).resolve().parent.parent


def measure_everything() -> list[str]:
    """Print all figures, on SQLite and the embedded queue; returns what went wrong."""
    with fresh_system():
        # Only now, on the new system, can the application be imported.
        from scripts.bench import crowd, pages, reports, saves, search

        problems = reports.measure()
        pages.measure_plan_page()
        problems += saves.measure()
        problems += crowd.measure("SQLite and the embedded queue")
        # Last, because they add offices with a hundred, and with ten thousand, of everything.
        pages.measure_queries()
        return problems + search.measure()


def measure_servers(database_url: str, redis_url: str) -> list[str]:
    """Print what is measured on empty servers, too; returns what went wrong."""
    with fresh_system(database_url=database_url, redis_url=redis_url):
        from scripts.bench import crowd, search

        return crowd.measure("PostgreSQL and Redis") + search.measure()


def measure_on_services() -> list[str]:
    """The same on servers started for it, in a process of its own: settings are read once."""
    with postgres() as database_url, redis() as redis_url:
        command = [sys.executable, "-m", "scripts.bench_app", "--on", database_url, redis_url]
        failed = subprocess.run(command, cwd=ROOT).returncode
    return ["on PostgreSQL and Redis (the messages are above)"] if failed else []


def main() -> int:
    """Returns 1, having said why, when something other than time went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--services",
        action="store_true",
        help="many reports and the search on a private PostgreSQL and Redis, too",
    )
    parser.add_argument(
        "--on",
        nargs=2,
        metavar=("DATABASE_URL", "REDIS_URL"),
        help="only many reports and the search, on these servers, which hold nothing yet",
    )
    options = parser.parse_args()
    started = time.monotonic()
    problems = measure_servers(*options.on) if options.on else measure_everything()
    if options.services:
        problems += measure_on_services()
    for problem in problems:
        print(f"WRONG: {problem}", file=sys.stderr)
    print(f"\n({time.monotonic() - started:.0f} s)", flush=True)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
