"""What the record keeps of plans: which rows have versions, and whose timeline they stand in."""

from django.utils.translation import gettext_lazy as _

from teams.history.versions import belongs, keep

from .models import (
    PlanDocument,
    PlanImport,
    ProgressEntry,
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
    without=("plan", "recurrence", "starts_on", "ends_on"),
    labels={"responsible": _("দায়িত্বপ্রাপ্ত পদ")},
)
keep(
    ProgressEntry,
    of="task__plan",
    without=("evidence", "by_post"),
    labels={"evidence_name": _("প্রমাণের ফাইল"), "task": _("কাজ")},
)
keep(StandardSubject, is_open=True)
belongs(PlanImport, "plan")
belongs(PlanDocument, "plan")
