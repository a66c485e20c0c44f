"""Attempts to read or change what is not one's own, one test for each way in.

tests/test_access.py asks whether a door is open; here somebody stands inside one room and
reaches for another: with a number in a form, a copied key, a field too many.
"""

import uuid
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobs.enums import JobStatus
from jobs.models import Job
from reports.models import Section
from teams.models import AuditEntry
from tests.access_world import import_row, records
from tests.factories import Country, client_of, make_country, make_plan, make_progress, make_task
from tests.reports.build import report_of
from workplans.actions import delete_task, submit_workplan
from workplans.models import PlanImport, ProgressEntry, Subject, Task, WorkPlan

pytestmark = pytest.mark.django_db

SECRET = "গোপনীয়"
GRID = {"X-Requested-With": "grid"}


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def plan(country: Country) -> WorkPlan:
    """The draft somebody wants to get at."""
    plan = make_plan(country.upazila, by=country["upazila.head"], tasks=2)
    make_task(plan, by=country["upazila.head"], title=f"{SECRET} কাজ", subject=f"{SECRET} বিষয়")
    return plan


@pytest.fixture
def mine(country: Country) -> WorkPlan:
    """The intruder's own draft."""
    return make_plan(country.sibling, by=country["sibling.head"], tasks=2)


@pytest.fixture
def intruder(country: Country) -> Client:
    """The head of a sister office: every right at home, none here."""
    return client_of(country["sibling.head"])


@pytest.fixture
def above(country: Country) -> Client:
    return client_of(country["district.head"])


def row(**more: object) -> dict[str, Any]:
    return {"title": "আমার কাজ", "form_key": uuid.uuid4(), "version": 1, **more}


def to(name: str, pk: int) -> str:
    return reverse(f"workplans:{name}", args=[pk])


def submit(plan: WorkPlan, country: Country) -> None:
    submit_workplan(workplan=plan, by=country["upazila.head"])


# --- Numbers of others in one's own forms --------------------------------------------------
def test_row_cannot_be_moved_before_a_row_of_another_plan(
    intruder: Client, plan: WorkPlan, mine: WorkPlan
) -> None:
    own, foreign = mine.tasks.first(), plan.tasks.first()
    before = records()
    assert intruder.post(to("task_move", own.pk), {"before": foreign.pk}).status_code == 404
    assert intruder.post(to("task_move", foreign.pk), {"before": own.pk}).status_code == 404
    assert records() == before


def test_row_cannot_be_moved_before_a_deleted_row(
    country: Country, intruder: Client, mine: WorkPlan
) -> None:
    first, gone = mine.tasks.all()
    delete_task(task=gone, by=country["sibling.head"])
    assert intruder.post(to("task_move", first.pk), {"before": gone.pk}).status_code == 404


def test_plan_cannot_be_made_for_another_office(
    country: Country, intruder: Client, plan: WorkPlan
) -> None:
    for office in (country.upazila, country.district, country.root):
        form = {"office": office.pk, "period": "2025-2026", "form": "progress"}
        intruder.post(reverse("workplans:create"), form)
    assert list(WorkPlan.objects.all()) == [plan]


def test_subject_of_another_plan_is_neither_renamed_nor_joined(
    intruder: Client, plan: WorkPlan, mine: WorkPlan
) -> None:
    """Giving one's own subject a foreign name makes a name, not a link."""
    foreign = plan.subjects.first()
    assert intruder.post(to("subject_rename", foreign.pk), {"name": "ক"}).status_code == 404
    intruder.post(to("subject_rename", mine.subjects.first().pk), {"name": foreign.name})
    make_own = intruder.post(to("task_create", mine.pk), row(subject=foreign.name))
    assert make_own.status_code == 302
    assert foreign.tasks.count() == Task.objects.filter(plan=plan, subject=foreign).count()
    assert set(Subject.objects.filter(tasks__plan=mine).values_list("plan", flat=True)) == {mine.pk}


