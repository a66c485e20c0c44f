"""An empty official page for Word, and the pieces our papers are put together from.

Word takes Bengali for a complex script: it looks at the `cs` font, size and weight of a run and at
its `bidi` language, and ignores the ones Latin letters go by. So everything is set twice.
"""

from collections.abc import Sequence
from functools import partial
from typing import cast

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

Container = Document | _Cell

# The government's face; where it is not installed Word turns to the other name.
FONT, FALLBACK_FONT = "Nikosh", "Noto Serif Bengali"
LANGUAGE = "bn-BD"
TABLE_TEXT = "Table Text"
SIDE_MARGIN, EDGE_MARGIN = Cm(2.2), Cm(2)
TEXT_WIDTH_CM = 16.6  # A4 less its side margins
WIDE_MARGIN = Cm(1.2)
WIDE_TEXT_WIDTH_CM = 27.3  # A4 lying across, less these
LONGEST_TITLE = 255  # of a file, in letters

_FONT_TABLE = f"""<w:fonts {nsdecls("w")}>
<w:font w:name="{FONT}"><w:altName w:val="{FALLBACK_FONT}"/><w:charset w:val="00"/>\
<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>
</w:fonts>"""
# Without the second one Word stretches the short line before a typed line break to full width.
_COMPATIBILITY = f"""<w:compat {nsdecls("w")}><w:doNotExpandShiftReturn/>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" \
w:val="15"/>
</w:compat>"""

CENTRE = WD_ALIGN_PARAGRAPH.CENTER
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT


def new_page(title: str, *, lies_across: bool = False, table_points: int = 11) -> Document:
    """An empty A4 document, set for Bengali, with numbered pages.

    `lies_across` and small letters in tables (`table_points`) are for wide ones.
    """
    page = docx.Document()
    _lighten(page)
    _set_language(page)
    _set_styles(page, table_points)
    section = page.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = SIDE_MARGIN
    section.top_margin = section.bottom_margin = EDGE_MARGIN
    if lies_across:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        section.left_margin = section.right_margin = WIDE_MARGIN
    _number_pages(section.footer.paragraphs[0])
    page.core_properties.title = title[:LONGEST_TITLE]
    return page


def line(
    container: Container,
    *words: str,
    style: str = "",
    align: WD_ALIGN_PARAGRAPH | None = None,
    bold: bool = False,
    keep: bool = False,
) -> Paragraph:
    """Add a paragraph. Of several pieces of text the first is a bold label.

    `keep` keeps it on the page of the next one.
    """
    paragraph = _free_paragraph(container)
    if style or isinstance(container, _Cell):
        paragraph.style = style or TABLE_TEXT
    for number, piece in enumerate(words):
        run = paragraph.add_run(piece)
        if bold or (number == 0 and len(words) > 1):
            run.bold = run.font.cs_bold = True
    if align is not None:
        paragraph.alignment = align
    if keep:
        paragraph.paragraph_format.keep_with_next = True
    return paragraph


def tag(container: Container, words: str) -> None:
    """Add a paragraph that holds only a tag and is gone when the template is filled in."""
    line(container, f"{{%p {words} %}}", keep=True)


