"""Whatever people do with a plan, in any order, its life keeps its promises.

A state machine writes rows, submits, returns with remarks, approves, revises, decides in
meetings, reports progress, withdraws and closes, by people who may and people who may not. After
every step: who sees the plan from above reads exactly what was approved (or was submitted), the
tasks keep their numbers and their progress, what was kept of a version never changes, versions
are numbered without a gap, and the difference of two versions leads from one to the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from teams.enums import Role, Tier
from teams.models import User
from teams.transitions import WrongState
from tests.factories import make_office, make_officer, make_plan, make_team
from tests.test_record_everywhere import Rows, kept_rows, newest_versions
from workplans.actions import (
    RevisionOpen,
    StaleTask,
    add_comment,
    add_decided_task,
    add_progress,
    add_task,
    approve_workplan,
    close_workplan,
    delete_task,
    move_task,
    reply_to_comment,
    reschedule_decided_task,
    restore_task,
    return_workplan,
    settle_comment,
    start_revision,
    submit_workplan,
    update_task,
    withdraw_revision,
)
from workplans.actions.writing import texts_of
from workplans.comparing import CELLS, compare
from workplans.enums import EDITABLE, SENT, Occasion, PlanStatus
from workplans.models import (
    OPEN_REVISION,
    Indicator,
    PlanComment,
    PlanSnapshot,
    ProgressEntry,
    QuarterTarget,
    Subject,
    Task,
    WorkPlan,
)
from workplans.snapshots import Row, plan_rows

REFUSALS = (PermissionDenied, WrongState, StaleTask, RevisionOpen)
WATCHED = (WorkPlan, Subject, Task, Indicator, QuarterTarget, ProgressEntry, PlanComment)
WORDS = ["ফরম এক পাতার হবে", "সেবার দিন কমে তিন হবে", "ডেস্ক চালু হবে", "ফরম হবে"]
SUBJECTS = ["সেবা সহজীকরণ", "প্রশিক্ষণ", "প্রচার"]
MEETINGS = ["নভেম্বরের সভা", "ডিসেম্বরের সভা"]
# One number for all the choices of a step: drawn one by one, most would be the same.
DICE = st.integers(0, 2**31).map(Random)
# The head most often, or hardly a plan would get anywhere.
WHO = [*["head"] * 4, "officer", "member", "superior", "stranger"]
TEAM, LEADERS = {"head", "officer", "member"}, {"head", "officer"}
MEETING = date(2026, 11, 15)


@dataclass(frozen=True)
class World:
    people: dict[str, User]
    plan: WorkPlan


def make_world() -> World:
    """An upazila with a plan of three rows, its superior office, and one beside it."""
    root = make_office("root", Tier.CABINET)
    district = make_office("district", Tier.DISTRICT, root)
    team = make_team("upazila", parent=district)
    beside = make_office("beside", Tier.UPAZILA, district)
    people = {
        "head": team.head,
        "officer": team.innovation_officer,
        "member": team.member,
        "superior": make_officer(district, Role.MEMBER),
        "stranger": make_officer(beside, Role.HEAD),
    }
    plan = make_plan(team.office, by=team.head, tasks=3)
    scored = plan.tasks.first()
    indicator = Indicator.objects.create(task=scored, position=1, name="সূচক", target_100="১০")
    QuarterTarget.objects.create(indicator=indicator, quarter=1, target="২")
    return World(people, plan)


class Life(RuleBasedStateMachine):
    """`progress` and `kept` are what was reported and kept, by the machine's own count."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self._undo = transaction.atomic()
        self._undo.__enter__()
        self.progress: set[int] = set()
        self.pks: set[int] = set()
        self.kept: dict[int, list[Row]] = {}
        self.first_rows: Rows = kept_rows(WATCHED)

    def teardown(self) -> None:
        try:
            self.every_change_has_its_version()
            self.every_version_leads_to_the_next()
        finally:
            transaction.set_rollback(True)
            self._undo.__exit__(None, None, None)

    @initialize(is_approved=st.booleans())
    def begin(self, is_approved: bool) -> None:
        """With a draft, or with a plan in force."""
        if is_approved:
            head, plan = self.person("head"), self.plan
            submit_workplan(workplan=plan, by=head)
            approve_workplan(workplan=plan, by=head, meeting_on=MEETING)

    # --- How anything is done ----------------------------------------------------------------
    @property
    def plan(self) -> WorkPlan:
        return WorkPlan.objects.select_related("office").get(pk=self.world.plan.pk)

    def person(self, who: str) -> User:
        return User.objects.get(pk=self.world.people[who].pk)

    def at_work(self) -> WorkPlan:
        """What the team writes on: the open revision if there is one."""
        revision = self.plan.revisions.filter(status__in=OPEN_REVISION).first()
        return revision or self.plan

    def attempt(self, may: bool, act: Callable[[], Any]) -> Any:
        """Do it; it must succeed exactly if it may. Refused, it has changed nothing."""
        before = None if may else self.state()
        try:
            with transaction.atomic():
                result = act()
        except REFUSALS:
            assert not may
            assert self.state() == before
            return None
        assert may
        return result

    def state(self) -> Any:
        plans = list(WorkPlan.everything.order_by("pk").values())
        return plans, list(Task.everything.order_by("pk").values()), PlanSnapshot.objects.count()

    def row(self, plan: WorkPlan, which: int) -> Task | None:
        rows = list(plan.tasks.kept().select_related("subject", "plan__office").in_order())
        return rows[which % len(rows)] if rows else None

    # --- What people do ----------------------------------------------------------------------
    # Three rules and not twenty: Hypothesis leaves some rules out of each run, and a life without
    # approvals is a short one.
    @rule(dice=DICE)
    def write_in_it(self, dice: Random) -> None:
        who, words = dice.choice(WHO), dice.choice(WORDS)
        which, to = dice.randrange(6), dice.randrange(6)
        steps: list[Callable[[], None]] = [
            lambda: self.add(who, words, dice.choice(SUBJECTS)),
            lambda: self.write(who, which, words, dice.choice(SUBJECTS)),
            lambda: self.take_out(which),
            lambda: self.bring_back(which),
            lambda: self.move(which, to),
            lambda: self.change_the_indicator(words, which),
        ]
        for step in dice.sample(steps, 3):
            step()

    @rule(dice=DICE)
    def send_it_on(self, dice: Random) -> None:
        """What its state leads on to, and seldom an end. From every other state every step is
        refused: see test_transitions.py."""
        plan, who, what = self.at_work(), dice.choice(WHO), dice.randrange(12)
        if what == 0:
            self.close(who)
        elif plan.status in EDITABLE and plan.is_revision and what == 1:
            self.withdraw(who)
        elif plan.status in EDITABLE:
            self.submit(who)
        elif plan.status == PlanStatus.SUBMITTED and what < 5:
            self.send_back(who, what, is_silent=what == 1)
        elif plan.status == PlanStatus.SUBMITTED:
            self.approve(who)
        else:
            self.revise(who)

    @rule(dice=DICE)
    def do_something_beside(self, dice: Random) -> None:
        who, which = dice.choice(WHO), dice.randrange(6)
        dice.choice(
            [
                lambda: self.decide(who, dice.choice(WORDS), dice.choice(MEETINGS)),
                lambda: self.put_off(which, which + 1),
                lambda: self.report(who, which, 20 * which),
                lambda: self.remark(who, which),
                lambda: self.settle(who),
                lambda: self.revise(who),
            ]
        )()

    # --- Writing -----------------------------------------------------------------------------
    def add(self, who: str, words: str, subject: str) -> None:
        plan = self.at_work()
        cells = {"title": words, "start_text": "১ জানুয়ারি ২০২৭", "end_text": "", "measure": words}
        fields = {**cells, "responsible_text": "", "expected_result": "", "subject": subject}
        may = who in TEAM and plan.status in EDITABLE
        self.attempt(may, lambda: add_task(workplan=plan, fields=fields, by=self.person(who)))

    def write(self, who: str, which: int, words: str, subject: str) -> None:
        if task := self.row(self.at_work(), which):
            fields = {**texts_of(task), "title": words, "measure": words, "subject": subject}
            self.attempt(
                who in TEAM and task.plan.status in EDITABLE,
                lambda: update_task(
                    task=task, version=task.version, fields=fields, by=self.person(who)
                ),
            )

    def take_out(self, which: int) -> None:
        plan = self.at_work()
        if plan.status in EDITABLE and plan.tasks.kept().count() > 1:
            delete_task(task=self.row(plan, which), by=self.person("member"))

    def bring_back(self, which: int) -> None:
        plan = self.at_work()
        gone = list(plan.tasks.filter(deleted_at__isnull=False).order_by("pk"))
        if plan.status in EDITABLE and gone:
            restore_task(task=gone[which % len(gone)], by=self.person("member"))

    def move(self, which: int, to: int) -> None:
        plan = self.at_work()
        task, place = self.row(plan, which), self.row(plan, to)
        if plan.status in EDITABLE and task and place and task != place:
            move_task(task=task, by=self.person("officer"), subject=place.subject, before=place)

    def change_the_indicator(self, words: str, which: int) -> None:
        """As its form would; the forms of scores have tests of their own."""
        plan = self.at_work()
        for indicator in Indicator.objects.filter(task__plan=plan):
            if plan.status in EDITABLE:
                indicator.name = words
                indicator.save()
                indicator.quarter_targets.update(target=str(which))

    # --- Its way -----------------------------------------------------------------------------
    def submit(self, who: str) -> None:
        plan = self.at_work()
        may = who in LEADERS and plan.status in EDITABLE
        self.attempt(may, lambda: submit_workplan(workplan=plan, by=self.person(who)))

    def send_back(self, who: str, which: int, is_silent: bool) -> None:
        plan = self.at_work()
        if not is_silent and plan.status == PlanStatus.SUBMITTED:
            add_comment(
                workplan=plan,
                by=self.person("head"),
                text="তারিখ দিন",
                task=self.row(plan, which),
                cell="end_text",
            )
        says_something = plan.comments.open().exists()
        may = who == "head" and plan.status == PlanStatus.SUBMITTED and says_something
        self.attempt(may, lambda: return_workplan(workplan=plan, by=self.person(who)))

    def approve(self, who: str) -> None:
        plan = self.at_work()
        may = who == "head" and plan.status == PlanStatus.SUBMITTED
        wanted = self.words(plan)
        self.attempt(
            may,
            lambda: approve_workplan(
                workplan=plan, by=self.person(who), meeting_on=MEETING, reference="সভা"
            ),
        )
        if may:
            assert self.words(self.plan) == wanted

    def revise(self, who: str) -> None:
        plan = self.plan
        is_open = plan.revisions.filter(status__in=OPEN_REVISION).exists()
        may = who in LEADERS and plan.status == PlanStatus.APPROVED and not is_open
        before = self.words(plan)
        revision = self.attempt(
            may, lambda: start_revision(workplan=plan, reason="বরাদ্দ কম", by=self.person(who))
        )
        if revision:
            assert self.words(revision) == before
            assert revision.revision == plan.revision + 1

    def withdraw(self, who: str) -> None:
        plan = self.at_work()
        may = who in LEADERS and plan.is_revision and plan.status in EDITABLE
        before = self.words(self.plan)
        self.attempt(may, lambda: withdraw_revision(workplan=plan, by=self.person(who)))
        assert self.words(self.plan) == before

    def close(self, who: str) -> None:
        plan = self.plan
        is_open = plan.revisions.filter(status__in=OPEN_REVISION).exists()
        may = who == "head" and plan.status == PlanStatus.APPROVED and not is_open
        self.attempt(may, lambda: close_workplan(workplan=plan, by=self.person(who)))

    # --- Beside its words --------------------------------------------------------------------
    def decide(self, who: str, words: str, meeting: str) -> None:
        plan = self.plan
        may = who in TEAM and plan.status in EDITABLE | {PlanStatus.APPROVED}
        self.attempt(
            may,
            lambda: add_decided_task(
                workplan=plan,
                subject="সভার সিদ্ধান্ত",
                title=words,
                starts_on=MEETING,
                ends_on=None,
                responsible_text="",
                reference=meeting,
                by=self.person(who),
            ),
        )
        if may:  # known where it will be needed
            assert words in {row["title"] for row in plan_rows(self.at_work())}
            self.note_amended(meeting)

    def put_off(self, which: int, month: int) -> None:
        plan = self.plan
        task = self.row(plan, which)
        if task and plan.status in EDITABLE | {PlanStatus.APPROVED}:
            day = date(2027, month, 20)
            reschedule_decided_task(
                task=task, ends_on=day, reference="নভেম্বরের সভা", by=self.person("head")
            )
            self.note_amended("নভেম্বরের সভা")

    def note_amended(self, meeting: str) -> None:
        """Decisions of the same meeting amend the version that the first of them made."""
        last = self.plan.snapshots.approved().order_by("-revision").first()
        if last and last.occasion == Occasion.DECIDED and last.reason == meeting:
            self.kept[last.pk] = last.rows

    def report(self, who: str, which: int, percent: int) -> None:
        if task := self.row(self.plan, which):
            entry = self.attempt(
                who in TEAM and task.plan.status != PlanStatus.CLOSED,
                lambda: add_progress(task=task, by=self.person(who), on=MEETING, percent=percent),
            )
            if entry:
                self.progress.add(entry.pk)

    def remark(self, who: str, which: int) -> None:
        plan = self.at_work()
        may = plan.status != PlanStatus.CLOSED and (
            who in TEAM or (who == "superior" and plan.status in SENT)
        )
        said = self.attempt(
            may,
            lambda: add_comment(
                workplan=plan,
                by=self.person(who),
                text="@সহকারী প্রোগ্রামার দেখুন",
                task=self.row(plan, which),
                cell="title",
            ),
        )
        if said:
            assert said.is_shared == (who == "superior")
            assert [one.post.designation_bn for one in said.mentions.all()] == ["সহকারী প্রোগ্রামার"]
            reply_to_comment(comment=said, by=self.person("officer"), text="দেখছি")

    def settle(self, who: str) -> None:
        plan = self.at_work()
        remark = plan.comments.open().select_related("plan__office").first()
        if remark and plan.status != PlanStatus.CLOSED:
            self.attempt(who in TEAM, lambda: settle_comment(comment=remark, by=self.person(who)))

    # --- What always holds -------------------------------------------------------------------
    def words(self, plan: WorkPlan) -> list[Any]:
        """What a plan says, in order, whoever's rows they are."""
        return [
            (
                row["subject"],
                *(row[name] for name in CELLS),
                [(one["name"], one["quarters"]) for one in row["indicators"]],
            )
            for row in plan_rows(plan)
        ]

    @invariant()
    def above_one_reads_what_was_approved_or_submitted(self) -> None:
        superior = self.person("superior")
        seen = list(WorkPlan.everything.visible_to(superior))
        assert {plan.status for plan in seen} <= set(SENT)
        live = self.plan
        if live.status in {PlanStatus.APPROVED, PlanStatus.CLOSED}:
            newest = PlanSnapshot.objects.visible_to(superior).filter(plan=live).first()
            assert newest.rows == plan_rows(live)
            assert newest.revision == live.revision
        internal = PlanComment.objects.visible_to(superior).filter(is_shared=False)
        assert not internal.exists()

    @invariant()
    def a_stranger_sees_nothing(self) -> None:
        stranger = self.person("stranger")
        for found in (WorkPlan.everything, Task.everything, PlanSnapshot.objects):
            assert not found.visible_to(stranger).exists()

    @invariant()
    def tasks_keep_their_numbers_and_progress(self) -> None:
        pks = set(Task.objects.values_list("pk", flat=True))
        assert self.pks <= pks
        self.pks = pks
        mine = set(ProgressEntry.objects.values_list("pk", flat=True))
        assert self.progress == mine
        assert not ProgressEntry.objects.filter(task__plan__revises__isnull=False).exists()

    @invariant()
    def versions_stand_and_are_numbered_without_a_gap(self) -> None:
        snapshots = {one.pk: one for one in PlanSnapshot.objects.all()}
        for pk, rows in self.kept.items():
            assert snapshots[pk].rows == rows
        self.kept = {pk: one.rows for pk, one in snapshots.items()}
        numbers = sorted(one.revision for one in self.plan.snapshots.approved())
        assert numbers == list(range(1, len(numbers) + 1))
        assert self.plan.revisions.filter(status__in=OPEN_REVISION).count() <= 1

    # --- At the end --------------------------------------------------------------------------
    def every_change_has_its_version(self) -> None:
        """The record knows how every row stands that somebody has changed."""
        versions = newest_versions()
        by_hand = {"workplans.indicator", "workplans.quartertarget"}
        for row, fields in kept_rows(WATCHED).items():
            if fields != self.first_rows.get(row) and row[0] not in by_hand:
                assert versions.get(row) == fields, row

    def every_version_leads_to_the_next(self) -> None:
        versions = [one.rows for one in self.plan.snapshots.approved().order_by("revision")]
        for old, new in pairwise(versions):
            comparison = compare(old, new)
            there = [row for row in comparison.rows if row.kind != "removed"]
            assert [row.key for row in there] == [row["key"] for row in new]
            for row, wanted in zip(there, new, strict=True):
                for name in CELLS:
                    pieces = row.cells[name].pieces
                    kept = "".join(piece.text for piece in pieces if piece.kind != "del")
                    assert kept == wanted[name]
            back = [row.key for row in comparison.rows if row.kind != "added"]
            assert sorted(back) == sorted(row["key"] for row in old)


@pytest.mark.django_db
@pytest.mark.usefixtures("today")
def test_any_life_of_a_plan() -> None:
    Life.world = make_world()
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=14,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
            database=None,
        ),
    )
