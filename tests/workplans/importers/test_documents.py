"""What is particular to Word files, workbooks and pages."""

import copy
import io
from datetime import date

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.workplans.importers.build import (
    FORM_2016,
    add_to_docx,
    as_docx,
    as_html,
    as_tsv,
    as_xlsx,
    fill_sheet,
    saved,
    table,
)
from tests.workplans.importers.fixture import make_tasks
from workplans.importers import read_paste, read_plan
from workplans.periods import Period

YEAR = Period.parse("2022")
TASKS = make_tasks()


def opened(word):
    return docx.Document(io.BytesIO(word))


def numbered(paragraph, list_id):
    """Give a paragraph an automatic number, as Word's numbering button does."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = list_id


def element(name, **attributes):
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def decimal_list(document):
    """A list of the document's numbering part that counts in decimals from 5."""
    root = document.part.numbering_part.element
    definition = element("w:abstractNum", abstractNumId="900")
    level = element("w:lvl", ilvl="0")
    level.extend([element("w:start", val="5"), element("w:numFmt", val="decimal")])
    definition.append(level)
    root.insert(0, definition)
    return root.add_num(900).numId


def test_word_table_on_every_page_with_its_own_head_is_one_plan():
    document = docx.Document()
    for at in range(0, 21, 7):
        add_to_docx(document, table(FORM_2016, TASKS[at : at + 7]))
        document.add_paragraph("পরের পৃষ্ঠা")
    plan = read_plan(saved(document), period=YEAR)
    assert [row.title for row in plan.rows] == [task.title for task in TASKS]
    assert plan.rows[7].location == "টেবিল ২, সারি ৩"


def test_numbers_written_by_word_become_serials():
    document = opened(as_docx(table(FORM_2016, TASKS[:4])))
    decimal = decimal_list(document)
    for cell in document.tables[0].columns[0].cells[2:]:
        cell.paragraphs[0].text = ""
        numbered(cell.paragraphs[0], decimal)
    plan = read_plan(saved(document), period=YEAR)
    assert [row.serial for row in plan.rows] == ["৫", "৬", "৭", "৮"]


def test_deleted_and_hidden_words_are_left_out():
    document = opened(as_docx(table(FORM_2016, TASKS[:1])))
    paragraph = document.tables[0].cell(2, 2).paragraphs[0]
    deleted = element("w:del", id="1", author="x")
    run = copy.deepcopy(paragraph.runs[0]._r)
    run.find(qn("w:t")).tag = qn("w:delText")
    deleted.append(run)
    paragraph._p.append(deleted)
    paragraph.add_run("লুকানো").font.hidden = True
    paragraph.add_run(" শেষ।")
    row = read_plan(saved(document), period=YEAR).rows[0]
    assert row.title == f"{TASKS[0].title} শেষ।"


def test_deleted_row_is_left_out():
    document = opened(as_docx(table(FORM_2016, TASKS[:2], merged=False)))
    row = document.tables[0].rows[3]._tr
    row.get_or_add_trPr().append(element("w:del", id="1", author="x"))
    assert len(read_plan(saved(document), period=YEAR).rows) == 1


def test_table_inside_a_cell_becomes_its_words():
    document = opened(as_docx(table(FORM_2016, TASKS[:1])))
    inner = document.tables[0].cell(2, 6).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "লক্ষ্য", "৫০টি"
    row = read_plan(saved(document), period=YEAR).rows[0]
    assert row.expected_result == f"{TASKS[0].expected_result}\nলক্ষ্য ৫০টি"


def test_plan_inside_a_layout_table_is_found():
    document = docx.Document()
    outer = document.add_table(rows=1, cols=1)
    add_to_docx(outer.cell(0, 0), table(FORM_2016, TASKS))
    assert len(read_plan(saved(document), period=YEAR).rows) == 21
    page = f"<table><tr><td>{as_html(table(FORM_2016, TASKS))}</td></tr></table>"
    assert len(read_plan(page, period=YEAR).rows) == 21


