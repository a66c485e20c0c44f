"""The plan as an official paper: records to content, content to PDF.

What each form shows is in `papers`; the names that other rooms draw their tables with are here.
"""

from typing import Any

from teams.models import User
from teams.papers import make_pdf, paper_html
from teams.prints import order_print

from .enums import PlanForm
from .exchange_pdf import plan_archive
from .models import PlanDocument, WorkPlan
from .papers.columns import SUBJECT as SUBJECT_COLUMN
from .papers.columns import TEXT_FORMS, Column
from .papers.content import plan_content as plan_content
from .papers.content import row_content as row_content

PLAN_PDF = "workplans.plan_pdf"
TEMPLATE = "pdf/workplan.html"

# For the tables of other rooms: (key, heading, class that sets the width), after the serial.
Columns = tuple[tuple[str, str, str], ...]


def _plain(column: Column) -> tuple[str, str, str]:
    return column.key, column.heading, column.css


SUBJECT = _plain(SUBJECT_COLUMN)
COLUMNS: dict[str, Columns] = {
    form: tuple(_plain(column) for column in columns) for form, columns in TEXT_FORMS.items()
}
# The official columns of the report; a plan without subjects has no column for them.
REPORT_COLUMNS = COLUMNS[PlanForm.PROGRESS]


def order_plan_pdf(*, plan: WorkPlan, by: User, form: str = "") -> PlanDocument:
    """Freeze the plan as it stands and have the worker print it; the same content only once.

    `form` is a value of PlanForm, "" for the plan's own.
    """
    return order_paper(plan, plan_content(plan, form), by=by)


def order_paper(plan: WorkPlan, content: dict[str, Any], *, by: User) -> PlanDocument:
    """Have any paper about the plan printed; it is read as the plan is in its present state."""
    return order_print(
        PlanDocument.objects.all(),
        job_kind=PLAN_PDF,
        content=content,
        by=by,
        plan=plan,
        plan_status=plan.status,
    )


def draw_plan(content: dict[str, Any]) -> bytes:
    """The PDF of a frozen plan, with its data inside: it can be read back."""
    return make_pdf(paper_html(TEMPLATE, content), archive=plan_archive(content)).content


def plan_filename(plan: WorkPlan, extension: str, span: str = "") -> str:
    """What the file is called on the officer's machine; `span` is that of a progress table."""
    return _filename(f"অগ্রগতি {span}" if span else "কর্মপরিকল্পনা", plan, extension)


def document_filename(document: PlanDocument) -> str:
    """What a print is called: the plan's table, its progress, or its timeline."""
    if "timeline" in document.content:
        return _filename("সময়রেখা", document.plan, "pdf")
    return plan_filename(document.plan, "pdf", document.content.get("span", ""))


def _filename(what: str, plan: WorkPlan, extension: str) -> str:
    return f"{what} {plan.office.place_bn} {plan.period.code}.{extension}"
