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
        "figures": [{"key", "label", "unit", "value": "12.00" (plain decimal), "text": "১২টি",
                     "reason": why it was typed and not counted, else ""}],
        "tables": [
          {"key", "kind": "list", "title", "columns": [{"key", "heading", "class"}],
           "rows": [{"key": "meeting:12", "cells": [text, …]}]},
          {"key", "kind": "plan", "title", "columns": …, "serial_by": "task" | "subject",
           "groups": [{"subject",
           "rows": [{"key": "task:33", "serial", "title", "start", "end", "period",
                     "responsible", "expected_result", "measure", "progress", "state"}]}]}
        ],
        "pictures": [{"sha256", "name", "caption"}],
      }],
      "signature": {"name", "designation", "office"},
    }

A plan's table is numbered by task, as departments and upazilas do; `"serial_by": "subject"`, as
ministries do, gives each subject one number that spans the rows of its tasks, if the table has a
column for subjects. Without the key it is by task. The columns are those of
`workplans.documents.COLUMNS`: with "period" instead of "start" and "end" the table has one combined
column, with "progress" it tells what became of it. The columns of a list are as wide as their words
ask for; of their classes c-serial and c-number (right-aligned) tell on paper.

No contact data of persons is in it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from bangla.dates import format_bangla_date, format_date
from bangla.pdf import Archive, Attachment, Pdf
from teams.papers import head_signature, make_pdf, paper_html, plain_json
from teams.qr import qr_of

from .enums import ReportKind
from .models import Report
from .pictures import pictures_on_disk
from .sections import section_content

Content = Mapping[str, Any]

REPORT_PDF = "reports.annual_pdf"
SUBMISSION_PDF = "reports.submission_pdf"
TEMPLATE = "pdf/annual_report.html"
FORMAT = 2
DATA_NAME = "report.json"  # what a reader of the PDF finds among its attachments

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


def draw_report(
    content: Content, seal: Mapping[str, str] | None = None, *, sent_at: datetime | None = None
) -> tuple[str, Pdf]:
    """The HTML of a frozen report and the PDF drawn from it.

    What was sent has a `seal` (`reports.receipts.seal_of`) that is drawn on every page, and a
    moment at which it was sent. Its PDF is an archive (PDF/A-3a beside PDF/UA-1) with the content
    embedded as JSON. The same input gives the same bytes.

    Raises jobs.documents.DocumentDamaged for a picture that is lost, bangla.pdf.PdfError.
    """
    html = report_html(content, seal, sent_at=sent_at)
    with pictures_on_disk(content) as files:
        return html, make_pdf(html, files=files, archive=_archive(content, sent_at))


def report_html(
    content: Content, seal: Mapping[str, str] | None = None, *, sent_at: datetime | None = None
) -> str:
    """The page that the PDF is drawn from; without a seal it says that it is a draft."""
    sealed = {**seal, "qr": qr_of(seal["address"])} if seal else None
    made = sent_at.isoformat(timespec="seconds") if sent_at else ""
    return paper_html(TEMPLATE, {**content, "seal": sealed, "made": made})


def _archive(content: Content, sent_at: datetime | None) -> Archive | None:
    if sent_at is None:
        return None
    data = Attachment(
        name=DATA_NAME,
        content=plain_json(content),
        mime="application/json",
        description=f"{content['title']}, {content['office']}, {content['period']}",
        modified=timezone.localtime(sent_at),
    )
    return Archive(files=[data])


def report_filename(report: Report, extension: str) -> str:
    """What the file is called on the officer's machine."""
    with translation.override("bn"):
        kind = report.get_kind_display()
    return f"{kind} {report.office.place_bn} {report.period.code}.{extension}"
