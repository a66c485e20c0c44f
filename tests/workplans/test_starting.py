"""A plan begun from last year's, with unfinished tasks carried on, and from ready tasks."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from teams.enums import Tier
from tests.factories import (
    Team,
    client_of,
    make_country,
    make_plan,
    make_progress,
    make_task,
    make_team,
)
from tests.pages import alerts_after, texts_of
from workplans.actions import bring_tasks, delete_task
from workplans.actions.starting import days_in, years_later
from workplans.enums import PlanStatus
from workplans.models import CommonTask, Task, WorkPlan
from workplans.periods import Period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

LAST, THIS = "2025-2026", "2026-2027"


@pytest.fixture
def last(team: Team) -> WorkPlan:
    """Last year: one task half done, one finished, one that comes back every month."""
    plan = make_plan(team.office, by=team.head, tasks=0, period=LAST)
    half = make_task(
        plan, by=team.head, title="আধা কাজ", start_text="১ আগস্ট ২০২৫", end_text="৩০/০৬/২৬"
    )
    done = make_task(plan, by=team.head, title="সম্পন্ন কাজ", number=2)
    make_task(plan, by=team.head, title="মাসিক কাজ", start_text="প্রতি মাসের ১৫ তারিখ", end_text="")
    make_progress(half, by=team.head, percent=40)
    make_progress(done, by=team.head, percent=100)
    return plan


@pytest.fixture
def plan(team: Team) -> WorkPlan:
    return make_plan(team.office, by=team.head, tasks=0, period=THIS)


def bring(team: Team, plan: WorkPlan, **chosen: list[Task]) -> Client:
    client = client_of(team.innovation_officer)
    sent = {name: [task.pk for task in tasks] for name, tasks in chosen.items()}
    client.last = client.post(reverse("workplans:bring", args=[plan.pk]), sent)
    return client


def named(plan: WorkPlan, title: str) -> Task:
    return plan.tasks.get(title=title)


# --- Last year ------------------------------------------------------------------------------
def test_page_offers_what_was_left_unfinished_ticked(team: Team, last: WorkPlan, plan: WorkPlan):
    page = client_of(team.member).get(reverse("workplans:bring", args=[plan.pk]))
    html = page.content.decode()
    boxes = {
        Task.objects.get(pk=pk).title: (name, "checked" in rest)
        for name, pk, rest in re.findall(r'name="(carried|copied)" value="(\d+)"([^>]*)', html)
    }
    assert boxes == {
        "আধা কাজ": ("carried", True),
        "মাসিক কাজ": ("copied", True),
        "সম্পন্ন কাজ": ("copied", False),
    }


def test_carried_task_goes_on_with_its_history_and_dates_a_year_later(
    team: Team, last: WorkPlan, plan: WorkPlan
):
    source = named(last, "আধা কাজ")
    client = bring(team, plan, carried=[source])
    task = plan.tasks.with_progress().get()
    assert (task.title, task.carried_from, task.percent) == ("আধা কাজ", source, 40)
    assert (task.start_text, task.end_text) == ("১ আগস্ট ২০২৬", "৩০/০৬/২৭")
    assert (task.starts_on, task.ends_on) == (date(2026, 8, 1), date(2027, 6, 30))
    assert list(task.responsible.all()) == list(source.responsible.all())
    # What was said about it last year is told on its page, and last year's row is as it was.
    page = client.get(task.get_absolute_url())
    told = source.progress.get().text
    assert told in page.content.decode()
    assert Task.objects.with_progress().get(pk=source.pk).percent == 40


def test_where_a_carried_task_stood_is_said_in_bengali_whoever_brings_it(
    team: Team, last: WorkPlan, plan: WorkPlan
):
    with translation.override("en"):
        bring_tasks(
            workplan=plan, carried=[named(last, "আধা কাজ")], copied=[], by=team.innovation_officer
        )
    # The words stand in official papers, which are in Bengali.
    assert plan.tasks.get().progress.get().text == "আগের পরিকল্পনা (২০২৫–২৬ অর্থবছর) থেকে চলমান"


def test_copied_task_begins_anew(team: Team, last: WorkPlan, plan: WorkPlan):
    bring(team, plan, copied=[named(last, "সম্পন্ন কাজ"), named(last, "মাসিক কাজ")])
    done, monthly = named(plan, "সম্পন্ন কাজ"), named(plan, "মাসিক কাজ")
    assert not done.progress.exists()
    assert done.carried_from is None
    assert monthly.recurrence == "month/1/15/"
    assert {task.subject.name for task in (done, monthly)} == {"প্রশিক্ষণ", "সেবা সহজীকরণ"}


def test_brought_twice_stands_there_once_and_a_deleted_one_comes_back(
    team: Team, last: WorkPlan, plan: WorkPlan
):
    source = named(last, "আধা কাজ")
    bring(team, plan, carried=[source])
    bring(team, plan, carried=[source])
    task = plan.tasks.get()
    page = client_of(team.head).get(reverse("workplans:bring", args=[plan.pk]))
    assert "আগেই আনা" in texts_of(page, ".picks .chip")
    delete_task(task=task, by=team.head)
    bring(team, plan, carried=[source])
    assert plan.tasks.kept().get() == task


def test_nothing_ticked_is_said(team: Team, last: WorkPlan, plan: WorkPlan):
    response = bring(team, plan).last
    assert response.status_code == 422
    assert "কোনো কাজে টিক নেই" in response.content.decode()


def test_rows_of_another_office_are_refused(team: Team, plan: WorkPlan):
    stranger = make_team("elsewhere")
    theirs = make_plan(stranger.office, by=stranger.head, period=LAST)
    response = bring(team, plan, carried=[theirs.tasks.get()]).last
    assert response.status_code == 404 or response.status_code == 422
    page = client_of(team.head).get(
        reverse("workplans:bring", args=[plan.pk]), {"from": str(theirs.pk)}
    )
    assert page.status_code == 404
    assert not plan.tasks.exists()


def test_an_approved_plan_takes_nothing(team: Team, last: WorkPlan):
    plan = make_plan(team.office, by=team.head, period=THIS, status=PlanStatus.APPROVED)
    response = bring(team, plan, copied=[named(last, "মাসিক কাজ")]).last
    assert response.status_code == 403
    assert plan.tasks.count() == 1


def test_without_an_earlier_plan_the_page_leads_to_the_ready_tasks(team: Team, plan: WorkPlan):
    page = client_of(team.head).get(reverse("workplans:bring", args=[plan.pk]))
    assert texts_of(page, ".empty h2") == ["আগের কোনো পরিকল্পনা নেই"]
    assert reverse("workplans:library", args=[plan.pk]) in page.content.decode()


@pytest.mark.parametrize(
    ("words", "later"),
    [
        ("১০ মার্চ ২০২৫", "১০ মার্চ ২০২৬"),
        ("01.07.2025", "01.07.2026"),
        ("০১/০৭/২৫ থেকে", "০১/০৭/২৬ থেকে"),
        ("২০২৫-০৮-১৫", "২০২৬-০৮-১৫"),
        ("জুলাই-ডিসেম্বর ২০২৫ এর মধ্যে", "জুলাই-ডিসেম্বর ২০২৬ এর মধ্যে"),
        ("প্রতি মাসের ১৫ তারিখ", "প্রতি মাসের ১৫ তারিখ"),
        ("২৫ জুন", "২৫ জুন"),
        ("স্মারক ১২০২৫৩", "স্মারক ১২০২৫৩"),
    ],
)
def test_years_move_in_the_words_as_they_were_written(words: str, later: str):
    assert years_later(words, 1) == later


# --- Ready tasks ----------------------------------------------------------------------------
def test_library_shows_the_tasks_of_the_offices_tier():
    country = make_country()
    plan = make_plan(country.upazila, by=country["upazila.head"], tasks=0)
    page = client_of(country["upazila.head"]).get(reverse("workplans:library", args=[plan.pk]))
    shown = set(texts_of(page, ".picks b"))
    of_tier = CommonTask.objects.filter(tier=Tier.UPAZILA).values_list("title", flat=True)
    elsewhere = CommonTask.objects.exclude(tier__in=("", Tier.UPAZILA))
    assert set(of_tier) <= shown
    assert elsewhere
    assert not shown & set(elsewhere.values_list("title", flat=True))


def test_every_tier_has_ready_tasks_with_all_cells():
    for tier in Tier.values:
        found = CommonTask.objects.filter(tier__in=("", tier))
        assert len(found) >= 20, tier
    for common in CommonTask.objects.all():
        assert all((common.title, common.start_text, common.expected_result, common.measure))
        assert 1 <= common.term_number <= 21


def test_chosen_tasks_come_with_days_of_the_plans_year_and_their_term(team: Team, plan: WorkPlan):
    chosen = CommonTask.objects.filter(tier="", end_text="৩১ জুলাই").first()
    monthly = CommonTask.objects.filter(tier="", start_text="প্রতি মাসের ১৫ তারিখ").get()
    client = client_of(team.member)
    url = reverse("workplans:library", args=[plan.pk])
    for _twice in range(2):
        client.post(url, {"chosen": [chosen.pk, monthly.pk]})
    once, again = named(plan, chosen.title), named(plan, monthly.title)
    assert plan.tasks.count() == 2
    assert (once.starts_on, once.ends_on) == (date(2026, 7, 1), date(2026, 7, 31))
    assert once.doubts == again.doubts == []
    assert [term.number for term in once.terms.all()] == [chosen.term_number]
    assert again.recurrence
    said = alerts_after(client, url, {"chosen": [chosen.pk]})
    assert any("আগে থেকেই" in text for text in said)


def test_search_finds_all_the_words_in_either_encoding(team: Team, plan: WorkPlan):
    url = reverse("workplans:library", args=[plan.pk])
    for words in ("বার্ষিক প্রতিবেদন", "ওয়েবসাইট", "ও\u09dfেবসাইট"):
        page = client_of(team.head).get(url, {"q": words})
        assert texts_of(page, ".picks b"), words
    page = client_of(team.head).get(url, {"q": "কিছুই নেই এমন"})
    assert texts_of(page, ".empty h2") == ["এমন কোনো কাজ পাওয়া যায়নি"]


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2026-2027", "১ আগস্ট ২০২৬", "২৮ ফেব্রুয়ারি ২০২৭"),
        ("2026", "১ আগস্ট ২০২৬", "২৮ ফেব্রুয়ারি ২০২৬"),
        ("2026-07..2026-12", "১ আগস্ট ২০২৬", ""),
    ],
)
def test_days_without_a_year_are_days_of_the_period(period: str, start: str, end: str):
    assert days_in("১ আগস্ট", "২৮ ফেব্রুয়ারি", Period.parse(period)) == (start, end)


@pytest.mark.parametrize("name", ["bring", "library"])
def test_pages_ask_the_database_as_often_for_many_rows(
    name: str, team: Team, plan: WorkPlan, django_assert_num_queries
):
    last = make_plan(team.office, by=team.head, tasks=1, period=LAST)
    client = client_of(team.head)
    url = reverse(f"workplans:{name}", args=[plan.pk])
    client.get(url)
    with django_assert_num_queries(QUERIES[name]):
        client.get(url)
    for number in range(99):
        make_task(last, by=team.head, number=number)
    common = CommonTask.objects.first()
    CommonTask.objects.bulk_create(
        CommonTask(subject=f"বিষয় {n}", title="কাজ", valid_from=common.valid_from, source="সূত্র")
        for n in range(100)
    )
    with django_assert_num_queries(QUERIES[name]):
        client.get(url)


QUERIES = {"bring": 9, "library": 7}
