"""Writes of what reaches an office: held submissions looked at, a declined idea appealed."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from bangla.text import normalise
from teams.models import User
from teams.transitions import WrongState, apply_transition

from .. import perms
from ..enums import ADMIT, APPEAL, DISCARD
from ..models import Appeal, Idea


def admit_idea(*, idea: Idea, by: User) -> None:
    """Take a held submission into the register. Raises WrongState, PermissionDenied."""
    apply_transition(
        idea, ADMIT, by=by, allowed=perms.can_review_held(by, idea), office=idea.office
    )


def discard_idea(*, idea: Idea, by: User) -> None:
    """Call a held submission spam. Raises WrongState, PermissionDenied."""
    apply_transition(
        idea, DISCARD, by=by, allowed=perms.can_review_held(by, idea), office=idea.office
    )


@transaction.atomic
def appeal_idea(*, idea: Idea, text: str, by: User | None) -> Appeal:
    """Ask for a second look at a declined idea, once.

    Whoever shows its code, or is logged in as its submitter, is the submitter; `by` is None for
    the former. The idea waits for the meeting again, and what had been told is kept. Raises
    WrongState (also for a second appeal and without a word), PermissionDenied.
    """
    text = normalise(text)
    if not text:
        raise WrongState(_("কেন আবার বিবেচনা করা উচিত, লিখুন।"))
    if Appeal.objects.filter(idea=idea).exists():
        raise WrongState(_("এই আইডিয়ার জন্য আগেই একবার পুনর্বিবেচনা চাওয়া হয়েছে।"))
    if by is not None and by.pk != idea.submitted_by_id:
        raise PermissionDenied
    told = {"declined_reason": idea.decline_reason, "declined_reference": idea.reference}
    apply_transition(
        idea,
        APPEAL,
        by=by,
        allowed=perms.can_appeal_idea(idea),
        office=idea.office,
        changes={"decline_reason": "", "reference": ""},
    )
    return Appeal.objects.create(idea=idea, text=text, made_by=by, **told)
