"""The life of minutes: made final, opened again, sent out, confirmed at the next meeting."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from bangla.dates import format_date
from ideas.actions import move_idea
from ideas.enums import PLAIN_STEPS
from teams.actions import claim_memo
from teams.audit import record
from teams.history.versions import keep_versions
from teams.memo import Memo
from teams.models import User
from teams.papers import fingerprint
from teams.transitions import WrongState, apply_transition
from workplans.actions import add_decided_task, reschedule_decided_task
from workplans.models import WorkPlan

from .. import enums, perms
from ..deliveries import send_minutes
from ..documents import meeting_words, minutes_content
from ..enums import (
    Confirmation,
    FollowUpOutcome,
    IdeaEffect,
    ItemKind,
    ItemState,
    MeetingStatus,
    TaskEffect,
)
from ..models import AgendaItem, Assignment, Decision, FollowUp, Meeting, MinutesVersion
from ..roster import team_posts
from ..search import index_minutes, unindex_minutes
from .agenda import renew_agendas_elsewhere, renew_next_agenda, take_back_left_over
from .attendance import settle_attendance
from .following import (
    change_due_date,
    close_unfollowed,
    complete_decision,
    count_reports,
    drop_decision,
    give_out,
    put_back,
    report_assignment,
    write_due_date,
)
from .recommending import check_recommendation, send_recommendations
from .writing import import_of, lock_meeting


@transaction.atomic
def finalise_minutes(
    *, meeting: Meeting, by: User, memo: Memo | None, issued_on: date
) -> MinutesVersion:
    """Settle the minutes: freeze them, put the decisions in force, confirm the last minutes.

    Of two who press at once one does it; the other gets WrongState. Raises WrongState also
    for a meeting still to come or without a written word, MemoTaken, PermissionDenied.
    """
    meeting = lock_meeting(meeting.pk)
    if meeting.status == MeetingStatus.DRAFT:
        _check_ready(meeting)
    if memo:
        claim_memo(
            office=meeting.office,
            memo=memo,
            purpose="meetings.minutes",
            object_id=meeting.pk,
            by=by,
        )
    entry = apply_transition(
        meeting,
        enums.FINALISE,
        by=by,
        allowed=perms.can_finalise_minutes(by, meeting),
        office=meeting.office,
        changes={
            "memo_number": memo.canonical if memo else "",
            "issued_on": issued_on,
            "doubts": [],
        },
    )
    old = import_of(meeting)
    if old is None:  # of old minutes nobody knows who was called
        settle_attendance(meeting, team_posts(meeting.office), by=by)
    # Frozen before anything moves: the minutes tell how the followed decisions stood then.
    version = _freeze(meeting, by=by)
    is_followed = old is None or old.is_followed
    for decision in meeting.decisions.kept().select_related("task__plan", "item", "idea__office"):
        decision.meeting = meeting
        if is_followed:
            give_out(decision, on=meeting.held_on)
            count_reports(decision, by=by)
        else:
            close_unfollowed(decision, by=by)
        _act_on_plan(decision, by=by)
        _move_idea(decision, by=by)
    for follow_up in meeting.follow_ups.select_related("decision__meeting__office"):
        _carry_out(follow_up, by=by)
    index_minutes(meeting)
    for item in _confirmations(meeting.items.all()):
        _confirm(item, by=by)
    renew_next_agenda(meeting)
    # Who was absent, and the task a decision has become, is known only now.
    rows = [*meeting.decisions.all(), *meeting.follow_ups.all(), *meeting.attendance.all()]
    keep_versions(entry, rows)
    return version


@transaction.atomic
def reopen_minutes(*, meeting: Meeting, by: User, reason: str) -> None:
    """Open settled minutes that were not sent yet, for a mend; the old version is kept.

    What their decisions and follow-ups had set going is taken back. Raises WrongState,
    PermissionDenied.
    """
    apply_transition(
        meeting,
        enums.REOPEN,
        by=by,
        allowed=perms.can_reopen_minutes(by, meeting),
        office=meeting.office,
        changes={"reopen_reason": reason},
    )
    meeting.versions.filter(reopened_at__isnull=True).update(
        reopened_at=timezone.now(), reopened_by=by, reopen_reason=reason
    )
    for follow_up in meeting.follow_ups.select_related("decision__meeting__office"):
        _take_back(follow_up, by=by)
    for item in meeting.items.open().exclude(confirmation=""):
        _take_confirmation_back(item, by=by)
    take_back_left_over(meeting)
    renew_next_agenda(meeting)
    unindex_minutes(meeting)


@transaction.atomic
def circulate_minutes(*, meeting: Meeting, by: User) -> None:
    """Send the settled minutes to members, implementers and copy recipients.

    Raises WrongState, PermissionDenied.
    """
    apply_transition(
        meeting,
        enums.CIRCULATE,
        by=by,
        allowed=perms.can_circulate_minutes(by, meeting),
        office=meeting.office,
    )
    send_minutes(meeting, by=by)
    send_recommendations(meeting, by=by)
    # The next meeting may have confirmed them before they were sent.
    for item in _confirmations(AgendaItem.objects.filter(confirms=meeting)):
        _confirm(item, by=by)
    renew_agendas_elsewhere(meeting)


# --- What follows from settled minutes -----------------------------------------------------
def _check_ready(meeting: Meeting) -> None:
    """Raises WrongState with what is missing."""
    if meeting.held_on > timezone.localdate():
        raise WrongState(_("সভার তারিখ এখনো আসেনি। সভা হওয়ার পরে কার্যবিবরণী চূড়ান্ত করুন।"))
    if not meeting.items.open().discussed().exists():
        raise WrongState(_("এখনো কোনো আলোচনা বা সিদ্ধান্ত লেখা হয়নি। অন্তত একটি বিষয়ে লিখে চূড়ান্ত করুন।"))


def _freeze(meeting: Meeting, *, by: User) -> MinutesVersion:
    content = minutes_content(meeting, is_draft=False)
    last = meeting.versions.first()
    return MinutesVersion.objects.create(
        meeting=meeting,
        number=last.number + 1 if last else 1,
        content=content,
        fingerprint=fingerprint(content),
        finalised_by=by,
    )


def _act_on_plan(decision: Decision, *, by: User) -> None:
    """Create or move the task that the decision is about. Raises WrongState."""
    with override("bn"):
        reference = _("%(meeting)s, সিদ্ধান্ত") % {"meeting": decision.meeting.name}
    if decision.task_effect == TaskEffect.CREATE and decision.task is None:
        plan = WorkPlan.objects.filter(office=decision.meeting.office_id).covering(
            decision.meeting.held_on
        )
        decision.task = add_decided_task(
            workplan=plan.first(),
            subject=decision.item.topic,
            title=decision.text,
            starts_on=decision.meeting.held_on,
            ends_on=decision.due_on,
            responsible_text=decision.implementer_text,
            reference=reference,
            by=by,
        )
        decision.save(update_fields=["task"])
    elif decision.task_effect == TaskEffect.RESCHEDULE and decision.task and decision.due_on:
        reschedule_decided_task(
            task=decision.task, ends_on=decision.due_on, reference=reference, by=by
        )


def _move_idea(decision: Decision, *, by: User) -> None:
    """Move the idea that the decision is about, or see that it can be recommended.

    Raises WrongState when it has gone another way meanwhile.
    """
    idea = decision.idea
    if idea is None or decision.idea_effect == IdeaEffect.NONE:
        return
    # An earlier decision of these minutes may have moved it.
    idea.refresh_from_db(fields=["status"])
    if decision.idea_effect == IdeaEffect.RECOMMEND:
        check_recommendation(decision)
        return
    if idea.office_id != decision.meeting.office_id:
        raise WrongState(
            _("একটি সিদ্ধান্তের আইডিয়া এর মধ্যে অন্য দপ্তরে পাঠানো হয়েছে। সিদ্ধান্তটি থেকে আইডিয়াটি তুলে নিন।")
        )
    step = next(step for step in PLAIN_STEPS if step.name == decision.idea_effect)
    if idea.status == step.target:
        return
    if idea.status not in step.sources:
        raise WrongState(
            _(
                "“%(idea)s” আইডিয়াটি এখন “%(status)s” অবস্থায়, তাই সিদ্ধান্ত অনুযায়ী এগোনো যায় না। "
                "সিদ্ধান্তটি ঠিক করুন।"
            )
            % {"idea": idea.title, "status": idea.get_status_display()}
        )
    reason = decision.text if step.name == IdeaEffect.DECLINE else ""
    move_idea(idea=idea, step=step, by=by, reason=reason, reference=meeting_words(decision.meeting))


def _carry_out(follow_up: FollowUp, *, by: User) -> None:
    """Do what the meeting said about an open decision, and remember how it stood before."""
    decision = follow_up.decision
    if not decision.is_followed or follow_up.outcome == FollowUpOutcome.CONTINUE:
        return
    if not decision.meeting.is_held:  # its own minutes have been opened again
        return
    if _spoken_of_later(follow_up):  # these minutes are settled late
        return
    if decision.meeting.office_id != follow_up.meeting.office_id:
        _report_up(follow_up, by=by)
        return
    follow_up.before = {
        "status": decision.status,
        "due_on": decision.due_on.isoformat() if decision.due_on else None,
        "due_text": decision.due_text,
    }
    follow_up.save(update_fields=["before"])
    if follow_up.outcome == FollowUpOutcome.DONE:
        complete_decision(decision=decision, by=by)
    elif follow_up.outcome == FollowUpOutcome.DROPPED:
        drop_decision(decision=decision, by=by, reason=follow_up.note)
    else:
        new = follow_up.new_due_on
        # In words too: should the decision's own minutes be opened again, its form shows them.
        words = format_date(new) if new else ""
        change_due_date(decision=decision, due_on=new, due_text=words, by=by)


def _spoken_of_later(follow_up: FollowUp) -> bool:
    """Whether a later meeting, settled before this one, has moved the decision already.

    The last meeting's word counts, in whatever order the minutes are settled and opened.
    """
    later = Meeting.objects.held().after(follow_up.meeting)
    moved = FollowUp.objects.filter(decision=follow_up.decision, meeting__in=later)
    return moved.exclude(before={}).exists()


def _report_up(follow_up: FollowUp, *, by: User) -> None:
    """A decision of a superior office, found carried out here: our part of it is reported."""
    meeting = follow_up.meeting
    owed = Assignment.objects.owed().filter(decision=follow_up.decision, office=meeting.office_id)
    with override("bn"):  # the report is read in other offices and printed in their minutes
        found = _("%(meeting)sয় বাস্তবায়িত বলে জানানো হয়েছে।") % {"meeting": meeting.name}
    words = follow_up.note or found
    for assignment in owed.select_related("decision__meeting__office", "office"):
        report_assignment(
            assignment=assignment, by=by, text=words, is_done=True, on=meeting.held_on
        )


def _take_back(follow_up: FollowUp, *, by: User) -> None:
    """Undo what the meeting said about a decision, unless a later one spoke of it again."""
    if not follow_up.before:
        return
    if not _spoken_of_later(follow_up):
        _put_as_before(follow_up.decision, follow_up, by=by)
        renew_agendas_elsewhere(follow_up.decision.meeting)
    follow_up.before = {}
    follow_up.save(update_fields=["before"])


def _put_as_before(decision: Decision, follow_up: FollowUp, *, by: User) -> None:
    before = follow_up.before
    if follow_up.outcome == FollowUpOutcome.EXTENDED:
        due = date.fromisoformat(before["due_on"]) if before["due_on"] else None
        write_due_date(decision, due, before["due_text"], by=by)
    elif decision.status == follow_up.outcome:  # and not taken up and dropped since, by hand
        put_back(decision, by=by)


def _confirmations(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """The items by which settled minutes say that they confirm earlier ones.

    What was typed on one that was then put aside stands in no minutes.
    """
    return [
        item
        for item in items
        if item.kind == ItemKind.CONFIRMATION
        and item.state == ItemState.OPEN
        and item.confirmation
        and item.meeting.is_held
    ]


def _confirm(item: AgendaItem, *, by: User) -> None:
    """Confirm what the item is about once it was sent; sending it asks again."""
    if item.confirms is None or not item.confirms.is_held:
        return
    # Locked, for it may be on its way to the members right now: whichever of the two
    # transactions comes second sees what the other did.
    last = lock_meeting(item.confirms.pk)
    if last.status != MeetingStatus.CIRCULATED:
        return
    apply_transition(
        last,
        enums.CONFIRM,
        by=by,
        allowed=perms.can_finalise_minutes(by, last),
        office=last.office,
    )
    if item.confirmation == Confirmation.CORRECTED:
        record(
            "meeting.correct",
            last,
            by=by,
            office=last.office,
            after={"correction": item.correction},
        )


def _take_confirmation_back(item: AgendaItem, *, by: User) -> None:
    if item.confirms is None:
        return
    last = lock_meeting(item.confirms.pk)
    if last.status == MeetingStatus.CONFIRMED:
        apply_transition(
            last,
            enums.UNCONFIRM,
            by=by,
            allowed=perms.can_reopen_minutes(by, last),
            office=last.office,
        )
