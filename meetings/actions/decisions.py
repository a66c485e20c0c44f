"""Decisions as they are typed, and what a meeting says about those of earlier ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.dates import parse_date
from ideas.models import Idea
from teams.audit import record
from teams.models import User
from teams.templatetags.bangla_tags import day
from teams.transitions import WrongState
from workplans.models import Task

from ..enums import FollowUpOutcome, IdeaEffect, TaskEffect
from ..implementers import Choices, implementer_choices
from ..models import AgendaItem, Decision, FollowUp, Implementer, Meeting
from .writing import new_version, next_position, open_for_writing


class StaleDecision(Exception):
    """Somebody saved the decision after this copy was opened; `current` is it now."""

    def __init__(self, current: Decision) -> None:
        super().__init__("stale")
        self.current = current


class StaleFollowUp(Exception):
    """Somebody else wrote about this decision meanwhile; `current` is what stands there."""

    def __init__(self, current: FollowUp) -> None:
        super().__init__("stale")
        self.current = current


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWords:
    """A decision as typed. `chosen` are codes such as "post-12" (see implementers)."""

    text: str
    implementer_text: str = ""
    due_text: str = ""
    chosen: Sequence[str] = ()
    task: Task | None = None
    task_effect: str = TaskEffect.NONE
    idea: Idea | None = None
    idea_effect: str = IdeaEffect.NONE

    def columns(self, *, held_on: date) -> dict[str, Any]:
        """What is written in the decision's own row."""
        effect = TaskEffect(self.task_effect)
        needs_task = effect in {TaskEffect.LINK, TaskEffect.RESCHEDULE}
        return {
            "text": self.text,
            "implementer_text": self.implementer_text,
            "due_text": self.due_text,
            "due_on": _due_on(self.due_text, held_on),
            "task": self.task if needs_task else None,
            "task_effect": effect if not needs_task or self.task else TaskEffect.NONE,
            "idea": self.idea,
            "idea_effect": self.idea_effect if self.idea else IdeaEffect.NONE,
        }


@transaction.atomic
def add_decision(
    *, item: AgendaItem, words: DecisionWords, by: User | None, form_key: UUID | None = None
) -> Decision:
    """Add a decision to an item.

    The same `form_key` with the same words again returns the decision it made; with other
    words, as typed into a form come back to, it makes another one.
    """
    meeting = open_for_writing(item.meeting, by)
    key = form_key and uuid5(form_key, f"decision:{item.pk}:{words.text}")
    if key and (made := Decision.objects.filter(form_key=key).first()):
        return made
    decision = Decision(
        meeting=meeting,
        item=item,
        position=next_position(item.decisions.all()),
        updated_by=by,
        **words.columns(held_on=meeting.held_on),
    )
    if key:
        decision.form_key = key
    decision.save()
    _name_implementers(decision, words, before=decision.implementer_text)
    record("decision.create", decision, by=by, office=meeting.office, after=_as_record(decision))
    return decision


@transaction.atomic
def update_decision(
    *, decision: Decision, version: int, words: DecisionWords, by: User
) -> Decision:
    """Save a decision typed from copy `version`. Raises StaleDecision, WrongState.

    A decision that somebody struck out meanwhile has moved on too; saved from the copy that
    says so, it comes back.
    """
    meeting = open_for_writing(decision.meeting, by)
    before = _as_record(decision)
    saved = Decision.objects.filter(pk=decision.pk, version=version).update(
        **words.columns(held_on=meeting.held_on),
        removed_at=None,
        removed_by=None,
        **new_version(by),
    )
    decision.refresh_from_db()
    if not saved:
        raise StaleDecision(decision)
    decision.meeting = meeting
    _name_implementers(decision, words, before=before["implementer"])
    record(
        "decision.update",
        decision,
        by=by,
        office=meeting.office,
        before=before,
        after=_as_record(decision),
    )
    return decision


@transaction.atomic
def remove_decision(*, decision: Decision, by: User) -> None:
    """Strike a decision out of a draft; restore_decision puts it back."""
    meeting = open_for_writing(decision.meeting, by)
    gone = Decision.objects.kept().filter(pk=decision.pk)
    if gone.update(removed_at=timezone.now(), removed_by=by, **new_version(by)):
        record(
            "decision.remove", decision, by=by, office=meeting.office, before=_as_record(decision)
        )


@transaction.atomic
def restore_decision(*, decision: Decision, by: User) -> None:
    meeting = open_for_writing(decision.meeting, by)
    back = Decision.objects.filter(pk=decision.pk, removed_at__isnull=False)
    if back.update(removed_at=None, removed_by=None, **new_version(by)):
        record("decision.restore", decision, by=by, office=meeting.office)


