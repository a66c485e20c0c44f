"""The page of scores: the team's own beside the reviewer's, who may say what, and its cost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from tests.factories import Country, client_of, make_country, make_plan, make_task, take_plan_to
from tests.pages import find, form_fields, texts_of
from tests.workplans.indicators import achieve, make_indicator, save
from workplans.actions import start_revision
from workplans.models import Indicator, IndicatorReview, WorkPlan
from workplans.score_table import ScoreTable, score_table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

FEW, MANY = 1, 100


@dataclass
class Scored:
    """An upazila's scored plan with two objectives and three indicators."""

    country: Country
    plan: WorkPlan
    training: Indicator
    law: Indicator
    website: Indicator

    @property
    def table(self) -> ScoreTable:
        return score_table(self.plan, today=timezone.localdate())

    def page(self, who: str) -> HttpResponse:
        return client_of(self.country[who]).get(reverse("workplans:scores", args=[self.plan.pk]))

    def review(self, client: Client, **cells: str) -> HttpResponse:
        """Send the reviewer's page as it was opened, with some boxes changed."""
        address = reverse("workplans:score_review", args=[self.plan.pk])
        fields = form_fields(client.get(address), "main form")
        return client.post(address, {**fields, **cells})


@pytest.fixture
def scored() -> Iterator[Scored]:
    country = make_country()
    head = country["upazila.head"]
    plan = make_plan(country.upazila, by=head, tasks=0, form="scored")
    service, training = (make_task(plan, by=head, number=number) for number in (1, 2))
    plan.subjects.filter(pk=service.subject_id).update(weight=25)
    plan.subjects.filter(pk=training.subject_id).update(weight=15)
    made = Scored(
        country,
        plan,
        training=make_indicator(training, by=head, weight=10),
        law=make_indicator(
            service,
            by=head,
            name="বিধি সংশোধনের খসড়া পাঠানো",
            unit="date",
            weight=20,
            targets=("১৫/১০/২০২৬", "৩১/১০/২০২৬", "১৫/১১/২০২৬", "", ""),
        ),
        website=make_indicator(
            service,
            by=head,
            name="ওয়েবসাইটে প্রকাশিত",
            unit="yes_no",
            weight=5,
            targets=("হ্যাঁ", "", "", "", ""),
        ),
    )
    with translation.override("bn"):
        yield made


# --- What is achieved -----------------------------------------------------------------------
def test_latest_entry_of_the_indicator_is_what_was_achieved(scored: Scored) -> None:
    achieve(scored.training, "৪০", on=date(2026, 9, 1))
    achieve(scored.training, "৮৫ জন", on=date(2026, 11, 1))
    achieve(scored.training, "৬০", on=date(2026, 10, 1))  # reported late, of an earlier day
    achieve(scored.law, "২৩ অক্টোবর ২০২৬")
    table = scored.table
    law, website, training = table.indicators
    assert (law.own.raw, law.own.weighted) == (Decimal("95.00"), Decimal("19.00"))
    assert (training.own.achieved, training.own.raw) == ("৮৫ জন", Decimal("85.00"))
    assert website.own.weighted is None
    # 95 % of 20 and 85 % of 10; what is not reported yet adds nothing.
    assert (table.own, table.accepted) == (Decimal("27.50"), None)
    assert [one.own for one in table.objectives] == [Decimal("19.00"), Decimal("8.50")]


def test_value_that_cannot_be_read_says_why_on_the_page(scored: Scored) -> None:
    achieve(scored.training, "২০ জনের মধ্যে ১৪ জন")
    assert "সংখ্যা হিসেবে পড়া গেল না" in scored.page("upazila.member").text


def test_quarters_show_what_was_reached_by_their_end(scored: Scored) -> None:
    achieve(scored.training, "২০", on=date(2026, 8, 5))
    achieve(scored.training, "৪৫", on=date(2026, 9, 30))
    achieve(scored.training, "৫৫", on=date(2026, 11, 20))
    figures = scored.table.indicators[2].quarters
    # Today is 21 November: the second quarter runs, the others have not begun.
    assert [one.achieved for one in figures] == ["৪৫", "৫৫", "", ""]
    assert figures[0].quarter.label == "জুলাই–সেপ্টেম্বর ২০২৬"


def test_half_year_has_two_quarters(scored: Scored) -> None:
    plan = make_plan(
        scored.country.upazila,
        by=scored.country["upazila.head"],
        period="2026-07..2026-12",
        form="quarterly",
    )
    found = score_table(plan, today=date(2026, 11, 21)).quarters
    assert [(one.starts_on, one.ends_on) for one in found] == [
        (date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 12, 31)),
    ]


