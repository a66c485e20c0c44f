"""The register and the innovation database as a Word file: a real table, its head on each page."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.shared import Cm, Pt

from teams.word_page import (
    CENTRE,
    WIDE_TEXT_WIDTH_CM,
    keep_whole,
    line,
    new_page,
    row,
    ruled_table,
)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TABLE_POINTS = 9


def register_docx(content: Mapping[str, Any]) -> BytesIO:
    """The table of ideas.registers.register_content as a .docx, ready to be read."""
    page = new_page(
        f"{content['title']} — {content['office']}", lies_across=True, table_points=TABLE_POINTS
    )
    _head(page, content)
    if content["rows"]:
        _table(page, content)
    else:
        line(page, "এই সময়ে নিবন্ধিত কিছু নেই।", align=CENTRE)
    _signature(page, content["signature"])
    printed = f"{content['date']} খ্রিস্টাব্দ ({content['bangla_date']} বঙ্গাব্দ) তারিখে মুদ্রিত"
    line(page, printed)
    written = BytesIO()
    page.save(written)
    written.seek(0)
    return written


def _head(page: Document, content: Mapping[str, Any]) -> None:
    line(page, "গণপ্রজাতন্ত্রী বাংলাদেশ সরকার", align=CENTRE, keep=True)
    line(page, content["office"], align=CENTRE, bold=True, keep=True)
    line(page, content["title"], style="Title", keep=True)
    line(page, f"বিবেচ্য সময়: {content['period']}", align=CENTRE, keep=True)


def _table(page: Document, content: Mapping[str, Any]) -> None:
    columns = content["columns"]
    share = WIDE_TEXT_WIDTH_CM / sum(column["width"] for column in columns)
    table = ruled_table(page, [(each["heading"], each["width"] * share) for each in columns])
    for entry in content["rows"]:
        added = row(table)
        for cell, column in zip(added.cells, columns, strict=True):
            if words := entry["words"][column["key"]]:
                line(cell, words)
        keep_whole(added)


def _signature(page: Document, signature: Mapping[str, str]) -> None:
    """In the right half, with room to sign above it."""
    name = f"({signature['name']})" if signature["name"] else ""
    room = line(page, "", keep=True)
    room.paragraph_format.space_before = Pt(30)
    for words in (name, signature["designation"], signature["office"]):
        if words:
            paragraph = line(page, words, align=CENTRE, keep=True)
            paragraph.paragraph_format.left_indent = Cm(WIDE_TEXT_WIDTH_CM * 2 / 3)
            paragraph.paragraph_format.space_after = Pt(0)
