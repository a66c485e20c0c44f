"""The consolidated report on paper: PDF and Word of the same frozen content."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.shared import Pt

from bangla.pdf import Pdf
from teams.papers import make_pdf, paper_html
from teams.word_page import (
    CENTRE,
    RIGHT,
    TEXT_WIDTH_CM,
    keep_whole,
    line,
    new_page,
    row,
    ruled_table,
)

from ..models import NationalReport

NATIONAL_PDF = "reports.national_pdf"
TEMPLATE = "pdf/national_report.html"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# How wide a column is beside the others, by its class.
WIDTHS = {"c-serial": 1.0, "c-number": 2.0, "c-date": 2.4, "c-name": 5.0, "c-words": 5.0}
Content = Mapping[str, Any]


def draw_national(content: Content) -> tuple[str, Pdf]:
    """The HTML of the frozen report and the PDF drawn from it. Raises bangla.pdf.PdfError."""
    html = paper_html(TEMPLATE, content)
    return html, make_pdf(html)


def national_filename(report: NationalReport, extension: str) -> str:
    """What the file is called on the reviewer's machine."""
    return f"জাতীয় প্রতিবেদন {report.period.code}.{extension}"


def national_docx(content: Content) -> BytesIO:
    """The same as a Word file, to be worked on further."""
    page = new_page(f"{content['title']} — {content['period']}", table_points=10)
    _cover(page, content)
    for section in content["sections"]:
        line(page, f"{section['number']}. {section['title']}", style="Heading 2", keep=True)
        for paragraph in section["paragraphs"]:
            line(page, paragraph)
        for table in section["tables"]:
            _table(page, table)
    _signature(page, content["signature"])
    written = BytesIO()
    page.save(written)
    written.seek(0)
    return written


def _cover(page: Document, content: Content) -> None:
    line(page, "গণপ্রজাতন্ত্রী বাংলাদেশ সরকার", align=CENTRE, keep=True)
    line(page, content["office"], align=CENTRE, bold=True, keep=True)
    line(page, content["title"], style="Title", keep=True).alignment = CENTRE
    line(page, f"{content['period']} ({content['period_dates']})", align=CENTRE, keep=True)
    line(
        page,
        f"{content['date']} খ্রিস্টাব্দ ({content['bangla_date']} বঙ্গাব্দ) পর্যন্ত গৃহীত প্রতিবেদন থেকে",
        align=CENTRE,
    )


def _table(page: Document, table: Content) -> None:
    columns = table["columns"]
    share = TEXT_WIDTH_CM / sum(WIDTHS[column["class"]] for column in columns)
    if table["title"]:
        line(page, table["title"], bold=True, keep=True)
    ruled = ruled_table(
        page, [(column["heading"], WIDTHS[column["class"]] * share) for column in columns]
    )
    for entry in table["rows"]:
        added = row(ruled)
        for cell, column, text in zip(added.cells, columns, entry["cells"], strict=True):
            if text:
                line(cell, text, align=RIGHT if column["class"] == "c-number" else None)
        keep_whole(added)
    line(page, "")


def _signature(page: Document, signature: Mapping[str, str]) -> None:
    """With room to sign above it."""
    room = line(page, "", keep=True)
    room.paragraph_format.space_before = Pt(30)
    name = f"({signature['name']})" if signature["name"] else ""
    for words in (name, signature["designation"], signature["office"]):
        if words:
            line(page, words, align=RIGHT, keep=True).paragraph_format.space_after = Pt(0)
