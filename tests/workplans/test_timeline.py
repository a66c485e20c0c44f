"""The plan's year as bars over months, on the page and on paper."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from bangla.pdf.check import missing_words, squeeze
from jobs import runner
from tests.bangla_pdf.reading import page_texts
from tests.factories import Team, client_of, make_plan, make_progress, make_task
from tests.pages import find, texts_of
from workplans.actions import add_progress
from workplans.models import PlanDocument, Task, WorkPlan
from workplans.periods import Period
from workplans.table import plan_table
from workplans.timeline import Scale, timeline_of
from workplans.timeline_paper import draw_timeline, timeline_content

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

TODAY = date(2026, 11, 21)


def drawn(plan: WorkPlan) -> list[dict[str, Any]]:
    """The rows of a plan's timeline."""
    timeline = timeline_of(plan_table(plan, today=TODAY), today=TODAY)
    return [row for group in timeline["groups"] for row in group["rows"]]


def only(plan: WorkPlan) -> dict[str, Any]:
    (row,) = drawn(plan)
    return row


# --- The scale -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("period", "first", "last", "count"),
    [("2026-2027", 7, 6, 12), ("2016", 1, 12, 12), ("2017-07..2017-12", 7, 12, 6)],
)
def test_scale_has_the_months_of_the_period(period: str, first: int, last: int, count: int) -> None:
    months = Scale(Period.parse(period)).months
    assert (months[0].month, months[-1].month, len(months)) == (first, last, count)


def test_day_stands_within_its_month_by_its_share() -> None:
    scale = Scale(Period.parse("2026-2027"))
    assert scale.start_of(date(2026, 7, 1)) == 0
    assert scale.end_of(date(2027, 6, 30)) == 1
    assert scale.start_of(date(2026, 10, 1)) == pytest.approx(3 / 12)
    assert scale.start_of(date(2026, 11, 16)) == pytest.approx(4.5 / 12)
    assert scale.end_of(date(2026, 9, 30)) == scale.start_of(date(2026, 10, 1))
    assert (scale.start_of(date(2020, 1, 1)), scale.end_of(date(2030, 1, 1))) == (0, 1)


# --- What is drawn -------------------------------------------------------------------------------
def test_bar_goes_from_the_first_day_to_the_last_and_is_filled_by_progress(
    team: Team, plan: WorkPlan
) -> None:
    task = make_task(
        plan, by=team.head, start_text="১ অক্টোবর ২০২৬", end_text="৩১ মার্চ ২০২৭"
    )  # fmt: skip
    make_progress(task, by=team.head, percent=50)
    row = only(plan)
    assert row["bars"] == [{"x": "25.00%", "width": "50.00%", "done": "25.00%", "kind": "running"}]
    assert row["marks"] == []
    assert row["words"] == "১ অক্টোবর ২০২৬ – ৩১ মার্চ ২০২৭; চলমান; ৫০% শেষ"


def test_late_work_says_so_in_words_and_kind(team: Team, plan: WorkPlan) -> None:
    make_task(plan, by=team.head, start_text="১ জুলাই ২০২৬", end_text="১৭ নভেম্বর ২০২৬")
    row = only(plan)
    assert (row["bars"][0]["kind"], row["bars"][0]["done"]) == ("late", "")
    assert row["state_words"] == "৪ দিন দেরি"


def test_recurring_work_is_a_mark_for_each_time(team: Team, plan: WorkPlan) -> None:
    task = make_task(plan, by=team.head, start_text="প্রতি মাসের ১৫ তারিখ", end_text="")
    add_progress(
        task=task, by=team.head, on=TODAY, text="হয়েছে", part="2026-07-15", part_percent=100
    )
    row = only(plan)
    assert row["bars"] == []
    assert [mark["kind"] for mark in row["marks"]] == ["done", *["late"] * 4, *["open"] * 7]
    assert row["marks"][0]["x"] == "3.90%"
    assert "১২টি তারিখের ১টি সম্পন্ন, ৪টি দেরি" in row["words"]


def test_steps_are_bars_of_their_own(team: Team, plan: WorkPlan) -> None:
    make_task(
        plan,
        by=team.head,
        title="ক) জরিপ\nখ) প্রশিক্ষণ",
        start_text="ক) ১ জুলাই ২০২৬ খ) ১ জানুয়ারি ২০২৭",
        end_text="ক) ৩০ সেপ্টেম্বর ২০২৬ খ) ৩১ মার্চ ২০২৭",
    )
    row = only(plan)
    assert [(bar["x"], bar["width"], bar["kind"]) for bar in row["bars"]] == [
        ("0.00%", "25.00%", "late"),
        ("50.00%", "25.00%", "running"),
    ]


