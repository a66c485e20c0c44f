"""The plan that is measured: the fullest of the demonstration, as a page and as a report."""

from datetime import timedelta

from django.db.models import Count, Q

from teams.models import User
from workplans.actions import TEXT_FIELDS, add_progress, add_task, create_workplan
from workplans.models import WorkPlan
from workplans.periods import Period


def fullest_plan() -> WorkPlan:
    """The plan with the most rows (38 when this was written), approved and with progress."""
    kept = Count("tasks", filter=Q(tasks__deleted_at=None))
    return WorkPlan.objects.annotate(rows=kept).order_by("-rows", "pk").first()


def editable_copy(plan: WorkPlan, *, by: User) -> WorkPlan:
    """The same rows and progress as a draft, for the first later year that has no plan."""
    taken = plan.office.workplans.order_by("-ends_on").first()
    period = Period.fiscal_year_of(taken.ends_on + timedelta(days=1))
    copy = create_workplan(office=plan.office, period=period, form=plan.form, by=by)
    for task in plan.tasks.kept().select_related("subject").in_order():
        words = {name: getattr(task, name) for name in TEXT_FIELDS}
        row = add_task(workplan=copy, fields={**words, "subject": task.subject.name}, by=by)
        for entry in task.progress.order_by("pk"):
            add_progress(task=row, by=by, on=entry.on, text=entry.text, percent=entry.percent)
    return copy
