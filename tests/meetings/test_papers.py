"""The papers of a meeting: from frozen content to a complete, ordered, accessible PDF."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from bangla.digits import to_bangla
from bangla.pdf.check import missing_words, squeeze
from teams.papers import texts_of
from tests.bangla_pdf.reading import drawn, elements, find, marked_contents
from tests.meetings import contents
from tests.meetings.papers import PAPERS, Place, draw, in_order, paper, places

# Keys whose values steer the paper and are not printed.
SILENT = {"form", "kind"}
# What such a paper leaves out: a cancelled meeting has no hour and no place any more.
GONE = {
    "cancel": {"held_on_bangla", "weekday", "time", "place", "chair"},
    "change": {"chair"},
    "bare": {"attendance_note"},
    "bare sections": {"attendance_note"},
}


def strings(value: object, without: Iterable[str]) -> Iterator[str]:
    """Every text in `value`, plain data, except under the keys in `without`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in without:
                yield from strings(inner, without)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, without)


# --- Every paper ---------------------------------------------------------------------------
@pytest.mark.parametrize("name", PAPERS)
def test_every_word_of_the_content_is_found(name: str) -> None:
    said = [*strings(paper(name).content, SILENT | GONE.get(name, set()))]
    printed = texts_of(paper(name).html)
    for reader in ("poppler", "pdfium"):
        assert missing_words(paper(name).pdf, [*said, *printed], reader=reader) == []


@pytest.mark.parametrize("name", PAPERS)
def test_paper_tells_readers_what_it_is(name: str) -> None:
    office = contents.OFFICE
    with pikepdf.open(BytesIO(paper(name).pdf)) as pdf:
        assert str(pdf.Root.Lang) == "bn"
        assert bool(pdf.Root.MarkInfo.Marked)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:creator"] == [office]
            assert metadata["dc:title"].startswith(paper(name).content["title"])
            assert office in metadata["dc:title"]


@pytest.mark.parametrize("name", PAPERS)
def test_everything_drawn_is_tagged_or_decoration(name: str) -> None:
    with pikepdf.open(BytesIO(paper(name).pdf)) as pdf:
        claimed = [
            mark for e in elements(pdf.Root.StructTreeRoot.K[0]) for mark in marked_contents(e)
        ]
        assert len(claimed) == len(set(claimed))
        for page in pdf.pages:
            marks = {mark for _operator, stack in drawn(page) for mark in stack}
            assert all(len(stack) == 1 for _operator, stack in drawn(page))
            numbers = {number for page_object, number in claimed if page_object == page.objgen[0]}
            assert marks - {"Artifact"} <= numbers


@pytest.mark.parametrize("name", PAPERS)
def test_tables_have_headers_and_their_rows_add_up(name: str) -> None:
    with pikepdf.open(BytesIO(paper(name).pdf)) as pdf:
        for table in find(pdf, "Table"):
            rows = [e for e in elements(table) if e.S == "/TR"]
            assert [e for e in elements(table) if e.S == "/TH"]
            assert len(set(column_counts(rows))) == 1


def column_counts(rows: list[pikepdf.Dictionary]) -> Iterator[int]:
    """How many columns each row fills, with the cells that reach into it from above."""
    reaching: list[int] = []  # rows still to fill, one entry for each column of a cell
    for row in rows:
        cells = [cell.get("/A", {}) for cell in row.K]
        reaching += [int(a.get("/RowSpan", 1)) for a in cells for _ in range(a.get("/ColSpan", 1))]
        yield len(reaching)
        reaching = [left - 1 for left in reaching if left > 1]


@pytest.mark.parametrize("name", PAPERS)
def test_headings_skip_no_level(name: str) -> None:
    with pikepdf.open(BytesIO(paper(name).pdf)) as pdf:
        names = [str(e.S) for e in elements(pdf.Root.StructTreeRoot.K[0])]
    levels = [int(tag[2]) for tag in names if re.fullmatch(r"/H\d", tag)]
    assert levels[0] == 1
    assert all(next_ <= level + 1 for level, next_ in pairwise(levels))


@pytest.mark.parametrize("name", [name for name in PAPERS if name != "book"])
def test_pages_are_numbered_in_bengali(name: str) -> None:
    pages = paper(name).pages
    for number, text in enumerate(pages, start=1):
        assert f"পৃষ্ঠা{to_bangla(number)}/{to_bangla(len(pages))}" in text


@pytest.mark.parametrize(
    ("name", "pages"),
    [("minutes", 4), ("sections", 4), ("bare", 1), ("notice", 1), ("cancel", 1), ("extract", 1)],
)
def test_paper_takes_no_more_pages_than_it_needs(name: str, pages: int) -> None:
    assert len(paper(name).pages) == pages


@pytest.mark.parametrize("name", ["minutes", "sections", "draft", "notice", "change", "extract"])
def test_both_calendars_stand_on_the_paper(name: str) -> None:
    content, text = paper(name).content, paper(name).text
    for key in ("held_on", "held_on_bangla", "issued_on", "issued_on_bangla"):
        assert squeeze(content[key]) in text


@pytest.mark.parametrize("name", ["minutes", "notice", "extract"])
def test_bangla_date_stands_above_the_other_to_the_right_of_the_memo_number(name: str) -> None:
    pdf = paper(name).pdf
    (memo,) = places(pdf, paper(name).content["memo"])
    (bangla,) = (p for p in places(pdf, "বঙ্গাব্দ") if beside(memo, p))
    (other,) = (p for p in places(pdf, "খ্রিস্টাব্দ") if beside(memo, p))
    assert bangla.top < memo.top < other.top
    assert memo.left < min(bangla.left, other.left)