def test_only_a_last_day_is_a_mark_and_no_day_at_all_is_listed(team: Team, plan: WorkPlan) -> None:
    make_task(plan, by=team.head, start_text="", end_text="৩১ ডিসেম্বর ২০২৬")
    make_task(plan, by=team.head, title="চলমান কাজ", start_text="চলমান", end_text="")
    timeline = timeline_of(plan_table(plan, today=TODAY), today=TODAY)
    assert [row["marks"][0]["kind"] for row in drawn(plan)] == ["open"]
    assert [row["title"] for row in timeline["undated"]] == ["চলমান কাজ"]


def test_work_past_the_period_stays_within_the_drawing(team: Team, plan: WorkPlan) -> None:
    task = make_task(plan, by=team.head)
    for start, end in (
        (date(2020, 1, 1), date(2030, 1, 1)),
        (date(2028, 1, 1), date(2028, 2, 1)),
        (date(2020, 1, 1), date(2020, 1, 2)),
    ):
        Task.objects.filter(pk=task.pk).update(starts_on=start, ends_on=end)
        (bar,) = only(plan)["bars"]
        x, width = float(bar["x"][:-1]), float(bar["width"][:-1])
        assert x >= 0
        assert 0 < width <= 100.01 - x


# --- The page ------------------------------------------------------------------------------------
def test_page_draws_with_attributes_and_says_the_same_in_words(
    client: Client, team: Team, plan: WorkPlan
) -> None:
    make_task(plan, by=team.head, start_text="১ জুলাই ২০২৬", end_text="১৭ নভেম্বর ২০২৬")
    answer = client.get(reverse("workplans:timeline", args=[plan.pk]))
    assert "style=" not in answer.content.decode().split("<main")[1]
    assert len(find(answer, "td.tl-bar")) == 1
    assert "৪ দিন দেরি" in texts_of(answer, "td.tl-bar title")[0]
    assert texts_of(answer, "td.tl-state") == ["৪ দিন দেরি"]
    assert texts_of(answer, "th.tl-year") == ["২০২৬", "২০২৭"]
    assert texts_of(answer, ".views [aria-current]") == ["সময়রেখা"]


def test_empty_plan_and_other_language_have_a_page(client: Client, plan: WorkPlan) -> None:
    url = reverse("workplans:timeline", args=[plan.pk])
    assert "এখনো কোনো কাজ লেখা হয়নি" in client.get(url).content.decode()
    client.cookies["django_language"] = "en"
    assert client.get(url).status_code == 200


# --- The paper -----------------------------------------------------------------------------------
def test_paper_is_ordered_once_a_day_in_bengali(client: Client, team: Team, plan: WorkPlan) -> None:
    make_task(plan, by=team.head)
    url = reverse("workplans:timeline_print", args=[plan.pk])
    client.cookies["django_language"] = "en"
    first, second = (client.post(url).url for _ in range(2))
    assert (
        first
        == second
        == reverse("workplans:document_detail", args=[PlanDocument.objects.get().pk])
    )
    content = PlanDocument.objects.get().content
    assert content["title"] == "বাস্তবায়ন সময়রেখা"
    assert content["timeline"]["months"][0]["name"] == "জুলাই"
    assert json.loads(json.dumps(content)) == content


def test_paper_repeats_the_months_and_its_words_are_found(team: Team, plan: WorkPlan) -> None:
    for number in range(16):
        make_task(plan, by=team.head, number=number)
    with translation.override("en"):
        content = timeline_content(plan)
    pdf = draw_timeline(content)
    said = [row[name] for row in drawn(plan) for name in ("title", "dates", "state_words")]
    assert missing_words(pdf, [content["title"], *said], reader="poppler") == []
    pages = page_texts(pdf)
    with_rows = [page for page in pages if squeeze("এক পাতার ফরম") in page]
    assert len(with_rows) > 1
    assert all(squeeze(month) in page for page in with_rows for month in ("জুলাই", "ফেব্রু"))


def test_paper_is_drawn_by_the_worker_under_its_own_name(
    client: Client, team: Team, plan: WorkPlan
) -> None:
    make_task(plan, by=team.head)
    client.post(reverse("workplans:timeline_print", args=[plan.pk]))
    paper = PlanDocument.objects.get()
    assert runner.run(job_id=paper.job_id)
    answer = client.get(reverse("workplans:document_download", args=[paper.pk]))
    assert b"".join(answer).startswith(b"%PDF-")
    assert answer.filename.startswith("সময়রেখা ")
    paper.refresh_from_db()
    assert paper.job.document.filename == answer.filename


def test_timeline_of_a_sent_plan_is_printed_by_readers_above(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, status="approved")
    reader = client_of(team.innovation_officer)
    assert reader.get(reverse("workplans:timeline", args=[plan.pk])).status_code == 200
