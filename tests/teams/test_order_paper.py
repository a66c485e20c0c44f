"""The office order on paper: every word, as PDF by three readers and in the Word file."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx
import pikepdf
import pytest
import time_machine
from django.db import transaction
from docx.document import Document
from docx.oxml.ns import qn
from pytest_django import DjangoDbBlocker

from bangla.pdf.check import distinct_words, missing_words, squeeze
from bangla.text import normalise
from teams.documents import order_content, order_html
from teams.models import Team
from teams.order_word import order_docx
from teams.papers import make_pdf, texts_of
from tests.bangla_pdf.reading import find, page_texts
from tests.teams.orders import HARD_NAMES, ministry_order, upazila_order

# Keys that name what is not printed as it stands.
SILENT = {"office", "period"}
MEMO = "০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.১৮৩"
DATES = ("৪ অগ্রহায়ণ ১৪৩৩ বঙ্গাব্দ", "১৯ নভেম্বর ২০২৬ খ্রিস্টাব্দ")


@dataclass(frozen=True)
class Paper:
    """An order, drawn once: its content, its HTML, its PDF, and the Word file of it."""

    content: dict[str, Any]
    html: str
    pdf: bytes
    missing: str
    word: Document

    @classmethod
    def of(cls, team: Team, *, is_draft: bool) -> "Paper":
        content = order_content(team, is_draft=is_draft)
        html = order_html(content)
        pdf = make_pdf(html)
        word = docx.Document(order_docx(content))
        return cls(content, html, pdf.content, pdf.missing_characters, word)


SHAPES: dict[str, tuple[Callable[..., Team], dict[str, str], bool]] = {
    "upazila": (upazila_order, {}, False),
    "draft": (ministry_order, {"memo_number": ""}, True),
}


@pytest.fixture(scope="module")
def papers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Paper]:
    """Nine members under the district's letterhead, and a ministry's draft without a number."""
    drawn = {}
    for name, (build, fields, is_draft) in SHAPES.items():
        with (
            django_db_blocker.unblock(),
            time_machine.travel("2026-11-21T06:00Z"),
            transaction.atomic(),
        ):
            drawn[name] = Paper.of(build(**fields), is_draft=is_draft)
            transaction.set_rollback(True)
    return drawn


@pytest.fixture(params=SHAPES)
def paper(request: pytest.FixtureRequest, papers: dict[str, Paper]) -> Paper:
    return papers[request.param]


def strings(value: object) -> Iterator[str]:
    """Every text in plain data, except under the keys that are not printed."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in SILENT:
                yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


# --- PDF -----------------------------------------------------------------------------------
@pytest.mark.parametrize("reader", ["poppler", "pdfium", "mupdf"])
def test_every_word_is_found_by_every_reader(paper: Paper, reader: str) -> None:
    said = [*strings(paper.content), *texts_of(paper.html)]
    assert paper.missing == ""
    assert len(distinct_words(said)) > 250
    assert missing_words(paper.pdf, said, reader=reader) == []


def test_names_are_whole_in_the_text(papers: dict[str, Paper]) -> None:
    """Stacked conjuncts, both encodings of য়, joiners: searched for as one types them."""
    text = "".join(page_texts(papers["upazila"].pdf))
    for name in HARD_NAMES[:8]:
        assert squeeze(normalise(name)) in text


def test_memo_number_and_both_dates_are_in_bengali_digits(papers: dict[str, Paper]) -> None:
    pages = page_texts(papers["upazila"].pdf)
    for words in (MEMO, *DATES):
        assert squeeze(words) in pages[0]
    copies = pages[-1]
    for words in (f"{MEMO}/১(১২)", *DATES):
        assert squeeze(words) in copies
    printed = re.sub(r"(?<=post)\d+(?=@)", "", "".join(pages))  # an address is Latin
    assert not re.search("[0-9]", printed)


def test_draft_says_so_on_each_page_and_an_order_nowhere(papers: dict[str, Paper]) -> None:
    for name, expected in (("draft", True), ("upazila", False)):
        for text in page_texts(papers[name].pdf):
            assert (squeeze("খসড়া") in text) is expected


def test_paper_tells_readers_what_it_is(paper: Paper) -> None:
    with pikepdf.open(BytesIO(paper.pdf)) as pdf:
        metadata = pdf.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"].endswith(paper.content["subject"])
        (table,) = find(pdf, "Table")
        rows = [row for part in table.K for row in part.K]
        assert len(rows) == 1 + len(paper.content["members"])
        assert {len(row.K) for row in rows} == {5}


# --- Word ----------------------------------------------------------------------------------
def test_every_word_is_in_the_word_file(paper: Paper) -> None:
    text = squeeze(normalise(" ".join(word_texts(paper.word))))
    wanted = [*strings(paper.content), *texts_of(paper.html)]
    assert [said for said in wanted if squeeze(normalise(said)) not in text] == []


def test_word_file_is_bengali_with_a_real_table(paper: Paper) -> None:
    (table,) = paper.word.tables
    assert len(table.rows) == 1 + len(paper.content["members"])
    assert [cell.text for cell in table.rows[0].cells] == [
        "ক্রম",
        "নাম ও পদবি",
        "দপ্তর/কর্মস্থল",
        "টিমে পদবি",
        "যে পটভূমিতে",
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert paper.word.core_properties.language == "bn-BD"
    assert paper.content["subject"] in paper.word.core_properties.title


def test_word_file_of_a_draft_says_so_at_the_top_of_each_page(papers: dict[str, Paper]) -> None:
    heads = {name: one.word.sections[0].header.paragraphs[0].text for name, one in papers.items()}
    assert heads == {"draft": "খসড়া", "upazila": ""}


def test_table_without_backgrounds_has_no_column_for_them(papers: dict[str, Paper]) -> None:
    content = papers["draft"].content | {"shows_backgrounds": False}
    (table,) = docx.Document(order_docx(content)).tables
    assert len(table.columns) == 4
    assert "যে পটভূমিতে" not in order_html(content)


def word_texts(word: Document) -> Iterable[str]:
    """Every paragraph of the file as one reads it, tables included."""
    for element in word.element.body.iter(qn("w:p")):
        yield "".join(
            part.text or "" if part.tag == qn("w:t") else " "
            for part in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"))
        )
