"""The states of a plan: every state, every step, every kind of person; and many at once."""

from contextlib import suppress
from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from teams.audit import record
from teams.models import AuditEntry, User
from teams.transitions import Transition, WrongState
from tests.factories import Country, make_country, make_plan, make_team, take_plan_to
from tests.races import at_once
from workplans.actions import (
    approve_workplan,
    close_workplan,
    return_workplan,
    start_revision,
    submit_workplan,
    withdraw_revision,
)
from workplans.enums import TRANSITIONS, PlanStatus
from workplans.models import WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

HEAD, OFFICER = "upazila.head", "upazila.innovation_officer"
# Written here once more, by hand: who may take which step from where. All else is refused.
ALLOWED = {
    (PlanStatus.DRAFT, "submit"): {HEAD, OFFICER},
    (PlanStatus.RETURNED, "submit"): {HEAD, OFFICER},
    (PlanStatus.SUBMITTED, "return"): {HEAD},
    (PlanStatus.SUBMITTED, "approve"): {HEAD},
    (PlanStatus.APPROVED, "close"): {HEAD},
}
# A revision is never closed: the plan it changes is. And only a revision is ever withdrawn.
ALLOWED_OF_REVISION = {
    **{step: who for step, who in ALLOWED.items() if step[1] != "close"},
    (PlanStatus.DRAFT, "withdraw"): {HEAD, OFFICER},
    (PlanStatus.RETURNED, "withdraw"): {HEAD, OFFICER},
}
STATES_OF_PLAN = [status for status in PlanStatus if status != PlanStatus.WITHDRAWN]
STATES_OF_REVISION = [status for status in PlanStatus if status != PlanStatus.CLOSED]
MEETING_ON = date(2026, 11, 15)
SUBMITS = 20


def take(step: Transition, plan: WorkPlan, by: User) -> None:
    """Do the step through its action."""
    match step.name:
        case "submit":
            submit_workplan(workplan=plan, by=by)
        case "return":
            return_workplan(workplan=plan, by=by, reason="দ্বিতীয় সারির তারিখ আবার দেখুন")
        case "approve":
            approve_workplan(workplan=plan, by=by, meeting_on=MEETING_ON, reference="সভা ১১")
        case "close":
            close_workplan(workplan=plan, by=by)
        case "withdraw":
            withdraw_revision(workplan=plan, by=by)


@pytest.fixture
def country() -> Country:
    return make_country()


def make_revision(country: Country, status: str) -> WorkPlan:
    """A revision of an approved plan, in this state."""
    head = country[HEAD]
    plan = make_plan(country.upazila, by=head, status=PlanStatus.APPROVED)
    revision = start_revision(workplan=plan, reason="বরাদ্দ দেরিতে এসেছে", by=head)
    if status == PlanStatus.WITHDRAWN:
        withdraw_revision(workplan=revision, by=head)
        return revision
    return take_plan_to(revision, status, by=head)


@pytest.mark.parametrize("step", TRANSITIONS, ids=lambda step: step.name)
@pytest.mark.parametrize("status", STATES_OF_PLAN)
def test_step_is_open_to_exactly_the_right_people(
    country: Country, status: str, step: Transition
) -> None:
    plan = make_plan(country.upazila, by=country[HEAD], status=status)
    may = {name for name, person in country.people.items() if succeeds(step, plan, person)}
    assert may == ALLOWED.get((PlanStatus(status), step.name), set())


@pytest.mark.parametrize("step", TRANSITIONS, ids=lambda step: step.name)
@pytest.mark.parametrize("status", STATES_OF_REVISION)
def test_step_of_a_revision_is_open_to_exactly_the_right_people(
    country: Country, status: str, step: Transition
) -> None:
    plan = make_revision(country, status)
    may = {name for name, person in country.people.items() if succeeds(step, plan, person)}
    assert may == ALLOWED_OF_REVISION.get((PlanStatus(status), step.name), set())


@pytest.mark.parametrize("status", STATES_OF_PLAN)
def test_revision_is_begun_by_whoever_leads_the_team_of_an_approved_plan(
    country: Country, status: str
) -> None:
    plan = make_plan(country.upazila, by=country[HEAD], status=status)
    may = set()
    for name, person in country.people.items():
        with transaction.atomic():
            with suppress(PermissionDenied, WrongState):
                start_revision(workplan=plan, reason="কারণ", by=User.objects.get(pk=person.pk))
                may.add(name)
            transaction.set_rollback(True)
    assert may == ({HEAD, OFFICER} if status == PlanStatus.APPROVED else set())


def succeeds(step: Transition, plan: WorkPlan, person: User) -> bool:
    """Try the step, check all it writes or that it writes nothing, and take it back."""
    plan = WorkPlan.everything.get(pk=plan.pk)
    person = User.objects.get(pk=person.pk)
    before = model_to_dict(plan)
    entries = AuditEntry.objects.count()
    with transaction.atomic():
        try:
            take(step, plan, person)
        except (PermissionDenied, WrongState):
            done = False
            assert AuditEntry.objects.count() == entries
            assert model_to_dict(WorkPlan.everything.get(pk=plan.pk)) == before
        else:
            done = True
            check_trace(step, before, WorkPlan.everything.get(pk=plan.pk), person, entries)
        transaction.set_rollback(True)
    return done


