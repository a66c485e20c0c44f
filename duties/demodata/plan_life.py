"""What else a plan of the demonstration has: weights, indicators, duties served, a revision."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from bangla.dates import format_date
from bangla.text import normalise
from teams.enums import Role
from teams.models import User
from workplans.actions import (
    IndicatorWords,
    Report,
    Weighing,
    add_comment,
    add_indicator,
    report_progress,
    start_revision,
    tag_tasks,
    update_task,
    weigh_subjects,
)
from workplans.actions.writing import texts_of
from workplans.models import GRADES, INDICATOR_CELLS, Task, WorkPlan
from workplans.terms import propose_terms, terms_in_force

from .people import holder_of

# The plan on which a revision is being written, and the words of it.
REVISED = "kaliganj-gazipur"
REASON = "টোকেন যন্ত্রের সরবরাহ এক মাস পিছিয়েছে, তাই দুটি কাজের শেষ তারিখ বদলানো দরকার।"
A_MONTH = timedelta(days=31)
REMARK = "এই কাজের ফল পাশের উপজেলাতেও কাজে লাগবে; মাপার পদ্ধতিটি জেলা সভায় জানাবেন।"


def weigh(plan: WorkPlan, subjects: list[dict[str, Any]], *, by: User) -> None:
    """What the objectives count for, where the content says so."""
    told = {normalise(one["name"]): one.get("weight") for one in subjects}
    weighings = [
        Weighing(subject.pk, Decimal(weight), None)
        for subject in plan.subjects.all()
        if (weight := told.get(subject.name))
    ]
    weigh_subjects(workplan=plan, weighings=weighings, by=by)


def measure(task: Task, row: Mapping[str, Any], *, by: User, on: date) -> None:
    """The indicators of a row, with what they have reached."""
    for told in row.get("indicators", ()):
        targets = {
            f"target_{grade}": target for grade, target in zip(GRADES, told["targets"], strict=True)
        }
        fields = {
            **dict.fromkeys(INDICATOR_CELLS, ""),
            **targets,
            "weight": Decimal(told["weight"]),
        }
        fields |= {name: told[name] for name in ("name", "unit", "previous", "projection")}
        quarters = {int(quarter): words for quarter, words in told.get("quarters", {}).items()}
        indicator = add_indicator(task=task, words=IndicatorWords(fields, quarters), by=by)
        if told["achieved"]:
            report = Report(on=on, achieved_value=told["achieved"], indicator=indicator)
            report_progress(task=task, report=report, by=by)


def tag(plan: WorkPlan, *, by: User) -> None:
    """The duties that the words of the rows speak of."""
    terms = terms_in_force(plan)
    found = {task.pk: propose_terms(task.title, terms) for task in plan.tasks.kept()}
    tag_tasks(workplan=plan, terms=found, by=by)


def revise(plan: WorkPlan) -> None:
    """A revision that the team is writing, and a remark of the office above."""
    if plan.office.code != REVISED or plan.ends_on < timezone.localdate():
        return
    author = holder_of(plan.office, Role.INNOVATION_OFFICER)
    if author is None or plan.starts_on.year < timezone.localdate().year - 1:
        return
    revision = start_revision(workplan=plan, reason=REASON, by=author)
    open_ones = revision.tasks.kept().filter(ends_on__gte=timezone.localdate(), recurrence="")
    for task in open_ones.exclude(ends_on__gt=plan.ends_on - A_MONTH).in_order()[:2]:
        end = (task.ends_on or plan.ends_on) + A_MONTH
        later = {**texts_of(task), "end_text": format_date(end)}
        update_task(task=task, version=task.version, fields=later, by=author)
    above = plan.office.parent
    superior = holder_of(above, Role.HEAD) if above else None
    if superior is not None:
        first = plan.tasks.kept().in_order().first()
        add_comment(workplan=plan, task=first, cell="measure", text=REMARK, by=superior)
