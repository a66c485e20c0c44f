"""Our own shape of the minutes and of the notice, as Word templates.

The order of the parts is that of minutes as district and upazila offices print them: letterhead,
facts, opening, table, closing, signature, memo number with both dates, copies, পরিশিষ্ট ‘ক’.
An office that wants another shape starts from these files, so their tags are kept plain enough to
read in Word.
"""

from functools import cache, partial
from io import BytesIO

from docx.document import Document
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from teams.word_page import (
    CENTRE,
    RIGHT,
    TEXT_WIDTH_CM,
    Container,
    keep_whole,
    line,
    new_page,
    plain_table,
    repeat,
    row,
    ruled_table,
    tag,
    tag_row,
)

from ..enums import TemplateKind

_COLUMNS = (
    ("ক্রম", 1.2),
    ("আলোচ্য বিষয়", 3.0),
    ("আলোচনা", 5.4),
    ("সিদ্ধান্ত", 4.1),
    ("বাস্তবায়নকারী", 2.9),
)
_FOLLOW_UP = (("আগের সিদ্ধান্ত", 5.4), ("বাস্তবায়নকারী", 3.2), ("অগ্রগতি", 4.4), ("সভার সিদ্ধান্ত", 3.6))
_SEATS = (("ক্রম", 1.2), ("নাম", 4.9), ("পদবি", 4.8), ("দপ্তর", 5.7))
_SIGNED_SEATS = (("ক্রম", 1.2), ("নাম", 4.7), ("পদবি", 4.0), ("দপ্তর", 3.9), ("স্বাক্ষর", 2.8))
_PERSON = (
    "{% if X.name %}{{ X.name }}{% if X.designation %}, {% endif %}{% endif %}{{ X.designation }}"
    "{% if X.office %}, {{ X.office }}{% endif %}"
)
_DAY = (
    "{{ held_on }} খ্রিস্টাব্দ{% if held_on_bangla %}, {{ held_on_bangla }} বঙ্গাব্দ{% endif %}"
    "{% if weekday %}, {{ weekday }}{% endif %}"
)
_DECISION = "{% if decision.serial %}({{ decision.serial }}) {% endif %}{{ decision.text }}"
_IMPLEMENTER = (
    "{{ decision.implementer }}{% if decision.due %} (সময়সীমা: {{ decision.due }}){% endif %}"
)
_EARLIER_DECISION = (
    "{{ follow.decision }} ({{ follow.meeting }} মাসের সভা"
    "{% if follow.due %}; সময়সীমা: {{ follow.due }}{% endif %})"
)


@cache
def default_template(kind: str) -> bytes:
    """Our template of this kind ("minutes" or "notice") as the bytes of a .docx."""
    build = {TemplateKind.MINUTES: _minutes, TemplateKind.NOTICE: _notice}[TemplateKind(kind)]
    written = BytesIO()
    build().save(written)
    return written.getvalue()


# --- The minutes ---------------------------------------------------------------------------
def _minutes() -> Document:
    page = new_page("সভার কার্যবিবরণীর টেমপ্লেট")
    _draft_mark(page)
    _letterhead(page)
    line(page, "{{ title }}", style="Title", keep=True)
    _optional(page, "number", "{{ number }}").alignment = CENTRE
    _minutes_facts(page)
    _optional(page, "opening", "{{ opening }}").paragraph_format.space_before = Pt(8)
    tag(page, 'if form == "sections"')
    _item_sections(page)
    tag(page, "else")
    _item_table(page)
    tag(page, "endif")
    closing = _optional(page, "closing", "{{ closing }}").paragraph_format
    closing.space_before, closing.keep_with_next = Pt(8), True
    _signature(page, "signature")
    tag(page, "if memo or copies or issuer")
    _memo_and_date(page)
    _copies(page)
    tag(page, "if issuer")
    _signature(page, "issuer")
    tag(page, "endif")
    tag(page, "endif")
    _annex(page)
    return page


def _minutes_facts(page: Document) -> None:
    table = _facts(page)
    _fact(table, "সভাপতি", _PERSON.replace("X", "chair"))
    _optional_fact(table, "if place", "স্থান", "{{ place }}")
    _fact(table, "তারিখ", _DAY)
    _optional_fact(table, "if time", "সময়", "{{ time }}")
    _optional_fact(table, "if attendance.present", "উপস্থিত সদস্যবৃন্দ", "{{ attendance_note }}")


def _draft_mark(page: Document) -> None:
    """A draft says so at the top of each page."""
    mark = page.sections[0].header.paragraphs[0]
    mark.style = "Title"
    mark.add_run("{% if is_draft %}খসড়া{% endif %}")