def test_achievement_as_known_on_an_earlier_day(scored: Scored) -> None:
    achieve(scored.training, "৪০", on=date(2026, 9, 1))
    achieve(scored.training, "৯০", on=date(2026, 11, 1))
    table = score_table(scored.plan, today=date(2026, 11, 21), until=date(2026, 9, 30))
    assert table.indicators[2].own.achieved == "৪০"
    assert [one.achieved for one in table.indicators[2].quarters] == ["৪০", "", "", ""]


def test_revision_shows_what_was_achieved_and_its_approval_moves_the_targets(
    scored: Scored,
) -> None:
    head = scored.country["upazila.head"]
    take_plan_to(scored.plan, "approved", by=head)
    achieve(scored.training, "৮৫")
    revision = start_revision(workplan=scored.plan, reason="লক্ষ্যমাত্রা কমানো", by=head)
    copy = score_table(revision, today=date(2026, 11, 21)).indicators[2]
    assert (copy.own.achieved, copy.own.raw) == ("৮৫", Decimal("85.00"))
    targets = dict(zip(range(100, 50, -10), ("৮৫", "৭৫", "৬৫", "৫৫", "৪৫"), strict=True))
    save(
        client_of(head),
        copy.indicator,
        **{f"target_{grade}": words for grade, words in targets.items()},
    )
    assert scored.table.indicators[2].own.raw == 85  # the plan stands as it was approved
    take_plan_to(revision, "approved", by=head)
    training = scored.table.indicators[2]
    assert training.indicator.pk == scored.training.pk
    assert (training.own.achieved, training.own.raw) == ("৮৫", Decimal("100.00"))


# --- Weights that do not add up ------------------------------------------------------------------
def test_weights_that_do_not_add_up_are_said(scored: Scored) -> None:
    notes = " ".join(texts_of(scored.page("upazila.member"), ".alert"))
    assert "মোট মান ১০০-এর মধ্যে ৪০" in notes
    assert "সূচকগুলোর মান মিলিয়ে ১০, উদ্দেশ্যের মান ১৫" in notes
    assert "২৫, উদ্দেশ্যের মান ২৫" not in notes  # the first objective adds up


def test_plan_without_indicators_says_what_to_do(scored: Scored) -> None:
    Indicator.objects.all().delete()
    page = scored.page("upazila.member")
    assert texts_of(page, "table.scores a.small")[0].startswith("সূচক যোগ করুন")
    scored.plan.tasks.all().delete()
    assert texts_of(scored.page("upazila.member"), ".empty h2")


# --- The reviewer -------------------------------------------------------------------------------
def test_superior_office_accepts_less_and_the_team_sees_it(scored: Scored) -> None:
    achieve(scored.training, "৯০")
    take_plan_to(scored.plan, "approved", by=scored.country["upazila.head"])
    client = client_of(scored.country["district.head"])
    key = f"i{scored.training.pk}"
    response = scored.review(
        client, **{f"{key}-achieved": "৮০", f"{key}-remark": "হাজিরায় ৮০ জনের স্বাক্ষর আছে"}
    )
    assert response.status_code == 302
    training = scored.table.indicators[2]
    assert (training.own.weighted, training.accepted.weighted) == (Decimal("9.00"), Decimal("8.00"))
    review = training.review
    assert review is not None
    assert review.by_post in scored.country["district.head"].scope.posts
    assert IndicatorReview.objects.count() == 1  # what was left alone says nothing
    page = scored.page("upazila.member").text
    assert "হাজিরায় ৮০ জনের স্বাক্ষর আছে" in page
    assert "৮.০০" in page
    task = client_of(scored.country["upazila.member"]).get(scored.training.task.get_absolute_url())
    assert "হাজিরায় ৮০ জনের স্বাক্ষর আছে" in task.text


def test_a_tick_takes_over_what_the_team_reported(scored: Scored) -> None:
    achieve(scored.training, "৮৫ জন")
    achieve(scored.law, "অক্টোবরের শেষে")
    take_plan_to(scored.plan, "approved", by=scored.country["upazila.head"])
    client = client_of(scored.country["district.head"])
    address = reverse("workplans:score_review", args=[scored.plan.pk])
    names = [one.get("name") for one in find(client.get(address), "input[type='checkbox']")]
    assert names == [f"i{scored.training.pk}-accept"]  # the other value cannot be read
    every = (scored.training, scored.law, scored.website)
    assert scored.review(client, **{f"i{one.pk}-accept": "on" for one in every}).status_code == 302
    review = IndicatorReview.objects.get()
    assert (review.indicator, review.achieved) == (scored.training, "৮৫ জন")


