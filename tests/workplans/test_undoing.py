"""Taking back one's own last change of a plan, and the one before it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teams.models import AuditEntry, TermOfReference
from teams.transitions import WrongState
from tests.factories import Team, client_of, make_progress
from tests.pages import texts_of
from tests.workplans.rows import GRID, ROW, arrangement, save, titles
from workplans.actions import (
    add_task,
    delete_task,
    duplicate_task,
    move_task,
    rename_subject,
    restore_task,
    settle_doubts,
    step_task,
    submit_workplan,
    tag_task,
    undo_last,
    update_task,
)
from workplans.actions.undoing import REACH
from workplans.models import Subject, Task, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def rows(plan: WorkPlan, team: Team) -> list[Task]:
    """Three rows of the office's head: two under "ক", one under "খ"."""
    return [
        add_task(workplan=plan, fields={**ROW, "subject": subject, "title": title}, by=team.head)
        for subject, title in (("ক", "এক"), ("ক", "দুই"), ("খ", "তিন"))
    ]


def undo(client: Client, plan: WorkPlan, *, page: bool = False) -> HttpResponse:
    url = reverse("workplans:undo", args=[plan.pk])
    return client.post(url, headers={} if page else GRID)


def fresh(task: Task) -> Task:
    return Task.everything.select_related("subject", "plan__office").get(pk=task.pk)


def write(task: Task, team: Team, **cells: str) -> Task:
    """The member saves the row with these cells."""
    task = fresh(task)
    fields = {name: getattr(task, name) for name in ROW if name != "subject"}
    fields |= {"subject": task.subject.name, **cells}
    return update_task(task=task, version=task.version, fields=fields, by=team.member)


# --- Each kind of change ---------------------------------------------------------------------
def test_words_come_back_with_what_was_computed_of_them(
    client: Client, plan: WorkPlan, rows: list[Task]
) -> None:
    save(client, fresh(rows[0]), title="অন্য নাম", end_text="৩০ জুন ২০২৭", responsible_text="কেউ না")
    answer = undo(client, plan).json()
    assert answer["said"] == "সারির আগের লেখা ফিরেছে।"
    assert answer["focus"] == rows[0].pk
    task = fresh(rows[0])
    assert (task.title, task.end_text, f"{task.ends_on}") == ("এক", ROW["end_text"], "2026-12-31")
    assert [post.designation for post in task.responsible.all()] == ["সহকারী প্রোগ্রামার"]
    assert task.version == 3


def test_row_goes_back_under_a_subject_that_vanished_with_it(
    plan: WorkPlan, rows: list[Task], team: Team
) -> None:
    plan.subjects.filter(name="খ").update(weight=15)
    before = arrangement(plan)
    write(rows[2], team, subject="ক")
    assert not plan.subjects.filter(name="খ").exists()
    undo_last(plan=plan, by=team.member)
    assert arrangement(plan) == before


def test_doubt_that_a_change_settled_comes_back(
    plan: WorkPlan, rows: list[Task], team: Team
) -> None:
    doubts = [{"field": "measure", "reason": "দেখুন"}]
    Task.everything.filter(pk=rows[0].pk).update(doubts=doubts)
    write(rows[0], team, measure="অন্য পরিমাপ")
    assert fresh(rows[0]).doubts == []
    undo_last(plan=plan, by=team.member)
    assert fresh(rows[0]).doubts == doubts
    settle_doubts(task=fresh(rows[0]), by=team.member)
    undo_last(plan=plan, by=team.member)
    assert fresh(rows[0]).doubts == doubts


def test_new_row_and_copy_are_taken_out(plan: WorkPlan, rows: list[Task], team: Team) -> None:
    add_task(workplan=plan, fields={**ROW, "title": "নতুন"}, by=team.member)
    duplicate_task(task=rows[0], by=team.member)
    assert titles(plan) == ["এক", "এক", "দুই", "তিন", "নতুন"]
    undo_last(plan=plan, by=team.member)
    assert titles(plan) == ["এক", "দুই", "তিন", "নতুন"]
    undo_last(plan=plan, by=team.member)
    assert titles(plan) == ["এক", "দুই", "তিন"]


def test_deleted_row_returns_to_its_place(
    client: Client, plan: WorkPlan, rows: list[Task], team: Team
) -> None:
    delete_task(task=rows[0], by=team.member)
    assert undo(client, plan).json()["focus"] == rows[0].pk
    assert titles(plan) == ["এক", "দুই", "তিন"]


def test_row_deleted_and_put_back_by_hand_is_settled(
    plan: WorkPlan, rows: list[Task], team: Team
) -> None:
    """Whoever pressed the way back does not lose the row by asking for one more step."""
    write(rows[1], team, title="বদলানো")
    delete_task(task=rows[0], by=team.member)
    restore_task(task=fresh(rows[0]), by=team.member)
    undo_last(plan=plan, by=team.member)
    assert titles(plan) == ["এক", "দুই", "তিন"]


