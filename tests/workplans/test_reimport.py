"""An edited export handed back: what differs is shown first, and what is ticked is written."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from io import BytesIO

import docx
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tests.factories import Team, client_of, make_plan, make_task, make_team, take_plan_to
from tests.pages import find, form_fields, one_line, texts_of
from tests.workplans.full_plan import make_full_plan
from tests.workplans.importers.build import FORM_PROGRESS, as_tsv, table
from tests.workplans.rows import save
from tests.workplans.tables import ROWS
from workplans.actions import delete_task, start_revision
from workplans.enums import PlanForm, PlanStatus
from workplans.exchange import PDF_DATA
from workplans.exports import plan_workbook
from workplans.importers.exported import read_exported
from workplans.models import PlanImport, ProgressEntry, WorkPlan
from workplans.updates import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

NOTHING = "কোনো পার্থক্য নেই"
TABLE, INDICATORS, ENTRIES = "কর্মপরিকল্পনা", "সূচক", "অগ্রগতি"


@pytest.fixture
def full(plan: WorkPlan, team: Team) -> WorkPlan:
    return make_full_plan(plan, by=team.innovation_officer)


def book_of(plan: WorkPlan, form: str = "") -> Workbook:
    """The export as it is opened in Excel."""
    return load_workbook(plan_workbook(plan, form))


def cell(sheet: Worksheet, heading: str, words: str, nth: int = 0) -> Cell:
    """The cell under a heading, in the nth line that has a cell of these words."""
    columns = [c.column for row in sheet.iter_rows(max_row=6) for c in row if _says(c, heading)]
    lines = [row[0].row for row in sheet.iter_rows() if any(c.value == words for c in row)]
    return sheet.cell(lines[nth], columns[0])


def _says(cell: Cell, words: str) -> bool:
    return str(cell.value or "").startswith(words)


def give(client: Client, plan: WorkPlan, book: Workbook) -> HttpResponse:
    """Hand the edited file in; answers with the page of differences."""
    written = BytesIO()
    book.save(written)
    file = SimpleUploadedFile("পরিকল্পনা.xlsx", written.getvalue())
    response = client.post(reverse("workplans:import_create", args=[plan.pk]), {"file": file})
    assert response.status_code == 302, texts_of(response, ".invalid-feedback")
    return client.get(response.url)


def offered(page: HttpResponse) -> list[str]:
    return [one_line(box) for box in find(page, ".update")]


def ticked(page: HttpResponse) -> list[str]:
    return [box.get("value") for box in find(page, "input[name='take'][checked]")]


def every(page: HttpResponse) -> list[str]:
    return [box.get("value") for box in find(page, "input[name='take']")]


def take(client: Client, page: HttpResponse, chosen: list[str] | None = None) -> HttpResponse:
    """Send the ticks as they stand, or others."""
    tokens = ticked(page) if chosen is None else chosen
    return client.post(page.wsgi_request.get_full_path(), {"take": tokens})


def everything(plan: WorkPlan) -> dict[str, object]:
    """All that a plan says, but for versions and moments."""
    tasks = plan.tasks.kept().select_related("subject").in_order()
    return {
        f"{task.pk}.{name}": value
        for task in tasks
        for name, value in {
            "subject": task.subject.name,
            "weight": task.subject.weight,
            **{
                field: getattr(task, field)
                for field in (
                    *("title", "start_text", "end_text", "responsible_text", "measure"),
                    *("expected_result", "starts_on", "ends_on", "recurrence"),
                )
            },
            "terms": sorted(task.terms.values_list("number", flat=True)),
            "indicators": [
                (
                    *(one.name, one.unit, one.weight, one.previous, one.targets, one.projection),
                    *one.quarter_targets.values_list("quarter", "target"),
                )
                for one in task.indicators.kept()
            ],
            "progress": list(
                task.progress.values_list("on", "text", "percent", "part", "achieved_value")
            ),
        }.items()
    }


def changed_in(before: dict[str, object], plan: WorkPlan) -> dict[str, object]:
    after = everything(plan)
    keys = before.keys() | after.keys()
    return {key: after.get(key) for key in keys if before.get(key) != after.get(key)}


# --- Cells ---------------------------------------------------------------------------------------
def test_just_the_edited_cells_are_changed(client: Client, full: WorkPlan) -> None:
    task = full.tasks.in_order().first()
    before = everything(full)
    book = book_of(full)
    sheet = book[TABLE]
    cell(sheet, "পরিমাপ", "১").value = "অনুমোদিত নকশা\n৩টি ফরম"
    cell(sheet, "সমাপ্তির তারিখ", "১").value = date(2027, 1, 31)
    page = give(client, full, book)
    assert texts_of(page, ".update b") == ["সমাপ্তির তারিখ", "পরিমাপ"]
    assert [box.text for box in find(page, ".update del")] == ["ডিসেম্বর ২০২৬", "২টি "]
    assert [box.text for box in find(page, ".update ins")] == ["জানুয়ারি ২০২৭", "৩টি "]
    assert "৫টি সারি একই আছে" in one_line(find(page, "main .head")[0])
    assert everything(full) == before
    response = take(client, page)
    assert response.url == full.get_absolute_url()
    assert "২টি পরিবর্তন পরিকল্পনায় নেওয়া হয়েছে।" in texts_of(client.get(response.url), ".alert")
    assert changed_in(before, full) == {
        f"{task.pk}.measure": "অনুমোদিত নকশা\n৩টি ফরম",
        f"{task.pk}.end_text": "৩১ জানুয়ারি ২০২৭",
        f"{task.pk}.ends_on": date(2027, 1, 31),
    }


def test_what_is_not_ticked_stays(client: Client, full: WorkPlan) -> None:
    book = book_of(full)
    cell(book[TABLE], "পরিমাপ", "১").value = "নতুন পরিমাপ"
    cell(book[TABLE], "প্রত্যাশিত ফলাফল", "১").value = "নতুন ফলাফল"
    page = give(client, full, book)
    before = everything(full)
    [measure] = [token for token in ticked(page) if ".measure:" in token]
    take(client, page, [measure])
    assert list(changed_in(before, full).values()) == ["নতুন পরিমাপ"]


def test_a_form_without_a_column_leaves_it_alone(client: Client, full: WorkPlan) -> None:
    book = book_of(full, PlanForm.COMBINED)
    cell(book[TABLE], "বাস্তবায়নকাল", "১").value = "১ আগস্ট ২০২৬ হতে ৩১ জানুয়ারি ২০২৭"
    before = everything(full)
    page = give(client, full, book)
    assert texts_of(page, ".update b") == ["বাস্তবায়নকাল"]
    take(client, page)
    task = full.tasks.in_order().first()
    assert changed_in(before, full) == {
        f"{task.pk}.start_text": "১ আগস্ট ২০২৬ হতে ৩১ জানুয়ারি ২০২৭",
        f"{task.pk}.end_text": "",
        f"{task.pk}.ends_on": date(2027, 1, 31),
    }


def test_deadline_told_in_the_first_cell_survives_a_new_start(
    client: Client, full: WorkPlan
) -> None:
    book = book_of(full)
    cell(book[TABLE], "শুরুর তারিখ", "৫").value = "১ অক্টোবর ২০২৬"
    take(client, give(client, full, book))
    task = full.tasks.get(expected_result__startswith="অন্তত ২০টি")
    assert (task.starts_on, task.ends_on) == (date(2026, 10, 1), date(2026, 12, 31))


def test_indicators_terms_weights_and_progress_come_back(client: Client, full: WorkPlan) -> None:
    book = book_of(full, PlanForm.SCORED)
    sheet = book[TABLE]
    cell(sheet, "উদ্দেশ্যের মান", "১").value = 55
    cell(sheet, "অতি উত্তম", "১").value = "৮.৫"
    cell(sheet, "কার্যপরিধি", "১").value = "৩, ৯"
    cell(book[INDICATORS], "৪র্থ", "১").value = "৭.৫"
    line = book[ENTRIES].max_row + 1
    entry = {2: "মাসিক সমন্বয় সভা আয়োজন", 3: date(2026, 11, 20), 4: "সভা হয়েছে", 5: 30}
    for column, value in entry.items():
        book[ENTRIES].cell(line, column).value = value
    page = give(client, full, book)
    assert len(offered(page)) == 5
    take(client, page)
    task = full.tasks.in_order().first()
    assert task.subject.weight == 55
    assert sorted(task.terms.values_list("number", flat=True)) == [3, 9]
    indicator = task.indicators.first()
    assert (indicator.target_90, indicator.target_100) == ("৮.৫", "৭")
    assert indicator.quarter_targets.get(quarter=4).target == "৭.৫"
    [reported] = ProgressEntry.objects.filter(text="সভা হয়েছে")
    assert (reported.percent, reported.on) == (30, date(2026, 11, 20))
    assert reported.task.title == "মাসিক সমন্বয় সভা আয়োজন"


def test_what_cannot_stand_in_a_cell_is_said_there(client: Client, full: WorkPlan) -> None:
    book = book_of(full, PlanForm.SCORED)
    cell(book[TABLE], "একক", "১").value = "কেজি"
    cell(book[TABLE], "কার্যক্রম", "৩").value = None
    cell(book[TABLE], "উদ্দেশ্যের মান", "১").value = "অনেক"
    page = give(client, full, book)
    said = " ".join(texts_of(page, ".invalid-feedback"))
    assert "একক হতে পারে: সংখ্যা, %, তারিখ, হ্যাঁ/না।" in said
    assert "মান ০ থেকে ১০০-এর মধ্যে একটি সংখ্যা হতে হবে।" in said
    assert ticked(page) == []
    refused = take(client, page, every(page))
    assert refused.status_code == 409


def test_reported_progress_is_never_changed_by_a_file(client: Client, full: WorkPlan) -> None:
    book = book_of(full)
    cell(book[ENTRIES], "কী হয়েছে", "১").value = "খসড়া চূড়ান্ত হয়েছে"
    known = set(ProgressEntry.objects.values_list("pk", "text"))
    page = give(client, full, book)
    assert texts_of(page, ".update b") == ["নতুন অগ্রগতি"]
    take(client, page)
    assert known < set(ProgressEntry.objects.values_list("pk", "text"))
    assert ProgressEntry.objects.latest("pk").text == "খসড়া চূড়ান্ত হয়েছে"


def test_progress_typed_into_its_column_is_an_entry(client: Client, full: WorkPlan) -> None:
    book = book_of(full)
    cell(book[TABLE], "অগ্রগতি", "৬").value = "প্রস্তুতি চলছে (১৫%)"
    take(client, give(client, full, book))
    entry = ProgressEntry.objects.latest("pk")
    assert (entry.text, entry.percent, entry.on) == ("প্রস্তুতি চলছে", 15, date(2026, 11, 21))


# --- Rows ----------------------------------------------------------------------------------------
def test_row_put_between_two_others_stands_there(client: Client, full: WorkPlan) -> None:
    book = book_of(full)
    sheet = book[TABLE]
    line = cell(sheet, "ক্রঃ নং", "৩").row
    for merged in list(sheet.merged_cells.ranges):
        if merged.min_row > 6:
            sheet.unmerge_cells(str(merged))
    sheet.insert_rows(line + 1)
    for column, words in ((2, "প্রশিক্ষণ"), (3, "নতুন প্রশিক্ষণ"), (4, "১ জানুয়ারি ২০২৭")):
        sheet.cell(line + 1, column).value = words
    page = give(client, full, book)
    assert len(offered(page)) == 1
    take(client, page)
    titles = [task.title for task in full.tasks.kept().in_order()]
    assert titles[2:5] == [
        "মাসিক সমন্বয় সভা আয়োজন",
        "নতুন প্রশিক্ষণ",
        "ক) চাহিদা নিরূপণ খ) প্রশিক্ষণ গ) মূল্যায়ন",
    ]


def test_rows_in_another_order_are_put_in_it(client: Client, full: WorkPlan) -> None:
    book = book_of(full)
    sheet = book[TABLE]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    first = cell(sheet, "ক্রঃ নং", "৫").row
    for column in range(1, sheet.max_column + 1):
        above, below = sheet.cell(first, column), sheet.cell(first + 1, column)
        above.value, below.value = below.value, above.value
    sheet.cell(first, 2).value, sheet.cell(first + 1, 2).value = "উদ্ভাবন প্রদর্শনী", None
    before = [task.pk for task in full.tasks.kept().in_order()]
    page = give(client, full, book)
    assert offered(page) == ["সারির ক্রম ৩.১, ৩.২ ৩.২, ৩.১"]
    take(client, page)
    *same, fifth, sixth = before
    assert [task.pk for task in full.tasks.kept().in_order()] == [*same, sixth, fifth]


def test_row_copied_in_excel_is_a_new_row(client: Client, full: WorkPlan) -> None:
    book = book_of(full)
    sheet = book[TABLE]
    copied = [c.value for c in sheet[cell(sheet, "ক্রঃ নং", "৩").row]]
    for column, value in enumerate(copied, start=1):
        sheet.cell(sheet.max_row + (column == 1), column).value = value
    sheet.cell(sheet.max_row, 2).value = "প্রশিক্ষণ"
    page = give(client, full, book)
    assert "ফাইলে একই সারি দুবার আছে; দ্বিতীয়টি নতুন সারি ধরা হয়েছে।" in texts_of(page, ".doubt-note")
    take(client, page)
    assert full.tasks.kept().filter(title="মাসিক সমন্বয় সভা আয়োজন").count() == 2


def test_row_that_the_file_lacks_stays_unless_ticked(client: Client, full: WorkPlan) -> None:
    book = book_of(full)
    sheet = book[TABLE]
    sheet.delete_rows(cell(sheet, "ক্রঃ নং", "৬").row)
    before = everything(full)
    page = give(client, full, book)
    assert ticked(page) == []
    assert take(client, page).status_code == 422
    assert everything(full) == before
    take(client, page, every(page))
    assert full.tasks.kept().count() == 5


def test_row_deleted_meanwhile_comes_back_only_if_wanted(
    client: Client, team: Team, full: WorkPlan
) -> None:
    book = book_of(full)
    delete_task(task=full.tasks.in_order().last(), by=team.head)
    page = give(client, full, book)
    assert "সারিটি ফাইল নামানোর পর পরিকল্পনা থেকে মুছে ফেলা হয়েছে।" in texts_of(page, ".doubt-note")
    assert ticked(page) == []
    take(client, page, every(page))
    assert full.tasks.kept().count() == 6


# --- Two people ----------------------------------------------------------------------------------
def test_cell_changed_after_the_export_keeps_the_plans_words(
    client: Client, team: Team, full: WorkPlan
) -> None:
    book = book_of(full)
    cell(book[TABLE], "পরিমাপ", "১").value = "ফাইলের লেখা"
    task = full.tasks.in_order().first()
    save(client_of(team.head), task, measure="পরিকল্পনার লেখা")
    page = give(client, full, book)
    assert texts_of(page, ".conflict .words") == ["পরিকল্পনার লেখা", "ফাইলের লেখা"]
    assert ticked(page) == []
    take(client, page, every(page))
    task.refresh_from_db()
    assert task.measure == "ফাইলের লেখা"


def test_cell_changed_after_the_page_was_shown_is_asked_for_again(
    client: Client, team: Team, full: WorkPlan
) -> None:
    book = book_of(full)
    cell(book[TABLE], "পরিমাপ", "১").value = "ফাইলের লেখা"
    cell(book[TABLE], "পরিমাপ", "৫").value = "আরেকটি"
    page = give(client, full, book)
    task = full.tasks.in_order().first()
    save(client_of(team.head), task, measure="পরিকল্পনার লেখা")
    before = everything(full)
    stale = take(client, page)
    assert stale.status_code == 409
    assert everything(full) == before
    assert texts_of(stale, ".conflict .words") == ["পরিকল্পনার লেখা", "ফাইলের লেখা"]
    assert [".measure" in token for token in ticked(stale)] == [True]
    take(client, stale)
    task.refresh_from_db()
    assert task.measure == "পরিকল্পনার লেখা"
    assert full.tasks.filter(measure="আরেকটি").count() == 1


def test_form_sent_twice_is_written_once(client: Client, full: WorkPlan) -> None:
    book = book_of(full)
    cell(book[TABLE], "পরিমাপ", "১").value = "নতুন পরিমাপ"
    page = give(client, full, book)
    tokens = ticked(page)
    take(client, page, tokens)
    before = everything(full)
    again = take(client, page, tokens)
    assert again.url == full.get_absolute_url()
    assert everything(full) == before


def test_word_file_knows_when_it_was_made(client: Client, team: Team, full: WorkPlan) -> None:
    url = reverse("workplans:docx", args=[full.pk])
    paper = docx.Document(BytesIO(b"".join(client.get(url).streaming_content)))
    first, second = paper.tables[0].rows[3:5]  # below two lines of headings and the numbers
    first.cells[7].text = "ফাইলের লেখা"
    second.cells[7].text = "আরেকটি"
    written = BytesIO()
    paper.save(written)
    save(client_of(team.head), full.tasks.in_order().first(), measure="পরিকল্পনার লেখা")
    file = SimpleUploadedFile("পরিকল্পনা.docx", written.getvalue())
    response = client.post(reverse("workplans:import_create", args=[full.pk]), {"file": file})
    page = client.get(response.url)
    assert texts_of(page, ".conflict .words") == ["পরিকল্পনার লেখা", "ফাইলের লেখা"]
    before = everything(full)
    take(client, page)
    assert list(changed_in(before, full).values()) == ["আরেকটি"]


# --- Other plans ---------------------------------------------------------------------------------
def test_file_of_another_office_is_read_as_any_table(client: Client, plan: WorkPlan) -> None:
    other = make_team("elsewhere")
    theirs = make_full_plan(
        make_plan(other.office, by=other.head, tasks=0), by=other.innovation_officer
    )
    before = everything(theirs)
    page = give(client, plan, book_of(theirs))
    assert page.status_code == 200
    fields = form_fields(page, "main form")
    client.post(page.wsgi_request.path, fields)
    assert plan.tasks.kept().count() == 6
    assert everything(theirs) == before


def test_indicator_that_cannot_be_kept_as_written_is_a_doubt(
    client: Client, plan: WorkPlan
) -> None:
    other = make_team("elsewhere")
    theirs = make_full_plan(
        make_plan(other.office, by=other.head, tasks=0), by=other.innovation_officer
    )
    book = book_of(theirs, PlanForm.SCORED)
    sheet = book[TABLE]
    edits = {"একক": "কেজি", "সূচকের মান": "NaN", "প্রক্ষেপণ": "ক" * 90, "উদ্দেশ্যের মান": "৯৯৯"}
    for heading, words in edits.items():
        cell(sheet, heading, "১").value = words
    page = give(client, plan, book)
    client.post(page.wsgi_request.path, form_fields(page, "main form"))
    task = plan.tasks.kept().in_order().first()
    indicator = task.indicators.first()
    assert (indicator.unit, indicator.weight, indicator.projection) == ("number", None, "")
    assert task.subject.weight is None
    reasons = " ".join(doubt["reason"] for doubt in task.doubts)
    assert all(words in reasons for words in ("কেজি", "NaN", "ক" * 90))


def test_ids_that_somebody_typed_reach_no_other_plan(client: Client, full: WorkPlan) -> None:
    other = make_team("elsewhere")
    theirs = make_plan(other.office, by=other.head)
    book = book_of(full)
    sheet = book[TABLE]
    mark = next(c for c in sheet[5] if c.value == "udbhabon-row").column
    sheet.cell(7, mark).value = str(theirs.tasks.get().pk)
    before = everything(theirs)
    page = give(client, full, book)
    assert "সারিটির চিহ্ন এই পরিকল্পনার নয়; নতুন সারি ধরা হয়েছে।" in texts_of(page, ".doubt-note")
    take(client, page, every(page))
    assert everything(theirs) == before


def test_approved_plan_is_changed_by_a_revision_from_the_same_file(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=3)
    take_plan_to(plan, PlanStatus.APPROVED, by=team.head)
    book = book_of(plan)
    cell(book[TABLE], "পরিমাপ", "২").value = "নতুন পরিমাপ"
    client = client_of(team.innovation_officer)
    closed = client.get(reverse("workplans:import_create", args=[plan.pk]))
    assert closed.status_code == 403
    assert "আগে একটি সংশোধন শুরু করুন" in one_line(find(closed, "main")[0])
    assert reverse("workplans:revise", args=[plan.pk]) in closed.content.decode()
    revision = start_revision(workplan=plan, by=team.innovation_officer, reason="পরিমাপ বদলানো দরকার")
    page = give(client, revision, book)
    assert texts_of(page, ".update b") == ["পরিমাপ"]
    take(client, page)
    assert revision.tasks.filter(measure="নতুন পরিমাপ").count() == 1
    assert not plan.tasks.filter(measure="নতুন পরিমাপ").exists()


# --- Tables without marks ------------------------------------------------------------------------
def test_pasted_table_may_update_rows_of_the_same_title(
    client: Client, plan: WorkPlan, team: Team
) -> None:
    url = reverse("workplans:import_create", args=[plan.pk])
    first = client.get(client.post(url, {"pasted": as_tsv(table(FORM_PROGRESS, ROWS))}).url)
    client.post(first.wsgi_request.path, form_fields(first, "main form"))
    kept = set(plan.tasks.kept().values_list("pk", flat=True))
    changed = [ROWS[0], ROWS[1], ROWS[2]]
    words = as_tsv(table(FORM_PROGRESS, changed)).replace("সেবাগ্রহীতার সংখ্যা", "দিনে সেবাগ্রহীতা")
    ordinary = client.get(client.post(url, {"pasted": words}).url)
    [proposal] = find(ordinary, ".alert a[href='?mode=update']")
    page = client.get(ordinary.wsgi_request.path + proposal.get("href"))
    assert "কাজের নাম মিলিয়ে সারিগুলো ধরা হয়েছে" in one_line(find(page, "main")[0])
    assert texts_of(page, ".update b") == ["পরিমাপ"]
    take(client, page)
    assert set(plan.tasks.kept().values_list("pk", flat=True)) == kept
    assert plan.tasks.filter(measure="দিনে সেবাগ্রহীতা").count() == 1


# --- Papers --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "data",
    [
        b"not JSON",
        b"[]",
        b'{"mark": 7, "lines": {}}',
        b'{"mark": {"plan": 1, "form": "nothing"}, "lines": [["1", {"title": "x"}]]}',
        b'{"mark": {"plan": 1, "form": "scored", "versions": [1]}, "lines": [["1", 5], 6, [7]]}',
        b"[" * 100_000,
    ],
)
def test_pdf_with_other_data_is_no_plan(client: Client, plan: WorkPlan, data: bytes) -> None:
    file = SimpleUploadedFile("পরিকল্পনা.pdf", pdf_carrying(data))
    response = client.post(reverse("workplans:import_create", args=[plan.pk]), {"file": file})
    assert response.status_code == 422
    assert "পিডিএফ থেকে ছক নির্ভুলভাবে পড়া যায় না" in " ".join(texts_of(response, ".invalid-feedback"))


def test_odd_words_in_the_data_of_a_pdf_are_words(client: Client, plan: WorkPlan) -> None:
    odd = {"title": "ক\0খ\ud800", "start": 5, "measure": ["x"], "nothing": {}, "weight": "NaN"}
    lines = [["99999999999999999999", odd], ["9.8", {**odd, "indicator": "", "unit": None}]]
    data = {
        "mark": {"plan": plan.pk, "form": "scored", "versions": {"x": "y"}, "exported_at": "২"},
        "lines": lines,
        "entries": [["1.1", {"on": "৩২/১৩", "percent": "৯৯৯", "task": odd["title"]}]],
    }
    file = SimpleUploadedFile("পরিকল্পনা.pdf", pdf_carrying(json.dumps(data).encode()))
    response = client.post(reverse("workplans:import_create", args=[plan.pk]), {"file": file})
    page = client.get(response.url)
    assert page.status_code == 200
    assert take(client, page, every(page)).status_code in {302, 409, 422}


def pdf_carrying(data: bytes) -> bytes:
    paper = pikepdf.new()
    paper.add_blank_page()
    paper.attachments[PDF_DATA] = pikepdf.AttachedFileSpec(paper, data)
    written = BytesIO()
    paper.save(written)
    return written.getvalue()


# --- Any edit ------------------------------------------------------------------------------------
EDITABLE = {
    "বিষয়": "subject",
    "প্রস্তাবিত বিষয়": "title",
    "শুরুর তারিখ": "start",
    "সমাপ্তির তারিখ": "end",
    "দায়িত্বপ্রাপ্ত কর্মকর্তা": "responsible",
    "প্রত্যাশিত ফলাফল": "expected_result",
    "পরিমাপ": "measure",
}
WORDS = st.text(alphabet="কখগঘঙ চছ১২৩\n,=-", min_size=1, max_size=30).map(
    lambda text: f"বদল {text.strip()} শেষ"
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    edits=st.dictionaries(
        st.tuples(st.integers(0, 5), st.sampled_from(sorted(EDITABLE))), WORDS, max_size=6
    )
)
def test_whatever_is_edited_is_just_what_differs(
    full: WorkPlan, edits: dict[tuple[int, str], str]
) -> None:
    book = book_of(full)
    sheet = book[TABLE]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    tasks = list(full.tasks.kept().select_related("subject").in_order())
    wanted = set()
    for (number, heading), words in edits.items():
        line = cell(sheet, "ক্রঃ নং", "১", 0).row + number
        sheet.cell(line, cell(sheet, heading, "১").column).value = words
        wanted.add((tasks[number].pk, EDITABLE[heading]))
    written = BytesIO()
    book.save(written)
    found = read_exported(written.getvalue(), period=full.period)
    assert found
    assert found.mark
    handed_in = PlanImport(
        plan=full, rows=found.as_json()["rows"], source=found.mark.as_json(), filename="x"
    )
    result = differences(handed_in)
    assert {(one.pk, one.cell) for row in result.changed for one in row.changes} == wanted
    assert (result.added, result.absent) == ((), ())
    assert result.same == 6 - len({pk for pk, _cell in wanted})


def test_page_asks_the_database_as_often_for_many_rows(
    team: Team,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    client = client_of(team.member)
    counts = []
    for period, rows in (("2026-2027", 1), ("2025-2026", 100)):
        plan = make_plan(team.office, by=team.head, tasks=0, period=period)
        for number in range(rows):
            make_task(plan, by=team.head, number=number)
        book = book_of(plan)
        for line in range(7, 7 + rows):
            book[TABLE].cell(line, 8).value = f"নতুন {line}"
        page = give(client, plan, book)
        assert len(ticked(page)) == rows
        with django_assert_max_num_queries(40) as asked:
            client.get(page.wsgi_request.path)
        counts.append(len(asked))
    assert counts[0] == counts[1]
