"""The progress of a month, a quarter, a half or the whole period, on the screen and on paper."""

from datetime import date
from io import BytesIO
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from bangla.pdf.check import missing_words
from tests.factories import Team, client_of, make_plan, make_task, take_plan_to
from tests.pages import texts_of
from tests.workplans.whole_year import NUMBERED, add_indicator
from workplans.actions import add_progress
from workplans.documents import draw_plan
from workplans.models import PlanDocument, Task, WorkPlan
from workplans.papers.progress import progress_content
from workplans.periods import Period
from workplans.spans import span_of, spans_of, usual_span

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def told(plan: WorkPlan, code: str) -> list[dict[str, str]]:
    """The rows of the table; lines of a task's indicators in "details"."""
    span = span_of(plan.period, code)
    assert span is not None
    table = progress_content(plan, span)["table"]
    return [row for group in table["groups"] for row in group["rows"]]


def report(task: Task, team: Team, on: date, text: str, percent: int | None) -> None:
    add_progress(task=task, by=team.head, on=on, text=text, percent=percent)


# --- Spans ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("period", "count", "first", "labels"),
    [
        (
            "2026-2027",
            12 + 4 + 2 + 1,
            "2026-07",
            {
                "2026-08": "আগস্ট ২০২৬",
                "2026-Q3": "১ম ত্রৈমাসিক (জুলাই–সেপ্টেম্বর ২০২৬)",
                "2027-Q2": "৪র্থ ত্রৈমাসিক (এপ্রিল–জুন ২০২৭)",
                "2026-H2": "১ম ষান্মাসিক (জুলাই–ডিসেম্বর ২০২৬)",
                "all": "২০২৬–২৭ অর্থবছর",
            },
        ),
        ("2016", 12 + 4 + 2 + 1, "2016-01", {"2016-Q1": "১ম ত্রৈমাসিক (জানুয়ারি–মার্চ ২০১৬)"}),
        ("2027-01..2027-06", 6 + 2 + 1 + 1, "2027-01", {"2027-H1": "১ম ষান্মাসিক (জানুয়ারি–জুন ২০২৭)"}),
    ],
)
def test_spans_are_those_of_the_period(
    period: str, count: int, first: str, labels: dict[str, str]
) -> None:
    of = Period.parse(period)
    spans = spans_of(of)
    assert (len(spans), spans[0].code) == (count, first)
    found = {code: span_of(of, code) for code in labels}
    assert {code: span.label for code, span in found.items() if span} == labels
    assert (spans[-1].starts_on, spans[-1].ends_on) == (of.starts_on, of.ends_on)


def test_months_quarters_and_halves_leave_no_day_out() -> None:
    of = Period.parse("2026-2027")
    for kind in ("month", "quarter", "half"):
        spans = [span for span in spans_of(of) if span.kind == kind]
        assert spans[0].starts_on == of.starts_on
        assert spans[-1].ends_on == of.ends_on
        gaps = {(after.starts_on - before.ends_on).days for before, after in pairwise(spans)}
        assert gaps == {1}


@pytest.mark.parametrize(
    "code", ["2026-06", "2027-07", "2026-Q2", "2026-Q5", "2026", "২০২৬-০৮", "x", "2026-13"]
)
def test_what_is_not_of_the_period_is_not_there(team: Team, code: str) -> None:
    plan = make_plan(team.office, by=team.head)
    url = reverse("workplans:progress_table", args=[plan.pk])
    assert client_of(team.member).get(url, {"span": code}).status_code == 404


def test_usual_span_is_this_month_and_the_whole_of_what_is_over() -> None:
    today = date(2026, 11, 21)
    assert usual_span(Period.parse("2026-2027"), today).code == "2026-11"
    assert usual_span(Period.parse("2025-2026"), today).code == "all"
    assert usual_span(Period.parse("2027-2028"), today).code == "2027-07"


# --- What the table says --------------------------------------------------------------------
def test_entries_of_the_span_are_told_with_their_days(team: Team) -> None:
    plan = make_plan(team.office, by=team.head)
    task = plan.tasks.get()
    report(task, team, date(2026, 7, 31), "শুরুর সভা হয়েছে", 10)
    report(task, team, date(2026, 8, 3), "খসড়া ফরম তৈরি", 25)
    report(task, team, date(2026, 8, 31), "", 40)
    report(task, team, date(2026, 9, 1), "ফরম ছাপা", 60)
    (august,) = told(plan, "2026-08")
    assert august["reported"] == "৩ আগস্ট ২০২৬: খসড়া ফরম তৈরি (২৫%)\n৩১ আগস্ট ২০২৬: ৪০%"
    assert august["percent"] == "৪০%"
    (quarter,) = told(plan, "2026-Q3")
    assert quarter["reported"].count("\n") == 3
    assert quarter["percent"] == "৬০%"
    (october,) = told(plan, "2026-10")
    assert (october["reported"], october["percent"]) == ("", "৬০%")
    assert october["details"] == [
        {"indicator": "মাসে নিষ্পন্ন আবেদনের সংখ্যা", "target": "৩১ ডিসেম্বর ২০২৬"}
    ]