@pytest.mark.parametrize("method", ["get", "post"])
def test_waiting_table_of_another_plan_is_not_taken_in(
    intruder: Client, plan: WorkPlan, method: str
) -> None:
    waiting = PlanImport.objects.create(plan=plan, rows=[{"title": SECRET}])
    form = {
        "rows-TOTAL_FORMS": 1,
        "rows-INITIAL_FORMS": 1,
        "rows-0-title": "x",
        "rows-0-take": "on",
    }
    assert getattr(intruder, method)(waiting.get_absolute_url(), form).status_code == 404
    waiting.refresh_from_db()
    assert waiting.applied_at is None


def test_deleted_row_of_another_office_is_not_restored(
    country: Country, intruder: Client, above: Client, plan: WorkPlan
) -> None:
    task = plan.tasks.first()
    delete_task(task=task, by=country["upazila.head"])
    assert intruder.post(to("task_restore", task.pk)).status_code == 404
    assert above.post(to("task_restore", task.pk)).status_code == 404
    submit(plan, country)
    assert above.post(to("task_restore", task.pk)).status_code == 403
    task.refresh_from_db()
    assert task.deleted_at is not None


@pytest.mark.parametrize(
    "name", ["task_update", "task_delete", "task_duplicate", "task_settle", "progress_create"]
)
def test_grid_header_opens_nothing(intruder: Client, plan: WorkPlan, name: str) -> None:
    before = records()
    task = plan.tasks.first()
    assert intruder.post(to(name, task.pk), row(), headers=GRID).status_code == 404
    assert records() == before


def test_copied_form_key_touches_nothing_of_the_other_plan(
    country: Country, intruder: Client, plan: WorkPlan, mine: WorkPlan
) -> None:
    """A key seen on somebody's screen makes a row of one's own; it neither fails nor tells."""
    key = uuid.uuid4()
    team = client_of(country["upazila.member"])
    team.post(to("task_create", plan.pk), row(title=SECRET, form_key=key))
    theirs = plan.tasks.get(title=SECRET)
    response = intruder.post(to("task_create", mine.pk), row(form_key=key), headers=GRID)
    assert SECRET not in response.json()["grid"]
    assert mine.tasks.filter(title="আমার কাজ").count() == 1
    intruder.post(to("task_create", mine.pk), row(form_key=theirs.form_key))
    assert mine.tasks.filter(title="আমার কাজ").count() == 2


def test_copied_form_key_does_not_swallow_progress(
    country: Country, intruder: Client, plan: WorkPlan, mine: WorkPlan
) -> None:
    theirs = make_progress(plan.tasks.first(), by=country["upazila.head"])
    task = mine.tasks.first()
    for key in (theirs.form_key, uuid.uuid4()):
        report = {"form_key": key, "text": "আমার কথা", "on": "২০২৬-১০-০১"}
        for _twice in range(2):
            intruder.post(to("progress_create", task.pk), report)
    assert task.progress.count() == 2
    theirs.refresh_from_db()
    assert theirs.text != "আমার কথা"


# --- More fields than the form has ---------------------------------------------------------
def test_form_of_a_row_sets_nothing_but_its_cells(
    country: Country, intruder: Client, plan: WorkPlan, mine: WorkPlan
) -> None:
    task, foreign = mine.tasks.first(), plan.tasks.first()
    more = {
        "plan": plan.pk,
        "plan_id": plan.pk,
        "subject_id": foreign.subject_id,
        "position": 999,
        "doubts": "[]",
        "deleted_at": "2026-01-01",
        "updated_by": country["upazila.head"].pk,
        "starts_on": "2020-01-01",
        "responsible": [post.pk for post in country.upazila.posts.all()],
    }
    form = row(version=task.version, subject=task.subject.name, **more)
    assert intruder.post(to("task_update", task.pk), form).status_code == 302
    changed = Task.objects.get(pk=task.pk)
    assert changed.title == "আমার কাজ"
    assert (changed.plan_id, changed.subject_id) == (mine.pk, task.subject_id)
    assert (changed.position, changed.deleted_at) == (task.position, None)
    assert changed.updated_by == country["sibling.head"]
    assert changed.starts_on is None
    assert list(changed.responsible.all()) == []


def test_form_of_a_plan_sets_no_state(country: Country, intruder: Client) -> None:
    form = {
        **{"office": country.sibling.pk, "period": "2025-2026", "form": "progress"},
        **{"status": "approved", "revision": 9, "approved_by": country["upazila.head"].pk},
    }
    intruder.post(reverse("workplans:create"), form)
    made = WorkPlan.objects.get(office=country.sibling)
    assert (made.status, made.revision, made.approved_by) == ("draft", 1, None)


