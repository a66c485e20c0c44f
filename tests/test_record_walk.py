"""Whatever people do, in any order: the record has an entry for each thing that was done.

A state machine walks the rooms at random: papers, rows, posts, of two offices, by people who may
and people who may not, on copies that are old, and now and then inside a transaction that is
taken back. It keeps its own list of what was done, and compares.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ideas.actions import StaleIdea, move_idea, receive_idea, update_idea
from ideas.actions.register import IdeaText
from ideas.enums import PLAIN_STEPS
from ideas.models import Idea
from meetings.actions import add_item, create_meeting, mark_attendance, update_item
from meetings.actions.agenda import StaleItem
from meetings.enums import Presence
from meetings.models import AgendaItem, Attendance, Meeting
from reports.actions import StaleReport, create_report, present_report, update_section
from reports.enums import ReportKind
from reports.models import Report, Section
from teams.actions import create_post, transfer_post, update_post
from teams.actions.posts import PostRefused, PostWords
from teams.actions.transfers import TransferRefused
from teams.enums import Role
from teams.models import AuditEntry, Office, Post, PostHolding, User
from teams.transitions import WrongState
from tests.factories import Team, make_office, make_person, make_team
from tests.test_record_everywhere import Rows, kept_rows, newest_versions
from workplans.actions import (
    DuplicatePlan,
    StaleTask,
    add_progress,
    add_task,
    approve_workplan,
    close_workplan,
    create_workplan,
    delete_task,
    restore_task,
    return_workplan,
    submit_workplan,
    update_task,
)
from workplans.actions.writing import texts_of
from workplans.models import ProgressEntry, Subject, Task, WorkPlan
from workplans.periods import Period

REFUSALS = (
    PermissionDenied,
    WrongState,
    DuplicatePlan,
    StaleTask,
    StaleIdea,
    StaleItem,
    StaleReport,
    PostRefused,
    TransferRefused,
)
WATCHED = (
    *(WorkPlan, Subject, Task, ProgressEntry, Idea, Meeting, AgendaItem, Attendance),
    *(Report, Section, Post, PostHolding),
)
WORDS = st.sampled_from(["ফরম এক পাতার হবে", "সেবার দিন বাড়বে", "ডেস্ক চালু হবে"])
WHICH = st.integers(0, 5)


class TakenBack(Exception):
    """The transaction fails after the action has done its work."""


@dataclass(frozen=True)
class World:
    """Two offices; `people` are of the first but for the last two, who have no business there."""

    team: Team
    people: tuple[User, ...]


def make_world() -> World:
    team = make_team("kaliganj")
    other = make_office("elsewhere", parent=team.office)
    stranger = make_person("অন্য দপ্তরের কর্মকর্তা")
    post = Post.objects.create(office=other, role=Role.MEMBER, designation_bn="সদস্য")
    PostHolding.objects.create(post=post, person=stranger, starts_on=date(2020, 1, 1))
    people = (team.head, team.innovation_officer, team.member, stranger, make_person("কেউ নন"))
    return World(team, people)


class Walk(RuleBasedStateMachine):
    """`done` is what was done by the machine's own count: action, person, row."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self._undo = transaction.atomic()
        self._undo.__enter__()
        self.done: list[tuple[str, int, int]] = []
        self.last = AuditEntry.objects.order_by("pk").values_list("pk", flat=True).last() or 0
        self.first_rows = kept_rows(WATCHED)

    def teardown(self) -> None:
        try:
            self.check_versions()
        finally:
            transaction.set_rollback(True)
            self._undo.__exit__(None, None, None)

    # --- How anything is done ------------------------------------------------------------
    def person(self, which: int) -> User:
        """Read anew, as for every request: posts may have passed on meanwhile."""
        people = self.world.people
        return User.objects.get(pk=people[which % len(people)].pk)

    @property
    def office(self) -> Office:
        return Office.objects.get(pk=self.world.team.office.pk)

    def act(self, name: str, by: User, call: Callable[[], Any], *, fails: bool = False) -> Any:
        """Do it; note it if it was neither refused nor taken back. Returns what came of it."""
        try:
            with transaction.atomic():
                made = call()
                if fails:
                    raise TakenBack
        except (*REFUSALS, TakenBack):
            return None
        self.done.append((name, by.pk, made.pk))
        return made

    # --- Plans ---------------------------------------------------------------------------
    @rule(who=WHICH, year=st.sampled_from(["2026-2027", "2025-2026"]), fails=st.booleans())
    def begin_plan(self, who: int, year: str, fails: bool) -> None:
        by, period = self.person(who), Period.parse(year)
        self.act(
            "workplan.create",
            by,
            lambda: create_workplan(office=self.office, period=period, by=by),
            fails=fails,
        )

    @rule(who=WHICH, which=WHICH, words=WORDS, fails=st.booleans())
    def add_row(self, who: int, which: int, words: str, fails: bool) -> None:
        if plan := pick(WorkPlan, which):
            by = self.person(who)
            cells = dict.fromkeys(texts_of(Task()), "") | {"title": words, "subject": words[:3]}
            call = lambda: add_task(workplan=plan, fields=cells, by=by)  # noqa: E731
            self.act("task.create", by, call, fails=fails)

    @rule(who=WHICH, which=WHICH, words=WORDS, is_old=st.booleans())
    def change_row(self, who: int, which: int, words: str, is_old: bool) -> None:
        if task := pick(Task, which):
            by, cells = self.person(who), {**texts_of(task), "title": words, "subject": "নতুন"}
            version = task.version - 1 if is_old else task.version
            self.act(
                "task.update",
                by,
                lambda: update_task(task=task, version=version, fields=cells, by=by),
            )

    @rule(who=WHICH, which=WHICH)
    def take_row_out_or_put_it_back(self, who: int, which: int) -> None:
        if task := pick(Task, which):
            by = self.person(who)
            is_out = task.deleted_at is not None
            name, action = (
                ("task.restore", restore_task) if is_out else ("task.delete", delete_task)
            )
            self.act(name, by, lambda: action(task=task, by=by) or task)

    @rule(who=WHICH, which=WHICH, words=WORDS, fails=st.booleans())
    def report_progress(self, who: int, which: int, words: str, fails: bool) -> None:
        if task := pick(Task, which):
            by = self.person(who)
            call = lambda: add_progress(task=task, by=by, on=date(2026, 8, 1), text=words)  # noqa: E731
            self.act("progress.add", by, call, fails=fails)

    @rule(
        who=WHICH,
        which=WHICH,
        step=st.sampled_from(["submit", "return", "approve", "close"]),
        fails=st.booleans(),
    )
    def move_plan(self, who: int, which: int, step: str, fails: bool) -> None:
        if plan := pick(WorkPlan, which):
            by = self.person(who)
            action: Any = {
                "submit": submit_workplan,
                "return": lambda **more: return_workplan(reason="দেখুন", **more),
                "approve": partial(approve_workplan, meeting_on=date(2026, 8, 10)),
                "close": close_workplan,
            }[step]
            call = lambda: action(workplan=plan, by=by) or plan  # noqa: E731
            self.act(f"workplan.{step}", by, call, fails=fails)

    # --- Ideas ---------------------------------------------------------------------------
    @rule(who=WHICH, words=WORDS)
    def receive(self, who: int, words: str) -> None:
        by, text = self.person(who), IdeaText(words, words, date(2026, 8, 1))
        self.act("idea.receive", by, lambda: receive_idea(office=self.office, text=text, by=by))

    @rule(who=WHICH, which=WHICH, words=WORDS, is_old=st.booleans())
    def rewrite_idea(self, who: int, which: int, words: str, is_old: bool) -> None:
        if idea := pick(Idea, which):
            by, text = self.person(who), replace(IdeaText.of(idea), description=words)
            version = idea.version - 1 if is_old else idea.version
            self.act(
                "idea.update",
                by,
                lambda: update_idea(idea=idea, version=version, text=text, by=by),
            )

    @rule(who=WHICH, which=WHICH, step=st.sampled_from(PLAIN_STEPS), fails=st.booleans())
    def move_idea(self, who: int, which: int, step: Any, fails: bool) -> None:
        if idea := pick(Idea, which):
            by, reason = self.person(who), "কারণ" if step.name == "decline" else ""
            call = lambda: move_idea(idea=idea, step=step, by=by, reason=reason) or idea  # noqa: E731
            self.act(f"idea.{step.name}", by, call, fails=fails)

    # --- Meetings ------------------------------------------------------------------------
    @rule(who=WHICH, month=st.sampled_from([date(2026, 12, 1), date(2027, 1, 1)]))
    def call_meeting(self, who: int, month: date) -> None:
        by = self.person(who)
        if Meeting.objects.filter(month=month).exists():
            return  # asking twice gives the same one, and does nothing
        call = lambda: create_meeting(office=self.office, month=month, by=by)  # noqa: E731
        meeting = self.act("meeting.create", by, call)
        if meeting and meeting.items.exists():  # its agenda has been written: a second action
            self.done.append(("meeting.agenda", by.pk, meeting.pk))

    @rule(who=WHICH, which=WHICH, words=WORDS)
    def add_topic(self, who: int, which: int, words: str) -> None:
        if meeting := pick(Meeting, which):
            by = self.person(who)
            self.act("item.create", by, lambda: add_item(meeting=meeting, topic=words, by=by))

    @rule(who=WHICH, which=WHICH, words=WORDS, is_old=st.booleans())
    def write_minutes(self, who: int, which: int, words: str, is_old: bool) -> None:
        if item := pick(AgendaItem, which):
            by, fields = self.person(who), {"discussion": words}
            version = item.version - 1 if is_old else item.version
            call = lambda: update_item(item=item, version=version, fields=fields, by=by)  # noqa: E731
            self.act("item.update", by, call)

    @rule(who=WHICH, which=WHICH, presence=st.sampled_from([Presence.PRESENT, Presence.ABSENT]))
    def mark(self, who: int, which: int, presence: Presence) -> None:
        if meeting := pick(Meeting, which):
            by, post = self.person(who), Post.objects.filter(office=self.office).first()
            assert post
            call = lambda: mark_attendance(meeting=meeting, post=post, presence=presence, by=by)  # noqa: E731
            self.act("attendance.mark", by, call)

    # --- Reports -------------------------------------------------------------------------
    @rule(who=WHICH)
    def begin_report(self, who: int) -> None:
        if not Report.objects.exists():
            by, period = self.person(who), Period.parse("2025-2026")
            self.act(
                "report.create",
                by,
                lambda: create_report(
                    office=self.office, kind=ReportKind.ANNUAL, period=period, by=by
                ),
            )

    @rule(who=WHICH, which=WHICH, words=WORDS, number=st.integers(1, 99), is_old=st.booleans())
    def write_section(self, who: int, which: int, words: str, number: int, is_old: bool) -> None:
        if section := pick(Section, which):
            by, words = self.person(who), f"{words} {number}"
            if words == section.words:
                return  # saved already
            version = section.version - 1 if is_old else section.version
            self.act(
                "section.update",
                by,
                lambda: update_section(section=section, version=version, words=words, by=by).report,
            )

    @rule(who=WHICH, fails=st.booleans())
    def present(self, who: int, fails: bool) -> None:
        if report := Report.objects.first():
            by = self.person(who)
            call = lambda: present_report(report=report, by=by)  # noqa: E731
            self.act("report.present", by, call, fails=fails)

    # --- Posts ---------------------------------------------------------------------------
    @rule(who=WHICH, name=st.sampled_from(["পরিসংখ্যান কর্মকর্তা", "কৃষি কর্মকর্তা"]), fails=st.booleans())
    def make_post(self, who: int, name: str, fails: bool) -> None:
        if Post.objects.filter(designation_bn=name).exists():
            return  # asking twice gives the same one
        by, words = self.person(who), PostWords(name, "", Role.STAFF, "", "")
        call = lambda: create_post(office=self.office, words=words, by=by)  # noqa: E731
        self.act("post.create", by, call, fails=fails)

    @rule(who=WHICH, phone=st.sampled_from(["০২-৯৩৩০০১", "০২-৯৩৩০০২"]))
    def change_post(self, who: int, phone: str) -> None:
        post = Post.objects.filter(office=self.office, role=Role.STAFF).first()
        if post and post.phone != phone:
            by, seen = self.person(who), PostWords.of(post)
            words = replace(seen, phone=phone)
            call = lambda: update_post(post=post, seen=seen, words=words, by=by)  # noqa: E731
            self.act("post.update", by, call)

    @rule(who=WHICH, to=st.integers(2, 4))
    def pass_post_on(self, who: int, to: int) -> None:
        post = Post.objects.filter(office=self.office, role=Role.STAFF).first()
        if post is None:
            return
        by, successor = self.person(who), self.person(to)
        today = timezone.localdate()
        if post.holdings.filter(person=successor, ends_on__isnull=True).exists():
            return  # holds it already
        if post.holdings.filter(starts_on__gte=today - timedelta(days=1)).exists():
            return  # has just come
        self.act(
            "post.transfer",
            by,
            lambda: (transfer_post(post=post, to=successor, starts_on=today, by=by), post)[1],
        )

    # --- What must hold ------------------------------------------------------------------
    @invariant()
    def check(self) -> None:
        """One entry for each thing done: by this person, from a post of theirs, on this row."""
        entries = AuditEntry.objects.filter(pk__gt=self.last).order_by("pk")
        told = [(one.action, one.by_id, one.object_id) for one in entries]
        assert sorted(told) == sorted(self.done)
        for one in entries.select_related("by_post"):
            assert one.by_post is None or one.by_post.office_id == self.office.pk
            assert one.office_id == self.office.pk

    def check_versions(self) -> None:
        """Whatever has changed stands in its newest version as it stands in its row."""
        versions = newest_versions()
        now: Rows = kept_rows(WATCHED)
        changed = {row: said for row, said in now.items() if said != self.first_rows.get(row)}
        assert {row: versions.get(row) for row in changed} == changed


