"""What does the nation on one page cost with a thousand teams and five years of their reports?

Prints queries, bytes and ratios on a system of its own in a temporary folder. Exit code 1 means
that the number of queries grew or a page is heavier than it may be; no time is a reason to fail.

    python -m scripts.bench_nation

BENCH_TEAMS: how many offices have reports (1000).
"""

import gzip
import os
import sys
from typing import TYPE_CHECKING

from scripts.bench.ground import fresh_system

if TYPE_CHECKING:
    from django.test import Client

TEAMS, YEARS = int(os.environ.get("BENCH_TEAMS", "1000")), 5
HEAVIEST = 300_000  # bytes of HTML, uncompressed
ROUNDS = 7
WAYS = ("tier", "ministry", "division", "district")
EMPTY = "?year=2014-2015"  # a year nobody in the demonstration reports on


def measure() -> list[str]:
    """Print the figures; returns what went wrong."""
    from django.urls import reverse

    from reports.nation.seeding import seed_nation
    from scripts.bench.measure import heading, line, ratio, take_turns
    from scripts.bench.pages import client_of

    reviewer = reviewers()[0]
    client = client_of(reviewer)
    page, lists = reverse("reports:nation"), reverse("reports:nation_reports")
    few = {by: cost(client, f"{page}?by={by}") for by in WAYS}
    made = seed_nation(teams=TEAMS, years=YEARS)
    heading(
        f"The nation: {made.reports} reports, {made.submissions} submissions, "
        f"{made.figures} figures of {YEARS} years"
    )
    problems = []
    for by in WAYS:
        queries, size, packed = cost(client, f"{page}?by={by}")
        line(
            f"by {by}: queries (few, many), HTML, gzip",
            f"{few[by][0]:4} {queries:4} {size / 1000:7.0f} KB {packed / 1000:5.1f} KB",
        )
        if queries != few[by][0]:
            problems.append(f"nation by {by}: {few[by][0]} queries became {queries}")
        if size >= HEAVIEST:
            problems.append(f"nation by {by}: {size} bytes")
    for name in ("show=unsent", "show=sent", "figure=ideas.received"):
        queries, size, _packed = cost(client, f"{lists}?{name}")
        line(f"list {name}: queries, HTML", f"{queries:9} {size / 1000:7.0f} KB")
    full, empty, home = take_turns(
        lambda _number: client.get(page),
        lambda _number: client.get(page + EMPTY),
        lambda _number: client.get(reverse("duties:home")),
        rounds=ROUNDS,
    )
    line("the page ÷ the same page of years without reports", ratio(full, of=empty))
    line("the page ÷ the home page", ratio(full, of=home))
    return problems


def reviewers() -> list:
    """The demonstration's reviewers at the Cabinet Division."""
    from teams.enums import Role
    from teams.models import PostHolding

    holdings = PostHolding.objects.filter(post__role=Role.CABINET_REVIEWER, ends_on=None)
    return [holding.person for holding in holdings.select_related("person")]


def cost(client: "Client", address: str) -> tuple[int, int, int]:
    """Queries, bytes and packed bytes of a page, at the second visit."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    if page.status_code != 200:
        raise AssertionError(f"{address}: status {page.status_code}")
    return len(asked), len(page.content), len(gzip.compress(page.content))


def main() -> int:
    """Returns 1, having said why, when something other than time went wrong."""
    with fresh_system():
        problems = measure()
    for problem in problems:
        print(f"WRONG: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