def test_row_that_another_had_deleted_is_taken_out_again(
    plan: WorkPlan, rows: list[Task], team: Team
) -> None:
    delete_task(task=rows[0], by=team.head)
    restore_task(task=fresh(rows[0]), by=team.member)
    undo_last(plan=plan, by=team.member)
    assert titles(plan) == ["দুই", "তিন"]


def test_moves_are_walked_back_one_by_one(plan: WorkPlan, rows: list[Task], team: Team) -> None:
    start = arrangement(plan)
    steps = [start]
    step_task(task=fresh(rows[0]), by=team.member, up=False)
    steps.append(arrangement(plan))
    other = Subject.objects.get(plan=plan, name="খ")
    move_task(task=fresh(rows[1]), by=team.member, subject=other, before=rows[2])
    steps.append(arrangement(plan))
    move_task(task=fresh(rows[2]), by=team.member, subject=Subject.objects.get(plan=plan, name="ক"))
    for there in reversed(steps):
        undo_last(plan=plan, by=team.member)
        assert arrangement(plan) == there


def test_subject_gets_its_name_back(plan: WorkPlan, rows: list[Task], team: Team) -> None:
    subject = Subject.objects.get(plan=plan, name="ক")
    rename_subject(subject=subject, name="ঘ", by=team.member)
    undo_last(plan=plan, by=team.member)
    assert [name for name, _title in arrangement(plan)] == ["ক", "ক", "খ"]


def test_subjects_that_were_joined_part_again(plan: WorkPlan, rows: list[Task], team: Team) -> None:
    plan.subjects.filter(name="ক").update(weight=40)
    before = arrangement(plan)
    subject = Subject.objects.get(plan=plan, name="ক")
    write(rows[0], team, measure="বদলানো পরিমাপ")
    rename_subject(subject=subject, name="খ", by=team.member)
    assert {name for name, _title in arrangement(plan)} == {"খ"}
    undo_last(plan=plan, by=team.member)
    assert arrangement(plan) == before
    undo_last(plan=plan, by=team.member)
    assert fresh(rows[0]).measure == ROW["measure"]


def test_terms_come_back_unless_another_has_said_others(
    plan: WorkPlan, rows: list[Task], team: Team
) -> None:
    first, second = TermOfReference.objects.covering(plan.starts_on)[:2]
    tag_task(task=fresh(rows[0]), terms=[first], by=team.member)
    tag_task(task=fresh(rows[0]), terms=[first, second], by=team.member)
    undo_last(plan=plan, by=team.member)
    assert list(rows[0].terms.all()) == [first]
    tag_task(task=fresh(rows[0]), terms=[second], by=team.head)
    with pytest.raises(WrongState):
        undo_last(plan=plan, by=team.member)
    assert list(rows[0].terms.all()) == [second]


# --- How far, and for whom -------------------------------------------------------------------
def test_each_step_goes_one_further_back(plan: WorkPlan, rows: list[Task], team: Team) -> None:
    for words in ("প্রথম", "দ্বিতীয়", "তৃতীয়"):
        write(rows[0], team, title=words)
    seen = []
    for _step in range(3):
        undo_last(plan=plan, by=team.member)
        seen.append(fresh(rows[0]).title)
    assert seen == ["দ্বিতীয়", "প্রথম", "এক"]
    entries = AuditEntry.objects.filter(action="task.undo", by=team.member)
    assert entries.count() == len({entry.after["entry"] for entry in entries}) == 3


def test_only_ones_own_changes_are_taken_back(
    client: Client, plan: WorkPlan, rows: list[Task]
) -> None:
    response = undo(client, plan)
    assert response.status_code == 422
    assert "সাম্প্রতিক পরিবর্তন নেই" in response.json()["message"]
    assert len(titles(plan)) == 3


def test_row_changed_by_another_since_stays(
    client: Client, plan: WorkPlan, rows: list[Task], team: Team
) -> None:
    write(rows[0], team, title="সদস্যের কথা")
    task = fresh(rows[0])
    update_task(
        task=task,
        version=task.version,
        fields={**ROW, "subject": "ক", "title": "সদস্যের কথা", "measure": "প্রধানের পরিমাপ"},
        by=team.head,
    )
    response = undo(client, plan)
    assert response.status_code == 422
    assert team.head.name_bn in response.json()["message"]
    assert fresh(rows[0]).title == "সদস্যের কথা"
    # What the other takes back is as if it had never been.
    undo_last(plan=plan, by=team.head)
    assert undo(client, plan).status_code == 200
    assert fresh(rows[0]).title == "এক"


