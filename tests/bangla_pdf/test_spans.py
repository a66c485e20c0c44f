"""A subject stands beside its rows on every page they reach."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from bangla.pdf import render
from bangla.pdf.check import squeeze
from tests.bangla_pdf.reading import find, marked_contents, page_texts

SUBJECT = "সেবাপদ্ধতি সহজীকরণ"
OTHER = "প্রশিক্ষণ কর্মসূচি"


def table(*groups: tuple[str, int]) -> str:
    """A table whose groups are (heading, number of rows); each row says its own number."""
    bodies = []
    number = 0
    for heading, count in groups:
        rows = []
        for place in range(count):
            number += 1
            head = f'<th scope="rowgroup" rowspan="{count}">{heading}</th>' if place == 0 else ""
            rows.append(f"<tr><td>সারি{number}।</td>{head}<td>ফলাফল</td></tr>")
        bodies.append(f"<tbody>{''.join(rows)}</tbody>")
    return f"""<html lang="bn"><head><title>ছক</title><style>
        @page {{ size: A5 landscape; margin: 12mm }} td, th {{ height: 12mm }}
        </style></head><body><table>{"".join(bodies)}</table></body></html>"""


@pytest.mark.parametrize("rows", [12, 23, 41])
def test_header_is_repeated_on_each_page_its_rows_reach(rows: int, fonts: Path) -> None:
    pdf = render(table((SUBJECT, rows)), fonts=fonts)
    texts = page_texts(pdf.content)

    assert len(texts) == pdf.pages > 1
    assert [text.count(squeeze(SUBJECT)) for text in texts] == [1] * len(texts)


def test_every_row_is_printed_once_in_order(fonts: Path) -> None:
    texts = "".join(page_texts(render(table((SUBJECT, 5), (OTHER, 30)), fonts=fonts).content))

    places = [texts.find(f"সারি{number}।") for number in range(1, 36)]
    assert -1 not in places
    assert places == sorted(places)
    assert all(texts.count(f"সারি{number}।") == 1 for number in range(1, 36))


def test_header_of_rows_on_one_page_is_said_once(fonts: Path) -> None:
    texts = page_texts(render(table((SUBJECT, 3)), fonts=fonts).content)

    assert [text.count(squeeze(SUBJECT)) for text in texts] == [1]


def test_headers_within_headers_are_repeated_in_their_own_columns(fonts: Path) -> None:
    """Where a page ends within both, each goes on under its own heading."""
    inner, after = "কার্যক্রম", "সূচক"
    rows = [f'<tr><th scope="rowgroup" rowspan="24">{SUBJECT}</th><td>ভূমিকা</td><td>ক</td></tr>']
    rows.append(f'<tr><th scope="rowgroup" rowspan="23">{inner}</th><td>{after}0।</td></tr>')
    rows += [f"<tr><td>{after}{number}।</td></tr>" for number in range(1, 23)]
    html = table().replace("<table>", f"<table><tbody>{''.join(rows)}</tbody>")
    texts = page_texts(render(html, fonts=fonts).content)

    assert len(texts) > 2
    for text in texts:
        assert 0 <= text.index(squeeze(SUBJECT)) < text.index(inner) < text.rindex(after)


def test_header_of_a_row_that_is_cut_is_repeated_as_decoration(fonts: Path) -> None:
    lines = "".join(f"<p>লাইন{number}।</p>" for number in range(60))
    row = f'<tr><th scope="row">{SUBJECT}</th><td>{lines}</td></tr>'
    pdf = render(table().replace("<table>", f"<table><tbody>{row}</tbody>"), fonts=fonts)
    texts = page_texts(pdf.content)

    assert len(texts) > 2
    assert [text.count(squeeze(SUBJECT)) for text in texts] == [1] * len(texts)
    with pikepdf.open(BytesIO(pdf.content)) as opened:
        (header,) = find(opened, "TH")
        assert {page for page, _ in marked_contents(header)} == {opened.pages[0].obj.objgen[0]}


def test_header_is_not_repeated_where_it_has_no_room(fonts: Path) -> None:
    """A header of many lines beside the last lines of its row would run into the next one."""
    header = "<br>".join(["শিরোনাম"] * 4)
    lines = "".join(f"<p>লাইন{number}।</p>" for number in range(11))
    row = f'<tr><th scope="row">{header}</th><td>{lines}</td></tr>'
    pdf = render(table().replace("<table>", f"<table><tbody>{row}</tbody>"), fonts=fonts)
    texts = page_texts(pdf.content)

    assert [text.count("শিরোনাম") for text in texts] == [4, 0]
