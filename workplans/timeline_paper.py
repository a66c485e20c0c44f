"""The plan's timeline on paper: A4 across, the heads of the months on every page."""

from typing import Any

from django.utils import timezone, translation

from bangla.dates import format_bangla_date, format_date
from teams.models import User
from teams.papers import make_pdf, paper_html
from teams.prints import order_print

from .models import PlanDocument, WorkPlan
from .table import plan_table
from .timeline import timeline_of

TIMELINE_PDF = "workplans.timeline_pdf"
TEMPLATE = "pdf/timeline.html"


def timeline_content(plan: WorkPlan) -> dict[str, Any]:
    """Everything the printed timeline says, as plain data, in Bengali."""
    today = timezone.localdate()
    with translation.override("bn"):
        table = plan_table(plan, today=today)
        return {
            "title": "বাস্তবায়ন সময়রেখা",
            "office": plan.office.name_bn,
            "period": plan.period.label,
            "status": str(plan.get_status_display()),
            "date": format_date(today),
            "bangla_date": format_bangla_date(today),
            "timeline": timeline_of(table, today=today),
        }


def order_timeline_pdf(*, plan: WorkPlan, by: User) -> PlanDocument:
    """Freeze the timeline of today and have the worker print it; the same one only once."""
    return order_print(
        PlanDocument.objects.all(),
        job_kind=TIMELINE_PDF,
        content=timeline_content(plan),
        by=by,
        plan=plan,
        plan_status=plan.status,
    )


def draw_timeline(content: dict[str, Any]) -> bytes:
    """The PDF of a frozen timeline."""
    return make_pdf(paper_html(TEMPLATE, content)).content
