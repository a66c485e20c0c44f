"""Old minutes (কার্যবিবরণী) from the files offices already have: structure and doubts, no writes.

A document goes through `workplans.importers.sources` (any kind of file → grids of cells), `paper`
(grids → rows of items, people and words), `items` or `sections` (rows or labelled paragraphs →
agenda items), `heading` and `ending` (what stands above and below them), `facts` (words → dates,
memo number) and `checks` (what a person should look at). The only error raised is
`UnreadableMinutes`.
"""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from meetings.importers.attendance import read_attendance
from meetings.importers.checks import check_attendance, check_ending, check_items
from meetings.importers.drafts import Draft
from meetings.importers.ending import read_ending
from meetings.importers.errors import UnreadableMinutes
from meetings.importers.facts import read_facts
from meetings.importers.heading import read_heading
from meetings.importers.items import read_items
from meetings.importers.labels import Label, heads_a_line
from meetings.importers.marks import is_after_items, is_annex_heading
from meetings.importers.minutes import (
    Doubt,
    ImportedAttendee,
    ImportedCopy,
    ImportedItem,
    ImportedMinutes,
    ImportedSignatory,
)
from meetings.importers.paper import Part, Row, Words, take_apart
from meetings.importers.prose import read_confirmation
from meetings.importers.sections import read_sections
from workplans.importers.errors import UnreadableDocument
from workplans.importers.grid import Sheet
from workplans.importers.sources import read_bytes
from workplans.importers.sources.bijoy import conversion_note
from workplans.importers.sources.html import looks_like_html

__all__ = [
    "Doubt",
    "ImportedAttendee",
    "ImportedCopy",
    "ImportedItem",
    "ImportedMinutes",
    "ImportedSignatory",
    "UnreadableMinutes",
    "read_minutes",
    "read_minutes_paste",
]

DEFAULT_MAX_BYTES = 10 * 1024 * 1024
# Without items, a paper with fewer of title, chair, place, day and time is no minutes.
_FEWEST_FACTS = 2


def read_minutes(
    source: bytes | str, *, filename: str = "", max_bytes: int = DEFAULT_MAX_BYTES
) -> ImportedMinutes:
    """Read minutes from the bytes of a file (.docx, .html, .txt, .tsv, .xlsx) or from text.

    `filename` only settles what the content leaves open. Raises UnreadableMinutes.
    """
    if isinstance(source, str):
        source = source.encode("utf-8", "replace")
    try:
        sheets = read_bytes(
            source, filename=filename, max_bytes=max_bytes, stands_alone=_stands_alone
        )
        return _minutes(sheets)
    except UnreadableDocument as error:
        raise UnreadableMinutes(*error.args) from error


def read_minutes_paste(text: str, html: str = "") -> ImportedMinutes:
    """Read minutes from the clipboard: `text` as text/plain, `html` as text/html.

    The HTML is preferred because it keeps merged cells; the text is read when the HTML holds no
    agenda items. Raises UnreadableMinutes.
    """
    if html.strip():
        page = html if looks_like_html(html) else f"<html><body>{html}</body></html>"
        try:
            minutes = read_minutes(page, filename="paste.html")
        except UnreadableMinutes:
            if not text.strip():
                raise
        else:
            if minutes.items or not text.strip():
                return minutes
    return read_minutes(text, filename="paste.txt")


def _stands_alone(words: str) -> bool:
    """Whether a line of plain text that begins with `words` is no piece of the items' table."""
    return heads_a_line(words) or is_after_items(words) or is_annex_heading(words)


def _minutes(sheets: Sequence[Sheet]) -> ImportedMinutes:
    """The minutes of the sheet with the most items; of a paper without sheets, its only one."""
    papers = [_of_parts(take_apart(sheet)) for sheet in sheets]
    best = max(papers, key=lambda minutes: len(minutes.items), default=None)
    facts = (best.title, best.chair, best.place, best.held_on, best.time) if best else ()
    if best and (best.items or sum(map(bool, facts)) >= _FEWEST_FACTS):
        is_converted = any(sheet.is_converted for sheet in sheets)
        notes = (Doubt("items", conversion_note()),) if is_converted else ()
        return replace(best, doubts=(*notes, *best.doubts))
    raise _no_minutes(sheets)


