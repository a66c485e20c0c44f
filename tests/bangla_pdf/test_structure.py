"""What PDF/UA-1 asks of a document, checked in the finished file."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from bangla.pdf import Pdf, render
from tests.bangla_pdf.reading import TEXT_OPERATORS, drawn, elements, find, marked_contents, tags


@pytest.fixture
def opened(plan: Pdf) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(plan.content)) as pdf:
        yield pdf


def test_catalogue_says_what_the_document_is(opened: pikepdf.Pdf):
    root = opened.Root
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(root.Lang) == "bn"
    with opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "বাৎসরিক উদ্ভাবন কর্মপরিকল্পনা ২০২৬–২০২৭"
        assert metadata["dc:creator"] == ["শিমুলতলি ইনোভেশন টিম"]
    assert str(opened.docinfo["/CreationDate"]).startswith("D:20260701")
    assert [str(page.Tabs) for page in opened.pages] == ["/S"] * len(opened.pages)


def test_everything_drawn_is_tagged_or_an_artifact(opened: pikepdf.Pdf):
    counted = 0
    for page in opened.pages:
        for operator, marks in drawn(page):
            counted += operator in TEXT_OPERATORS
            assert len(marks) == 1, f"{operator} in {marks}"
    assert counted > 500


def test_tags_and_content_point_at_each_other(opened: pikepdf.Pdf):
    root = opened.Root.StructTreeRoot
    numbers = list(root.ParentTree.Nums)
    parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    claimed = {
        mark: element.objgen for element in elements(root.K[0]) for mark in marked_contents(element)
    }
    seen = 0
    for page in opened.pages:
        mcids = {mark for _, marks in drawn(page) for mark in marks if isinstance(mark, int)}
        owners = parents[int(page.StructParents)]
        assert mcids == set(range(len(owners)))
        for mcid in mcids:
            assert owners[mcid].objgen == claimed[(page.obj.objgen[0], mcid)]
        seen += len(mcids)
    assert seen == len(claimed)


def test_elements_know_their_parents(opened: pikepdf.Pdf):
    for element in elements(opened.Root.StructTreeRoot.K[0]):
        for kid in element.get("/K", []):
            if "/S" in kid:
                assert kid.P.objgen == element.objgen


def test_a_table_over_several_pages_is_one_table(opened: pikepdf.Pdf):
    assert len(opened.pages) > 2
    assert len(find(opened, "Table")) == 1
    table = find(opened, "Table")[0]
    assert [str(kid.S) for kid in table.K] == ["/Caption", "/THead", "/TBody"]
    assert len(find(opened, "TR")) == 1 + 19


def test_header_cells_have_a_scope_and_spans_are_told(opened: pikepdf.Pdf):
    heads = find(opened, "TH")
    assert len(heads) == 8
    assert {str(head.A.Scope) for head in heads} == {"/Column"}
    spans = [int(cell.A.RowSpan) for cell in find(opened, "TD") if "/RowSpan" in cell.A]
    assert spans == [4, 5, 3, 4, 3]


def test_each_table_row_adds_up_to_the_columns_of_the_head(opened: pikepdf.Pdf):
    carried = [0] * 8
    for row in find(opened, "TR")[1:]:
        spans = iter(row.K)
        for column in range(8):
            if not carried[column]:
                carried[column] = int(next(spans).A.get("/RowSpan", 1))
        assert not list(spans)
        carried = [left - 1 for left in carried]


def test_repeated_headers_and_page_numbers_are_artifacts(opened: pikepdf.Pdf):
    for page in list(opened.pages)[1:]:
        artifact_texts = [
            o for o, marks in drawn(page) if o in TEXT_OPERATORS and marks == ["Artifact"]
        ]
        assert artifact_texts
    head = find(opened, "THead")[0]
    pages = {mark[0] for element in elements(head) for mark in marked_contents(element)}
    assert len(pages) == 1


def test_lists_headings_links_and_pictures(fonts: Path, tmp_path: Path):
    picture = tmp_path / "seal.svg"
    picture.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
        '<rect width="40" height="20" fill="green"/></svg>'
    )
    html = (
        "<html lang=bn><title>ক</title><h1>শিরোনাম</h1><h2>উপশিরোনাম</h2>"
        "<ul><li>এক<ul><li>ভিতরে</ul><li><p>দুই</ul>"
        "<p><a href='https://example.org/'>লিংক <b>লেখা</b></a>"
        "<p><img src='files:seal.svg' alt='সরকারি সিল'><img src='files:seal.svg' alt=''>"
    )
    pdf = render(html, fonts=fonts, files={"files:seal.svg": picture})
    with pikepdf.open(BytesIO(pdf.content)) as opened:
        assert tags(opened) == [
            "Document",
            "H1",
            "H2",
            "L",
            "LI",
            "Lbl",
            "LBody",
            "L",
            "LI",
            "Lbl",
            "LBody",
            "LI",
            "Lbl",
            "LBody",
            "P",
            "P",
            "Link",
            "Span",
            "P",
            "Figure",
        ]
        figure = find(opened, "Figure")[0]
        assert str(figure.Alt) == "সরকারি সিল"
        left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
        assert (round(right - left), round(top - bottom)) == (30, 15)
        link = find(opened, "Link")[0]
        annotation = next(kid.Obj for kid in link.K if kid.get("/Type") == "/OBJR")
        assert str(annotation.A.URI) == "https://example.org/"
        assert str(annotation.Contents) == "https://example.org/"
        assert "/StructParent" in annotation
        assert not [marks for _, marks in drawn(opened.pages[0]) if len(marks) != 1]


def test_underlines_are_not_artifacts_inside_text(fonts: Path):
    pdf = render("<html lang=bn><title>ক</title><p><u>নিচে দাগ</u>", fonts=fonts)
    with pikepdf.open(BytesIO(pdf.content)) as opened:
        assert {len(marks) for _, marks in drawn(opened.pages[0])} == {1}


def test_text_in_a_transparency_group_is_tagged_there(fonts: Path):
    html = "<html lang=bn><title>ক</title><p>আগে<p style='opacity: 0.5'>ঝাপসা<p>পরে"
    pdf = render(html, fonts=fonts)
    with pikepdf.open(BytesIO(pdf.content)) as opened:
        groups = [
            kid.Stm for paragraph in find(opened, "P") for kid in paragraph.K if "/Stm" in kid
        ]
        assert len(groups) == 1
        assert groups[0].StructParents == opened.pages[0].StructParents
        assert {tuple(marks) for _, marks in drawn(groups[0])} == {(1,)} or {
            tuple(marks) for _, marks in drawn(groups[0])
        } == {(2,)}


def test_hidden_content_is_an_artifact(fonts: Path):
    html = "<html lang=bn><title>ক</title><p aria-hidden=true>জলছাপ<p>লেখা"
    pdf = render(html, fonts=fonts)
    with pikepdf.open(BytesIO(pdf.content)) as opened:
        assert tags(opened) == ["Document", "P"]
        assert {tuple(marks) for _, marks in drawn(opened.pages[0])} == {("Artifact",), (0,)}


def test_blocks_laid_out_as_cells_are_blocks(fonts: Path):
    html = (
        "<html lang=bn><title>ক</title><style>li { display: table-row } div { display: table-cell }"
        "</style><ul><li><div><p>সিদ্ধান্ত</p></div><div><p>কার কাজ</p></div></ul>"
    )
    with pikepdf.open(BytesIO(render(html, fonts=fonts).content)) as opened:
        assert tags(opened) == ["Document", "L", "LI", "LBody", "Div", "P", "Div", "P"]
