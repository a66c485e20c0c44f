"""What the record keeps of plans: which rows have versions, and whose timeline they stand in."""

from django.utils.translation import gettext_lazy as _

from teams.history.versions import belongs, keep

from .models import (
    CommonTask,
    Indicator,
    IndicatorReview,
    PlanComment,
    PlanDocument,
    PlanFormRule,
    PlanImport,
    PlanSnapshot,
    ProgressEntry,
    QuarterTarget,
    StandardSubject,
    Subject,
    Task,
    WorkPlan,
)

keep(WorkPlan)
keep(Subject, of="plan")
keep(
    Task,
    of="plan",
    without=(
        *("plan", "recurrence", "starts_on", "ends_on", "part_count", "due_on"),
        *("revises", "carried_from"),
    ),
    labels={"responsible": _("দায়িত্বপ্রাপ্ত পদ")},
)
keep(
    ProgressEntry,
    of="task__plan",
    without=("evidence", "by_post"),
    labels={"evidence_name": _("প্রমাণের ফাইল"), "task": _("কাজ")},
)
keep(Indicator, of="task__plan", without=("revises",), labels={"task": _("কাজ")})
keep(QuarterTarget, of="indicator__task__plan")
keep(IndicatorReview, of="indicator__task__plan", without=("by_post",))
keep(PlanComment, of="plan", without=("by_post", "parent", "is_shared"))
keep(StandardSubject, is_open=True)
keep(PlanFormRule, is_open=True)
keep(CommonTask, is_open=True)
belongs(PlanImport, "plan")
belongs(PlanSnapshot, "plan")
belongs(PlanDocument, "plan")
