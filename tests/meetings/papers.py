"""Drawing a meeting's papers and finding things on them."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import pymupdf

from bangla.pdf.check import squeeze
from teams.papers import make_pdf, paper_html
from tests.bangla_pdf.reading import page_texts
from tests.meetings import contents
from tests.meetings.contents import Content

# Which template draws which content, and how the paper is called in the tests below.
PAPERS: dict[str, tuple[str, Callable[[], Content]]] = {
    "minutes": ("minutes", contents.minutes_content),
    "sections": ("minutes", lambda: contents.minutes_content(form="sections")),
    "draft": ("minutes", lambda: contents.minutes_content(is_draft=True, issuer=None)),
    "bare": ("minutes", contents.bare_minutes_content),
    "bare sections": ("minutes", lambda: contents.bare_minutes_content(form="sections")),
    "long": ("minutes", contents.long_minutes_content),
    "long sections": ("minutes", lambda: contents.long_minutes_content(form="sections")),
    "notice": ("notice", contents.notice_content),
    "change": ("notice", contents.change_notice_content),
    "cancel": ("notice", contents.cancel_notice_content),
    "extract": ("extract", contents.extract_content),
    "book": ("minutes_book", contents.book_content),
}


class Paper(NamedTuple):
    """A drawn paper: what was to be said, the HTML, the PDF and the squeezed text of each page."""

    content: Content
    html: str
    pdf: bytes
    pages: list[str]

    @property
    def text(self) -> str:
        return "".join(self.pages)


def draw(template: str, content: Content) -> Paper:
    html = paper_html(f"pdf/{template}.html", content)
    pdf = make_pdf(html)
    assert pdf.missing_characters == ""
    return Paper(content, html, pdf.content, page_texts(pdf.content))


@lru_cache
def paper(name: str) -> Paper:
    """One of PAPERS, drawn once for all tests of this process."""
    template, build = PAPERS[name]
    return draw(template, build())


def in_order(text: str, *parts: str) -> bool:
    """Whether `parts` stand in `text` one after the other, white space aside."""
    place = 0
    for part in map(squeeze, parts):
        found = text.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return True


class Place(NamedTuple):
    """Where a word stands: its page (from 0), and its top and left edge in points."""

    page: int
    top: int
    left: int


def places(pdf: bytes, word: str) -> list[Place]:
    """Where `word` stands, in reading order."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        return [
            Place(number, round(top), round(left))
            for number, page in enumerate(document)
            for left, top, _right, _bottom, text, *_ in page.get_text("words")
            if squeeze(text) == squeeze(word)
        ]
