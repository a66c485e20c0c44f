"""Writes about ideas that say the same: one is merged into another, or supported instead."""

from uuid import UUID, uuid4, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from bangla.text import normalise, squeeze
from teams.audit import record
from teams.models import User
from teams.transitions import WrongState, apply_transition

from .. import perms
from ..enums import GOING_ON, MERGE, UNMERGE, WAITING
from ..letters import tell_submitter
from ..models import Idea, Support
from ..similar.finding import may_know, survivors_of
from ..similar.news import tell_of_joining
from .hand_in import start_of_today
from .screening import close_round_of


@transaction.atomic
def merge_idea(*, idea: Idea, into: Idea, by: User) -> None:
    """Let an idea go on as part of another that says the same.

    Nothing of it is lost: its words, files, supporters and code stay, and whoever follows it sees
    what becomes of the other, even when that is merged in its turn. The other idea may be another
    office's, if everybody may know of it. Raises WrongState, PermissionDenied.
    """
    into = _locked(idea, into)[into.pk]
    if into.pk == idea.pk or into.status not in GOING_ON:
        raise WrongState(_("এই আইডিয়ার সঙ্গে মেলানো যায় না। তালিকা থেকে আরেকটি বেছে নিন।"))
    is_known = may_know(by).filter(pk=into.pk).exists()
    apply_transition(
        idea,
        MERGE,
        by=by,
        allowed=perms.can_merge_idea(by, idea) and is_known,
        office=idea.office,
        changes={"merged_into": into},
    )
    close_round_of(idea, by=by)
    _note_on(into, "idea.merge_in", idea, by=by)
    tell_submitter(idea, by=by)
    tell_of_joining(idea, into=into, by=by)


@transaction.atomic
def unmerge_idea(*, idea: Idea, by: User) -> None:
    """Take a merge back while the idea it went on as still waits for the team's decision.

    Raises WrongState, PermissionDenied.
    """
    into = idea.merged_into
    if into is not None:
        # Of a chain, its end says whether anything was decided.
        end = survivors_of([into])[into.pk]
        end = _locked(idea, end)[end.pk]
        if end.status not in WAITING:
            raise WrongState(why_stays_merged(end))
    apply_transition(
        idea,
        UNMERGE,
        by=by,
        allowed=perms.can_unmerge_idea(by, idea),
        office=idea.office,
        changes={"merged_into": None},
    )
    if into is not None:
        _note_on(into, "idea.merge_out", idea, by=by)
    tell_submitter(idea, by=by)


@transaction.atomic
def support_idea(
    *,
    idea: Idea,
    by: User | None,
    form_key: UUID | None = None,
    note: str = "",
    name: str = "",
    email: str = "",
) -> Support:
    """Stand by an idea that everybody may know of, instead of handing in the same again.

    Once for a person who is logged in, and once for a form: the support that is there is given
    back unchanged. `by` is None for somebody without an account. Raises PermissionDenied for an
    idea that is not open to all.
    """
    known = Idea.objects.open_to_all().select_for_update(of=("self",)).filter(pk=idea.pk).first()
    if known is None:
        raise PermissionDenied
    words = {"note": normalise(note), "name": squeeze(name), "email": email.strip()}
    if by is not None and (mine := Support.objects.filter(idea=known, supported_by=by).first()):
        return mine
    # Bound to the idea: a key sent along with another idea's form is another key there.
    key = uuid5(form_key, str(known.pk)) if form_key else uuid4()
    support, created = Support.objects.get_or_create(
        form_key=key, defaults={**words, "idea": known, "supported_by": by}
    )
    if created:
        # Neither words nor name: who stood by an idea is on its page alone.
        record(
            "idea.support",
            known,
            by=by,
            office=known.office,
            after={"support": support.pk},
            at=None if by else start_of_today(),
        )
        tell_submitter(known, by=by)
    return support


def why_stays_merged(end: Idea) -> str:
    """The sentence for whoever would take back a merge that has been decided upon."""
    return _("মেলানো আইডিয়াটি এখন “%(status)s”, তাই আর আলাদা করা যায় না।") % {
        "status": end.get_status_display()
    }


def _locked(*ideas: Idea) -> dict[int, Idea]:
    """The rows as they are now, held until the end.

    Always the smaller number first: of two merges of the same ideas crosswise, one waits for the
    other and then finds what it did. Without their offices: PostgreSQL would not find an idea
    that goes to another one while we wait.
    """
    rows = Idea.objects.select_for_update().filter(pk__in=[idea.pk for idea in ideas])
    return {row.pk: row for row in rows.order_by("pk")}


def _note_on(into: Idea, action: str, idea: Idea, *, by: User) -> None:
    """The other idea's record says it too; its office may be another one."""
    record(action, into, by=by, office=into.office, after={"merged": idea.pk})
