"""The plan as an official paper: records to content, content to PDF."""

from typing import Any

from django.utils import timezone, translation

from bangla.dates import format_bangla_date, format_date
from teams.models import User
from teams.papers import head_signature, make_pdf, paper_html
from teams.prints import order_print

from .enums import PlanForm
from .models import PlanDocument, WorkPlan
from .table import PlanTable, TaskRow, plan_table, progress_words

PLAN_PDF = "workplans.plan_pdf"
TEMPLATE = "pdf/workplan.html"

# The columns of each printed shape, after the serial: (key, heading, class that sets its width).
SUBJECT = ("subject", "বিষয়", "c-subject")
TITLE = ("title", "প্রস্তাবিত বিষয় (গৃহীতব্য কাজের নাম)", "c-title")
START = ("start", "শুরুর তারিখ", "c-date")
END = ("end", "সমাপ্তির তারিখ", "c-date")
PERIOD = ("period", "বাস্তবায়নকাল", "c-period")
RESPONSIBLE = ("responsible", "দায়িত্বপ্রাপ্ত কর্মকর্তা", "c-responsible")
RESULT = ("expected_result", "প্রত্যাশিত ফলাফল", "c-result")
MEASURE = ("measure", "পরিমাপ", "c-measure")
PROGRESS = ("progress", "অগ্রগতি", "c-progress")
Columns = tuple[tuple[str, str, str], ...]
COLUMNS: dict[str, Columns] = {
    PlanForm.SUBJECT: (SUBJECT, TITLE, START, END, RESPONSIBLE, RESULT, MEASURE),
    PlanForm.PROGRESS: (SUBJECT, TITLE, START, END, RESPONSIBLE, RESULT, MEASURE, PROGRESS),
    PlanForm.COMBINED: (TITLE, PERIOD, RESPONSIBLE, RESULT, MEASURE),
}
# The official columns of the report; a plan without subjects has no column for them.
REPORT_COLUMNS = COLUMNS[PlanForm.PROGRESS]


def row_content(row: TaskRow) -> dict[str, str]:
    """One row's cells as they stand on paper."""
    task = row.task
    return {
        "serial": str(row.serial),
        "title": task.title,
        "start": row.start,
        "end": row.end,
        "period": row.period,
        "responsible": task.responsible_text,
        "expected_result": task.expected_result,
        "measure": task.measure,
        "progress": progress_words(row),
        "state": row.state.value,
    }


def table_content(table: PlanTable, columns: Columns) -> dict[str, Any]:
    """The plan's table with these columns, its rows grouped by subject."""
    return {
        "columns": [
            {"key": key, "heading": heading, "class": css} for key, heading, css in columns
        ],
        "groups": [
            {
                "subject": group.subject.name,
                "rows": [row_content(row) for row in group.rows],
            }
            for group in table.groups
        ],
    }


def plan_content(plan: WorkPlan) -> dict[str, Any]:
    """Everything the printed plan says, as plain data, in Bengali."""
    today = timezone.localdate()
    with translation.override("bn"):
        table = plan_table(plan, today=today)
        return {
            "title": "ইনোভেশন সংক্রান্ত বাৎসরিক কর্মপরিকল্পনা",
            "office": plan.office.name_bn,
            "period": plan.period.label,
            "status": str(plan.get_status_display()),
            "date": format_date(today),
            "bangla_date": format_bangla_date(today),
            "table": table_content(table, COLUMNS[plan.form]),
            "signature": head_signature(plan.office),
        }


def order_plan_pdf(*, plan: WorkPlan, by: User) -> PlanDocument:
    """Freeze the plan as it stands and have the worker print it; the same content only once."""
    return order_print(
        PlanDocument.objects.all(),
        job_kind=PLAN_PDF,
        content=plan_content(plan),
        by=by,
        plan=plan,
        plan_status=plan.status,
    )


def draw_plan(content: dict[str, Any]) -> bytes:
    """The PDF of a frozen plan."""
    return make_pdf(paper_html(TEMPLATE, content)).content


def plan_filename(plan: WorkPlan, extension: str) -> str:
    """What the file is called on the officer's machine."""
    return f"কর্মপরিকল্পনা {plan.office.place_bn} {plan.period.code}.{extension}"