def test_new_row_that_others_reported_on_stays(client: Client, plan: WorkPlan, team: Team) -> None:
    task = add_task(workplan=plan, fields=ROW, by=team.member)
    make_progress(task, by=team.head)
    response = undo(client, plan)
    assert response.status_code == 422
    assert "অগ্রগতি" in response.json()["message"]
    assert titles(plan) == [ROW["title"]]


def test_what_was_done_before_the_plan_was_sent_stays(
    client: Client, plan: WorkPlan, rows: list[Task], team: Team
) -> None:
    head = client_of(team.head)
    submit_workplan(workplan=plan, by=team.head)
    assert undo(head, plan).status_code == 422
    assert len(titles(plan)) == 3


def test_what_was_done_yesterday_stays(
    plan: WorkPlan, rows: list[Task], team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(rows[0], team, title="গতকালের কথা")
    later = timezone.now() + REACH + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with pytest.raises(WrongState):
        undo_last(plan=plan, by=team.member)
    assert fresh(rows[0]).title == "গতকালের কথা"


def test_without_scripts_a_sentence_says_what_happened(
    client: Client, plan: WorkPlan, rows: list[Task], team: Team
) -> None:
    write(rows[0], team, title="অন্য নাম")
    response = undo(client, plan, page=True)
    assert response.url == f"{plan.get_absolute_url()}#task-{rows[0].pk}"
    assert "সারির আগের লেখা ফিরেছে।" in " ".join(texts_of(client.get(response.url), ".alert"))
    assert fresh(rows[0]).title == "এক"


def test_change_that_changed_nothing_is_passed_over(
    plan: WorkPlan, rows: list[Task], team: Team
) -> None:
    write(rows[0], team, title="অন্য নাম")
    write(rows[0], team)
    undo_last(plan=plan, by=team.member)
    assert fresh(rows[0]).title == "এক"


def test_name_of_a_subject_that_vanished_and_was_written_anew_comes_back(
    plan: WorkPlan, rows: list[Task], team: Team
) -> None:
    start = state_of(plan)
    rename_subject(subject=rows[2].subject, name="নতুন নাম", by=team.member)
    write(rows[2], team, subject="অন্য বিষয়")
    add_task(workplan=plan, fields={**ROW, "subject": "নতুন নাম"}, by=team.member)
    for _step in range(3):
        undo_last(plan=plan, by=team.member)
    assert state_of(plan) == start


# --- Whatever was done -----------------------------------------------------------------------
PLACES = st.integers(0, 6)
DEEDS = st.sampled_from(
    ["add", "write", "under", "delete", "restore", "step", "move", "rename", "copy", "settle"]
)


def state_of(plan: WorkPlan) -> list[tuple[object, ...]]:
    """What the plan shows: subjects, order, words, and the marks on cells."""
    tasks = plan.tasks.kept().select_related("subject").in_order()
    return [
        (one.subject.name, one.pk, one.title, one.start_text, str(one.starts_on), one.doubts)
        for one in tasks
    ]


def do(deed: str, which: int, word: str, plan: WorkPlan, team: Team) -> None:
    """One thing done by the member, to whatever row or subject is there."""
    kept = list(plan.tasks.kept().select_related("subject", "plan__office").in_order())
    gone = list(plan.tasks.filter(deleted_at__isnull=False).select_related("plan__office"))
    subjects = list(plan.subjects.select_related("plan__office"))
    if deed == "add" or not kept:
        fields = {**ROW, "subject": f"বিষয় {which % 3}", "title": word}
        add_task(workplan=plan, fields=fields, by=team.member)
        return
    row, subject, by = kept[which % len(kept)], subjects[which % len(subjects)], team.member
    name = f"বিষয় {(which + len(word)) % 5}"
    deeds: dict[str, Callable[[], object]] = {
        "write": lambda: write(row, team, title=word, start_text=word),
        "under": lambda: write(row, team, subject=f"বিষয় {which % 4}"),
        "delete": lambda: delete_task(task=row, by=by),
        "restore": lambda: gone and restore_task(task=gone[which % len(gone)], by=by),
        "step": lambda: step_task(task=row, by=by, up=which % 2 == 0),
        "move": lambda: move_task(task=row, by=by, subject=subject),
        "rename": lambda: rename_subject(subject=subject, name=name, by=by),
        "copy": lambda: duplicate_task(task=row, by=by),
        "settle": lambda: settle_doubts(task=row, by=by),
    }
    deeds[deed]()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(DEEDS, PLACES, st.sampled_from(["ক", "খ খ", "৩০ ফেব্রু"])), max_size=8))
def test_taking_all_back_leads_to_where_it_began(
    plan: WorkPlan, rows: list[Task], team: Team, deeds: list[tuple[str, int, str]]
) -> None:
    with transaction.atomic():
        start = state_of(plan)
        for deed in deeds:
            do(*deed, plan, team)
        with suppress(WrongState):
            for _step in deeds:
                undo_last(plan=plan, by=team.member)
        assert state_of(plan) == start
        transaction.set_rollback(True)
