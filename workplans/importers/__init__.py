"""Work plans from the files and tables offices already have: rows and doubts, nothing written.

A document goes through `sources` (any kind of file → grids of cells), `header` (which column is
what), `rows` (which lines are tasks), `schedule` (words → dates) and `checks` (what a person
should look at). Whatever the source, the only error raised is `UnreadablePlan`.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from workplans.importers.checks import check_rows
from workplans.importers.draft import Draft
from workplans.importers.errors import UnreadableDocument, UnreadablePlan
from workplans.importers.grid import Sheet
from workplans.importers.header import Column
from workplans.importers.plan import Doubt, ImportedPlan, ImportedRow, SkippedLine
from workplans.importers.rows import read_rows
from workplans.importers.schedule import read_dates
from workplans.importers.sources import read_bytes
from workplans.importers.sources.bijoy import looks_like_bijoy, refuse_bijoy
from workplans.periods import Period

__all__ = [
    "Doubt",
    "ImportedPlan",
    "ImportedRow",
    "SkippedLine",
    "UnreadablePlan",
    "read_paste",
    "read_plan",
]

DEFAULT_MAX_BYTES = 10 * 1024 * 1024


def read_plan(
    source: bytes | str,
    *,
    filename: str = "",
    period: Period,
    max_bytes: int = DEFAULT_MAX_BYTES,
) -> ImportedPlan:
    """Read a work plan from the bytes of a file (.docx, .xlsx, .html, .tsv, .txt, .csv) or text.

    `filename` only settles what the content leaves open. `period` is the plan's own; dates
    outside it become doubts, and of several sheets with a plan the one that fits it is read.
    Raises UnreadablePlan.
    """
    if isinstance(source, str):
        source = source.encode("utf-8", "replace")
    try:
        return _plan(read_bytes(source, filename=filename, max_bytes=max_bytes), period)
    except UnreadableDocument as error:
        raise UnreadablePlan(*error.args) from error


def read_paste(text: str, html: str = "", *, period: Period) -> ImportedPlan:
    """Read a work plan from the clipboard: `text` as text/plain, `html` as text/html.

    The HTML is preferred because it keeps merged cells; the text is read when the HTML has no
    plan in it. Raises UnreadablePlan.
    """
    if html.strip():
        try:
            return read_plan(html, filename="paste.html", period=period)
        except UnreadablePlan:
            if not text.strip():
                raise
    return read_plan(text, filename="paste.tsv", period=period)


def _plan(sheets: Sequence[Sheet], period: Period) -> ImportedPlan:
    found = [(sheet, read_rows(sheet.grids)) for sheet in sheets]
    plans = [(sheet, _finished(*rows, period)) for sheet, rows in found if rows and rows[0]]
    if not plans:
        raise _no_plan(sheets, has_header=any(rows for _sheet, rows in found))
    chosen, plan = max(plans, key=lambda candidate: _rows_inside(candidate[1]))
    others = tuple(
        SkippedLine(sheet.name, _("এই শিটেও কর্মপরিকল্পনার ছক আছে; পড়া হয়নি।"))
        for sheet, _other in plans
        if sheet is not chosen
    )
    return ImportedPlan(plan.period, plan.rows, plan.skipped + others)


def _finished(
    drafts: Sequence[Draft], skipped: Sequence[SkippedLine], period: Period
) -> ImportedPlan:
    check_rows(drafts)
    return ImportedPlan(period, tuple(_row(draft, period) for draft in drafts), tuple(skipped))


def _row(draft: Draft, period: Period) -> ImportedRow:
    dates = read_dates(draft, period)
    schedule = dates.schedule
    return ImportedRow(
        serial=draft.text(Column.SERIAL),
        subject=draft.text(Column.SUBJECT),
        title=draft.text(Column.TITLE),
        starts_on=schedule.starts_on,
        ends_on=schedule.ends_on,
        schedule_text=schedule.text,
        recurrence=schedule.recurrence.to_code() if schedule.recurrence else "",
        responsible=draft.text(Column.RESPONSIBLE),
        expected_result=draft.text(Column.EXPECTED_RESULT),
        measure=draft.text(Column.MEASURE),
        progress=draft.text(Column.PROGRESS),
        doubts=tuple(draft.doubts),
        location=draft.location,
        start_text=dates.start_text,
        end_text=dates.end_text,
    )


def _rows_inside(plan: ImportedPlan) -> tuple[int, int]:
    """How many rows have a date inside the plan's period, then how many rows there are."""
    inside = sum(
        any(day and plan.period.contains(day) for day in (row.starts_on, row.ends_on))
        for row in plan.rows
    )
    return inside, len(plan.rows)


def _no_plan(sheets: Sequence[Sheet], *, has_header: bool) -> UnreadablePlan:
    grids = [grid for sheet in sheets for grid in sheet.grids]
    words = "\n".join(line.words() for grid in grids for line in grid.lines)
    if looks_like_bijoy(words):
        refuse_bijoy()
    if not words:
        return UnreadablePlan(_("ফাইলে কোনো লেখা নেই। কর্মপরিকল্পনার ছকসহ ফাইলটি আবার দিন।"))
    if has_header:
        return UnreadablePlan(
            _("ছকের শিরোনাম পাওয়া গেছে, কিন্তু নিচে কোনো কাজ লেখা নেই। সারিগুলোসহ আবার দিন।")
        )
    return UnreadablePlan(
        _(
            "কর্মপরিকল্পনার ছক পাওয়া যায়নি। ছকের শিরোনামে অন্তত কাজের নাম, শুরু ও সমাপ্তির তারিখ, "
            "এবং দায়িত্বপ্রাপ্ত কর্মকর্তার কলাম রেখে আবার দিন।"
        )
    )
