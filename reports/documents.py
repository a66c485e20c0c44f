"""The annual report as an official paper: records to content, content to PDF."""

from typing import Any

from django.utils import timezone, translation

from bangla.dates import format_bangla_date, format_date
from bangla.digits import to_bangla
from bangla.pdf import Pdf
from teams.papers import head_signature, make_pdf, paper_html
from workplans.documents import REPORT_COLUMNS, table_content
from workplans.table import PlanTable, plan_table

from .enums import ReportKind
from .models import Report

REPORT_PDF = "reports.annual_pdf"
TEMPLATE = "pdf/annual_report.html"

TITLES = {
    ReportKind.ANNUAL: "উদ্ভাবনী কার্যক্রমের বার্ষিক প্রতিবেদন",
    ReportKind.HALF_YEARLY: "উদ্ভাবনী কার্যক্রমের অর্ধবার্ষিক প্রতিবেদন",
}


def report_content(report: Report) -> dict[str, Any]:
    """Everything the printed report says, as plain data, in Bengali.

    The table has all official columns (with progress) whatever shape the plan was printed in.
    """
    today = timezone.localdate()
    with translation.override("bn"):
        table = plan_table(report.plan, today=today)
        columns = REPORT_COLUMNS if table.has_subjects else REPORT_COLUMNS[1:]
        return {
            "title": TITLES[ReportKind(report.kind)],
            "office": report.office.name_bn,
            "superior": report.office.parent.name_bn if report.office.parent else "",
            "period": report.period.label,
            "period_dates": (
                f"{format_date(report.plan.starts_on)} থেকে {format_date(report.plan.ends_on)}"
            ),
            "date": format_date(today),
            "bangla_date": format_bangla_date(today),
            "introduction": _paragraphs(report.introduction),
            "closing": _paragraphs(report.closing),
            "summary": _summary(table),
            "subjects": _subjects(table),
            "table": table_content(table, columns),
            "signature": head_signature(report.office),
        }


def draw_report(content: dict[str, Any]) -> tuple[str, Pdf]:
    """The HTML of a frozen report and the PDF drawn from it."""
    html = paper_html(TEMPLATE, content)
    return html, make_pdf(html)


def report_filename(report: Report, extension: str) -> str:
    """What the file is called on the officer's machine."""
    with translation.override("bn"):
        kind = report.get_kind_display()
    return f"{kind} {report.office.place_bn} {report.period.code}.{extension}"


def _summary(table: PlanTable) -> dict[str, Any]:
    summary = table.summary
    return {
        "tasks": to_bangla(summary.tasks),
        "subjects": to_bangla(summary.subjects),
        "percent": to_bangla(summary.percent),
        "states": [
            {
                "label": str(state.label),
                "count": to_bangla(count),
                "share": to_bangla(round(100 * count / summary.tasks)),
            }
            for state, count in summary.states
        ],
    }


def _subjects(table: PlanTable) -> list[dict[str, str]]:
    """How far each subject has come: tasks, finished ones, mean progress."""
    if not table.has_subjects:
        return []
    lines = []
    for group in table.groups:
        percents = [row.task.percent or 0 for row in group.rows]
        lines.append(
            {
                "name": group.subject.name,
                "tasks": to_bangla(len(percents)),
                "done": to_bangla(sum(percent >= 100 for percent in percents)),
                "percent": to_bangla(round(sum(percents) / len(percents))),
            }
        )
    return lines


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
