"""Plans in every state, with progress on their tasks and a report where the year has begun."""

import re
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from bangla.digits import to_ascii, to_bangla
from bangla.text import normalise
from reports.actions import create_report
from reports.enums import ReportKind
from teams.enums import Role
from teams.models import Office, User
from workplans.actions import (
    add_progress,
    add_task,
    approve_workplan,
    create_workplan,
    return_workplan,
    submit_workplan,
)
from workplans.enums import PlanStatus
from workplans.models import WorkPlan
from workplans.periods import Period

from .contents import read_all
from .people import holder_of
from .plan_life import measure, revise, tag, weigh

_YEAR = re.compile(r"20\d\d|২০[০-৯]{2}")


def load_plans() -> int:
    """Load the plans that are not there yet and return how many those were."""
    return sum(load_plan(content) for content in read_all("plans"))


@transaction.atomic
def load_plan(content: dict[str, Any], *, for_period: Period | None = None) -> bool:
    """Load one plan unless it is there; False if it was.

    `for_period` moves it to another year and leaves its progress out: that is told elsewhere.
    """
    years = _years_since(content)
    if for_period is not None:
        content = _without_progress(content)
        years += (
            for_period.starts_on.year
            - Period.parse(_later(content["period"], years)).starts_on.year
        )
    office = Office.objects.get(code=content["office"])
    period = Period.parse(_later(content["period"], years))
    if WorkPlan.objects.filter(office=office).for_period(period).exists():
        return False
    author = holder_of(office, Role.INNOVATION_OFFICER) or holder_of(office, Role.HEAD)
    plan = create_workplan(office=office, period=period, form=content["form"], by=author)
    for subject in content["subjects"]:
        for row in subject["tasks"]:
            _task(plan, subject["name"], row, years, author)
    if author is not None:
        weigh(plan, content["subjects"], by=author)
        tag(plan, by=author)
    _advance(plan, content["status"])
    revise(plan)
    if for_period is None and plan.starts_on <= timezone.localdate():
        kind = ReportKind.HALF_YEARLY if period.kind == "half" else ReportKind.ANNUAL
        create_report(office=office, kind=kind, period=period, by=author)
    return True


def _without_progress(content: dict[str, Any]) -> dict[str, Any]:
    """The same plan as it was approved, before any of it was done."""
    subjects = [
        {**subject, "tasks": [{**row, "progress": []} for row in subject["tasks"]]}
        for subject in content["subjects"]
    ]
    return {**content, "subjects": subjects, "status": PlanStatus.APPROVED}


def _task(
    plan: WorkPlan, subject: str, row: dict[str, Any], years: int, author: User | None
) -> None:
    fields = {
        "subject": subject,
        "title": row["title"],
        "start_text": _later(row["start"], years),
        "end_text": _later(row["end"], years),
        "responsible_text": row["responsible_text"],
        "expected_result": row["expected_result"],
        "measure": row["measure"],
    }
    task = add_task(
        workplan=plan, by=author, fields={name: normalise(text) for name, text in fields.items()}
    )
    for entry in row["progress"]:
        add_progress(
            task=task,
            by=author,
            on=date.fromisoformat(_later(entry["on"], years)),
            text=normalise(entry["text"]),
            percent=entry["percent"],
            part=_later(entry.get("part", ""), years),
            part_percent=entry.get("part_percent"),
            with_earlier=entry.get("with_earlier", False),
        )
    if author is not None:
        on = max((entry["on"] for entry in row["progress"]), default=None)
        day = date.fromisoformat(_later(on, years)) if on else timezone.localdate()
        measure(task, row, by=author, on=day)


def _advance(plan: WorkPlan, status: str) -> None:
    head = holder_of(plan.office, Role.HEAD)
    if status == PlanStatus.DRAFT or head is None:
        return
    submit_workplan(workplan=plan, by=head)
    if status == PlanStatus.APPROVED:
        approve_workplan(workplan=plan, by=head, meeting_on=timezone.localdate())
    elif status == PlanStatus.RETURNED:
        reason = "পরিমাপের ঘরে সংখ্যা দিন এবং দ্বিতীয় বিষয়ের শেষ তারিখগুলো আবার দেখুন।"
        return_workplan(workplan=plan, by=head, reason=reason)


def _years_since(content: dict[str, Any]) -> int:
    """By how many fiscal years the content's "today" lies before the real one."""
    if "reference_date" not in content:
        return 0
    then = Period.fiscal_year_of(date.fromisoformat(content["reference_date"]))
    now = Period.fiscal_year_of(timezone.localdate())
    return now.starts_on.year - then.starts_on.year


def _later(text: str, years: int) -> str:
    """The same date words some years later; each digit keeps its script."""

    def moved(match: re.Match[str]) -> str:
        later = str(int(to_ascii(match[0])) + years)
        return later if match[0].isascii() else to_bangla(later)

    return _YEAR.sub(moved, text) if years else text
