"""Writes of what reaches an office: looked at, sent on to another office, appealed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.text import normalise
from teams.audit import record
from teams.models import Office, User
from teams.transitions import Transition, WrongState, apply_transition

from .. import perms
from ..enums import ADMIT, APPEAL, DISCARD, FORWARDABLE, READMIT
from ..letters import tell_submitter
from ..models import Appeal, Contact, Idea
from ..timeline import FORWARD
from .register import ContactText, IdeaText, receive_idea

# The refusal's own entry is written within a second of its stamp.
JUST_AFTER = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Slip:
    """One paper out of the box: its words, and where its writer wants to hear from us."""

    text: IdeaText
    contact: ContactText


@transaction.atomic
def receive_slips(*, office: Office, slips: Sequence[Slip], by: User, form_key: UUID) -> list[Idea]:
    """Write what was found in the box into the register, all or nothing.

    The same `form_key` again makes no second idea of a slip with the same words; two slips that
    say the same are two ideas. Raises PermissionDenied.
    """
    return [
        receive_idea(
            office=office,
            text=slip.text,
            by=by,
            form_key=uuid5(form_key, str(number)),
            contact=slip.contact,
        )
        for number, slip in enumerate(slips)
    ]


def admit_idea(*, idea: Idea, by: User) -> None:
    """Take a held submission into the register. Raises WrongState, PermissionDenied."""
    _review(idea, ADMIT, by=by)


def discard_idea(*, idea: Idea, by: User) -> None:
    """Call a held submission spam. Raises WrongState, PermissionDenied."""
    _review(idea, DISCARD, by=by)


def readmit_idea(*, idea: Idea, by: User) -> None:
    """Take what was discarded into the register after all. Raises WrongState, PermissionDenied."""
    _review(idea, READMIT, by=by)


@transaction.atomic
def _review(idea: Idea, step: Transition, *, by: User) -> None:
    apply_transition(idea, step, by=by, allowed=perms.can_review_held(by, idea), office=idea.office)
    tell_submitter(idea, by=by)


@transaction.atomic
def forward_idea(*, idea: Idea, to: Office, by: User) -> None:
    """Send an idea on to the office it belongs to; its code, words and files go along.

    Only before anybody has worked on it: once it was scored, or others were merged into it, the
    marks and the other people's words would go along too. Raises WrongState, PermissionDenied.
    """
    if not perms.can_forward_idea(by, idea):
        raise PermissionDenied
    old = idea.office
    # Held as whoever scores or merges holds it: a first mark given now is seen below, or finds
    # the idea in the other office.
    idea.refresh_from_db(from_queryset=Idea.objects.select_for_update(no_key=True))
    if to.pk == old.pk or not to.is_active:
        raise WrongState(_("এই দপ্তরে পাঠানো যায় না। তালিকা থেকে অন্য একটি দপ্তর বেছে নিন।"))
    if reason := why_not_forwarded(idea):
        raise WrongState(reason)
    waiting = Idea.objects.filter(pk=idea.pk, office=old, status__in=FORWARDABLE)
    if not waiting.update(office=to, forwarded_from=old, version=F("version") + 1):
        raise WrongState(_("এর মধ্যে অবস্থা বদলে গেছে, তাই কাজটি করা যায়নি। পাতাটি আবার খুলে দেখুন।"))
    idea.refresh_from_db()
    told = {"title": idea.title, "from": old.pk, "to": to.pk}
    record(FORWARD, idea, by=by, office=old, after=told)
    record("idea.forwarded_here", idea, by=by, office=to, after=told)
    tell_submitter(idea, by=by)


def why_not_forwarded(idea: Idea) -> str:
    """Why an idea has to stay in this office; "" if it may go."""
    if idea.status not in FORWARDABLE:
        return _("বাছাই হয়ে যাওয়া আইডিয়া অন্য দপ্তরে পাঠানো যায় না।")
    if idea.screenings.exists():
        return _("আইডিয়াটিতে নম্বর দেওয়া শুরু হয়েছে, তাই এটি আর অন্য দপ্তরে পাঠানো যায় না।")
    if idea.merged.exists():
        return _("এর সঙ্গে অন্য আইডিয়া মেলানো হয়েছে, তাই এটি আর অন্য দপ্তরে পাঠানো যায় না।")
    return ""


@transaction.atomic
def mend_contact(*, idea: Idea, contact: ContactText, by: User) -> None:
    """Write anew where the submitter of an idea that the team typed in wants to hear from us.

    Both parts empty: nowhere. The record says that it was changed, not from what to what. Raises
    PermissionDenied.
    """
    if not perms.can_mend_contact(by, idea):
        raise PermissionDenied
    if contact.email or contact.phone:
        Contact.objects.update_or_create(idea=idea, defaults=asdict(contact))
    else:
        Contact.objects.filter(idea=idea).delete()
    record("idea.mend_contact", idea, by=by, office=idea.office)


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
        at=None if by else _day_of_appeal(idea),
    )
    appeal = Appeal.objects.create(idea=idea, text=text, made_by=by, **told)
    tell_submitter(idea, by=by)
    return appeal


def _day_of_appeal(idea: Idea) -> datetime:
    """Today, after the refusal: the exact moment could be laid beside the log of a web server."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    return max(midnight, (idea.declined_at or midnight) + JUST_AFTER)
