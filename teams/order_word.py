"""The office order as a Word file, for offices that sign and keep theirs in Word."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from bangla.digits import to_bangla

from .word_page import (
    CENTRE,
    TEXT_WIDTH_CM,
    keep_whole,
    line,
    new_page,
    row,
    ruled_table,
)

JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Where a number stands before its line, and how far the line is set in.
NUMBER_CM = 1.0
COLUMNS = (("ক্রম", 1.2), ("নাম ও পদবি", 6.8), ("দপ্তর/কর্মস্থল", 5.6), ("টিমে পদবি", 3.0))
COLUMNS_WITH_BACKGROUNDS = (
    ("ক্রম", 1.2),
    ("নাম ও পদবি", 5.6),
    ("দপ্তর/কর্মস্থল", 4.0),
    ("টিমে পদবি", 2.7),
    ("যে পটভূমিতে", 3.1),
)
# Where "তারিখ:" ends and what both dates are centred on.
LABEL_ENDS_CM, DATES_CENTRE_CM = 11.9, 14.4
DOTS = "." * 40


def order_docx(content: Mapping[str, Any]) -> BytesIO:
    """The order of teams.documents.order_content as a .docx, ready to be read."""
    page = new_page(f"{content['title']} — {content['subject']}")
    if content["is_draft"]:
        _draft_mark(page)
    _letterhead(page, content["issuer"])
    _memo_and_dates(page, content)
    title = line(page, content["title"], style="Title", keep=True)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(14), Pt(8)
    line(page, "বিষয়: ", content["subject"])
    if content["reference"]:
        line(page, "সূত্র: ", content["reference"])
    _words(page, content["preamble"])
    _members(page, content)
    _duties(page, content["terms"])
    _closing(page, content["closing"])
    _signature(page, content["signature"])
    if content["distribution"]:
        _memo_and_dates(page, content["distribution"])
        for group in content["copies"]:
            heading = line(page, group["heading"], bold=True, keep=True)
            heading.paragraph_format.space_before = Pt(10)
            _copies(page, group["lines"])
    written = BytesIO()
    page.save(written)
    written.seek(0)
    return written


def _draft_mark(page: Document) -> None:
    """A draft says so at the top of each page."""
    line_of_head = page.sections[0].header.paragraphs[0]
    line_of_head.style = "Title"
    line_of_head.add_run("খসড়া")


def _letterhead(page: Document, office: str) -> None:
    head = line(page, "গণপ্রজাতন্ত্রী বাংলাদেশ সরকার", align=CENTRE, keep=True)
    head.paragraph_format.space_after = Pt(0)
    named = line(page, office, align=CENTRE, bold=True, keep=True)
    named.paragraph_format.space_after = Pt(12)


def _memo_and_dates(page: Document, content: Mapping[str, Any]) -> None:
    """The memo number on the left; on the right the day in both calendars, one above the other.

    Set with tab stops and not in a table: easier to write in, and kept on one page with what
    follows by Word and LibreOffice alike.
    """
    memo = f"স্মারক নং: {content['memo'] or DOTS}\tতারিখ:\t"
    above = line(page, memo, keep=True)
    above.add_run(f"{content['issued_on_bangla']} বঙ্গাব্দ").underline = True
    below = line(page, f"\t\t{content['issued_on']} খ্রিস্টাব্দ", keep=True)
    for paragraph, space in ((above, 2), (below, 10)):
        paragraph.paragraph_format.space_after = Pt(space)
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Cm(LABEL_ENDS_CM), WD_TAB_ALIGNMENT.RIGHT)
        stops.add_tab_stop(Cm(DATES_CENTRE_CM), WD_TAB_ALIGNMENT.CENTER)


def _words(page: Document, words: str, *, keep: bool = False) -> list[Paragraph]:
    """Each line a paragraph; `keep` holds them on the page of what follows."""
    return [line(page, text, align=JUSTIFIED, keep=keep) for text in words.splitlines() if text]


def _closing(page: Document, words: str) -> None:
    for first in _words(page, words, keep=True)[:1]:
        first.paragraph_format.space_before = Pt(10)


def _members(page: Document, content: Mapping[str, Any]) -> None:
    columns = COLUMNS_WITH_BACKGROUNDS if content["shows_backgrounds"] else COLUMNS
    table = ruled_table(page, columns)
    for member in content["members"]:
        added = row(table, member["serial"])
        keep_whole(added)
        serial, who, office, seat, *backgrounds = added.cells
        serial.paragraphs[0].alignment = CENTRE
        for words in (member["name"], member["designation"]):
            if words:
                line(who, words)
        line(office, member["office"])
        line(seat, member["seat"])
        for cell in backgrounds:
            line(cell, member["backgrounds"] or "—")


def _duties(page: Document, terms: Sequence[Mapping[str, str]]) -> None:
    if not terms:
        return
    heading = line(page, "ইনোভেশন টিমের কার্যপরিধি", style="Heading 2")
    heading.paragraph_format.space_before = Pt(14)
    for term in terms:
        _numbered_line(page, term["serial"], term["text"]).alignment = JUSTIFIED


def _copies(page: Document, lines: Sequence[str]) -> None:
    for number, text in enumerate(lines, start=1):
        _numbered_line(page, to_bangla(f"{number:02d}"), text)


def _numbered_line(page: Document, number: str, text: str) -> Paragraph:
    """A numbered line. The number is text, so that it is found and copied with its line."""
    paragraph = line(page, f"{number}.\t{text}")
    spacing = paragraph.paragraph_format
    spacing.left_indent, spacing.first_line_indent = Cm(NUMBER_CM), Cm(-NUMBER_CM)
    spacing.space_after = Pt(2)
    return paragraph


def _signature(page: Document, signature: Mapping[str, str]) -> None:
    """In the right half, with room to sign above it, never alone on a page."""
    block = [
        f"({signature['name']})" if signature["name"] else "",
        signature["designation"],
        signature["office"],
        f"ফোন: {signature['phone']}" if signature["phone"] else "",
        f"ই-মেইল: {signature['email']}" if signature["email"] else "",
    ]
    line(page, "", keep=True).paragraph_format.space_before = Pt(30)
    written = [line(page, words, align=CENTRE, keep=True) for words in block if words]
    for paragraph in written:
        spacing = paragraph.paragraph_format
        spacing.left_indent, spacing.space_after = Cm(TEXT_WIDTH_CM / 2), Pt(0)
    if written:
        written[-1].paragraph_format.keep_with_next = False
        written[-1].paragraph_format.space_after = Pt(18)
