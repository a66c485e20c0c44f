"""An approved plan is revised: written beside it, read side by side, approved, and in force."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from teams.models import TermOfReference
from teams.transitions import WrongState
from tests.factories import (
    Team,
    client_of,
    make_country,
    make_plan,
    make_progress,
    make_task,
    take_plan_to,
)
from tests.pages import alerts_after, find, texts_of
from tests.workplans.rows import ROW
from workplans.actions import (
    RevisionOpen,
    add_decided_task,
    add_progress,
    add_task,
    approve_workplan,
    delete_task,
    move_task,
    reschedule_decided_task,
    return_workplan,
    start_revision,
    submit_workplan,
    update_task,
    withdraw_revision,
)
from workplans.actions.writing import texts_of as words_of
from workplans.comparing import compare
from workplans.documents import plan_content
from workplans.enums import Occasion, PlanStatus, TaskState
from workplans.models import Indicator, PlanSnapshot, QuarterTarget, Task, WorkPlan
from workplans.snapshots import plan_rows
from workplans.table import plan_table
from workplans.timeline import timeline_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

MEETING = date(2026, 11, 15)
REASON = "প্রশিক্ষণের বরাদ্দ দেরিতে এসেছে"


@pytest.fixture
def plan(team: Team) -> WorkPlan:
    """A plan in force, of four rows in two subjects."""
    return make_plan(team.office, by=team.head, tasks=4, status=PlanStatus.APPROVED)


@pytest.fixture
def revision(team: Team, plan: WorkPlan) -> WorkPlan:
    return start_revision(workplan=plan, reason=REASON, by=team.innovation_officer)


def rows_of(plan: WorkPlan) -> list[Task]:
    return list(plan.tasks.kept().select_related("subject", "plan__office", "revises").in_order())


def change(task: Task, team: Team, **cells: str) -> None:
    update_task(task=task, version=task.version, fields={**words_of(task), **cells}, by=team.member)


def approve(revision: WorkPlan, team: Team) -> None:
    submit_workplan(workplan=revision, by=team.innovation_officer)
    approve_workplan(workplan=revision, by=team.head, meeting_on=MEETING, reference="সভা ১১")


# --- Begun -----------------------------------------------------------------------------------
def test_revision_is_begun_with_a_reason_and_found_again(team: Team, plan: WorkPlan) -> None:
    client, url = client_of(team.innovation_officer), reverse("workplans:revise", args=[plan.pk])
    assert texts_of(client.post(url, {"reason": " "}), ".invalid-feedback") == [
        "কেন সংশোধন করা হচ্ছে, লিখুন।"
    ]
    said = alerts_after(client, url, {"reason": REASON})
    assert said[0] == "সংস্করণ ২-এর খসড়া তৈরি হয়েছে; এখানে লিখুন।"
    revision = WorkPlan.everything.get(revises=plan)
    assert (revision.reason, revision.status, revision.revision) == (REASON, "draft", 2)
    assert [task.title for task in rows_of(revision)] == [task.title for task in rows_of(plan)]
    assert "আগেই" in alerts_after(client, url, {"reason": "আরেকটি"})[0]
    assert WorkPlan.everything.filter(revises=plan).count() == 1

    page = client.get(revision.get_absolute_url())
    assert "সংস্করণ ২-এর খসড়া" in texts_of(page, ".revision b")
    assert REASON in texts_of(page, ".revision")[0]
    links = {link.get("href") for link in find(page, ".revision a")}
    assert links == {plan.get_absolute_url(), reverse("workplans:compare", args=[revision.pk])}
    live = client.get(plan.get_absolute_url())
    assert revision.get_absolute_url() in {one.get("href") for one in find(live, ".alert a")}


def test_revision_is_no_second_plan_of_the_office(team: Team, revision: WorkPlan) -> None:
    assert revision not in WorkPlan.objects.all()
    assert not Task.objects.filter(plan=revision).exists()
    page = client_of(team.member).get(reverse("workplans:list"))
    assert len(find(page, "table.list tbody tr")) == 1
    with pytest.raises(RevisionOpen):
        start_revision(workplan=revision.revises, reason=REASON, by=team.head)


def test_progress_goes_on_in_the_plan_and_shows_in_the_revision(
    team: Team, plan: WorkPlan, revision: WorkPlan
) -> None:
    task, copy = rows_of(plan)[0], rows_of(revision)[0]
    make_progress(task, by=team.member, percent=40)
    page = client_of(team.member).get(revision.get_absolute_url())
    assert "৪০%" in texts_of(page, f"#task-{copy.pk} td.state")[0]
    url = reverse("workplans:progress_create", args=[copy.pk])
    assert client_of(team.member).post(url, {"percent": "৫০"}).status_code == 403


def test_parts_reported_on_the_plan_are_done_in_its_revision(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    task = make_task(plan, by=team.head, start_text="প্রতি মাসের ১৫ তারিখ", end_text="")
    take_plan_to(plan, PlanStatus.APPROVED, by=team.head)
    revision = start_revision(workplan=plan, reason=REASON, by=team.innovation_officer)
    for day in ("2026-07-15", "2026-08-15", "2026-09-15", "2026-10-15", "2026-11-15"):
        add_progress(task=task, by=team.member, on=MEETING, part=day, part_percent=100)
    for shown in (plan, revision):
        (row,) = plan_table(shown, today=date(2026, 11, 21)).rows
        assert (row.state, row.parts_done, row.task.percent) == (TaskState.RUNNING, 5, 41)
    copy = rows_of(revision)[0]
    assert copy.due_on == date(2026, 12, 15)
    change(copy, team, measure="মাসের কার্যবিবরণী")
    assert rows_of(revision)[0].due_on == date(2026, 12, 15)
    marks = timeline_of(plan_table(revision, today=date(2026, 11, 21)), today=date(2026, 11, 21))
    (drawn,) = marks["groups"][0]["rows"]
    assert [mark["kind"] for mark in drawn["marks"]] == ["done"] * 5 + ["open"] * 7


# --- In force --------------------------------------------------------------------------------
def test_approved_revision_changes_the_plan_and_keeps_its_tasks(
    team: Team, plan: WorkPlan, revision: WorkPlan
) -> None:
    before = rows_of(plan)
    first, second, third, fourth = rows_of(revision)
    entry = make_progress(second.revises, by=team.member, percent=60)
    change(first, team, title="নতুন নাম", subject="অন্য বিষয়")
    delete_task(task=second, by=team.member)
    move_task(task=fourth, by=team.member, subject=third.subject, before=third)
    new = add_task(workplan=revision, fields={**ROW, "subject": "নতুন বিষয়"}, by=team.member)
    assert [row["title"] for row in plan_rows(plan)] == [task.title for task in before]

    submit_workplan(workplan=revision, by=team.innovation_officer)
    said = alerts_after(
        client_of(team.head),
        reverse("workplans:approve", args=[revision.pk]),
        {"meeting_on": "১৫ নভেম্বর ২০২৬", "reference": "সভা ১১"},
    )
    assert said == ["পরিকল্পনা অনুমোদিত হয়েছে।"]

    plan.refresh_from_db()
    assert (plan.revision, plan.meeting_on, plan.status) == (2, MEETING, PlanStatus.APPROVED)
    after = rows_of(plan)
    assert {first.revises_id, third.revises_id, fourth.revises_id} < {task.pk for task in after}
    changed = Task.objects.select_related("subject").get(pk=first.revises_id)
    assert (changed.title, changed.subject.name) == ("নতুন নাম", "অন্য বিষয়")
    assert changed.version == before[0].version + 1
    gone = Task.objects.get(pk=second.revises_id)
    assert (gone.deleted_by, list(gone.progress.all())) == (team.head, [entry])
    new.refresh_from_db()
    assert new.revises.title == ROW["title"]
    assert [task.pk for task in after] == [task.revises_id for task in rows_of(revision)]
    # A row that nobody touched is the same version: nobody's open copy of it is stale.
    assert Task.objects.get(pk=third.revises_id).version == before[2].version


def test_indicators_targets_and_duties_go_with_the_revision(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=2)
    task, other = rows_of(plan)
    term, tagged = TermOfReference.objects.order_by("number")[:2]
    indicator = Indicator.objects.create(task=task, position=1, name="সেবার দিন", target_100="৭")
    QuarterTarget.objects.create(indicator=indicator, quarter=1, target="৩০")
    task.subject.weight = 40
    task.subject.save()
    submit_workplan(workplan=plan, by=team.head)
    approve_workplan(workplan=plan, by=team.head, meeting_on=MEETING)
    revision = start_revision(workplan=plan, reason=REASON, by=team.head)
    copy = rows_of(revision)[0]
    theirs = copy.indicators.get()
    assert (theirs.revises, copy.subject.weight) == (indicator, 40)

    theirs.target_100 = "৫"
    theirs.save()
    theirs.quarter_targets.update(target="২৫")
    Indicator.objects.create(task=copy, position=2, name="নতুন সূচক")
    copy.subject.weight = 45
    copy.subject.save()
    copy.terms.add(term)
    other.terms.add(tagged)  # in the plan itself, meanwhile
    approve(revision, team)

    indicator.refresh_from_db()
    assert (indicator.target_100, indicator.quarter_targets.get().target) == ("৫", "২৫")
    assert [one.name for one in task.indicators.all()] == ["সেবার দিন", "নতুন সূচক"]
    assert Task.objects.get(pk=task.pk).subject.weight == 45
    assert (list(task.terms.all()), list(other.terms.all())) == ([term], [tagged])


def test_withdrawn_revision_leaves_the_plan_as_it_was(
    team: Team, plan: WorkPlan, revision: WorkPlan
) -> None:
    before = plan_rows(plan)
    change(rows_of(revision)[0], team, title="নতুন নাম")
    withdraw = reverse("workplans:withdraw", args=[revision.pk])
    assert client_of(team.member).post(withdraw).status_code == 403
    said = alerts_after(client_of(team.head), withdraw)
    assert said == ["সংশোধন প্রত্যাহার করা হয়েছে; বলবৎ পরিকল্পনা আগের মতোই আছে।"]
    assert plan_rows(plan) == before
    assert "আগেই" in alerts_after(client_of(team.head), withdraw)[0]
    # The next one has the same number: it was never in force.
    again = start_revision(workplan=plan, reason="আবার", by=team.head)
    assert again.revision == 2


# --- Decided meanwhile -----------------------------------------------------------------------
def decide(plan: WorkPlan, team: Team, title: str, meeting: str) -> Task:
    return add_decided_task(
        workplan=plan,
        subject="সভার সিদ্ধান্ত",
        title=title,
        starts_on=MEETING,
        ends_on=date(2027, 3, 31),
        responsible_text="",
        reference=meeting,
        by=team.head,
    )


def test_decisions_of_one_meeting_are_one_version(team: Team, plan: WorkPlan) -> None:
    decide(plan, team, "প্রথম", "নভেম্বরের সভা")
    decide(plan, team, "দ্বিতীয়", "নভেম্বরের সভা")
    reschedule_decided_task(
        task=rows_of(plan)[0], ends_on=date(2027, 5, 31), reference="ডিসেম্বরের সভা", by=team.head
    )
    plan.refresh_from_db()
    versions = list(plan.snapshots.approved().order_by("revision"))
    assert [one.revision for one in versions] == [1, 2, 3]
    assert [one.occasion for one in versions] == ["approved", "decided", "decided"]
    assert [one.reason for one in versions] == ["", "নভেম্বরের সভা", "ডিসেম্বরের সভা"]
    first, second, third = (one.rows for one in versions)
    added = compare(first, second).added
    assert [row.after["title"] for row in added] == ["প্রথম", "দ্বিতীয়"]
    assert [row.changed_cells for row in compare(second, third).changed] == [["end_text"]]
    assert third == plan_rows(plan)


def test_what_is_decided_meanwhile_survives_the_revision(
    team: Team, plan: WorkPlan, revision: WorkPlan
) -> None:
    first = rows_of(revision)[0]
    decided = decide(plan, team, "সিদ্ধান্তের কাজ", "নভেম্বরের সভা")
    reschedule_decided_task(
        task=first.revises, ends_on=date(2027, 5, 31), reference="নভেম্বরের সভা", by=team.head
    )
    revision.refresh_from_db()
    assert revision.revision == 3
    assert "সিদ্ধান্তের কাজ" in [task.title for task in rows_of(revision)]
    first.refresh_from_db()
    assert first.end_text == "৩১ মে ২০২৭"
    change(first, team, title="নতুন নাম")
    approve(revision, team)
    decided.refresh_from_db()
    live = Task.objects.get(pk=first.revises_id)
    assert decided.deleted_at is None
    assert (live.title, live.end_text) == ("নতুন নাম", "৩১ মে ২০২৭")
    assert [one.revision for one in plan.snapshots.approved().order_by("revision")] == [1, 2, 3]


# --- Read ------------------------------------------------------------------------------------
def test_office_above_reads_the_plan_in_force_and_what_was_submitted() -> None:
    country = make_country()
    head, above = country["upazila.head"], client_of(country["district.head"])
    plan = make_plan(country.upazila, by=head, tasks=2, status=PlanStatus.APPROVED)
    revision = start_revision(workplan=plan, reason=REASON, by=head)
    task = rows_of(revision)[0]
    update_task(
        task=task, version=task.version, fields={**words_of(task), "title": "খসড়া কথা"}, by=head
    )

    def reads(path: str, **asked: object) -> bool:
        response = above.get(path, asked)
        return response.status_code == 200 and "খসড়া কথা" in response.content.decode()

    compared = reverse("workplans:compare", args=[plan.pk])
    pages = [
        plan.get_absolute_url(),
        revision.get_absolute_url(),
        task.get_absolute_url(),
        reverse("workplans:versions", args=[plan.pk]),
        reverse("workplans:version", args=[plan.pk, 2]),
        compared,
    ]
    assert not any(map(reads, pages))
    assert above.get(plan.get_absolute_url()).status_code == 200
    assert above.get(compared, {"from": "1", "to": "open"}).status_code == 404

    submit_workplan(workplan=revision, by=head)
    assert reads(revision.get_absolute_url())
    assert reads(compared, **{"from": "1", "to": "open"})
    assert not reads(plan.get_absolute_url())
    return_workplan(workplan=revision, by=head, reason="আবার দেখুন")
    assert not any(map(reads, pages))
    submit_workplan(workplan=revision, by=head)
    approve_workplan(workplan=revision, by=head, meeting_on=MEETING)
    assert reads(plan.get_absolute_url())
    assert reads(reverse("workplans:version", args=[plan.pk, 2]))


def test_versions_say_when_where_and_why_and_are_laid_side_by_side(
    team: Team, plan: WorkPlan, revision: WorkPlan
) -> None:
    first, second, *_others = rows_of(revision)
    change(first, team, measure="মাসে নিষ্পন্ন আবেদনের হার")
    delete_task(task=second, by=team.member)
    make_task(revision, by=team.member, number=9)
    approve(revision, team)
    client = client_of(team.member)
    versions = client.get(reverse("workplans:versions", args=[plan.pk]))
    newest = texts_of(versions, "tbody tr")[0]
    said = ("সংস্করণ ২", "বলবৎ", "১৫ নভেম্বর ২০২৬", "সভা ১১", REASON, team.head.name_bn)
    assert [words for words in said if words not in newest] == []
    page = client.get(plan.get_absolute_url())
    assert "১৫ নভেম্বর ২০২৬ তারিখের সমন্বয় সভায় অনুমোদিত" in page.content.decode()

    old = client.get(reverse("workplans:version", args=[plan.pk, 1]))
    assert second.title in old.content.decode()
    compared = client.get(reverse("workplans:compare", args=[plan.pk]), {"from": "1", "to": "2"})
    assert texts_of(compared, ".compare-changed del") == ["সংখ্যা"]
    assert texts_of(compared, ".compare-changed ins") == ["হার"]
    assert second.title[:20] in texts_of(compared, ".compare-removed th")[0]
    assert "নতুন" in texts_of(compared, ".compare-added .chip")
    backwards = client.get(reverse("workplans:compare", args=[plan.pk]), {"from": "2", "to": "1"})
    assert texts_of(backwards, ".compare-changed ins") == ["সংখ্যা"]


@pytest.mark.parametrize(
    "asked", ["from=9&to=1", "from=x&to=১", "to=open", "to=%00", "to=" + "9" * 99]
)
def test_version_that_is_not_there_is_not_found(team: Team, plan: WorkPlan, asked: str) -> None:
    client = client_of(team.member)
    url = reverse("workplans:compare", args=[plan.pk])
    assert client.get(f"{url}?{asked}").status_code == 404
    for number in (0, 7, 10**30):
        assert client.get(reverse("workplans:version", args=[plan.pk, number])).status_code == 404


def test_moved_row_is_said_to_be_moved_and_its_neighbours_are_not(
    team: Team, plan: WorkPlan, revision: WorkPlan
) -> None:
    third, fourth = rows_of(revision)[2:]
    move_task(task=fourth, by=team.member, subject=third.subject, before=third)
    comparison = compare(plan_rows(plan), plan_rows(revision))
    assert len(comparison.changed) == len(comparison.moved) == 1
    page = client_of(team.member).get(reverse("workplans:compare", args=[revision.pk]))
    assert "সরানো, আগে" in texts_of(page, ".compare .chip")[0]


def test_pages_ask_as_often_for_a_hundred_rows(team: Team) -> None:
    def asked(tasks: int, period: str) -> list[int]:
        plan = make_plan(
            team.office, by=team.head, tasks=tasks, status=PlanStatus.APPROVED, period=period
        )
        revision = start_revision(workplan=plan, reason=REASON, by=team.head)
        for task in rows_of(revision):
            change(task, team, title=f"{task.title} আবার")
        client = client_of(team.member)
        counts = []
        for path in (
            revision.get_absolute_url(),
            reverse("workplans:compare", args=[revision.pk]),
            reverse("workplans:versions", args=[plan.pk]),
            reverse("workplans:version", args=[plan.pk, 1]),
        ):
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counts.append(len(queries))
        return counts

    assert asked(1, "2026-2027") == asked(40, "2025-2026")


def test_plan_approved_before_versions_were_kept_gets_its_first_one(
    team: Team, plan: WorkPlan
) -> None:
    PlanSnapshot.objects.all().delete()
    client = client_of(team.member)
    assert client.get(reverse("workplans:compare", args=[plan.pk])).status_code == 200
    revision = start_revision(workplan=plan, reason=REASON, by=team.head)
    kept = plan.snapshots.get()
    assert (kept.occasion, kept.revision, kept.taken_by) == (Occasion.APPROVED, 1, team.head)
    assert revision.revision == 2


def test_closed_plan_is_not_revised(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, status=PlanStatus.CLOSED)
    with pytest.raises(WrongState):
        start_revision(workplan=plan, reason=REASON, by=team.head)
    revise = reverse("workplans:revise", args=[plan.pk])
    assert client_of(team.head).get(revise).status_code == 403


def test_withdrawn_revision_is_read_by_the_team_alone(team: Team, revision: WorkPlan) -> None:
    withdraw_revision(workplan=revision, by=team.head)
    page = client_of(team.member).get(revision.get_absolute_url())
    assert texts_of(page, ".revision b") == ["প্রত্যাহার করা সংশোধন"]
    assert find(page, "[data-task]") == []


def test_paper_of_a_revision_says_what_it_is(
    team: Team, plan: WorkPlan, revision: WorkPlan
) -> None:
    assert plan_content(plan)["status"] == "অনুমোদিত"
    assert plan_content(revision)["status"] == "সংস্করণ ২-এর খসড়া, এখনো বলবৎ নয়"
    approve(revision, team)
    plan.refresh_from_db()
    assert plan_content(plan)["status"] == "সংস্করণ ২, অনুমোদিত"
