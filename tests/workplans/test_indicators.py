"""Indicators of a task: written, refused with the mend, met by two, deleted, weighed."""

import uuid

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from teams.models import AuditEntry
from tests.factories import Team, client_of, make_plan, make_task, make_team, take_plan_to
from tests.pages import find, texts_of
from tests.races import at_once
from tests.workplans.indicators import achieve, make_indicator, save, send_new
from workplans.actions import delete_task
from workplans.models import Indicator, Task, WorkPlan
from workplans.snapshots import plan_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def errors_of(response: HttpResponse) -> str:
    assert response.status_code == 422
    return " ".join(texts_of(response, ".invalid-feedback"))


# --- Writing --------------------------------------------------------------------------------
def test_indicator_is_kept_as_typed(client: Client, task: Task) -> None:
    response = send_new(client, task, name="  প্রশিক্ষণপ্রাপ্ত   কর্মকর্তা ")
    assert response.status_code == 302
    indicator = task.indicators.get()
    assert indicator.weight == 10
    assert indicator.targets == ("১০০", "৯০", "৮০", "৭০", "৬০")
    assert [one.target for one in indicator.quarter_targets.all()] == ["২০", "৫০"]
    page = client.get(task.get_absolute_url()).text
    assert "প্রশিক্ষণপ্রাপ্ত" in page
    assert "১২০" in client.get(reverse("workplans:indicator_update", args=[indicator.pk])).text


def test_same_form_twice_makes_one_indicator(client: Client, task: Task) -> None:
    key = str(uuid.uuid4())
    send_new(client, task, form_key=key)
    send_new(client, task, form_key=key)
    assert task.indicators.count() == 1


def test_saving_one_can_open_the_next(client: Client, task: Task) -> None:
    response = send_new(client, task, more="1")
    assert response.headers["Location"] == reverse("workplans:indicator_create", args=[task.pk])


def test_empty_quarter_is_no_target(client: Client, task: Task) -> None:
    send_new(client, task)
    indicator = task.indicators.get()
    save(client, indicator, quarter_1="", quarter_2="৬০", quarter_3="৮০")
    assert [(one.quarter, one.target) for one in indicator.quarter_targets.all()] == [
        (2, "৬০"),
        (3, "৮০"),
    ]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"name": " "}, "সূচকটি লিখুন।"),
        ({"target_90": "অনেক"}, "সংখ্যা হিসেবে পড়া গেল না"),
        ({"target_90": "১২০"}, "৯০%-এর লক্ষ্যমাত্রা ক্রমে নেই"),
        ({"quarter_3": "সব"}, "সংখ্যা হিসেবে পড়া গেল না"),
        ({"weight": "১০১"}, "মান ০ থেকে ১০০"),
        ({"weight": "২.৫৫৫"}, "মান ০ থেকে ১০০"),
        ({"unit": "date"}, "দিন, মাস ও বছর লিখুন"),
        ({"unit": "yes_no", "target_100": "হ্যাঁ"}, "“হ্যাঁ” অথবা “না”"),
        ({"unit": "furlong"}, "furlong"),
        ({"target_100": "৯" * 61}, "৬০"),
    ],
)
def test_what_cannot_be_scored_is_refused_with_the_mend(
    client: Client, task: Task, cells: dict[str, str], sentence: str
) -> None:
    assert sentence in errors_of(send_new(client, task, **cells))
    assert not task.indicators.exists()


def test_yes_no_has_one_target(client: Client, task: Task) -> None:
    empty = dict.fromkeys(("target_90", "target_80", "target_70", "target_60"), "")
    words = {"unit": "yes_no", "target_100": "হ্যাঁ", "quarter_1": "", "quarter_2": ""}
    assert "একটিই লক্ষ্যমাত্রা" in errors_of(
        send_new(client, task, **{**words, **empty, "target_90": "না"})
    )
    assert send_new(client, task, **{**words, **empty}).status_code == 302