def plain_table(page: Document, widths: Sequence[float]) -> Table:
    """A table without lines and rows; `widths` in centimetres."""
    table = page.add_table(0, len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def ruled_table(page: Document, columns: Sequence[tuple[str, float]]) -> Table:
    """A table with lines whose heading is repeated on each page; columns are (heading, width)."""
    table = plain_table(page, [width for _heading, width in columns])
    table.style = page.styles["Table Grid"]
    head = row(table)
    for cell, (heading, _width) in zip(head.cells, columns, strict=True):
        line(cell, heading, align=CENTRE, bold=True)
    repeat(head)
    return table


def row(table: Table, *texts: str) -> _Row:
    """Add a row; a cell without a text is left to be filled or merged."""
    added = table.add_row()
    for cell, text in zip(added.cells, texts, strict=False):
        if text:
            line(cell, text)
    return added


def tag_row(table: Table, words: str, *, first: int = 0) -> _Row:
    """Add a row that holds only a tag, in one cell from the column `first` on."""
    added = table.add_row()
    cells = added.cells
    line(cells[first].merge(cells[-1]), f"{{%tr {words} %}}")
    return added


def repeat(head: _Row) -> None:
    """Print the row again at the top of each page the table runs on to."""
    keep_whole(head)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_whole(added: _Row) -> None:
    """Do not let a page end inside the row."""
    added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _free_paragraph(container: Container) -> Paragraph:
    """A new paragraph, or the one an empty cell has from the beginning."""
    if isinstance(container, _Cell) and not container.text and len(container.paragraphs) == 1:
        return container.paragraphs[0]
    return container.add_paragraph()


def _lighten(page: Document) -> None:
    """Drop what python-docx's own start document brings along and no paper of ours uses."""
    part = page.part
    for relation in list(part.rels.values()):
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE or "stylesWithEffects" in (
            relation.reltype
        ):
            part.rels.pop(relation.rId)
    package = part.package
    for relation in list(package.rels.values()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package.rels.pop(relation.rId)
    for style in list(page.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in {"Normal Table", "Table Grid"}:
            style.delete()
    fonts = Part(
        PackURI("/word/fontTable.xml"),
        CONTENT_TYPE.WML_FONT_TABLE,
        _FONT_TABLE.encode(),
        package,
    )
    part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)
    properties = page.core_properties
    properties.author = properties.comments = ""
    for moment in ("dcterms:created", "dcterms:modified"):
        for element in properties._element.findall(qn(moment)):
            properties._element.remove(element)


def _set_language(page: Document) -> None:
    page.core_properties.language = LANGUAGE
    settings = page.settings.element
    old = settings.find(qn("w:compat"))
    settings.replace(old, parse_xml(_COMPATIBILITY))
    theme = settings.find(qn("w:themeFontLang"))
    theme.attrib.clear()
    theme.set(qn("w:val"), LANGUAGE)
    theme.set(qn("w:bidi"), LANGUAGE)
    defaults = page.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    defaults.replace(defaults.find(qn("w:rPr")), _letters(12, bold=False))


def _set_styles(page: Document, table_points: int) -> None:
    table_text = page.styles.add_style(TABLE_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    table_text.base_style = page.styles["Normal"]
    dress = partial(_dress, page)
    dress("Normal", 12, after=6)
    dress(TABLE_TEXT, table_points, after=2)
    dress("Title", 14, after=2, bold=True)
    dress("Heading 1", 14, after=4, bold=True)
    dress("Heading 2", 12, before=10, after=3, bold=True)


def _dress(
    page: Document, name: str, size: int, *, before: int = 0, after: int = 0, bold: bool = False
) -> None:
    """Give a style our letters and distances (in points) in place of what it came with."""
    style = cast(ParagraphStyle, page.styles[name])
    element = style.element
    for old in element.xpath("w:rPr | w:pPr/w:pBdr | w:pPr/w:contextualSpacing"):
        old.getparent().remove(old)
    element.append(_letters(size, bold=bold))
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(before), Pt(after)
    spacing.line_spacing = 1.15
    spacing.widow_control = True
    if name in {"Title", "Heading 1"}:
        spacing.alignment = CENTRE


def _letters(size: int, *, bold: bool) -> BaseOxmlElement:
    weight = "<w:b/><w:bCs/>" if bold else ""
    return parse_xml(
        f"<w:rPr {nsdecls('w')}>"
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        f'{weight}<w:sz w:val="{2 * size}"/><w:szCs w:val="{2 * size}"/>'
        f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="{LANGUAGE}"/></w:rPr>'
    )


def _number_pages(paragraph: Paragraph) -> None:
    """“পৃষ্ঠা 2 / 5”. Word has no Bengali figures for page numbers, so the font's are taken."""
    paragraph.alignment = CENTRE
    paragraph.add_run("পৃষ্ঠা ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple", {qn("w:instr"): instruction})
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
