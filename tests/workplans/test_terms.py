"""Which duties of the team a plan's tasks serve: said, proposed, looked over."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from teams.enums import Tier
from teams.models import AuditEntry, TermOfReference
from teams.transitions import WrongState
from tests.factories import (
    Team,
    client_of,
    make_office,
    make_officer,
    make_plan,
    make_progress,
    make_task,
    make_team,
    take_plan_to,
)
from tests.pages import alerts_after, find, form_fields, texts_of
from tests.workplans.rows import ROW, add, save
from workplans.actions import duplicate_task, tag_task
from workplans.models import Task, WorkPlan
from workplans.terms import propose_terms, terms_in_force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SERVICES, MEETING, SHOWCASE, CHARTER = 1, 3, 15, 16


def term(number: int, on: date = date(2026, 7, 1)) -> TermOfReference:
    return TermOfReference.objects.covering(on).get(number=number)


def numbers(task: Task) -> list[int]:
    return sorted(task.terms.values_list("number", flat=True))


def page_of(plan: WorkPlan, name: str) -> str:
    return reverse(f"workplans:{name}", args=[plan.pk])


# --- In force, and proposed --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("period", "count"), [("2026-2027", 21), ("2023-2024", 5), ("2016", 5), ("2012", 0)]
)
def test_duties_are_those_of_the_plans_first_day(team: Team, period: str, count: int) -> None:
    assert (
        len(terms_in_force(make_plan(team.office, by=team.head, tasks=0, period=period))) == count
    )


@pytest.mark.parametrize(
    ("title", "proposed"),
    [
        ("ওয়েবসাইট হালনাগাদ করা", [10]),
        ("ই-নথিতে শতভাগ পত্র নিষ্পত্তি", [9]),
        ("বার্ষিক প্রতিবেদন প্রস্তুত ও প্রেরণ", [5]),
        ("সিটিজেন চার্টার হালনাগাদ ও টাঙানো", [16]),
        ("সাইবার নিরাপত্তা বিষয়ে কর্মশালা", [17]),
        ("তথ্য অধিকার আইনে আবেদন নিষ্পত্তি", [21]),
        ("অন্য দপ্তরের সফল উদ্যোগ রেপ্লিকেট করা", [13]),
        ("গাছ লাগানো", []),
        ("", []),
    ],
)
def test_title_proposes_the_duties_it_speaks_of(
    plan: WorkPlan, title: str, proposed: list[int]
) -> None:
    found = [one.number for one in propose_terms(title, terms_in_force(plan))]
    assert found == proposed


def test_title_never_proposes_more_than_three(plan: WorkPlan) -> None:
    terms = terms_in_force(plan)
    everything = " ".join(one.text_bn for one in terms)
    assert len(propose_terms(everything, terms)) <= 3
    assert propose_terms("ওয়েবসাইট", []) == []


# --- Saying it -----------------------------------------------------------------------------------
def test_task_is_tagged_on_its_page_without_a_new_version(
    client: Client, plan: WorkPlan, task: Task
) -> None:
    url = reverse("workplans:task_terms", args=[task.pk])
    boxes = find(client.get(url), "[name='terms']")
    assert len(boxes) == 21
    data = {"terms_shown": "1", "terms": [term(SERVICES).pk, term(CHARTER).pk]}
    answer = client.post(url, data)
    assert answer.url == f"{plan.get_absolute_url()}#task-{task.pk}"
    assert numbers(task) == [SERVICES, CHARTER]
    assert Task.objects.get().version == task.version
    entry = AuditEntry.objects.get(action="task.tag")
    assert (entry.before, entry.after) == ({"terms": []}, {"terms": [SERVICES, CHARTER]})
    # Said once more, nothing is recorded; without ticks nothing is left.
    client.post(url, data)
    assert AuditEntry.objects.filter(action="task.tag").count() == 1
    client.post(url, {"terms_shown": "1"})
    assert numbers(task) == []


def test_proposal_is_taken_by_one_press(client: Client, team: Team, plan: WorkPlan) -> None:
    task = make_task(plan, by=team.head, title="সিটিজেন চার্টার টাঙানো")
    url = reverse("workplans:task_terms", args=[task.pk])
    assert "প্রস্তাব নিন" in texts_of(client.get(url), "main button")
    client.post(url, {"terms_shown": "1", "accept": "1"})
    assert numbers(task) == [CHARTER]
    assert "প্রস্তাব নিন" not in texts_of(client.get(url), "main button")


def test_way_back_leads_only_to_our_own_pages(client: Client, plan: WorkPlan, task: Task) -> None:
    url = reverse("workplans:task_terms", args=[task.pk])
    filtered = f"{plan.get_absolute_url()}?state=late"
    for wanted, given in (
        (filtered, filtered),
        ("https://evil.example/", f"{plan.get_absolute_url()}#task-{task.pk}"),
        ("//evil.example/", f"{plan.get_absolute_url()}#task-{task.pk}"),
        ("javascript:alert(1)", f"{plan.get_absolute_url()}#task-{task.pk}"),
    ):
        assert client.post(url, {"terms_shown": "1", "next": wanted}).url == given


@pytest.mark.parametrize("sent", ["x", "0", "99999999999999999999", "\x00"])
def test_duty_nobody_offered_is_refused_with_words(client: Client, task: Task, sent: str) -> None:
    answer = client.post(
        reverse("workplans:task_terms", args=[task.pk]), {"terms_shown": "1", "terms": [sent]}
    )
    assert answer.status_code == 422
    assert "তালিকায় নেই" in texts_of(answer, ".invalid-feedback")[0]
    assert numbers(task) == []


def test_duty_of_another_time_is_refused(team: Team, task: Task) -> None:
    with pytest.raises(WrongState):
        tag_task(task=task, terms=[term(1, date(2016, 1, 1))], by=team.head)


def test_approved_plan_is_tagged_by_whoever_leads(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, status="approved")
    task = plan.tasks.get()
    tag_task(task=task, terms=[term(SERVICES)], by=team.innovation_officer)
    with pytest.raises(WrongState):
        tag_task(task=task, terms=[], by=team.member)
    assert numbers(task) == [SERVICES]


def test_stranger_tags_nothing(team: Team, task: Task) -> None:
    stranger = make_officer(make_office("elsewhere", Tier.UPAZILA, team.office))
    with pytest.raises(PermissionDenied):
        tag_task(task=task, terms=[term(SERVICES)], by=stranger)


# --- With the words of a row ---------------------------------------------------------------------
def test_row_is_written_with_its_duties(client: Client, plan: WorkPlan) -> None:
    url = reverse("workplans:task_create", args=[plan.pk])
    page = client.get(url, {"term": "16"})
    form = form_fields(page)
    assert form["terms"] == [str(term(CHARTER).pk)]
    client.post(url, {**form, **ROW})
    task = Task.objects.get()
    assert numbers(task) == [CHARTER]
    edit = reverse("workplans:task_update", args=[task.pk])
    form = form_fields(client.get(edit))
    client.post(edit, {**form, "terms": [term(MEETING).pk]})
    assert numbers(task) == [MEETING]
    # The grid shows no boxes and says nothing of them.
    task.refresh_from_db()
    save(client, task, title="অন্য নাম")
    assert numbers(task) == [MEETING]
    assert "কার্যপরিধি ৩" in texts_of(client.get(plan.get_absolute_url()), "td.title")[0]


def test_ticks_survive_a_conflict(client: Client, team: Team, task: Task) -> None:
    url = reverse("workplans:task_update", args=[task.pk])
    form = form_fields(client.get(url))
    save(client_of(team.head), task, title="অন্যের লেখা")
    answer = client.post(url, {**form, "title": "আমার লেখা", "terms": [term(SHOWCASE).pk]})
    assert answer.status_code == 409
    kept = form_fields(answer, "[data-conflict-form]")
    client.post(url, kept)
    task.refresh_from_db()
    assert (task.title, numbers(task)) == ("আমার লেখা", [SHOWCASE])


def test_copy_of_a_row_serves_the_same_duties(team: Team, task: Task) -> None:
    tag_task(task=task, terms=[term(SERVICES)], by=team.head)
    assert numbers(duplicate_task(task=task, by=team.head)) == [SERVICES]


# --- Many at once --------------------------------------------------------------------------------
def test_untagged_tasks_are_tagged_on_one_page(client: Client, team: Team, plan: WorkPlan) -> None:
    charter = make_task(plan, by=team.head, title="সিটিজেন চার্টার টাঙানো")
    plain = make_task(plan, by=team.head, title="গাছ লাগানো")
    left = make_task(plan, by=team.head, title="হেল্প ডেস্ক")
    url = page_of(plan, "plan_terms")
    form = form_fields(client.get(url), "main form")
    ticked = {f"task{plain.pk}-terms": [term(SERVICES).pk], "accept": str(charter.pk)}
    said = alerts_after(client, url, {**form, **ticked})
    assert said == ["২টি কাজের কার্যপরিধি রাখা হয়েছে।"]
    assert [numbers(task) for task in (charter, plain, left)] == [[CHARTER], [SERVICES], []]
    # Somebody else was quicker: what was said stays.
    tag_task(task=left, terms=[term(MEETING)], by=team.head)
    client.post(url, {f"task{left.pk}-terms_shown": "1", f"task{left.pk}-terms": [term(1).pk]})
    assert numbers(left) == [MEETING]
    assert "সব কাজের কার্যপরিধি বলা হয়েছে" in client.get(url).content.decode()


# --- Coverage ------------------------------------------------------------------------------------
def test_coverage_names_what_has_no_task(client: Client, team: Team, plan: WorkPlan) -> None:
    done, late, untagged = (make_task(plan, by=team.head, number=n) for n in (1, 2, 3))
    make_progress(done, by=team.head, percent=100)
    Task.objects.filter(pk=late.pk).update(ends_on=date(2026, 11, 1), due_on=date(2026, 11, 1))
    for task in (done, late):
        tag_task(task=task, terms=[term(SERVICES)], by=team.head)
    page = client.get(page_of(plan, "coverage"))
    row = [" ".join(cell.text_content().split()) for cell in find(page, "tbody tr")[0]]
    assert row[2:] == ["২", "১", "১"]
    missing = texts_of(page, ".terms-missing li")
    assert len(missing) == 20
    links = find(page, ".terms-missing a")
    assert links[0].get("href") == f"{page_of(plan, 'task_create')}?term=2"
    assert "১টি কাজের কার্যপরিধি বলা হয়নি" in page.content.decode()
    assert untagged.title in page.content.decode()


def test_coverage_of_an_older_plan_has_the_five_of_its_time(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, period="2016")
    page = client_of(team.head).get(page_of(plan, "coverage"))
    assert len(texts_of(page, ".terms-missing li")) == 5
    early = make_plan(team.office, by=team.head, period="2012")
    page = client_of(team.head).get(page_of(early, "coverage"))
    assert "কোনো কার্যপরিধি বলবৎ ছিল না" in page.content.decode()


def test_from_above_the_coverage_of_a_sent_plan_is_read_without_buttons(team: Team) -> None:
    below = make_team("below", team.office)
    plan = make_plan(below.office, by=below.head)
    page = page_of(plan, "coverage")
    reader = client_of(team.head)
    assert reader.get(page).status_code == 404
    take_plan_to(plan, "submitted", by=below.head)
    answer = reader.get(page)
    assert not find(answer, ".terms-missing a")
    assert add(reader, plan).status_code == 403