def test_dates_numbers_and_percentages_of_a_workbook_are_read_as_shown():
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(table(FORM_2016, TASKS[:1]))))
    sheet = book.active
    sheet["D5"] = date(2022, 3, 10)
    sheet["H5"] = 0.75
    sheet["H5"].number_format = "0%"
    sheet["G5"] = 12.0
    row = read_plan(saved(book), period=YEAR).rows[0]
    assert row.starts_on == date(2022, 3, 10)
    assert (row.serial, row.expected_result, row.measure) == ("১", "12", "75%")


def test_hidden_row_is_left_out_and_listed():
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(table(FORM_2016, TASKS, merged=False))))
    book.active.row_dimensions[6].hidden = True
    plan = read_plan(saved(book), period=YEAR)
    assert len(plan.rows) == 20
    assert "সারি ৬" in plan.skipped[-1].line
    assert "লুকানো" in plan.skipped[-1].reason


@pytest.mark.parametrize("wanted", [2021, 2022])
def test_sheet_whose_dates_fit_the_period_is_read(wanted):
    book = openpyxl.Workbook()
    book.active.title = "সদস্য"
    book.active.append(["ক্রম", "নাম", "পদবি"])
    for year in (2021, 2022):
        fill_sheet(book.create_sheet(str(year)), table(FORM_2016, make_tasks(year)))
    plan = read_plan(saved(book), period=Period.parse(str(wanted)))
    assert {row.starts_on.year for row in plan.rows} == {wanted}
    assert [line.line for line in plan.skipped if "শিটেও" in line.reason] == [str(4043 - wanted)]


def test_visible_sheet_goes_before_a_hidden_one():
    book = openpyxl.Workbook()
    book.active.title = "খসড়া"
    fill_sheet(book.active, table(FORM_2016, TASKS))
    fill_sheet(book.create_sheet("চূড়ান্ত"), table(FORM_2016, TASKS))
    book["খসড়া"].sheet_state = "hidden"
    book.active = 1
    plan = read_plan(saved(book), period=YEAR)
    assert plan.rows[0].location == "শিট ‘চূড়ান্ত’, সারি ৫"


def test_rows_hidden_on_a_page_and_unseen_elements_are_left_out():
    html = (
        "<table><tr><td>ক্রম<td>কার্যক্রম<td>শুরু<td>শেষ<td>বাস্তবায়নকারী</tr>"
        "<tr><td>১<td>সভা<script>x</script><!-- y --> করা।<td>১/৩/২০২২<td>২/৩/২০২২<td>ইউএনও</tr>"
        "<tr style='display:none'><td>২<td>গোপন।<td>১/৩/২০২২<td>২/৩/২০২২<td>ইউএনও</tr></table>"
    )
    plan = read_plan(html, period=YEAR)
    assert [row.title for row in plan.rows] == ["সভা করা।"]
    assert "লুকানো" in plan.skipped[0].reason


def test_page_saved_by_word_in_windows_encoding_is_read():
    page = as_html(table(FORM_2016, TASKS)).replace("<body>", "<body>‘Plan’ ")
    saved_page = page.encode("cp1252", "xmlcharrefreplace")
    assert len(read_plan(saved_page, filename="plan.htm", period=YEAR).rows) == 21


def test_clipboard_header_before_the_page_does_no_harm():
    html = "Version:0.9\r\nStartHTML:00000097\r\n" + as_html(table(FORM_2016, TASKS))
    assert len(read_paste("", html, period=YEAR).rows) == 21


def test_comma_separated_file_is_read():
    text = as_tsv(table(FORM_2016, TASKS[:3])).replace(",", "،").replace("\t", ",")
    plan = read_plan(text.encode(), filename="plan.csv", period=YEAR)
    assert [row.starts_on for row in plan.rows] == [task.starts_on for task in TASKS[:3]]