def test_unreadable_review_is_refused_beside_its_indicator(scored: Scored) -> None:
    take_plan_to(scored.plan, "approved", by=scored.country["upazila.head"])
    client = client_of(scored.country["district.head"])
    response = scored.review(
        client,
        **{f"i{scored.law.pk}-achieved": "জুন ২০২৭", f"i{scored.website.pk}-achieved": "হ্যাঁ"},
    )
    assert response.status_code == 422
    (sentence,) = texts_of(response, ".invalid-feedback")
    assert "দিন, মাস ও বছর লিখুন" in sentence
    assert not IndicatorReview.objects.exists()  # all or nothing


def test_two_reviewers_meet(scored: Scored) -> None:
    take_plan_to(scored.plan, "approved", by=scored.country["upazila.head"])
    address = reverse("workplans:score_review", args=[scored.plan.pk])
    district = client_of(scored.country["district.head"])
    division = client_of(scored.country["division.head"])
    opened = form_fields(division.get(address), "main form")
    training, website = f"i{scored.training.pk}-achieved", f"i{scored.website.pk}-achieved"
    scored.review(district, **{training: "৮০", website: "হ্যাঁ"})
    # The division left the website alone, which is no conflict; of the training both have written.
    response = division.post(address, {**opened, training: "৭০"})
    assert response.status_code == 409
    (warning,) = texts_of(response, ".review-indicator .alert")
    assert "৮০" in warning
    assert form_fields(response, "main form")[training] == "৭০"
    again = division.post(address, form_fields(response, "main form"))
    assert again.status_code == 302
    said = {one.indicator_id: one.achieved for one in IndicatorReview.objects.all()}
    assert said == {scored.training.pk: "৭০", scored.website.pk: "হ্যাঁ"}


@pytest.mark.parametrize(
    ("status", "who", "code"),
    [
        ("approved", "district.head", 200),
        ("approved", "district.innovation_officer", 200),
        ("closed", "reviewer", 200),
        ("approved", "district.member", 403),
        ("approved", "upazila.head", 403),
        ("submitted", "district.head", 403),
        ("draft", "district.head", 404),
        ("approved", "sibling.head", 404),
    ],
)
def test_who_may_review(scored: Scored, status: str, who: str, code: int) -> None:
    take_plan_to(scored.plan, status, by=scored.country["upazila.head"])
    address = reverse("workplans:score_review", args=[scored.plan.pk])
    client = client_of(scored.country[who])
    assert client.get(address).status_code == code
    sent = client.post(address, {f"i{scored.website.pk}-achieved": "হ্যাঁ"})
    assert sent.status_code == (302 if code == 200 else code)
    assert IndicatorReview.objects.exists() == (code == 200)


# --- The cost -----------------------------------------------------------------------------------
def test_pages_ask_as_often_for_a_hundred_indicators(scored: Scored) -> None:
    head = scored.country["upazila.head"]
    member = client_of(scored.country["upazila.member"])
    pages = {
        "grid": scored.plan.get_absolute_url(),
        "scores": reverse("workplans:scores", args=[scored.plan.pk]),
        "weights": reverse("workplans:weight_update", args=[scored.plan.pk]),
        "task": scored.training.task.get_absolute_url(),
        "form": reverse("workplans:indicator_update", args=[scored.training.pk]),
    }
    achieve(make_indicator(scored.training.task, by=head, quarters={1: "৫"}), "৫")
    before = {name: queries_of(member, address) for name, address in pages.items()}
    for number in range(3, MANY + 1):
        task = make_task(scored.plan, by=head, number=number)
        for of_task in (task, scored.training.task):
            achieve(make_indicator(of_task, by=head, quarters={1: "৫"}), "৫")
    assert {name: queries_of(member, address) for name, address in pages.items()} == before
    assert before["scores"] <= 14


def test_review_asks_as_often_for_a_hundred_indicators(scored: Scored) -> None:
    head = scored.country["upazila.head"]
    take_plan_to(scored.plan, "approved", by=head)
    reviewer = client_of(scored.country["district.head"])
    address = reverse("workplans:score_review", args=[scored.plan.pk])
    plans = WorkPlan.everything.filter(pk=scored.plan.pk)
    counts = []
    for number in (FEW, MANY):
        plans.update(status="draft")
        for _ in range(number):
            achieve(make_indicator(scored.training.task, by=head), "৫")
        plans.update(status="approved")
        counts.append(queries_of(reviewer, address))
    assert counts[0] == counts[1] <= 14


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
