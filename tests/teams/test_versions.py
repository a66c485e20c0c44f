"""Rows keep their versions, and each change can be read."""

import re

import pytest

from ideas.models import Idea
from teams.history.acts import has_words
from teams.history.changes import changes, names_in
from teams.history.versions import every_kept, kept_of, snapshots
from teams.models import AuditEntry, RowVersion, User
from tests.factories import Team, make_plan, make_task, make_team
from tests.record_names import every_name
from workplans.actions import delete_task, rename_subject, return_workplan, update_task
from workplans.actions.writing import texts_of
from workplans.models import Task

pytestmark = pytest.mark.django_db

BENGALI = re.compile("[\u0980-\u09ff]")


@pytest.fixture
def team() -> Team:
    return make_team()


def versions(row: Task) -> list[RowVersion]:
    found = RowVersion.objects.filter(object_type=row._meta.label_lower, object_id=row.pk)
    return list(found.order_by("number"))


def change(task: Task, *, by: User, **fields: str) -> Task:
    words = {**texts_of(task), "subject": task.subject.name, **fields}
    return update_task(task=task, version=task.version, fields=words, by=by)


def test_every_change_of_a_row_is_a_version(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    task = make_task(plan, by=team.head, title="প্রথম নাম")
    change(task, by=team.head, title="দ্বিতীয় নাম")
    change(task, by=team.head, title="দ্বিতীয় নাম")  # says nothing new
    delete_task(task=task, by=team.head)
    assert [one.fields["title"] for one in versions(task)] == ["প্রথম নাম", "দ্বিতীয় নাম"]
    assert [one.entry.action for one in versions(task)] == ["task.create", "task.update"]


def test_row_older_than_its_versions_shows_what_it_was(team: Team) -> None:
    """Rows that were written before versions were kept are not without a past."""
    plan = make_plan(team.office, by=team.head, tasks=0)
    subject = plan.subjects.create(name="পুরোনো", position=1)
    task = Task.objects.create(plan=plan, subject=subject, position=1, title="পুরোনো নাম")
    change(task, by=team.head, title="নতুন নাম")
    assert [one.fields["title"] for one in versions(task)] == ["পুরোনো নাম", "নতুন নাম"]
    assert len({one.entry_id for one in versions(task)}) == 1


def test_rows_changed_by_the_way_have_versions_too(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    task = make_task(plan, by=team.head, subject="এক")
    other = make_task(plan, by=team.head, subject="দুই")
    rename_subject(subject=task.subject, name="দুই", by=team.head)
    assert versions(task)[-1].fields["subject"] == other.subject_id


def test_change_reads_word_by_word_in_bengali(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    task = make_task(plan, by=team.head, title="ফরম ছাপা হবে", responsible_text="")
    change(task, by=team.head, title="ফরম বিলি হবে", responsible_text="সহকারী প্রোগ্রামার")
    kept = kept_of("workplans.task")
    assert kept
    old, new = (one.fields for one in versions(task))
    read = {one.label: one for one in changes(kept, old, new, names_in([(kept, old), (kept, new)]))}
    title = read["প্রস্তাবিত বিষয় (গৃহীতব্য কাজের নাম)"]
    assert [(one.kind, one.text) for one in title.was] == [
        ("same", "ফরম "),
        ("del", "ছাপা "),
        ("same", "হবে"),
    ]
    assert [one.text for one in title.became if one.kind == "ins"] == ["বিলি "]
    # A post by its name, not by its number.
    assert [one.text for one in read["দায়িত্বপ্রাপ্ত পদ"].became] == ["সহকারী প্রোগ্রামার"]


def test_states_and_days_are_words(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, status="submitted")
    return_workplan(workplan=plan, by=team.head, reason="তারিখ দেখুন")
    kept = kept_of("workplans.workplan")
    assert kept
    old, new = RowVersion.objects.filter(object_type="workplans.workplan").order_by("-number")[:2]
    read = {one.label: one for one in changes(kept, new.fields, old.fields, {})}
    assert [one.text for one in read["অবস্থা"].became] == ["সংশোধনের জন্য ফেরত"]
    first = {one.label: one.became[0].text for one in changes(kept, None, new.fields, {})}
    assert first["সময়কালের শুরু"] == "১ জুলাই ২০২৬"


def test_every_kept_column_has_a_bengali_name() -> None:
    for kept in every_kept():
        for one in (kept, *kept.parts.values()):
            nameless = [name for name in one.columns if not BENGALI.search(one.label(name))]
            assert nameless == [], one.model


def test_no_version_holds_a_secret_or_a_submitter() -> None:
    columns = {
        f"{kept.model.__name__}.{column}"
        for kept in every_kept()
        for one in (kept, *kept.parts.values())
        for column in one.columns
    }
    idea = {name for name in columns if name.startswith("Idea.")}
    about_people = {"submitter_name", "submitter_detail", "submitted_by", "created_by", "code"}
    assert not idea & {f"Idea.{name}" for name in about_people}
    assert Idea._meta.get_field("submitter_name")  # the names are still those of the model
    assert not [name for name in columns if re.search("password|hash|secret|sealed|token", name)]
    assert "Attendance.contact" not in columns


def test_every_action_has_words() -> None:
    names = every_name()
    assert {"workplan.submit", "section.update", "idea.forward", "pilot.measure"} <= names
    assert len(names) > 180
    assert sorted(name for name in names if not has_words(name)) == []


def test_versions_are_read_in_fixed_queries(team: Team, django_assert_num_queries) -> None:
    """However many rows an action changed, keeping them takes as many questions."""
    plan = make_plan(team.office, by=team.head, tasks=12)
    kept = kept_of("workplans.task")
    assert kept
    for count in (1, 12):
        pks = list(plan.tasks.values_list("pk", flat=True)[:count])
        with django_assert_num_queries(3):  # the rows, their posts, the duties they serve
            assert len(snapshots(kept, pks)) == count
    assert AuditEntry.objects.filter(action="task.create").count() == 12
