"""Lists of ideas from the files and tables offices already have: rows and doubts, nothing written.

A document goes through `workplans.importers.sources` (any kind of file → grids of cells),
`header` (which column is what), `rows` (which lines are ideas), `words` (cells → states, days,
people), `offices` (whose row it is) and `checks` (what a person should look at). Whatever the
source, the only error raised is `UnreadableList`.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from ideas.importers.checks import settle_rows
from ideas.importers.found import Doubt, FoundIdea, FoundList, SkippedLine, UnreadableList
from ideas.importers.offices import OfficeNames
from ideas.importers.rows import read_rows
from teams.templatetags.bangla_tags import digits
from workplans.importers.errors import UnreadableDocument
from workplans.importers.grid import Sheet
from workplans.importers.sources import read_bytes
from workplans.importers.sources.bijoy import conversion_note

__all__ = [
    "MOST_IDEAS",
    "Doubt",
    "FoundIdea",
    "FoundList",
    "OfficeNames",
    "SkippedLine",
    "UnreadableList",
    "read_list",
    "read_paste",
]

DEFAULT_MAX_BYTES = 10 * 1024 * 1024
# Each idea is looked over on one page of boxes, and one form carries no more of them.
MOST_IDEAS = 1_900


def read_list(
    source: bytes | str,
    *,
    names: OfficeNames,
    today: date,
    filename: str = "",
    year: str = "",
    max_bytes: int = DEFAULT_MAX_BYTES,
) -> FoundList:
    """Read a list of ideas from the bytes of a file (.docx, .xlsx, .html, .tsv, .txt, .csv).

    `filename` only settles what the content leaves open. Rows without a year of their own are
    dated by the headings over them, else by `year`. Raises UnreadableList.
    """
    if isinstance(source, str):
        source = source.encode("utf-8", "replace")
    try:
        sheets = read_bytes(source, filename=filename, max_bytes=max_bytes)
        return _list(sheets, names=names, year=year, today=today)
    except UnreadableDocument as error:
        raise UnreadableList(*error.args) from error


def read_paste(
    text: str, html: str = "", *, names: OfficeNames, today: date, year: str = ""
) -> FoundList:
    """Read a list from the clipboard: `text` as text/plain, `html` as text/html.

    The HTML is preferred because it keeps merged cells; the text is read when the HTML has no
    list in it. Raises UnreadableList.
    """
    if html.strip():
        try:
            return read_list(html, filename="paste.html", names=names, today=today, year=year)
        except UnreadableList:
            if not text.strip():
                raise
    return read_list(text, filename="paste.tsv", names=names, today=today, year=year)


def _list(sheets: Sequence[Sheet], *, names: OfficeNames, year: str, today: date) -> FoundList:
    """The ideas of all sheets: offices keep a sheet for each year."""
    rows: list[FoundIdea] = []
    skipped: list[SkippedLine] = []
    has_header = False
    for sheet in sheets:
        read = read_rows(sheet.grids)
        if read is None:
            if len(sheets) > 1:
                reason = _("এই শিটে উদ্ভাবনী ধারণার তালিকা নেই।")
                skipped.append(SkippedLine(sheet.name, reason))
            continue
        has_header = True
        found, left_out = read
        settled, not_own = settle_rows(found, names=names, year=year, today=today)
        if sheet.is_converted and settled:
            settled[0].doubt("description", conversion_note())
        rows += settled
        skipped += [*left_out, *not_own]
    if not rows:
        raise _no_list(sheets, has_header=has_header)
    if len(rows) > MOST_IDEAS:
        raise UnreadableList(
            _("তালিকায় %(limit)sটির বেশি ধারণা আছে। তালিকাটি কয়েক ভাগে ভাগ করে আনুন।")
            % {"limit": digits(MOST_IDEAS)}
        )
    return FoundList(tuple(rows), tuple(skipped))


def _no_list(sheets: Sequence[Sheet], *, has_header: bool) -> UnreadableList:
    words = "\n".join(
        line.words() for sheet in sheets for grid in sheet.grids for line in grid.lines
    )
    if not words:
        return UnreadableList(_("ফাইলে কোনো লেখা নেই। উদ্ভাবনী ধারণার তালিকাসহ ফাইলটি আবার দিন।"))
    if has_header:
        return UnreadableList(
            _("তালিকার শিরোনাম পাওয়া গেছে, কিন্তু নিচে আপনার দপ্তরের কোনো ধারণা লেখা নেই। সারিগুলোসহ আবার দিন।")
        )
    return UnreadableList(
        _(
            "উদ্ভাবনী ধারণার তালিকা পাওয়া যায়নি। ছকের প্রথম সারিতে কলামের নাম লিখে আবার দিন; অন্তত "
            "ধারণার শিরোনাম এবং বিবরণ, প্রস্তাবক, অবস্থা বা বছরের একটি কলাম লাগবে।"
        )
    )
