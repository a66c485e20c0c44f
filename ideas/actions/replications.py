"""Writes of a replication: taken over, mended, begun, in use, dropped."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Self
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from bangla.text import normalise, shorten
from teams.audit import record
from teams.models import Office, User
from teams.transitions import WrongState, apply_transition
from workplans.enums import EDITABLE, PlanStatus
from workplans.models import LONGEST_LINE, WorkPlan

from .. import perms
from ..enums import (
    ADOPT,
    BEGIN_REPLICATION,
    DROP_REPLICATION,
    REPLICATE,
    IdeaStatus,
    ReplicationStatus,
)
from ..letters import tell_submitter
from ..models import Idea, Replication
from .linked_tasks import LONGEST_TITLE_NAMED, TaskRow, add_linked_tasks
from .measures import MeasureRow, People, rows_of, save_measures
from .recommendations import answer_by_taking

TAKING = EDITABLE | {PlanStatus.APPROVED}  # plans that a new task can still go into


@dataclass(frozen=True, slots=True)
class ReplicationText:
    """What is typed about a replication; the names are the model's."""

    starts_on: date | None = None
    ends_on: date | None = None
    adaptations: str = ""

    @classmethod
    def of(cls, replication: Replication) -> Self:
        return cls(**{name: getattr(replication, name) for name in cls.__dataclass_fields__})

    def as_json(self) -> dict[str, str]:
        return {name: str(value or "") for name, value in asdict(self).items()}


class StaleReplication(Exception):
    """Somebody saved or moved it after this copy was opened; `current` is as it is now."""

    def __init__(self, current: Replication) -> None:
        super().__init__("stale")
        self.current = current


@transaction.atomic
def take_initiative(
    *,
    idea: Idea,
    office: Office,
    by: User,
    taken_from: Replication | None = None,
    text: ReplicationText | None = None,
    plan: WorkPlan | None = None,
    tasks: Sequence[TaskRow] = (),
    form_key: UUID | None = None,
) -> Replication:
    """Let an office take over a proven idea, learnt from the first office or from `taken_from`.

    The `tasks` go into the office's work plan `plan`, under a subject that gives the credit;
    without a plan there are none. An office carries out an idea once: of two who take it at the
    same time one does. The same `form_key` again returns the replication it made. What was
    recommended to the office is answered by it. Raises WrongState, PermissionDenied.
    """
    # Locked, so that the second of two leads finds what the first one took.
    idea = Idea.objects.select_for_update(of=("self",)).select_related("office").get(pk=idea.pk)
    if not perms.can_take_initiative(by, office.pk, idea):
        raise PermissionDenied
    key = form_key and uuid5(form_key, f"{office.pk}:{idea.pk}")
    if key and (made := Replication.objects.kept().filter(form_key=key).first()):
        return made
    _check_can_be_taken(idea, office, taken_from)
    if key is None or Replication.objects.filter(form_key=key).exists():  # made, and dropped
        key = uuid4()
    text = text or ReplicationText()
    replication = Replication.objects.create(
        idea=idea,
        taken_from=taken_from,
        office=office,
        form_key=key,
        taken_by=by,
        **asdict(text),
    )
    answered = answer_by_taking(replication, by=by)
    record(
        "replication.take",
        replication,
        by=by,
        office=office,
        after={
            **text.as_json(),
            "idea": idea.pk,
            "taken_from": taken_from.pk if taken_from else None,
        },
        rows=answered,
    )
    if plan and tasks:
        _plan(replication, plan, tasks, by=by)
    return replication


@transaction.atomic
def update_replication(
    *, replication: Replication, version: int, text: ReplicationText, by: User
) -> Replication:
    """Save words typed on copy `version`. Raises StaleReplication, WrongState, PermissionDenied."""
    if not by.scope.is_in_team(replication.office_id):
        raise PermissionDenied
    before = ReplicationText.of(replication)
    saved = (
        Replication.objects.kept()
        .filter(pk=replication.pk, version=version)
        .update(**asdict(text), version=F("version") + 1, updated_at=timezone.now(), updated_by=by)
    )
    replication.refresh_from_db()
    if not saved:
        if replication.status == ReplicationStatus.DROPPED:
            raise WrongState(_("রেপ্লিকেশনটি বাদ দেওয়া হয়েছে, তাই এর লেখা আর বদলানো যায় না।"))
        raise StaleReplication(replication)
    record(
        "replication.update",
        replication,
        by=by,
        office=replication.office,
        before=before.as_json(),
        after=text.as_json(),
    )
    return replication


@transaction.atomic
def begin_replication(*, replication: Replication, by: User) -> None:
    """Say that the work has begun. Raises WrongState, PermissionDenied."""
    apply_transition(
        replication,
        BEGIN_REPLICATION,
        by=by,
        allowed=perms.can_move_replication(by, replication.office_id),
        office=replication.office,
    )