def _item_table(page: Document) -> None:
    """The official table.

    An item begins a row; each further decision and each decision of earlier meetings has a row of
    its own beside the item's topic.
    """
    table = ruled_table(page, _COLUMNS)
    numbers = row(table)
    for cell, number in zip(numbers.cells, "১২৩৪৫", strict=True):
        line(cell, number, align=CENTRE)
    repeat(numbers)
    tag_row(table, "for item in items")
    item = row(table, "{{ item.serial }}", "{{ item.topic }}", "{{ item.discussion }}")
    each = "{% for decision in item.decisions %}{% if loop.first %}"
    line(item.cells[3], f"{each}{_DECISION}{{% endif %}}{{% endfor %}}")
    line(item.cells[4], f"{each}{_IMPLEMENTER}{{% endif %}}{{% endfor %}}")
    tag_row(table, "for decision in item.decisions", first=3)
    tag_row(table, "if not loop.first", first=3)
    row(table, "", "", "", _DECISION, _IMPLEMENTER)
    tag_row(table, "endif", first=3)
    last_decision = tag_row(table, "endfor", first=3)
    tag_row(table, "for follow in item.follow_up", first=2)
    follow = row(table, "", "", _EARLIER_DECISION, "", "{{ follow.implementer }}")
    _optional(follow.cells[2], "follow.report", "অগ্রগতি: ", "{{ follow.report }}")
    _outcome(follow.cells[3])
    last = tag_row(table, "endfor", first=2)
    # The rows of the tags are merged as well, or Word would see the merged cells interrupted.
    for column, end in enumerate((last, last, last_decision)):
        item.cells[column].merge(end.cells[column])
    tag_row(table, "endfor")


def _item_sections(page: Document) -> None:
    """The same as paragraphs under a heading for each item."""
    tag(page, "for item in items")
    line(page, "{{ item.serial }}. {{ item.topic }}", style="Heading 2")
    _optional(page, "item.discussion", "আলোচনা: ", "{{ item.discussion }}")
    tag(page, "if item.follow_up")
    table = ruled_table(page, _FOLLOW_UP)
    tag_row(table, "for follow in item.follow_up")
    follow = row(table, _EARLIER_DECISION, "{{ follow.implementer }}", "{{ follow.report }}")
    _outcome(follow.cells[3])
    tag_row(table, "endfor")
    tag(page, "endif")
    tag(page, "for decision in item.decisions")
    line(page, "সিদ্ধান্ত: ", _DECISION, keep=True).paragraph_format.space_before = Pt(4)
    _optional(page, "decision.implementer or decision.due", "বাস্তবায়নকারী: ", _IMPLEMENTER)
    tag(page, "endfor")
    tag(page, "endfor")


def _outcome(cell: _Cell) -> None:
    """What this meeting said about an earlier decision."""
    _optional(cell, "follow.note", "{{ follow.note }}")
    line(cell, "{{ follow.outcome }}", bold=True)


def _annex(page: Document) -> None:
    tag(page, "if attendance.present or attendance.absent or attendance.guests")
    heading = line(page, "পরিশিষ্ট ‘ক’", style="Heading 1")
    heading.paragraph_format.page_break_before = True
    line(page, "{{ title }}: উপস্থিতি", align=CENTRE, keep=True)
    line(page, _DAY, align=CENTRE, keep=True)
    seats = partial(_seats, page)
    seats("উপস্থিত সদস্যবৃন্দ", "present", signs=True)
    seats("আমন্ত্রিত অতিথি", "guests", signs=True)
    seats("অনুপস্থিত সদস্যবৃন্দ", "absent", signs=False)
    tag(page, "endif")


def _seats(page: Document, title: str, name: str, *, signs: bool) -> None:
    """One group of the annex, with room for signatures beside those who came."""
    tag(page, f"if attendance.{name}")
    line(page, title, style="Heading 2")
    table = ruled_table(page, _SIGNED_SEATS if signs else _SEATS)
    tag_row(table, f"for person in attendance.{name}")
    person = row(
        table,
        "{{ person.serial }}",
        "{{ person.name }}",
        "{{ person.designation }}",
        "{{ person.office }}",
    )
    _optional(person.cells[1], "person.mode", "({{ person.mode }})")
    keep_whole(person)
    tag_row(table, "endfor")
    tag(page, "endif")


