"""The plan as an Excel file and as a PDF: what stands where."""

from datetime import date
from io import BytesIO
from urllib.parse import quote

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.factories import Team, client_of, make_plan, make_progress, make_task
from workplans.documents import draw_plan, plan_content
from workplans.models import WorkPlan
from workplans.papers.excel import HEAD_LINE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SERIAL, SUBJECT, TITLE = "ক্রঃ নং", "বিষয়", "প্রস্তাবিত বিষয় (গৃহীতব্য কাজের নাম)"
START, END, PERIOD = "শুরুর তারিখ", "সমাপ্তির তারিখ", "বাস্তবায়নকাল"
REST = ["দায়িত্বপ্রাপ্ত কর্মকর্তা", "প্রত্যাশিত ফলাফল", "পরিমাপ"]
HEADINGS = {
    "subject": [SERIAL, SUBJECT, TITLE, START, END, *REST],
    "progress": [SERIAL, SUBJECT, TITLE, START, END, *REST, "অগ্রগতি"],
    "combined": [SERIAL, TITLE, PERIOD, *REST],
}


def book_of(plan: WorkPlan, team: Team, language: str = "bn", form: str = "") -> Workbook:
    """The file as Excel would open it."""
    client = client_of(team.member)
    client.cookies["django_language"] = language
    asked = {"form": form} if form else {}
    response = client.get(reverse("workplans:xlsx", args=[plan.pk]), asked)
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert (
        quote(f"কর্মপরিকল্পনা {team.office.place_bn} 2026-2027.xlsx")
        in response["Content-Disposition"]
    )
    return load_workbook(BytesIO(b"".join(response.streaming_content)))


def sheet_of(plan: WorkPlan, team: Team, language: str = "bn") -> Worksheet:
    """Its first sheet, the plan's table."""
    return book_of(plan, team, language).worksheets[0]


def first_line(sheet: Worksheet) -> int:
    """The line below the heading, which stays in sight."""
    return int(sheet.freeze_panes.removeprefix("A"))


def words(sheet: Worksheet, first_row: int = 0) -> list[list[object]]:
    """The lines of the table, without the hidden marks in its last column."""
    rows = sheet.iter_rows(min_row=first_row or first_line(sheet), values_only=True)
    return [list(row)[:-1] for row in rows]


def headings(sheet: Worksheet) -> list[str]:
    """What stands over each column: the lowest heading, without the note below it."""
    lines = words(sheet, HEAD_LINE)[: first_line(sheet) - HEAD_LINE]
    lowest = [next(filter(None, reversed(column)), "") for column in zip(*lines, strict=True)]
    return [str(heading).partition("\n")[0] for heading in lowest]


@pytest.mark.parametrize("form", HEADINGS)
def test_columns_are_those_of_the_printed_form(team: Team, form: str) -> None:
    plan = make_plan(team.office, by=team.head, form=form)
    sheet = sheet_of(plan, team)
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == [
        "ইনোভেশন সংক্রান্ত বাৎসরিক কর্মপরিকল্পনা",
        "kaliganj কার্যালয়",
        "২০২৬–২৭ অর্থবছর",
    ]
    assert headings(sheet) == HEADINGS[form]
    assert len(words(sheet)) == 1
    ends = first_line(sheet) - 1
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == (f"$5:${ends}", "landscape")