@transaction.atomic
def adopt_replication(
    *,
    replication: Replication,
    by: User,
    rows: Sequence[MeasureRow] | None = None,
    people: People | None = None,
    was: str | None = None,
    is_unmeasured: bool = False,
) -> None:
    """Say that it is in use here, with what was measured.

    `rows`, `people` and `was` are saved as `save_measures` does, unless `rows` is None. Without a
    measure of before and after it asks for one, unless `is_unmeasured` says that measuring comes
    later. The first office in which an idea comes into use makes the idea a replicated one, and
    its submitter is told: that follows from the fact, whoever reports it. Raises WrongState,
    StaleMeasures, PermissionDenied.
    """
    allowed = perms.can_move_replication(by, replication.office_id)
    if allowed and replication.status in ADOPT.sources:
        if rows is not None:
            save_measures(of=replication, rows=rows, people=people, was=was, by=by)
            replication.refresh_from_db()
        if not is_unmeasured and not any(row.after is not None for row in rows_of(replication)):
            raise WrongState(
                _("সময়, খরচ বা যাতায়াতের অন্তত একটির আগের ও পরের পরিমাপ লিখুন, অথবা জানান যে পরে মাপা হবে।")
            )
    apply_transition(replication, ADOPT, by=by, allowed=allowed, office=replication.office)
    _spread(replication, by=by)


@transaction.atomic
def drop_replication(*, replication: Replication, reason: str, by: User) -> None:
    """End a replication, with the reason; what others took from it goes on.

    Raises WrongState, PermissionDenied.
    """
    if not (reason := normalise(reason)):
        raise WrongState(_("রেপ্লিকেশনটি কেন বাদ দেওয়া হলো, লিখুন।"))
    apply_transition(
        replication,
        DROP_REPLICATION,
        by=by,
        allowed=perms.can_move_replication(by, replication.office_id),
        office=replication.office,
        changes={"drop_reason": reason},
    )


def credit_of(replication: Replication) -> str:
    """The subject of the copied tasks: what they carry out, and whose idea it was.

    In Bengali, for the plan is printed.
    """
    idea = replication.idea
    with override("bn"):
        words = _("রেপ্লিকেশন: %(title)s; উদ্ভাবক: %(office)s") % {
            "title": shorten(idea.public_title, LONGEST_TITLE_NAMED),
            "office": idea.office.name,
        }
    return shorten(words, LONGEST_LINE)


def _plan(replication: Replication, plan: WorkPlan, tasks: Sequence[TaskRow], *, by: User) -> None:
    # Asked of the plan as it is now: it may have been submitted since the page was opened.
    status = WorkPlan.objects.values_list("status", flat=True).get(pk=plan.pk)
    if status not in TAKING:
        raise WrongState(
            _("কর্মপরিকল্পনাটি এর মধ্যে পেশ বা সমাপ্ত হয়েছে, তাই কাজ যোগ করা যায় না। কাজ ছাড়াই নিন, পরে যোগ করুন।")
        )
    add_linked_tasks(
        of=replication,
        plan=plan,
        subject=credit_of(replication),
        rows=tasks,
        by=by,
        form_key=replication.form_key,
    )


def _check_can_be_taken(idea: Idea, office: Office, taken_from: Replication | None) -> None:
    """Raises WrongState with why not."""
    if not Idea.objects.proven().filter(pk=idea.pk).exists():
        raise WrongState(_("উদ্যোগটি এখন প্রকাশিত নেই, তাই নেওয়া যায় না।"))
    if Replication.objects.kept().filter(idea=idea, office=office).exists():
        raise WrongState(_("আপনার দপ্তর এই উদ্যোগ আগেই নিয়েছে।"))
    if taken_from is None:
        return
    learnt = Replication.objects.in_use().filter(pk=taken_from.pk, idea=idea)
    if not learnt.exclude(office=office).exists():
        raise WrongState(_("যে দপ্তর থেকে নিতে চান, সেখানে উদ্যোগটি এখন চালু নেই। অন্য দপ্তর বেছে নিন।"))


def _spread(replication: Replication, *, by: User) -> None:
    """The idea works in a second office now: it is replicated, if it was not before."""
    # Locked: of two offices that report at once the second finds it replicated.
    idea = Idea.objects.select_for_update(of=("self",)).select_related("office")
    first = idea.get(pk=replication.idea_id)
    if first.status != IdeaStatus.SHOWCASED:
        return
    with override("bn"):  # the reference is kept, and read by others
        reference = _("%(office)s-এ চালু হয়েছে") % {"office": replication.office.name}
    apply_transition(
        first,
        REPLICATE,
        by=by,
        allowed=True,
        office=first.office,
        changes={"reference": reference},
    )
    tell_submitter(first, by=by)