@transaction.atomic
def write_follow_up(
    *,
    meeting: Meeting,
    decision: Decision,
    version: int,
    note: str,
    outcome: str,
    new_due_on: date | None,
    by: User,
) -> FollowUp:
    """Write what the meeting says about an open decision of an earlier meeting.

    `version` is 0 for the first words. What follows from `outcome` happens when the minutes
    are made final. Raises StaleFollowUp, WrongState.
    """
    meeting = open_for_writing(meeting, by)
    _check_outcome(meeting, decision, outcome, note=note, new_due_on=new_due_on)
    values = {
        "note": note,
        "outcome": outcome,
        "new_due_on": new_due_on if outcome == FollowUpOutcome.EXTENDED else None,
    }
    follow_up, saved = FollowUp.objects.get_or_create(
        meeting=meeting, decision=decision, defaults={**values, "updated_by": by}
    )
    if not saved and version:
        mine = FollowUp.objects.filter(pk=follow_up.pk, version=version)
        saved = bool(mine.update(**values, **new_version(by)))
        follow_up.refresh_from_db()
    if not saved:
        raise StaleFollowUp(follow_up)
    record(
        "followup.write",
        follow_up,
        by=by,
        office=meeting.office,
        after={**values, "new_due_on": str(new_due_on or "")},
    )
    return follow_up


def _due_on(text: str, held_on: date) -> date | None:
    """The day that a due date means, if it is a single one.

    Without a year it is the first such day from the meeting on: what December's meeting wants by
    "১৫ জানুয়ারি" is due next year.
    """
    if not text:
        return None
    if whole := parse_date(text).value:
        return whole
    years = (held_on.year, held_on.year + 1)
    days = (parse_date(text, default_year=year).value for year in years)
    return next((one for one in days if one and one >= held_on), None)


def _check_outcome(
    meeting: Meeting, decision: Decision, outcome: str, *, note: str, new_due_on: date | None
) -> None:
    """Refuse what could not be carried out later. Raises WrongState."""
    is_received = decision.meeting.office_id != meeting.office_id
    if is_received and outcome in {FollowUpOutcome.EXTENDED, FollowUpOutcome.DROPPED}:
        raise WrongState(
            _("সিদ্ধান্তটি ঊর্ধ্বতন দপ্তরের; এর সময় বাড়ানো বা বাদ দেওয়া তাদের সভাতেই হয়। অগ্রগতি লিখে রাখুন।")
        )
    if outcome == FollowUpOutcome.DROPPED and not note:
        raise WrongState(_("সিদ্ধান্তটি কেন বাদ দেওয়া হলো তা লিখুন।"))
    if outcome == FollowUpOutcome.EXTENDED and new_due_on is None:
        raise WrongState(_("সময় বাড়লে নতুন শেষ তারিখটি লিখুন, যেমন ১৫ ডিসেম্বর ২০২৬।"))
    if outcome == FollowUpOutcome.EXTENDED and new_due_on and new_due_on < meeting.held_on:
        raise WrongState(
            _("নতুন শেষ তারিখ %(new)s সভার তারিখের (%(held)s) আগে। তারিখটি মিলিয়ে লিখুন।")
            % {"new": day(new_due_on), "held": day(meeting.held_on)}
        )


def _name_implementers(decision: Decision, words: DecisionWords, *, before: str) -> None:
    """Keep the posts, offices and groups that were ticked; else those the words name.

    With ticks and no words, the words are made of the ticks. `before` are the words as they
    were: a tick whose name has been taken out of them goes with it, and whom they name anew is
    added, so that the work goes to whom the paper names.
    """
    choices = implementer_choices(decision.meeting.office)
    earlier, named = choices.named_in(before), choices.named_in(decision.implementer_text)
    ticked = choices.by_codes(words.chosen)
    if ticked and decision.implementer_text != before:
        gone = [choice for choice in earlier if choice not in named]
        new = [choice for choice in named if choice not in earlier and choice not in ticked]
        ticked = [choice for choice in ticked if choice not in gone] + new
    chosen = ticked or named
    decision.implementers.all().delete()
    Implementer.objects.bulk_create(
        Implementer(decision=decision, **choice.column) for choice in chosen
    )
    if chosen and not decision.implementer_text:
        decision.implementer_text = Choices.words(chosen)
        Decision.objects.filter(pk=decision.pk).update(implementer_text=decision.implementer_text)


def _as_record(decision: Decision) -> dict[str, str]:
    return {
        "text": decision.text,
        "implementer": decision.implementer_text,
        "due": decision.due_text,
    }