def test_rows_stand_in_the_order_of_the_plan_under_merged_subjects(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    for subject, title in [("ক", "এক"), ("খ", "দুই"), ("ক", "তিন"), ("গ", "চার"), ("খ", "পাঁচ")]:
        make_task(plan, by=team.head, subject=subject, title=title)
    sheet = sheet_of(plan, team)
    assert [row[:3] for row in words(sheet)] == [
        ["১", "ক", "এক"],
        ["২", None, "তিন"],
        ["৩", "খ", "দুই"],
        ["৪", None, "পাঁচ"],
        ["৫", "গ", "চার"],
    ]
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    heads = {f"{column}5:{column}6" for column in "ABCFGHI"} | {"D5:E5"}
    assert merged == {"A1:I1", "A2:I2", "A3:I3", "B7:B8", "B9:B10"} | heads


def test_certain_dates_are_dates_and_others_stay_words(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    make_task(plan, by=team.head, start_text="০১/০৮/২০২৬", end_text="৩১ ডিসেম্বর ২০২৬")
    make_task(plan, by=team.head, start_text="প্রতি মাসের ১৫ তারিখ", end_text="")
    dated, monthly = words(sheet_of(plan, team))
    assert [cell.date() for cell in dated[3:5]] == [date(2026, 8, 1), date(2026, 12, 31)]
    assert monthly[3:5] == ["প্রতি মাসের ১৫ তারিখ", None]


def test_combined_form_has_one_period_in_words(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0, form="combined")
    make_task(plan, by=team.head, start_text="০১/০৮/২০২৬", end_text="৩১/১২/২০২৬")
    make_task(plan, by=team.head, start_text="জুলাই-ডিসেম্বর ২০২৬ এর মধ্যে", end_text="")
    periods = [row[2] for row in words(sheet_of(plan, team))]
    assert periods == ["১ আগস্ট ২০২৬ – ৩১ ডিসেম্বর ২০২৬", "জুলাই-ডিসেম্বর ২০২৬ এর মধ্যে"]


def test_progress_column_has_the_last_words_and_the_figure(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=2)
    make_progress(plan.tasks.first(), by=team.head, percent=40)
    progress = [row[-1] for row in words(sheet_of(plan, team))]
    assert progress == ["প্রথম ধাপের ফরম ছাপা হয়েছে (৪০%)", "শুরু হয়নি"]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "#N/A", "TRUE", "১২৩", "123"]


@pytest.mark.parametrize("typed", FORMULAS)
def test_text_that_looks_like_a_formula_stays_text(team: Team, typed: str) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    cells = dict.fromkeys(("subject", "title", "responsible_text", "measure", "end_text"), typed)
    make_task(plan, by=team.head, **cells)
    sheet = sheet_of(plan, team)
    for column in (2, 3, 5, 6, 8):
        cell = sheet.cell(first_line(sheet), column)
        assert (cell.value, cell.data_type) == (typed, "s")


def test_file_is_in_bengali_whatever_the_language_of_the_page(team: Team) -> None:
    plan = make_plan(team.office, by=team.head)
    assert words(sheet_of(plan, team, "en"), 1) == words(sheet_of(plan, team, "bn"), 1)


def test_longest_texts_and_odd_characters_make_a_file(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    long = "স্বাস্থ্য " * 3_000
    client_of(team.head).post(
        reverse("workplans:task_create", args=[plan.pk]),
        {
            "title": "ক\x07খ\x02",
            "measure": "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
        },
    )
    make_task(plan, by=team.head, title=long[:20_000])
    titles = {row[2] for row in words(sheet_of(plan, team))}
    assert titles == {"কখ", long[:20_000]}


def test_plan_without_rows_makes_a_file_and_a_paper(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    assert words(sheet_of(plan, team)) == []
    assert draw_plan(plan_content(plan)).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("form", HEADINGS)
def test_paper_says_what_the_file_says(team: Team, form: str) -> None:
    plan = make_plan(team.office, by=team.head, tasks=3, form=form)
    table = plan_content(plan)["table"]
    assert [column["heading"] for column in table["columns"]] == HEADINGS[form][1:]
    assert headings(sheet_of(plan, team)) == HEADINGS[form]
    rows = [row for group in table["groups"] for row in group["rows"]]
    sheet_rows = words(sheet_of(plan, team))
    assert [row["title"] for row in rows] == [
        row[HEADINGS[form].index(TITLE)] for row in sheet_rows
    ]
    assert {column["key"] for column in table["columns"]} - {"subject"} <= set(rows[0])


def test_state_on_paper_is_that_of_the_day(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    make_task(plan, by=team.head, end_text="২০ নভেম্বর ২০২৬")
    content = plan_content(plan)
    assert content["table"]["groups"][0]["rows"][0]["state"] == "late"
    assert (content["date"], content["status"]) == ("২১ নভেম্বর ২০২৬", "খসড়া")
    assert date(2026, 11, 21).isoformat() not in str(content["table"])