def _of_parts(parts: Sequence[Part]) -> ImportedMinutes:
    above, drafts, below = _parted(parts)
    heading, ending = read_heading(above), read_ending(below)
    facts = read_facts(heading, ending)
    check_items(drafts, facts.held_on)
    items = tuple(draft.finished(place) for place, draft in enumerate(drafts, start=1))
    people = [part for part in parts if isinstance(part, Row) and not part.head.lists_items]
    copies = ending.copies.copies()
    attendance = read_attendance(people, ending.annex)
    opening = "\n".join(heading.opening)
    doubts = [*_missing(heading.title, items), *facts.doubts]
    doubts.extend(check_ending(ending, has_copies=bool(copies)))
    doubts.extend(check_attendance(heading.value(Label.ATTENDANCE), attendance))
    return ImportedMinutes(
        title=heading.title,
        chair=facts.chair,
        place=facts.place,
        held_on=facts.held_on,
        held_on_text=facts.held_on_text,
        time=facts.time,
        time_text=facts.time_text,
        memo_number=facts.memo_number,
        memo_text=facts.memo_text,
        issued_on=facts.issued_on,
        opening=opening,
        closing="\n".join(ending.closing),
        confirmation=read_confirmation(opening),
        items=items,
        copies=copies,
        signatories=tuple(ending.signatories),
        attendance=attendance,
        doubts=(*doubts, *(doubt for item in items for doubt in item.doubts)),
    )


def _parted(parts: Sequence[Part]) -> tuple[list[Words], list[Draft], list[Words]]:
    """The words above the agenda items, the items, and the words below them."""
    rows = [at for at, part in enumerate(parts) if isinstance(part, Row) and part.head.lists_items]
    if rows:
        first, last = rows[0], rows[-1]
        amid = [
            part
            for part in parts[first : last + 1]
            if isinstance(part, Words) or part.head.lists_items
        ]
        below = read_sections(_words(parts[last + 1 :]))
        return _words(parts[:first]), read_items(amid) + below.drafts, below.before + below.after
    sections = read_sections(_words(parts))
    if sections.drafts:
        return sections.before, sections.drafts, sections.after
    words = sections.before
    end = next((at for at, line in enumerate(words) if is_after_items(line.text)), len(words))
    return words[:end], [], words[end:]


def _words(parts: Sequence[Part]) -> list[Words]:
    return [part for part in parts if isinstance(part, Words)]


def _missing(title: str, items: Sequence[ImportedItem]) -> list[Doubt]:
    doubts = []
    if not title:
        doubts.append(Doubt("title", _("কার্যবিবরণীর শিরোনাম পাওয়া যায়নি। শিরোনাম লিখুন।")))
    if not items:
        doubts.append(Doubt("items", _("কোনো আলোচ্য বিষয় পাওয়া যায়নি। বিষয়গুলো নিজে লিখুন।")))
    return doubts


def _no_minutes(sheets: Sequence[Sheet]) -> UnreadableMinutes:
    grids = [grid for sheet in sheets for grid in sheet.grids]
    words = "\n".join(line.words() for grid in grids for line in grid.lines)
    if not words:
        return UnreadableMinutes(_("ফাইলে কোনো লেখা নেই। কার্যবিবরণীর লেখাসহ আবার দিন।"))
    return UnreadableMinutes(
        _(
            "কার্যবিবরণী পাওয়া যায়নি। ‘আলোচ্য বিষয়’ ও ‘সিদ্ধান্ত’ কলামসহ ছক, অথবা প্রতিটি বিষয়ের নিচে "
            "‘আলোচনা:’ ও ‘সিদ্ধান্ত:’ লেখা রেখে আবার দিন।"
        )
    )