def beside(place: Place, other: Place) -> bool:
    """Whether two words stand on one page, not more than a line apart."""
    return place.page == other.page and abs(place.top - other.top) < 20


# --- Notices and extracts ------------------------------------------------------------------
def test_notice_is_read_in_the_order_of_a_letter() -> None:
    content = paper("notice").content
    assert in_order(
        paper("notice").text,
        content["office"],
        content["memo"],
        content["title"],
        "বিষয়:",
        content["body"].splitlines()[1][:30],
        content["place"],
        *(f"{to_bangla(n)}. {topic}" for n, topic in enumerate(content["agenda"], start=1)),
        content["signature"]["name"],
        "প্রাপক:",
        *(f"০{to_bangla(n)}. {to}" for n, to in enumerate(content["recipients"], start=1)),
        content["copies"][0]["heading"],
        f"০১. {content['copies'][0]['lines'][0]}",
    )


def test_notice_of_a_change_shows_old_and_new_side_by_side() -> None:
    pdf = paper("change").pdf
    (old,), new = places(pdf, "৩:০০"), places(pdf, "১১:০০")
    assert any(place.top == old.top and place.left > old.left for place in new)
    assert squeeze("আগে ছিল") in paper("change").text
    assert squeeze(paper("change").content["reason"]) in paper("change").text


def test_notice_of_a_change_without_the_old_day_tells_the_new_one() -> None:
    made = draw("notice", contents.change_notice_content(was=None))
    assert squeeze("আগে ছিল") not in made.text
    assert squeeze(made.content["held_on_bangla"]) in made.text


def test_cancelled_meeting_has_no_agenda() -> None:
    assert squeeze("আলোচ্যসূচি") not in paper("cancel").text
    assert squeeze(paper("cancel").content["reason"]) in paper("cancel").text


def test_long_agenda_runs_over_the_pages_in_order() -> None:
    agenda = [f"{to_bangla(n)} নম্বর বিষয়: {contents.HARD_WORDS}" for n in range(1, 41)]
    made = draw("notice", contents.notice_content(agenda=agenda, memo="", issued_on=""))
    assert len(made.pages) > 2
    assert in_order(made.text, *agenda, made.content["signature"]["name"])
    assert missing_words(made.pdf, agenda, reader="poppler") == []


def test_extract_has_the_recipients_decisions_and_nothing_else() -> None:
    content = paper("extract").content
    assert in_order(
        paper("extract").text,
        content["title"],
        f"প্রাপক: {content['for']}",
        content["meeting"],
        *(row["decision"] for row in content["rows"]),
        content["signature"]["name"],
    )
    with pikepdf.open(BytesIO(paper("extract").pdf)) as pdf:
        assert len(find(pdf, "TR")) == 1 + len(content["rows"])


# --- The year's book -----------------------------------------------------------------------
def beginnings(pages: list[str]) -> list[int]:
    """The numbers (from 1) of the pages on which a meeting's minutes begin."""
    return [
        number
        for number, text in enumerate(pages, start=1)
        if squeeze("মাসের সভার কার্যবিবরণী") in text and squeeze("সভাপতি:") in text
    ]


def test_contents_of_the_book_name_the_page_of_each_meeting() -> None:
    pages = paper("book").pages
    first, second = beginnings(pages)
    assert (first, second) == (3, second)
    listed = pages[1]
    for meeting, page in zip(paper("book").content["meetings"], (first, second), strict=True):
        row = meeting["title"] + meeting["held_on"] + to_bangla(page)
        assert squeeze(row) in listed


def test_book_has_a_bookmark_for_each_meeting() -> None:
    with pikepdf.open(BytesIO(paper("book").pdf)) as pdf, pdf.open_outline() as outline:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        marks = [(str(m.title), numbers[m.destination[0].objgen]) for m in outline.root]
    titles = [meeting["title"] for meeting in paper("book").content["meetings"]]
    assert marks == [
        ("সূচিপত্র", 2),
        *zip(titles, beginnings(paper("book").pages), strict=True),
    ]


def test_months_without_a_meeting_are_listed_with_their_reason() -> None:
    unmet = paper("book").content["months_unmet"]
    assert in_order(
        paper("book").pages[1],
        "যেসব মাসে সভা হয়নি",
        unmet[0]["month"] + unmet[0]["reason"],
        unmet[1]["month"] + "—",
    )


def test_book_holds_the_same_minutes_as_the_single_papers() -> None:
    first, second = beginnings(paper("book").pages)
    book, single = paper("book").pages[second - 1 :], paper("minutes").pages
    footer = re.compile("পৃষ্ঠা[০-৯]+/[০-৯]+")
    assert [footer.sub("", text) for text in book] == [footer.sub("", text) for text in single]
    assert second > first


def test_cover_of_the_book_has_no_page_number() -> None:
    pages = paper("book").pages
    assert "পৃষ্ঠা" not in pages[0]
    assert f"পৃষ্ঠা২/{to_bangla(len(pages))}" in pages[1]


def test_draft_in_the_book_is_marked_on_its_own_pages() -> None:
    meetings = [contents.minutes_content(), contents.bare_minutes_content()]
    made = draw("minutes_book", contents.book_content(meetings=meetings, months_unmet=[]))
    marked = {place.page + 1 for place in places(made.pdf, "খসড়া") if place.top < 60}
    assert marked == {len(made.pages)}
    assert squeeze("যেসব মাসে সভা হয়নি") not in made.text


def test_book_of_a_year_without_meetings_says_so() -> None:
    made = draw("minutes_book", contents.book_content(meetings=[]))
    assert len(made.pages) == 2
    assert squeeze("এই সময়ে কোনো সভার কার্যবিবরণী নেই।") in made.pages[1]