def check_trace(
    step: Transition, before: dict[str, object], plan: WorkPlan, person: User, entries: int
) -> None:
    """A step stamps, counts the version up and is written down; nothing else changes."""
    assert plan.status == step.target
    assert plan.version == before["version"] + 1
    assert getattr(plan, f"{step.stamp}_by") == person
    assert abs((timezone.now() - getattr(plan, f"{step.stamp}_at")).total_seconds()) < 60
    touched = {"status", "version", f"{step.stamp}_at", f"{step.stamp}_by", "return_reason"}
    if step.name == "approve":
        touched |= {"meeting_on", "approval_reference"}
        assert (plan.meeting_on, plan.approval_reference) == (MEETING_ON, "সভা ১১")
    after = model_to_dict(plan)
    assert {name for name in after if after[name] != before[name]} <= touched
    entry = AuditEntry.objects.filter(object_id=plan.pk).latest("pk")
    assert (entry.action, entry.by, entry.office) == (f"workplan.{step.name}", person, plan.office)
    assert entry.by_post in person.scope.posts
    assert entry.before == {"status": before["status"]}
    assert entry.after["status"] == step.target
    # What an approved revision does to the plan is a second line, on the plan.
    lines = 2 if step.name == "approve" and plan.is_revision else 1
    assert AuditEntry.objects.count() == entries + lines


def test_table_names_its_permissions_and_leaves_no_state_unreachable() -> None:
    from workplans import perms

    assert all(callable(getattr(perms, step.permission)) for step in TRANSITIONS)
    assert {step.target for step in TRANSITIONS} | {PlanStatus.DRAFT} == set(PlanStatus)
    assert {(source, step.name) for step in TRANSITIONS for source in step.sources} == (
        set(ALLOWED) | set(ALLOWED_OF_REVISION)
    )


def test_plan_is_not_closed_while_it_is_being_revised(country: Country) -> None:
    plan = make_plan(country.upazila, by=country[HEAD], status=PlanStatus.APPROVED)
    revision = start_revision(workplan=plan, reason="কারণ", by=country[OFFICER])
    with pytest.raises(WrongState, match="সংশোধন চলমান"):
        close_workplan(workplan=plan, by=country[HEAD])
    withdraw_revision(workplan=revision, by=country[OFFICER])
    close_workplan(workplan=plan, by=country[HEAD])
    assert plan.status == PlanStatus.CLOSED


def test_submit_of_an_empty_plan_says_what_is_missing(country: Country) -> None:
    plan = make_plan(country.upazila, by=country[HEAD], tasks=0)
    with pytest.raises(WrongState, match="অন্তত একটি কাজ"):
        submit_workplan(workplan=plan, by=country[HEAD])


def test_submitting_again_clears_the_reason_of_the_return(country: Country) -> None:
    plan = make_plan(country.upazila, by=country[HEAD], status=PlanStatus.RETURNED)
    assert plan.return_reason
    submit_workplan(workplan=plan, by=country[OFFICER])
    plan.refresh_from_db()
    assert plan.return_reason == ""
    # That it was returned once, by whom and when, stays.
    assert plan.returned_by == country[HEAD]


@pytest.mark.django_db(transaction=True)
def test_submit_by_twenty_at_once_is_one_submission() -> None:
    team = make_team()
    plan = make_plan(team.office, by=team.head)

    def attempt() -> None:
        submit_workplan(workplan=plan_copies.pop(), by=User.objects.get(pk=team.head.pk))

    plan_copies = [WorkPlan.objects.get(pk=plan.pk) for _ in range(SUBMITS)]
    results = at_once([attempt] * SUBMITS)

    assert results.count(None) == 1
    assert {type(result) for result in results if result is not None} == {WrongState}
    now = WorkPlan.objects.get(pk=plan.pk)
    assert (now.status, now.version) == (PlanStatus.SUBMITTED, plan.version + 1)
    assert AuditEntry.objects.filter(action="workplan.submit").count() == 1


@pytest.mark.django_db(transaction=True)
def test_submit_without_its_condition_would_be_twenty_submissions() -> None:
    """The control: this race lets everybody through when the UPDATE asks nothing."""
    team = make_team()
    plan = make_plan(team.office, by=team.head)
    all_have_read = Barrier(SUBMITS)

    def submit_naively() -> None:
        mine = WorkPlan.objects.get(pk=plan.pk)
        all_have_read.wait()
        if mine.status == PlanStatus.DRAFT:
            WorkPlan.objects.filter(pk=mine.pk).update(status=PlanStatus.SUBMITTED)
            record("workplan.submit", mine, by=None)

    assert at_once([submit_naively] * SUBMITS) == [None] * SUBMITS
    assert AuditEntry.objects.filter(action="workplan.submit").count() == SUBMITS