def test_copy_of_a_row_has_its_indicators(client: Client, task: Task, team: Team) -> None:
    achieve(make_indicator(task, by=team.head, quarters={2: "৫০"}), "৪০")
    client.post(reverse("workplans:task_duplicate", args=[task.pk]))
    (copy,) = task.plan.tasks.exclude(pk=task.pk)
    (indicator,) = copy.indicators.all()
    assert indicator.targets == ("১০০", "৯০", "৮০", "৭০", "৬০")
    assert indicator.quarter_targets.get().target == "৫০"
    assert not indicator.progress.exists()


# --- Two people -----------------------------------------------------------------------------
def test_save_from_old_copy_shows_both_texts(client: Client, task: Task, team: Team) -> None:
    old = make_indicator(task, by=team.head)
    save(client_of(team.head), old, name="প্রশিক্ষণ পাওয়া জনবল", weight="৫")
    response = save(client, old, name="কর্মকর্তা ও কর্মচারী", weight="10")
    assert response.status_code == 409
    assert "প্রশিক্ষণ পাওয়া জনবল" in response.text
    assert "কর্মকর্তা ও কর্মচারী" in response.text
    # Chosen cell by cell: my name, their weight.
    current = task.indicators.get()
    save(client, current, name="কর্মকর্তা ও কর্মচারী", weight="10", keep_weight="theirs")
    current = task.indicators.get()
    assert (current.name, current.weight, current.version) == ("কর্মকর্তা ও কর্মচারী", 5, 3)


def test_same_words_from_old_copy_are_no_conflict(client: Client, task: Task, team: Team) -> None:
    old = make_indicator(task, by=team.head)
    save(client, old)
    assert save(client, old, weight="10").status_code == 302


def test_theirs_can_be_an_empty_quarter(client: Client, task: Task, team: Team) -> None:
    old = make_indicator(task, by=team.head, quarters={1: "৫"})
    save(client_of(team.head), old, quarter_1="", quarter_2="")
    assert save(client, old, quarter_2="").status_code == 409
    save(client, task.indicators.get(), quarter_2="", keep_quarter_1="theirs")
    assert not task.indicators.get().quarter_targets.exists()


def test_deleted_meanwhile_comes_back_from_the_page_that_says_so(
    client: Client, task: Task, team: Team
) -> None:
    old = make_indicator(task, by=team.head)
    client_of(team.head).post(reverse("workplans:indicator_delete", args=[old.pk]))
    response = save(client, old)
    assert response.status_code == 409
    assert "মুছে ফেলেছেন" in response.text
    save(client, Indicator.objects.get(pk=old.pk))
    assert task.indicators.kept().exists()


def test_deleted_indicator_can_be_brought_back(client: Client, task: Task, team: Team) -> None:
    indicator = make_indicator(task, by=team.head)
    achieve(indicator, "৫০")
    response = client.post(reverse("workplans:indicator_delete", args=[indicator.pk]), follow=True)
    assert not task.indicators.kept().exists()
    restore = reverse("workplans:indicator_restore", args=[indicator.pk])
    assert restore in response.text
    client.post(restore)
    assert task.indicators.kept().exists()
    acts = AuditEntry.objects.filter(action__startswith="indicator.").order_by("pk")
    assert [one.action.partition(".")[2] for one in acts] == ["create", "delete", "restore"]


@pytest.mark.django_db(transaction=True)
def test_of_six_saves_at_once_one_wins_and_five_are_told() -> None:
    team = make_team()
    task = make_task(make_plan(team.office, by=team.head, tasks=0), by=team.head)
    old = make_indicator(task, by=team.head)
    clients = [(number, client_of(team.member)) for number in range(6)]

    def attempt() -> int:
        number, client = clients.pop()
        return save(client, old, name=f"সূচক {number}").status_code

    assert sorted(at_once([attempt] * 6)) == [302, *[409] * 5]
    assert task.indicators.get().version == 2


@pytest.mark.django_db(transaction=True)
def test_form_of_a_new_one_sent_six_times_at_once_makes_one() -> None:
    team = make_team()
    task = make_task(make_plan(team.office, by=team.head, tasks=0), by=team.head)
    clients, key = [client_of(team.member) for _ in range(6)], str(uuid.uuid4())
    at_once([lambda: send_new(clients.pop(), task, form_key=key).status_code] * 6)
    assert task.indicators.count() == 1


