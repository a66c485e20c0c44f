"""The tables of the consolidated report, in the shape `reports.documents` describes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max
from django.utils import timezone

from bangla.dates import format_date
from bangla.digits import to_bangla
from ideas.models import Initiative
from teams.enums import Tier

from ...enums import NationalPart, SectionKey
from ...models import Submission
from ...publishing.contacts import open_words
from ..ground import By
from ..page import order_of_groups
from ..tally import Tally, tallies, tally_of, unsent_by_lateness
from .year import FIGURES, Year, amount, count, share

# Best practices and lessons are examples, not a register.
EXAMPLES = 10
LONGEST_EXAMPLE = 600


def tables_of(part: NationalPart, year: Year) -> list[dict[str, Any]]:
    if part == NationalPart.REPORTING:
        return [_rates(By.TIER, year)]
    if part in FIGURES:
        return _beside(part, year)
    if part == NationalPart.BEST_PRACTICES:
        return _initiatives(year)
    if part == NationalPart.PROBLEMS:
        return _lessons(year)
    if part == NationalPart.ANNEX:
        return [_rates(by, year) for by in (By.MINISTRY, By.DIVISION, By.DISTRICT)]
    if part == NationalPart.UNSENT:
        return _unsent(year)
    return []


def _rates(by: By, year: Year) -> dict[str, Any]:
    """Counts and rates of each group, and of all."""
    now, then = tallies(year.now, by), tallies(year.then, by)
    groups = [
        (year.ground.label(by, group), now[group], then.get(group, Tally()))
        for group in order_of_groups([year.now], by)
    ]
    rows = [*groups, ("মোট", year.all, tally_of(year.then))]
    return _table(
        f"rates-{by}",
        f"{by.label} অনুযায়ী (আগের হার {year.before.label}-এর)",
        (
            ("name", str(by.label), "c-name"),
            ("due", "পাঠানোর কথা", "c-number"),
            ("sent", "পাঠিয়েছে", "c-number"),
            ("rate", "হার", "c-number"),
            ("on_time", "সময়মতো", "c-number"),
            ("before", "আগের হার", "c-number"),
        ),
        (
            [
                name,
                count(tally.due),
                count(tally.sent),
                share(tally.rate),
                share(tally.on_time_rate),
                share(earlier.rate),
            ]
            for name, tally, earlier in rows
        ),
    )


def _beside(part: NationalPart, year: Year) -> list[dict[str, Any]]:
    """This period's sums beside the last one's."""
    rows = []
    for key, label, unit in FIGURES[part]:
        now = year.sums.get((key, year.period.starts_on))
        then = year.sums.get((key, year.before.starts_on))
        if now or then:
            rows.append([
                f"{label} ({unit})",
                amount(now.value) if now else "—",
                amount(then.value) if then else "—",
                count(now.reports if now else 0),
            ])  # fmt: skip
    if not rows:
        return []
    columns = (
        ("name", "বিষয়", "c-name"),
        ("now", year.period.label, "c-number"),
        ("then", year.before.label, "c-number"),
        ("reports", "প্রতিবেদন", "c-number"),
    )
    return [_table(f"sums-{part}", "আগের সময়ের পাশে", columns, rows)]


def _initiatives(year: Year) -> list[dict[str, Any]]:
    """Pages of initiatives that were published within the period, the latest first."""
    published = (
        Initiative.objects.published()
        .filter(
            published_at__date__gte=year.period.starts_on,
            published_at__date__lte=year.period.ends_on,
        )
        .select_related("idea__office")[:EXAMPLES]
    )
    rows = [
        [to_bangla(number), one.title, one.idea.office.name_bn, cut_short(one.summary)]
        for number, one in enumerate(published, start=1)
    ]
    columns = (
        ("serial", "ক্রম", "c-serial"),
        ("name", "উদ্যোগ", "c-name"),
        ("office", "দপ্তর", "c-words"),
        ("summary", "এক নজরে", "c-words"),
    )
    return [_table("initiatives", "", columns, rows)] if rows else []


def _lessons(year: Year) -> list[dict[str, Any]]:
    """What the best reports say of problems, in their own words."""
    best = sorted(
        (standing for standing in year.now if standing.is_settled and standing.score is not None),
        key=lambda standing: (-(standing.score or 0), standing.place.path),
    )[:EXAMPLES]
    said = _problems_of([standing.report for standing in best if standing.report])
    rows = [
        [one.place.name, said[one.report]] for one in best if one.report and said.get(one.report)
    ]
    columns = (("name", "দপ্তর", "c-name"), ("words", "যা লিখেছে", "c-words"))
    return [_table("lessons", "", columns, rows)] if rows else []


def _problems_of(reports: Sequence[int]) -> dict[int, str]:
    """The words of the part on problems in the newest submission of each report. One query."""
    newest = (
        Submission.objects.filter(report__in=reports)
        .values("report")
        .annotate(last=Max("pk"))
        .values("last")
    )
    rows = Submission.objects.filter(pk__in=newest).values_list("report_id", "content")
    return {
        report: cut_short(open_words(" ".join(section["paragraphs"])))
        for report, content in rows
        for section in content["sections"]
        if section["key"] == SectionKey.PROBLEMS
    }


def _unsent(year: Year) -> list[dict[str, Any]]:
    rows = [
        [
            to_bangla(number),
            standing.place.name,
            str(Tier(standing.place.tier).label),
            format_date(standing.due_on) if standing.due_on else "",
        ]
        for number, standing in enumerate(
            unsent_by_lateness(year.now, timezone.localdate()), start=1
        )
    ]
    columns = (
        ("serial", "ক্রম", "c-serial"),
        ("name", "দপ্তর", "c-name"),
        ("tier", "পর্যায়", "c-words"),
        ("due", "শেষ তারিখ", "c-date"),
    )
    return [_table("unsent", "", columns, rows)] if rows else []


def _table(
    key: str, title: str, columns: Sequence[tuple[str, str, str]], rows: Iterable[list[str]]
) -> dict[str, Any]:
    """A table in the shape of `reports.documents`."""
    return {
        "key": key,
        "kind": "list",
        "title": title,
        "columns": [{"key": k, "heading": h, "class": c} for k, h, c in columns],
        "rows": [
            {"key": f"{key}:{number}", "cells": cells} for number, cells in enumerate(rows, start=1)
        ],
    }


def cut_short(words: str) -> str:
    """Whole words up to a length that fits a cell."""
    if len(words) <= LONGEST_EXAMPLE:
        return words
    return f"{words[:LONGEST_EXAMPLE].rsplit(' ', 1)[0]} …"