# --- The notice ----------------------------------------------------------------------------
def _notice() -> Document:
    page = new_page("সভার নোটিশের টেমপ্লেট")
    _letterhead(page)
    _memo_and_date(page)
    title = line(page, "{{ title }}", style="Title", keep=True)
    title.paragraph_format.space_before = Pt(10)
    line(page, "{{ body }}").paragraph_format.space_before = Pt(6)
    _notice_facts(page)
    tag(page, "if agenda")
    line(page, "আলোচ্যসূচি:", bold=True, keep=True).paragraph_format.space_before = Pt(8)
    _numbered(page, "topic", "agenda")
    tag(page, "endif")
    _signature(page, "signature")
    tag(page, "if recipients")
    line(page, "প্রাপক:", bold=True, keep=True)
    _numbered(page, "recipient", "recipients")
    tag(page, "endif")
    _copies(page)
    return page


def _notice_facts(page: Document) -> None:
    """What was called, moved or called off; when and where only if it is still to be held."""
    table = _facts(page)
    _fact(table, "সভা", "{{ meeting }}")
    tag_row(table, 'if kind != "cancel"')
    _fact(table, "তারিখ", _DAY)
    _optional_fact(table, "if time", "সময়", "{{ time }}")
    _optional_fact(table, "if place", "স্থান", "{{ place }}")
    _fact(table, "সভাপতি", _PERSON.replace("X", "chair"))
    tag_row(table, "endif")
    _optional_fact(
        table, "if was", "আগের সময়সূচি", "{{ was.held_on }}, {{ was.time }}, {{ was.place }}"
    )
    _optional_fact(table, "if reason", "কারণ", "{{ reason }}")


# --- Pieces of both ------------------------------------------------------------------------
def _letterhead(page: Document) -> None:
    line(page, "গণপ্রজাতন্ত্রী বাংলাদেশ সরকার", align=CENTRE, keep=True)
    office = line(page, "{{ office }}", align=CENTRE, bold=True, keep=True)
    office.paragraph_format.space_after = Pt(12)


def _facts(page: Document) -> Table:
    """A table without lines for the facts under the title, “সভাপতি : …”."""
    return plain_table(page, (3.6, 0.5, TEXT_WIDTH_CM - 4.1))


def _fact(table: Table, label: str, words: str) -> None:
    keep_whole(row(table, label, ":", words))


def _optional_fact(table: Table, condition: str, label: str, words: str) -> None:
    tag_row(table, condition)
    _fact(table, label, words)
    tag_row(table, "endif")


def _memo_and_date(page: Document) -> None:
    """The memo number on the left, the day of issue in both calendars on the right."""
    table = plain_table(page, (TEXT_WIDTH_CM - 6, 6))
    cells = row(table, "স্মারক নং: {{ memo }}").cells
    line(
        cells[1],
        "তারিখ: {% if issued_on_bangla %}{{ issued_on_bangla }} বঙ্গাব্দ{% endif %}",
        align=RIGHT,
    )
    _optional(cells[1], "issued_on", "{{ issued_on }} খ্রিস্টাব্দ").alignment = RIGHT


def _signature(page: Document, whose: str) -> None:
    """A signature block in the right half, with room to sign above it, never alone on a page."""
    block = (
        ("name", "({{ X }})"),
        ("designation", "{{ X }}"),
        ("office", "{{ X }}"),
        ("phone", "ফোন: {{ X }}"),
        ("email", "ই-মেইল: {{ X }}"),
    )
    room = line(page, "", keep=True)
    room.paragraph_format.space_before = Pt(24)
    for part, words in block:
        paragraph = _optional(page, f"{whose}.{part}", words.replace("X", f"{whose}.{part}"))
        paragraph.alignment = CENTRE
        spacing = paragraph.paragraph_format
        spacing.left_indent, spacing.space_after = Cm(TEXT_WIDTH_CM / 2), Pt(0)
        spacing.keep_with_next = part != "email"
    line(page, "")


def _copies(page: Document) -> None:
    tag(page, "for group in copies")
    line(page, "{{ group.heading }}", bold=True, keep=True)
    _numbered(page, "line", "group.lines")
    tag(page, "endfor")


def _numbered(page: Document, variable: str, texts: str) -> None:
    """A numbered line for each text of a list."""
    tag(page, f"for {variable} in {texts}")
    spacing = line(page, f"{{{{ loop.index }}}}।\t{{{{ {variable} }}}}").paragraph_format
    spacing.left_indent, spacing.first_line_indent = Cm(0.9), Cm(-0.9)
    spacing.space_after = Pt(2)
    tag(page, "endfor")


def _optional(container: Container, field: str, *words: str) -> Paragraph:
    """A paragraph that is there only if the field is not empty."""
    tag(container, f"if {field}")
    paragraph = line(container, *words)
    tag(container, "endif")
    return paragraph
