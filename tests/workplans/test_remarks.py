"""Remarks: on a plan, a row, a cell; by the team among itself and from above; who is called."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from teams.enums import Role, Tier
from teams.models import Post, User
from tests.factories import (
    RESPONSIBLE,
    Country,
    Team,
    client_of,
    make_country,
    make_office,
    make_officer,
    make_plan,
    make_post,
)
from tests.pages import find, texts_of
from workplans.actions import add_comment, reply_to_comment
from workplans.enums import PlanStatus
from workplans.models import CommentMention, PlanComment, Task, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

FORM_KEY = "2a4e0c43-6f5c-4f39-8a59-2f2a1a3f2c11"
HOME = "/"


@pytest.fixture
def plan(team: Team) -> WorkPlan:
    return make_plan(team.office, by=team.head, tasks=2)


@pytest.fixture
def task(plan: WorkPlan) -> Task:
    return plan.tasks.kept().in_order()[0]


def say(client: Client, plan: WorkPlan, text: str, asked: str = "", **fields: object) -> object:
    url = f"{reverse('workplans:comment_create', args=[plan.pk])}?{asked}"
    return client.post(url, {"text": text, "form_key": FORM_KEY, **fields})


def duties(person: User) -> list[str]:
    """The chips of what waits for somebody because something was said."""
    chips = texts_of(client_of(person).get(HOME), "ul.todo .chip")
    return [chip for chip in chips if "মন্তব্য" in chip]


def post_of(person: User) -> Post:
    return person.scope.main_post


# --- Said --------------------------------------------------------------------------------------
def test_remark_on_a_row_is_read_and_answered_on_its_page(
    team: Team, plan: WorkPlan, task: Task
) -> None:
    client = client_of(team.member)
    form = client.get(task.get_absolute_url())
    assert find(form, "#remarks textarea[name='text']")
    response = say(client, plan, "কোন ফরম?\r\nনমুনা দিন", f"task={task.pk}", cell="title")
    assert response.url == f"{task.get_absolute_url()}#remarks"
    remark = PlanComment.objects.get()
    assert (remark.text, remark.cell, remark.task) == ("কোন ফরম?\nনমুনা দিন", "title", task)
    assert remark.by_post == post_of(team.member)
    officer = client_of(team.innovation_officer)
    officer.post(
        reverse("workplans:comment_reply", args=[remark.pk]),
        {"text": "সংযুক্ত", "form_key": FORM_KEY},
    )
    thread = texts_of(client.get(task.get_absolute_url()), ".comment")[0]
    assert [words for words in ("নমুনা দিন", "সংযুক্ত", "গৃহীতব্য কাজ") if words not in thread] == []
    listed = client.get(reverse("workplans:comments", args=[plan.pk]))
    assert task.title[:30] in texts_of(listed, ".comment-quote")[0]


def test_same_form_sent_twice_is_said_once_and_other_words_are_not_lost(
    team: Team, plan: WorkPlan
) -> None:
    client = client_of(team.member)
    for text in ("একবার", "একবার", "ফিরে এসে লেখা"):
        say(client, plan, text)
    assert list(PlanComment.objects.values_list("text", flat=True)) == ["একবার", "ফিরে এসে লেখা"]


@pytest.mark.parametrize("asked", ["task=x", "task=0", "task=%00", "task=" + "9" * 40])
def test_remark_on_a_row_that_is_not_there_is_not_found(
    team: Team, plan: WorkPlan, asked: str
) -> None:
    assert say(client_of(team.member), plan, "কথা", asked).status_code == 404


def test_remark_without_words_or_with_odd_choices_is_asked_again(
    team: Team, plan: WorkPlan, task: Task
) -> None:
    client = client_of(team.member)
    empty = say(client, plan, " \n")
    assert (empty.status_code, texts_of(empty, ".invalid-feedback")) == (422, ["মন্তব্যটি লিখুন।"])
    odd = say(client, plan, "কথা", f"task={task.pk}", cell="version", posts=["7" * 30, "x"])
    assert odd.status_code == 422
    assert not PlanComment.objects.exists()


def test_page_goes_back_only_to_pages_of_ours(team: Team, plan: WorkPlan) -> None:
    client = client_of(team.member)
    for wrong in ("https://elsewhere.test/", "//elsewhere.test", "javascript:alert(1)"):
        assert "elsewhere" not in say(client, plan, wrong, next=wrong).url
    assert say(client, plan, "কথা", next=plan.get_absolute_url()).url == plan.get_absolute_url()


# --- Called ------------------------------------------------------------------------------------
def test_post_that_is_chosen_or_named_has_it_on_its_list_until_it_is_seen(
    team: Team, plan: WorkPlan, task: Task
) -> None:
    officer = post_of(team.innovation_officer)
    say(
        client_of(team.head),
        plan,
        f"@{RESPONSIBLE} দেখে দিন",
        f"task={task.pk}",
        posts=[officer.pk],
    )
    remark = PlanComment.objects.get()
    called = set(CommentMention.objects.values_list("post__designation_bn", flat=True))
    assert called == {RESPONSIBLE, officer.designation_bn}
    assert duties(team.member) == duties(team.innovation_officer) == ["মন্তব্যে উল্লেখ"]
    assert duties(team.head) == []

    page = client_of(team.member).get(task.get_absolute_url())
    assert "দেখেছি" in texts_of(page, ".comment button")
    client_of(team.member).post(reverse("workplans:comment_seen", args=[remark.pk]))
    assert duties(team.member) == []
    # Whoever answers has seen it, too.
    reply_to_comment(comment=remark, by=team.innovation_officer, text="দেখলাম")
    assert duties(team.innovation_officer) == []


def test_longer_name_is_called_and_not_the_shorter_one_in_it(team: Team, plan: WorkPlan) -> None:
    make_post(team.office, designation="সহকারী")
    make_post(team.office, designation="প্রোগ্রামার")
    remark = add_comment(workplan=plan, by=team.head, text=f"@{RESPONSIBLE}, দেখুন; সহকারী নয়")
    assert [one.post.designation_bn for one in remark.mentions.all()] == [RESPONSIBLE]


def test_post_of_another_office_cannot_be_called(team: Team, plan: WorkPlan) -> None:
    stranger = make_officer(make_office("beside", Tier.DIVISION, team.office), Role.HEAD)
    response = say(client_of(team.member), plan, "কথা", posts=[post_of(stranger).pk])
    assert response.status_code == 422
    assert not CommentMention.objects.exists()


# --- From above --------------------------------------------------------------------------------
@pytest.fixture
def country() -> Country:
    return make_country()


def test_team_talks_among_itself_and_office_above_reads_what_is_shared(country: Country) -> None:
    head, above = country["upazila.head"], country["district.head"]
    plan = make_plan(country.upazila, by=head, tasks=1, status=PlanStatus.SUBMITTED)
    task = plan.tasks.get()
    own = add_comment(workplan=plan, by=head, text="ভেতরের কথা", task=task)
    say(client_of(above), plan, "জেলার লক্ষ্যমাত্রা মেলান", f"task={task.pk}", cell="measure")
    shared = PlanComment.objects.get(is_shared=True)
    reply = reply_to_comment(comment=shared, by=head, text="মেলানো হয়েছে")
    assert (reply.is_shared, shared.by_post) == (True, post_of(above))

    for path in (
        task.get_absolute_url(),
        plan.get_absolute_url(),
        reverse("workplans:comments", args=[plan.pk]),
    ):
        seen = client_of(above).get(path).content.decode()
        assert "ভেতরের কথা" not in seen
        assert "জেলার লক্ষ্যমাত্রা মেলান" in seen
    # Another office above reads it as well, settles nothing and calls nobody by choice.
    division = client_of(country["division.member"])
    page = division.get(task.get_absolute_url())
    assert "মেলানো হয়েছে" in page.content.decode()
    assert find(page, "[name='posts']") == []
    assert division.post(reverse("workplans:comment_settle", args=[shared.pk])).status_code == 403
    assert division.post(reverse("workplans:comment_settle", args=[own.pk])).status_code == 404


def test_remark_from_above_is_on_the_list_of_those_who_lead_until_settled(
    country: Country,
) -> None:
    head, officer = country["upazila.head"], country["upazila.innovation_officer"]
    plan = make_plan(country.upazila, by=head, tasks=1, status=PlanStatus.APPROVED)
    add_comment(workplan=plan, by=country["district.head"], text="লক্ষ্যমাত্রা মেলান")
    assert duties(head) == duties(officer) == ["ঊর্ধ্বতনের মন্তব্য"]
    assert duties(country["upazila.member"]) == duties(country["district.head"]) == []
    remark = PlanComment.objects.get()
    client_of(officer).post(reverse("workplans:comment_settle", args=[remark.pk]))
    assert duties(head) == duties(officer) == []


def test_pages_with_remarks_ask_as_often_for_thirty(team: Team, plan: WorkPlan, task: Task) -> None:
    client = client_of(team.member)
    pages = (
        task.get_absolute_url(),
        reverse("workplans:comments", args=[plan.pk]),
        plan.get_absolute_url(),
        HOME,
    )

    def remark(number: int) -> None:
        said = add_comment(
            workplan=plan, by=team.head, text=f"@{RESPONSIBLE} {number}", task=task, cell="title"
        )
        reply_to_comment(comment=said, by=team.innovation_officer, text="জবাব")

    def asked() -> list[int]:
        counts = []
        for path in pages:
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counts.append(len(queries))
        return counts

    remark(1)
    few = asked()
    for number in range(30):
        remark(number)
    assert asked() == few
