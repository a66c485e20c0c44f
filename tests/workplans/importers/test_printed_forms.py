"""The same plan in every form and every kind of file reads as the same rows."""

from datetime import date

import pytest

from bangla.digits import to_bangla
from tests.workplans.importers.build import (
    FORM_2016,
    FORM_COMBINED,
    FORM_PROGRESS,
    Merge,
    Table,
    as_docx,
    as_html,
    as_tsv,
    as_xlsx,
    table,
)
from tests.workplans.importers.fixture import make_tasks
from workplans.importers import read_paste, read_plan
from workplans.periods import Period

YEAR = Period.parse("2022")
WRITERS = {
    "tsv": lambda printed: as_tsv(printed).encode(),
    "tsv in utf-16": lambda printed: as_tsv(printed).encode("utf-16"),
    "tsv with mark": lambda printed: as_tsv(printed).encode("utf-8-sig"),
    "html": lambda printed: as_html(printed).encode(),
    "docx": as_docx,
    "xlsx": as_xlsx,
    "xlsx with dates in words": lambda printed: as_xlsx(printed, real_dates=False),
}


@pytest.fixture(params=WRITERS)
def write(request):
    return WRITERS[request.param]


def told(row):
    """What a row says, without where it stood and what is doubtful."""
    return (
        row.subject, row.title, row.starts_on, row.ends_on, row.responsible,
        row.expected_result, row.measure, row.progress,
    )  # fmt: skip


def serials(count):
    return [to_bangla(number) for number in range(1, count + 1)]


@pytest.mark.parametrize("merged", [True, False], ids=["merged", "blank"])
def test_form_of_2016_is_read_whole(write, merged):
    tasks = make_tasks()
    plan = read_plan(write(table(FORM_2016, tasks, merged=merged)), period=YEAR)
    assert [told(row) for row in plan.rows] == [told(task) for task in tasks]
    assert [row.serial for row in plan.rows] == serials(21)
    assert len({row.subject for row in plan.rows}) == 10
    assert [row.doubts for row in plan.rows] == [()] * 21


def test_progress_column_and_other_order_are_read(write):
    tasks = make_tasks(progress=True)
    plan = read_plan(write(table(FORM_PROGRESS, tasks)), period=YEAR)
    assert [told(row) for row in plan.rows] == [told(task) for task in tasks]
    assert [row.doubts for row in plan.rows] == [()] * 21


def test_one_column_for_both_dates_and_no_subject_are_read(write):
    tasks = make_tasks()
    plan = read_plan(write(table(FORM_COMBINED, tasks)), period=YEAR)
    assert [told(row)[1:] for row in plan.rows] == [told(task)[1:] for task in tasks]
    assert {row.subject for row in plan.rows} == {""}
    assert [row.doubts for row in plan.rows] == [()] * 21
    assert [row.start_text for row in plan.rows] == [row.schedule_text for row in plan.rows]
    assert {row.end_text for row in plan.rows} == {""}


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx"])
def test_words_merged_over_rows_and_columns_belong_to_all_of_them(kind):
    printed = table(FORM_2016, make_tasks()[:3], merged=False)
    rows = [list(row) for row in printed.rows]
    rows[3][5] = rows[4][5] = ""
    rows[4][3:5] = ["প্রতি মাসের ১৫ তারিখ", ""]
    merges = (*printed.merges, Merge(2, 5, 4, 5), Merge(4, 3, 4, 4))
    plan = read_plan(WRITERS[kind](Table(tuple(map(tuple, rows)), merges)), period=YEAR)
    assert [row.responsible for row in plan.rows] == [make_tasks()[0].responsible] * 3
    assert [row.recurrence for row in plan.rows] == ["", "", "month/1/15/"]
    assert [row.doubts for row in plan.rows] == [(), (), ()]
    # Words that stand over both date columns are typed once.
    assert (plan.rows[2].start_text, plan.rows[2].end_text) == ("প্রতি মাসের ১৫ তারিখ", "")


def test_paste_prefers_html_because_it_keeps_merged_cells():
    printed = table(FORM_2016, make_tasks())
    plan = read_paste(as_tsv(table(FORM_2016, make_tasks()[:3])), as_html(printed), period=YEAR)
    assert len(plan.rows) == 21


def test_paste_falls_back_to_text_when_html_holds_no_table():
    printed = table(FORM_2016, make_tasks())
    plan = read_paste(as_tsv(printed), "<html><body><p>কিছু নেই</p></body></html>", period=YEAR)
    assert len(plan.rows) == 21


def test_json_has_iso_dates_doubts_and_skipped_lines():
    task = make_tasks()[0]
    text = "শিরোনাম\n" + as_tsv(table(FORM_2016, [task]))
    found = read_plan(text, filename="plan.txt", period=YEAR).as_json()
    assert found["period"] == {
        "code": "2022",
        "kind": "calendar",
        "starts_on": "2022-01-01",
        "ends_on": "2022-12-31",
    }
    assert found["rows"][0] == {
        "serial": "১",
        "subject": task.subject,
        "title": task.title,
        "starts_on": "2022-01-10",
        "ends_on": "2022-02-05",
        "schedule_text": found["rows"][0]["schedule_text"],
        "responsible": task.responsible,
        "expected_result": task.expected_result,
        "measure": task.measure,
        "progress": "",
        "doubts": [],
        "recurrence": "",
        "location": "লাইন ৪",
        "start_text": "১০ জানুয়ারি ২০২২",
        "end_text": "৫ ফেব্রুয়ারি ২০২২",
        "row_id": "",
        "columns": [
            "serial",
            "subject",
            "title",
            "start",
            "end",
            "responsible",
            "expected_result",
            "measure",
        ],
        "subject_weight": None,
        "indicators": [],
        "entries": [],
        "terms": None,
    }
    assert found["skipped"] == [{"line": "লাইন ১: শিরোনাম", "reason": "ছকের বাইরের লেখা।"}]


def test_dates_without_a_year_are_told_apart_from_certain_ones():
    text = as_tsv(table(FORM_2016, make_tasks()[:1])).replace("১০ জানুয়ারি ২০২২", "১০ জানুয়ারি")
    row = read_plan(text, period=YEAR).rows[0]
    assert row.starts_on == date(2022, 1, 10)
    assert [doubt.field for doubt in row.doubts] == ["starts_on"]