# --- When the plan's text is settled -----------------------------------------------------------
def test_approved_plan_keeps_its_indicators(client: Client, team: Team, plan: WorkPlan) -> None:
    task = make_task(plan, by=team.head)
    indicator = make_indicator(task, by=team.head)
    take_plan_to(plan, "approved", by=team.head)
    assert send_new(client, task).status_code == 403
    assert save(client, indicator).status_code == 403
    response = client.post(reverse("workplans:indicator_delete", args=[indicator.pk]), follow=True)
    assert "বদলানো যায় না" in response.text
    assert task.indicators.kept().count() == 1


def test_indicator_of_a_deleted_task_is_gone_with_it(
    client: Client, task: Task, team: Team
) -> None:
    indicator = make_indicator(task, by=team.head)
    delete_task(task=task, by=team.head)
    assert save(client, indicator).status_code == 404
    assert send_new(client, task).status_code == 404


def test_snapshot_of_a_plan_tells_its_indicators(client: Client, task: Task) -> None:
    send_new(client, task)
    (row,) = plan_rows(task.plan)
    assert row["indicators"][0]["weight"] == "10"
    assert row["indicators"][0]["quarters"] == {"1": "২০", "2": "৫০"}


# --- In the grid ----------------------------------------------------------------------------
@pytest.mark.parametrize("form", ["scored", "quarterly"])
def test_grid_of_a_scored_plan_shows_indicators_under_their_task(team: Team, form: str) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0, form=form)
    task = make_task(plan, by=team.head)
    indicator = make_indicator(task, by=team.head, quarters={1: "২০"})
    achieve(indicator, "৪৫")
    page = client_of(team.member).get(plan.get_absolute_url()).text
    assert reverse("workplans:indicator_update", args=[indicator.pk]) in page
    assert reverse("workplans:indicator_create", args=[task.pk]) in page
    assert "৪৫" in page


def test_grid_of_another_form_says_nothing_of_indicators(
    client: Client, task: Task, team: Team
) -> None:
    make_indicator(task, by=team.head)
    assert not find(client.get(task.plan.get_absolute_url()), "tr.indicators")


# --- Weights of objectives --------------------------------------------------------------------
def weigh(client: Client, plan: WorkPlan, **cells: str):
    return client.post(reverse("workplans:weight_update", args=[plan.pk]), cells)


def test_weights_are_set_on_one_page(client: Client, task: Task) -> None:
    subject = task.subject.pk
    response = weigh(client, task.plan, **{f"weight_{subject}": "৪২.৫", f"was_{subject}": ""})
    assert response.status_code == 302
    task.subject.refresh_from_db()
    assert task.subject.weight == 42.5
    page = client.get(reverse("workplans:scores", args=[task.plan_id])).text
    assert "১০০-এর মধ্যে ৪২.৫" in page


def test_weights_met_by_somebody_else_show_both(client: Client, task: Task, team: Team) -> None:
    weight, was = f"weight_{task.subject.pk}", f"was_{task.subject.pk}"
    weigh(client_of(team.head), task.plan, **{weight: "৩০", was: ""})
    response = weigh(client, task.plan, **{weight: "৪০", was: ""})
    assert response.status_code == 409
    assert "৩০ করেছেন" in response.text
    assert "৪০" in response.text
    # Untouched, an old copy takes nothing back.
    assert weigh(client, task.plan, **{weight: "", was: ""}).status_code == 302
    weigh(client, task.plan, **{weight: "৪০", was: "৩০"})
    task.subject.refresh_from_db()
    assert task.subject.weight == 40


def test_unreadable_weight_is_refused(client: Client, task: Task) -> None:
    response = weigh(client, task.plan, **{f"weight_{task.subject.pk}": "অনেক"})
    assert "মান ০ থেকে ১০০" in errors_of(response)
