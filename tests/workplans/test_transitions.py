"""The states of a plan: every state, every step, every kind of person; and many at once."""

from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from teams.audit import record
from teams.models import AuditEntry, User
from teams.transitions import Transition, WrongState
from tests.factories import Country, make_country, make_plan, make_team
from tests.races import at_once
from workplans.actions import (
    approve_workplan,
    close_workplan,
    return_workplan,
    submit_workplan,
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
SUBMITS = 20


def take(step: Transition, plan: WorkPlan, by: User) -> None:
    """Do the step through its action."""
    actions = {"submit": submit_workplan, "approve": approve_workplan, "close": close_workplan}
    if step.name == "approve":
        approve_workplan(workplan=plan, by=by, meeting_on=timezone.localdate())
    elif step.name == "return":
        return_workplan(workplan=plan, by=by, reason="দ্বিতীয় সারির তারিখ আবার দেখুন")
    else:
        actions[step.name](workplan=plan, by=by)


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.mark.parametrize("step", TRANSITIONS, ids=lambda step: step.name)
@pytest.mark.parametrize("status", PlanStatus.values)
def test_step_is_open_to_exactly_the_right_people(
    country: Country, status: str, step: Transition
) -> None:
    plan = make_plan(country.upazila, by=country[HEAD], status=status)
    may = {name for name, person in country.people.items() if succeeds(step, plan, person)}
    assert may == ALLOWED.get((PlanStatus(status), step.name), set())


def succeeds(step: Transition, plan: WorkPlan, person: User) -> bool:
    """Try the step, check all it writes or that it writes nothing, and take it back."""
    plan = WorkPlan.objects.get(pk=plan.pk)
    person = User.objects.get(pk=person.pk)
    before = model_to_dict(plan)
    entries = AuditEntry.objects.count()
    with transaction.atomic():
        try:
            take(step, plan, person)
        except (PermissionDenied, WrongState):
            done = False
            assert AuditEntry.objects.count() == entries
            assert model_to_dict(WorkPlan.objects.get(pk=plan.pk)) == before
        else:
            done = True
            check_trace(step, before, WorkPlan.objects.get(pk=plan.pk), person)
            assert AuditEntry.objects.count() == entries + 1
        transaction.set_rollback(True)
    return done


def check_trace(step: Transition, before: dict[str, object], plan: WorkPlan, person: User) -> None:
    """A step stamps, counts the version up and is written down; nothing else changes."""
    assert plan.status == step.target
    assert plan.version == before["version"] + 1
    assert getattr(plan, f"{step.stamp}_by") == person
    assert abs((timezone.now() - getattr(plan, f"{step.stamp}_at")).total_seconds()) < 60
    touched = {"status", "version", f"{step.stamp}_at", f"{step.stamp}_by", "return_reason"}
    after = model_to_dict(plan)
    assert {name for name in after if after[name] != before[name]} <= touched
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.by, entry.office) == (f"workplan.{step.name}", person, plan.office)
    assert entry.by_post in person.scope.posts
    assert entry.before == {"status": before["status"]}
    assert entry.after["status"] == step.target


def test_table_names_its_permissions_and_leaves_no_state_unreachable() -> None:
    from workplans import perms

    assert all(callable(getattr(perms, step.permission)) for step in TRANSITIONS)
    assert {step.target for step in TRANSITIONS} | {PlanStatus.DRAFT} == set(PlanStatus)
    assert {(source, step.name) for step in TRANSITIONS for source in step.sources} == set(ALLOWED)


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
