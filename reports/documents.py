"""The report as an official paper: records to content, content to PDF.

The content is plain data in Bengali, and everything else is made of it: the preview, the PDF, the
data inside the PDF, the comparison of two submissions, the public page, the API. Its shape:

    {
      "format": 2, "kind": "annual", "title", "office", "office_code", "tier", "superior",
      "period": "২০২৫–২৬ অর্থবছর", "period_code": "2025-2026", "starts_on", "ends_on" (ISO),
      "period_dates", "date", "bangla_date",
      "sections": [{
        "key": "meetings", "number": "২", "title",
        "paragraphs": [text, …],
        "figures": [{"key", "label", "unit", "value": "12.00" (plain decimal), "text": "১২টি"}],
        "tables": [
          {"key", "kind": "list", "title", "columns": [{"key", "heading", "class"}],
           "rows": [{"key": "meeting:12", "cells": [text, …]}]},
          {"key", "kind": "plan", "title", "columns": …, "groups": [{"subject",
           "rows": [{"key": "task:33", "serial", "title", "start", "end", "period",
                     "responsible", "expected_result", "measure", "progress", "state"}]}]}
        ],
        "pictures": [{"sha256", "name", "caption"}],
      }],
      "signature": {"name", "designation", "office"},
    }

No contact data of persons is in it.
"""

from typing import Any

from django.utils import timezone, translation

from bangla.dates import format_bangla_date, format_date
from bangla.pdf import Pdf
from teams.papers import head_signature, make_pdf, paper_html

from .enums import ReportKind
from .models import Report
from .sections import section_content

REPORT_PDF = "reports.annual_pdf"
SUBMISSION_PDF = "reports.submission_pdf"
TEMPLATE = "pdf/annual_report.html"
FORMAT = 2

TITLES = {
    ReportKind.ANNUAL: "উদ্ভাবনী কার্যক্রমের বার্ষিক প্রতিবেদন",
    ReportKind.HALF_YEARLY: "উদ্ভাবনী কার্যক্রমের অর্ধবার্ষিক প্রতিবেদন",
}


def report_content(report: Report) -> dict[str, Any]:
    """Everything the report says as it stands, as plain data, in Bengali."""
    today = timezone.localdate()
    with translation.override("bn"):
        office, signature = report.office, head_signature(report.office)
        kept = [section for section in report.sections.all() if not section.is_left_out]
        return {
            "format": FORMAT,
            "kind": report.kind,
            "title": TITLES[ReportKind(report.kind)],
            "office": office.name_bn,
            "office_code": office.code,
            "tier": office.tier,
            "superior": office.parent.name_bn if office.parent else "",
            "period": report.period.label,
            "period_code": report.period.code,
            "starts_on": report.starts_on.isoformat(),
            "ends_on": report.ends_on.isoformat(),
            "period_dates": f"{format_date(report.starts_on)} থেকে {format_date(report.ends_on)}",
            "date": format_date(today),
            "bangla_date": format_bangla_date(today),
            "sections": [section_content(one, number) for number, one in enumerate(kept, start=1)],
            "signature": {key: signature[key] for key in ("name", "designation", "office")},
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
