"""A long plan with everything a plan can have, in invented words: for forms, files and pictures."""

import json
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from tests.factories import Team, make_plan, make_task
from workplans.actions import add_progress
from workplans.models import Indicator, QuarterTarget, Subject, Task, WorkPlan

PLANS = Path(__file__).resolve().parents[2] / "duties" / "demo" / "plans"
# The demonstration's plans of one year; their tasks together fill a long plan.
SOURCES = ("kaliganj-gazipur", "gazipur", "natore", "singra", "kapasia", "dumuria")
NUMBERED = ("সম্পন্ন ধাপের সংখ্যা", "number", ("২০", "১৮", "১৬", "১৪", "১২"), "২২")
PER_CENT = ("সময়মতো নিষ্পত্তির হার", "percent", ("৯৫%", "৯০%", "৮৫%", "৮০%", "৭৫%"), "৯৬%")
BY_DAY = (
    "বাস্তবায়নের তারিখ",
    "date",
    ("৩০ নভেম্বর ২০২৬", "১৫ ডিসেম্বর ২০২৬", "৩১ ডিসেম্বর ২০২৬", "১৫ জানুয়ারি ২০২৭", "৩১ জানুয়ারি ২০২৭"),
    "১৫ নভেম্বর ২০২৬",
)
YES_NO = ("নির্দেশনা জারি হয়েছে", "yes_no", ("হ্যাঁ", "", "", "", ""), "হ্যাঁ")


def make_whole_year(team: Team, *, tasks: int, form: str = "progress") -> WorkPlan:
    """A plan of 2026-27 with `tasks` rows; every third row has no indicator, some have two."""
    plan = make_plan(team.office, by=team.head, tasks=0, form=form)
    for number, (subject, words) in enumerate(islice(_rows(), tasks)):
        task = make_task(
            plan,
            by=team.head,
            subject=subject,
            title=words["title"],
            start_text=words.get("start", ""),
            end_text=words.get("end", ""),
            responsible_text=words["responsible_text"],
            expected_result=words["expected_result"],
            measure=words["measure"],
        )
        if number % 3 != 2:
            add_indicator(task, (NUMBERED, BY_DAY)[number % 2], by=team)
        if number % 6 == 0:
            add_indicator(task, (PER_CENT, YES_NO)[number % 4 // 2], by=team)
        if number % 2 == 0:
            add_progress(
                task=task,
                by=team.head,
                on=date(2026, 8, 5) + timedelta(days=number),
                text="প্রথম ধাপের কাজ শেষ, মাঠের মতামত নেওয়া হচ্ছে।",
                percent=30 + number % 7 * 10,
            )
    _weigh(plan)
    return plan


def _rows():
    """(subject, words of a task): the subjects of the first plan, then what others add to them."""
    plans = [json.loads((PLANS / f"{name}-2026-2027.json").read_text()) for name in SOURCES]
    for plan in plans:
        for subject in plan["subjects"]:
            for task in subject["tasks"]:
                yield subject["name"], task


def add_indicator(task: Task, kind: tuple, *, by: Team) -> Indicator:
    name, unit, targets, reached = kind
    indicator = Indicator.objects.create(
        task=task,
        position=task.indicators.count() + 1,
        name=name,
        unit=unit,
        weight="2.5",
        previous=targets[-1] if unit != "date" else "",
        projection=targets[0],
        **dict(
            zip(
                ("target_100", "target_90", "target_80", "target_70", "target_60"),
                targets,
                strict=True,
            )
        ),
    )
    for quarter, target in enumerate(reversed(targets[:4]), start=1):
        if target:
            QuarterTarget.objects.create(indicator=indicator, quarter=quarter, target=target)
    entry = add_progress(
        task=task,
        by=by.head,
        on=date(2026, 10, 12),
        text="",
        percent=None,
        achieved_value=targets[2] or reached,
    )
    type(entry).objects.filter(pk=entry.pk).update(indicator=indicator)
    return indicator


def _weigh(plan: WorkPlan) -> None:
    for subject in Subject.objects.filter(plan=plan):
        indicators = Indicator.objects.filter(task__subject=subject)
        weight = sum(one.weight or 0 for one in indicators)
        Subject.objects.filter(pk=subject.pk).update(weight=weight or None)
