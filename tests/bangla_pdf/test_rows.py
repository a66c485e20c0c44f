"""Where the end of a page falls into a table: short rows stay whole, long ones are cut well."""

from pathlib import Path

from bangla.pdf import render
from bangla.pdf.check import squeeze
from tests.bangla_pdf.reading import page_texts

HEAD = "স্থায়ী শিরোনাম"
# Fifty lines to the page, one of them the head's.
STYLE = """@page { size: 200mm 320mm; margin: 10mm } * { margin: 0; padding: 0 }
    table { border-spacing: 0; width: 100% } p, th, td { line-height: 6mm; vertical-align: top }"""


def lines(name: str, count: int) -> str:
    return "".join(f"<p>{name}{number}।</p>" for number in range(1, count + 1))


def table(*rows: tuple[int, int]) -> str:
    """A table under a head; each row has a number and two cells of so many lines."""
    body = "".join(
        f"<tr><td>[{number}]</td><td>{lines(f'ক{number}-', left)}</td>"
        f"<td>{lines(f'খ{number}-', right)}</td></tr>"
        for number, (left, right) in enumerate(rows, start=1)
    )
    return f"""<html lang="bn"><head><title>ছক</title><style>{STYLE}</style></head><body><table>
        <thead><tr><th colspan="3">{HEAD}</th></tr></thead><tbody>{body}</tbody></table>"""


def pages(html: str, fonts: Path) -> list[str]:
    return page_texts(render(html, fonts=fonts).content)


def pages_with(text: str, found: list[str]) -> list[int]:
    return [number for number, page in enumerate(found) if text in page]


def test_short_row_at_the_end_of_a_page_goes_over_whole(fonts: Path) -> None:
    found = pages(table((43, 1), (8, 2), (3, 3)), fonts)

    assert pages_with("[2]", found) == [1]
    assert [pages_with(f"ক2-{line}।", found) for line in range(1, 9)] == [[1]] * 8


def test_row_that_would_begin_with_few_lines_begins_a_page(fonts: Path) -> None:
    found = pages(table((46, 1), (30, 2)), fonts)

    assert pages_with("[2]", found) == [1]
    assert pages_with("ক2-1।", found) == pages_with("ক2-30।", found) == [1]


def test_long_row_fills_the_rest_of_the_page(fonts: Path) -> None:
    found = pages(table((30, 1), (25, 2)), fonts)

    assert pages_with("ক2-1।", found) == [0]
    assert pages_with("ক2-25।", found) == [1]


def test_row_longer_than_a_page_begins_a_page_below_the_head(fonts: Path) -> None:
    found = pages(table((46, 1), (160, 2)), fonts)

    assert pages_with("[2]", found) == [1]
    assert len(found) > 4
    assert all(squeeze(HEAD) in page for page in found)


def test_row_does_not_leave_a_cell_to_the_next_page(fonts: Path) -> None:
    """The left cell could begin on the first page; the block in the right one has no room there."""
    block = '<div style="break-inside: avoid">'
    html = table((35, 1), (30, 18)).replace("<td><p>খ2", f"<td>{block}<p>খ2")
    found = pages(html, fonts)

    assert pages_with("ক2-1।", found) == pages_with("খ2-1।", found) == [1]


def test_lines_of_a_cut_row_are_printed_once(fonts: Path) -> None:
    text = "".join(pages(table((20, 1), (120, 70), (3, 3)), fonts))

    for side, count in (("ক", 120), ("খ", 70)):
        assert all(text.count(f"{side}2-{line}।") == 1 for line in range(1, count + 1))