def test_form_of_progress_signs_for_nobody_else(
    country: Country, intruder: Client, mine: WorkPlan
) -> None:
    task = mine.tasks.first()
    victim = country["upazila.head"]
    form = {
        **{"form_key": uuid.uuid4(), "text": "x", "on": "২০২৬-১০-০১", "task": 0},
        **{"created_by": victim.pk, "by_post": victim.scope.main_post.pk, "evidence_name": SECRET},
    }
    intruder.post(to("progress_create", task.pk), form)
    entry = ProgressEntry.objects.get()
    assert (entry.task, entry.created_by) == (task, country["sibling.head"])
    assert (entry.by_post.office, entry.evidence_name) == (country.sibling, "")


def test_form_of_a_report_sets_nothing_but_its_words(
    country: Country, intruder: Client, plan: WorkPlan, mine: WorkPlan
) -> None:
    report = report_of(mine, by=country["sibling.head"])
    section = report.sections.get(key="visits")
    theirs = report_of(plan, by=country["upazila.head"])
    form = {
        **{"version": 1, "words": "আমার", "plan": plan.pk, "office": country.upazila.pk},
        **{"report": theirs.pk, "key": "introduction", "is_required": "on", "figures": "{}"},
    }
    intruder.post(section.get_absolute_url(), form)
    changed = Section.objects.get(words="আমার")
    assert (changed.report, changed.key, changed.is_required) == (report, "visits", False)
    report.refresh_from_db()
    assert (report.plan, report.office) == (mine, country.sibling)


def test_taken_table_writes_into_its_own_plan_only(
    intruder: Client, plan: WorkPlan, mine: WorkPlan
) -> None:
    waiting = PlanImport.objects.create(plan=mine, rows=[import_row()])
    form = {
        **{"rows-TOTAL_FORMS": 3, "rows-INITIAL_FORMS": 3, "mode-mode": "replace"},
        **{f"rows-{n}-title": f"কাজ {n}" for n in range(3)},
        **{f"rows-{n}-take": "on" for n in range(3)},
        **{"plan": plan.pk, "rows-0-plan": plan.pk},
    }
    before = list(plan.tasks.values_list())
    intruder.post(waiting.get_absolute_url(), form)
    assert list(plan.tasks.values_list()) == before
    # And no more rows than were read.
    assert [task.title for task in mine.tasks.kept()] == ["কাজ 0"]


# --- Seeing is not doing -------------------------------------------------------------------
@pytest.mark.parametrize("person", ["district.head", "division.member", "reviewer"])
@pytest.mark.parametrize("move", [{"to": "up"}, {"to": "down"}, {"to": "sideways"}])
def test_reader_above_moves_no_row_whichever_way(
    country: Country, plan: WorkPlan, person: str, move: Mapping[str, str]
) -> None:
    """Also where the row has nowhere to go: the first up, the last down."""
    submit(plan, country)
    client = client_of(country[person])
    before = records()
    for task in plan.tasks.all():
        assert client.post(to("task_move", task.pk), move).status_code == 403
    assert records() == before


def test_refused_step_leaves_no_entry_in_the_record(
    country: Country, above: Client, intruder: Client, plan: WorkPlan
) -> None:
    submit(plan, country)
    entries = AuditEntry.objects.count()
    for client in (above, intruder, client_of(country["upazila.member"])):
        for name in ("approve", "return", "submit", "close"):
            client.post(to(name, plan.pk), {"reason": "x"})
    assert AuditEntry.objects.count() == entries
    plan.refresh_from_db()
    assert plan.status == "submitted"


def test_stranger_does_not_restart_a_job(
    country: Country, intruder: Client, plan: WorkPlan
) -> None:
    client_of(country["upazila.head"]).post(to("print", plan.pk))
    document = plan.documents.get()
    Job.objects.filter(pk=document.job_id).update(
        status=JobStatus.FAILED, finished_at=timezone.now(), error="x", error_for_user="x"
    )
    assert intruder.post(to("document_retry", document.pk)).status_code == 404
    assert Job.objects.get(pk=document.job_id).status == JobStatus.FAILED
