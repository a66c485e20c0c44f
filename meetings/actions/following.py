"""Decisions from the day they are in force: given out, reported on, done, dropped, resumed."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from teams.audit import record
from teams.models import User
from teams.transitions import Transition, WrongState, apply_transition

from .. import enums, perms
from ..enums import DecisionStatus
from ..implementers import owed_by
from ..models import Assignment, AssignmentReport, Decision
from .agenda import renew_agendas_elsewhere, renew_next_agenda


def give_out(decision: Decision, *, on: date) -> None:
    """Write down who owes the decision: the fan-out of its implementers on that day.

    Asked again after the minutes were opened and changed, it takes back what nobody is named
    for any more and keeps what was reported.
    """
    wanted = {
        (office.pk, post.pk if post else None): (office, post)
        for office, post in owed_by(decision, on=on)
    }
    known = {(one.office_id, one.post_id): one for one in decision.assignments.all()}
    Assignment.objects.bulk_create(
        Assignment(decision=decision, office=office, post=post, assigned_on=on)
        for key, (office, post) in wanted.items()
        if key not in known
    )
    gone = [one.pk for key, one in known.items() if key not in wanted]
    back = [one.pk for key, one in known.items() if key in wanted]
    decision.assignments.filter(pk__in=gone).update(withdrawn_at=timezone.now())
    decision.assignments.filter(pk__in=back).update(withdrawn_at=None)


def close_unfollowed(decision: Decision, *, by: User) -> None:
    """Close a decision of old minutes that nobody is to be chased for, before it is given out.

    One that the team has taken up again stays as it is.
    """
    if decision.is_followed and decision.resumed_at is None:
        reason = _("পুরোনো কার্যবিবরণী থেকে আনা সিদ্ধান্ত; এখানে এর বাস্তবায়ন অনুসরণ করা হয়নি।")
        _step(decision, enums.COMPLETE, by=by, reason=reason)


@transaction.atomic
def report_assignment(
    *,
    assignment: Assignment,
    by: User,
    text: str,
    is_done: bool,
    on: date,
    evidence: File[bytes] | None = None,
    form_key: UUID | None = None,
) -> AssignmentReport:
    """An implementer tells what was done. The same form sent twice is one report.

    When the last implementer says it is done, the decision is reported as carried out and
    waits for the team that took it. Raises PermissionDenied, WrongState.
    """
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=assignment.decision_id)
    key = form_key and uuid5(form_key, f"assignment:{assignment.pk}")
    if key and (made := AssignmentReport.objects.filter(form_key=key).first()):
        return made
    if not decision.is_followed:
        raise WrongState(
            _("সিদ্ধান্তটি এর মধ্যে “%(status)s” হয়ে গেছে, তাই নতুন প্রতিবেদন নেওয়া হয়নি।")
            % {"status": decision.get_status_display()}
        )
    if not perms.can_report_assignment(by, assignment):
        raise PermissionDenied
    held = [post for post in by.scope.posts if post.office_id == assignment.office_id]
    report = AssignmentReport(
        assignment=assignment,
        on=on,
        text=text,
        is_done=is_done,
        created_by=by,
        by_post=held[0] if held else by.scope.main_post,
    )
    if key:
        report.form_key = key
    if evidence is not None:
        report.evidence_name = (evidence.name or "")[-255:]
        report.evidence = evidence
    report.save()
    record(
        "assignment.report",
        assignment,
        by=by,
        office=assignment.office,
        after={"text": text, "is_done": is_done},
    )
    if is_done:
        _mark_reported(assignment, decision, by=by)
    return report


def complete_decision(*, decision: Decision, by: User) -> None:
    """The team that decided finds it carried out. Raises WrongState, PermissionDenied."""
    _step(decision, enums.COMPLETE, by=by)


def drop_decision(*, decision: Decision, by: User, reason: str) -> None:
    _step(decision, enums.DROP, by=by, reason=reason)


@transaction.atomic
def resume_decision(*, decision: Decision, by: User, reason: str) -> None:
    """Something is missing, or it was dropped too early: everybody owes it again."""
    _step(decision, enums.RESUME, by=by, reason=reason)
    decision.assignments.update(reported_at=None, reported_by=None)
    if not decision.assignments.exists():  # of old minutes, so far given to nobody
        give_out(decision, on=timezone.localdate())
    renew_next_agenda(decision.meeting)
    renew_agendas_elsewhere(decision.meeting)


@transaction.atomic
def put_back(decision: Decision, *, by: User) -> None:
    """Undo what a reopened meeting did to a decision; what was reported on it stays."""
    with override("bn"):  # it is kept, and read by others
        reason = _("সভার কার্যবিবরণী আবার খোলা হয়েছে।")
    _follow_again(decision, reason, by=by)
    count_reports(decision, by=by)


@transaction.atomic
def count_reports(decision: Decision, *, by: User) -> None:
    """See whether all who owe a decision have called it done.

    Minutes that were opened again may have given it to others than those who reported.
    """
    owed = decision.assignments.kept()
    is_reported = owed.exists() and not owed.filter(reported_at__isnull=True).exists()
    if is_reported and decision.status == DecisionStatus.OPEN:
        apply_transition(
            decision,
            enums.REPORT,
            by=by,
            allowed=True,  # asked for the last report
            office=decision.meeting.office,
        )
    elif decision.status == DecisionStatus.REPORTED and not is_reported:
        with override("bn"):  # kept and read by others, whoever settles the minutes
            reason = _("সিদ্ধান্তটি নতুন বাস্তবায়নকারীকেও দেওয়া হয়েছে।")
        _follow_again(decision, reason, by=by)


@transaction.atomic
def change_due_date(*, decision: Decision, due_on: date | None, due_text: str, by: User) -> None:
    """Give a decision in force another due date. Raises PermissionDenied."""
    if not perms.can_close_decision(by, decision):
        raise PermissionDenied
    write_due_date(decision, due_on, due_text, by=by)


@transaction.atomic
def write_due_date(decision: Decision, due_on: date | None, due_text: str, *, by: User) -> None:
    """Write down a due date; whoever calls this has asked whether `by` may."""
    before = str(decision.due_on or "")
    decision.due_on, decision.due_text = due_on, due_text
    decision.save(update_fields=["due_on", "due_text"])
    record(
        "decision.due",
        decision,
        by=by,
        office=decision.meeting.office,
        before={"due_on": before},
        after={"due_on": str(due_on or "")},
    )


def _step(decision: Decision, step: Transition, *, by: User, reason: str = "") -> None:
    apply_transition(
        decision,
        step,
        by=by,
        allowed=perms.can_close_decision(by, decision),
        office=decision.meeting.office,
        changes={"reason": reason},
    )


def _mark_reported(assignment: Assignment, decision: Decision, *, by: User) -> None:
    assignment.reported_at, assignment.reported_by = timezone.now(), by
    assignment.save(update_fields=["reported_at", "reported_by"])
    count_reports(decision, by=by)


def _follow_again(decision: Decision, reason: str, *, by: User) -> None:
    apply_transition(
        decision,
        enums.RESUME,
        by=by,
        allowed=True,  # asked for the meeting; the decision's own minutes may be open again too
        office=decision.meeting.office,
        changes={"reason": reason},
    )