def pick(model: Any, which: int) -> Any:
    rows = list(model._base_manager.order_by("pk"))
    return rows[which % len(rows)] if rows else None


@pytest.fixture
def walk(db: None) -> type[Walk]:
    class InThisWorld(Walk):
        world = make_world()

    return InThisWorld


def test_entries_are_what_was_done(walk: type[Walk]) -> None:
    run_state_machine_as_test(
        walk,
        settings=settings(
            max_examples=10,
            stateful_step_count=30,
            # A failing walk is short enough to read; making it shorter would take minutes.
            phases=[Phase.generate],
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def one_row(machine: Walk) -> None:
    machine.begin_plan(who=0, year="2026-2027", fails=False)
    machine.add_row(who=0, which=0, words="কাজ", fails=False)


def test_walk_notices_an_action_without_an_entry(
    walk: type[Walk], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = walk()
    one_row(machine)
    machine.check()
    monkeypatch.setattr("workplans.actions.rows.record", lambda *told, **more: None)
    machine.change_row(who=0, which=0, words="অন্য", is_old=False)
    with pytest.raises(AssertionError):
        machine.check()
    with pytest.raises(AssertionError):
        machine.teardown()


def test_walk_notices_a_row_without_its_version(
    walk: type[Walk], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = walk()
    one_row(machine)
    monkeypatch.setattr("teams.audit.keep_versions", lambda entry, rows: None)
    machine.change_row(who=0, which=0, words="অন্য", is_old=False)
    machine.check()
    with pytest.raises(AssertionError):
        machine.teardown()
