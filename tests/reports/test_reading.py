"""A report read on the screen: everything it says, where comments hang, and no question asked."""

import re
from collections.abc import Callable
from typing import Any

import lxml.html
import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.utils import translation

from bangla.text import squeeze
from tests.reports import papers
from tests.reports.papers import HARD_WORDS

ANCHOR = "<i data-of='{{ section.key }}|{{ figure.key }}|{{ table.key }}|{{ row.key }}'></i>"
PICTURES = [
    {"sha256": "a" * 64, "name": "a.jpg", "caption": "প্রশিক্ষণের উদ্বোধন"},
    {"sha256": "b" * 64, "name": "b.jpg", "caption": "শোকেসিং"},
]


def read(content: papers.Content, **extra: Any) -> lxml.html.HtmlElement:
    """The page that shows a content."""
    html = render_to_string("reports/_reading.html", {"content": content, **extra})
    return lxml.html.document_fromstring(html)


def words(page: lxml.html.HtmlElement) -> str:
    return squeeze(page.text_content())


@pytest.mark.parametrize(
    "make", [papers.annual, papers.divisional_half_year, papers.ministry_progress]
)
def test_everything_a_report_says_is_there(make: Callable[[], papers.Content]) -> None:
    content = make()
    said = words(read(content))
    for section in content["sections"]:
        assert f"{section['number']}. {section['title']}" in said
        for paragraph in section["paragraphs"]:
            assert squeeze(paragraph) in said
        for figure in section["figures"]:
            assert figure["label"] in said
            assert figure["text"] in said
            assert figure["reason"] in said
        for table in section["tables"]:
            for text in texts_of_table(table):
                assert squeeze(text) in said


def texts_of_table(table: papers.Content) -> list[str]:
    headings = [column["heading"] for column in table["columns"] if column["key"] != "subject"]
    if table["kind"] == "list":
        return [*headings, *(cell for row in table["rows"] for cell in row["cells"])]
    shown = [column["key"] for column in table["columns"] if column["key"] != "subject"]
    subjects = [group["subject"] for group in table["groups"]]
    rows = [row for group in table["groups"] for row in group["rows"]]
    return [*headings, *subjects, *(row[key] for row in rows for key in shown)]


def test_without_extras_nothing_extra_shows() -> None:
    page = read(papers.annual(pictures=PICTURES))
    assert page.xpath("//a | //img | //button | //form") == []
    assert page.find_class("reading-anchor") == []
    assert "মন্তব্য করুন" not in words(page)


def test_anchors_hang_on_sections_figures_and_rows() -> None:
    content = papers.annual()
    page = read(content, anchors=engines["django"].from_string(ANCHOR))
    found = [mark.get("data-of") for mark in page.xpath("//i[@data-of]")]
    wanted = []
    for section in content["sections"]:
        wanted.append(f"{section['key']}|||")
        wanted += [f"{section['key']}|{figure['key']}||" for figure in section["figures"]]
        for table in section["tables"]:
            rows = table.get("rows") or [row for g in table["groups"] for row in g["rows"]]
            wanted += [f"{section['key']}||{table['key']}|{row['key']}" for row in rows]
    assert [mark.replace("None", "") for mark in found] == wanted
    for mark in page.xpath("//table//i[@data-of]"):
        row = mark.xpath("ancestor::tr")[0]
        assert row.xpath("./td")[-1] == mark.getparent()


def test_figures_lead_to_their_source_where_there_is_one() -> None:
    page = read(papers.annual(), source_urls={"meetings.held": "/source/", "held": "/wrong/"})
    (link,) = page.xpath("//a")
    assert (link.get("href"), squeeze(link.text_content())) == ("/source/", "উৎস দেখুন: অনুষ্ঠিত সভা")
    assert link.xpath("ancestor::*[@id='figure-meetings-held']")


def test_pictures_are_shown_where_their_address_is_known() -> None:
    page = read(papers.annual(pictures=PICTURES), pictures={"a" * 64: "/pictures/a/"})
    (picture,) = page.xpath("//img")
    assert picture.get("src") == "/pictures/a/"
    captions = [caption.text_content() for caption in page.xpath("//figcaption")]
    assert captions == [picture["caption"] for picture in PICTURES]


def test_only_some_parts() -> None:
    page = read(papers.annual(), only={"training"})
    assert page.xpath("//section/@id") == ["section-training"]


def test_rows_have_a_name_and_every_other_cell_its_label() -> None:
    """What makes a card of a row on a telephone."""
    page = read(papers.annual())
    for row in page.xpath("//tbody/tr[not(contains(@class, 'reading-band'))]"):
        (head,) = row.xpath("./th[@scope='row']")
        assert head.text_content().strip()
        for cell in row.xpath("./td[not(contains(@class, 'c-serial'))]"):
            assert cell.get("data-label")
    names = [
        squeeze(head.text_content())
        for head in page.xpath("//*[@id='section-training']//tbody//th")
    ]
    assert names == [squeeze(f"নাগরিক সেবায় উদ্ভাবন: {HARD_WORDS}")]


def test_ministry_numbers_its_subjects_and_others_their_tasks() -> None:
    ministry = read(papers.ministry_progress())
    bands = [squeeze(band.text_content()) for band in ministry.find_class("reading-band")]
    assert [band[:2] for band in bands] == ["১.", "২.", "৩."]
    assert ministry.xpath("//td[contains(@class, 'c-serial')]") == []
    others = read(papers.annual(tasks=3))
    serials = others.xpath("//*[@id='section-plan']//td[contains(@class, 'c-serial')]/text()")
    assert serials == list("১২৩৪৫৬")
    assert not re.match("[০-৯]", squeeze(others.find_class("reading-band")[0].text_content()))


def test_ids_are_unique_and_the_contents_lead_to_them() -> None:
    content = papers.annual(pictures=PICTURES)
    page = read(content)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    contents = render_to_string("reports/_reading_contents.html", {"content": content})
    links = lxml.html.document_fromstring(contents).xpath("//a/@href")
    assert links == [f"#section-{section['key']}" for section in content["sections"]]
    assert {link[1:] for link in links} <= set(ids)


def test_report_stays_bengali_on_an_english_page() -> None:
    with translation.override("en"):
        anchors = engines["django"].from_string("<b></b>")
        page = read(papers.annual(), anchors=anchors, source_urls={"meetings.held": "/x/"})
    assert page.xpath("//*[contains(@class, 'reading')]")[0].get("lang") == "bn"
    assert {each.get("lang") for each in page.find_class("reading-anchor")} == {"en"}


def test_words_are_shown_as_words() -> None:
    content = papers.annual()
    content["sections"][0]["paragraphs"] = ["<script>alert(1)</script> & <b>"]
    content["sections"][1]["tables"][0]["rows"][0]["cells"][1] = "<img src=x onerror=y>"
    page = read(content)
    assert page.xpath("//script | //img | //b") == []
    assert "<script>alert(1)</script> & <b>" in page.text_content()