def test_state_is_that_of_the_last_day_of_a_span_that_is_over(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    task = make_task(plan, by=team.head, start_text="১ জুলাই ২০২৬", end_text="১৫ অক্টোবর ২০২৬")
    report(task, team, date(2026, 11, 2), "শেষ হয়েছে", 100)
    states = {code: told(plan, code)[0]["state"] for code in ("2026-07", "2026-10", "2026-11")}
    assert states == {"2026-07": "চলমান", "2026-10": "দেরি", "2026-11": "সম্পন্ন"}


def test_indicators_have_the_target_of_the_quarter(team: Team) -> None:
    plan = make_plan(team.office, by=team.head)
    add_indicator(plan.tasks.get(), NUMBERED, by=team)
    targets = {
        code: told(plan, code)[0]["details"][0]["target"]
        for code in ("2026-08", "2026-Q4", "2027-H1", "all")
    }
    assert targets == {"2026-08": "১৪", "2026-Q4": "১৬", "2027-H1": "২০", "all": "২০"}
    assert told(plan, "2026-Q4")[0]["reported"] == "১২ অক্টোবর ২০২৬: সম্পন্ন ধাপের সংখ্যা: ১৬"


def test_recurring_task_aims_at_what_falls_due_in_the_span(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    make_task(plan, by=team.head, start_text="প্রতি মাসের ১৫ তারিখ", end_text="")
    (month,), (year,) = told(plan, "2026-08"), told(plan, "all")
    assert month["details"][0]["target"].startswith("১৫ আগস্ট")
    assert year["details"][0]["target"] == "১২টি (প্রতি মাসের ১৫ তারিখ)"
    assert "১২টির মধ্যে ০টি" in month["state"]


# --- Screen, PDF, Word and Excel ------------------------------------------------------------
HEADINGS = [
    *("ক্রঃ নং", "বিষয়", "গৃহীতব্য কাজ", "কর্মসম্পাদন সূচক/পরিমাপ", "লক্ষ্যমাত্রা"),
    *("প্রতিবেদনাধীন মাসের অগ্রগতি", "ক্রমপুঞ্জিত অগ্রগতি (%)", "মন্তব্য"),
]


@pytest.fixture
def reported(team: Team) -> WorkPlan:
    plan = make_plan(team.office, by=team.head, tasks=3)
    for number, task in enumerate(plan.tasks.all()):
        report(task, team, date(2026, 8, 3 + number), f"ধাপ {number} শেষ", 20 + number)
    return plan


def get(client: Client, name: str, plan: WorkPlan, span: str = "2026-08") -> object:
    return client.get(reverse(f"workplans:{name}", args=[plan.pk]), {"span": span})


def test_all_of_them_say_the_same(team: Team, reported: WorkPlan) -> None:
    client = client_of(team.member)
    page = get(client, "progress_table", reported)
    assert texts_of(page, ".paper-table thead th") == HEADINGS
    word = Document(BytesIO(b"".join(get(client, "progress_docx", reported).streaming_content)))
    assert [cell.text for cell in word.tables[0].rows[0].cells] == HEADINGS
    excel = load_workbook(
        BytesIO(b"".join(get(client, "progress_xlsx", reported).streaming_content))
    )
    assert excel.sheetnames == ["অগ্রগতির ছক"]
    sheet = list(excel.worksheets[0].values)
    assert sheet[0][0] == "কর্মপরিকল্পনার মাসিক অগ্রগতি প্রতিবেদন"
    assert (sheet[1][0], sheet[2][0]) == (reported.office.name_bn, "আগস্ট ২০২৬")
    assert list(sheet[4]) == HEADINGS
    span = span_of(reported.period, "2026-08")
    assert span is not None
    content = progress_content(reported, span)
    rows = [row for group in content["table"]["groups"] for row in group["rows"]]
    for row, on_sheet in zip(rows, sheet[5:], strict=True):
        assert row["reported"] == on_sheet[5]
        assert row["reported"] in texts_of(page, ".paper-table td")
    said = [content["title"], content["office"], *(row["reported"] for row in rows), *HEADINGS]
    assert missing_words(draw_plan(content), said, reader="poppler") == []


def test_print_is_made_once_and_named_after_its_span(team: Team, reported: WorkPlan) -> None:
    client = client_of(team.member)
    url = reverse("workplans:progress_print", args=[reported.pk])
    for span in ("2026-08", "2026-08", "2026-Q3"):
        client.post(f"{url}?span={span}")
    prints = PlanDocument.objects.filter(plan=reported)
    assert sorted(one.content["span"] for one in prints) == ["2026-08", "2026-Q3"]
    assert client.post(f"{url}?span=2031-08").status_code == 404


def test_print_of_a_draft_stays_with_the_team(team: Team, reported: WorkPlan) -> None:
    client_of(team.member).post(reverse("workplans:progress_print", args=[reported.pk]))
    take_plan_to(reported, "submitted", by=team.head)
    (printed,) = PlanDocument.objects.filter(plan=reported)
    assert printed.plan_status == "draft"


def test_page_offers_every_span_and_marks_the_chosen_one(team: Team, reported: WorkPlan) -> None:
    page = get(client_of(team.member), "progress_table", reported, "2026-H2")
    assert len(texts_of(page, "#span option")) == 19
    assert texts_of(page, "#span option[selected]") == ["১ম ষান্মাসিক (জুলাই–ডিসেম্বর ২০২৬)"]


def test_script_in_a_report_is_words(team: Team) -> None:
    plan = make_plan(team.office, by=team.head)
    evil = "<script>alert(1)</script>"
    report(plan.tasks.get(), team, date(2026, 11, 3), evil, None)
    page = get(client_of(team.member), "progress_table", plan, "2026-11").content.decode()
    assert evil not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("name", ["progress_table", "progress_xlsx", "docx", "xlsx", "papers"])
def test_queries_do_not_grow_with_the_plan(
    team: Team, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    client = client_of(team.member)
    url = f"{reverse(f'workplans:{name}', args=[plan.pk])}?form=scored"

    def grow(numbers: range) -> None:
        for number in numbers:
            task = make_task(plan, by=team.head, number=number)
            add_indicator(task, NUMBERED, by=team)

    grow(range(1))
    client.get(url)
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    grow(range(1, 40))
    with django_assert_max_num_queries(len(few)):
        client.get(url)
