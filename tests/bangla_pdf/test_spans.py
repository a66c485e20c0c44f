"""A subject stands beside its rows on every page they reach."""

from pathlib import Path

import pypdfium2
import pytest

from bangla.pdf import Pdf, render
from bangla.pdf.check import squeeze

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


def page_texts(pdf: Pdf) -> list[str]:
    document = pypdfium2.PdfDocument(pdf.content)
    try:
        texts = []
        for page in document:
            layer = page.get_textpage()
            texts.append(squeeze(layer.get_text_range()))
            layer.close()
            page.close()
        return texts
    finally:
        document.close()


@pytest.mark.parametrize("rows", [12, 23, 41])
def test_header_is_repeated_on_each_page_its_rows_reach(rows: int, fonts: Path) -> None:
    pdf = render(table((SUBJECT, rows)), fonts=fonts)
    texts = page_texts(pdf)

    assert len(texts) == pdf.pages > 1
    assert [text.count(squeeze(SUBJECT)) for text in texts] == [1] * len(texts)


def test_every_row_is_printed_once_in_order(fonts: Path) -> None:
    texts = "".join(page_texts(render(table((SUBJECT, 5), (OTHER, 30)), fonts=fonts)))

    places = [texts.find(f"সারি{number}।") for number in range(1, 36)]
    assert -1 not in places
    assert places == sorted(places)
    assert all(texts.count(f"সারি{number}।") == 1 for number in range(1, 36))


def test_header_of_rows_on_one_page_is_said_once(fonts: Path) -> None:
    texts = page_texts(render(table((SUBJECT, 3)), fonts=fonts))

    assert [text.count(squeeze(SUBJECT)) for text in texts] == [1]
