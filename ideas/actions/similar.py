"""Writes about ideas that say the same: one is merged into another, or supported instead."""

from django.db import transaction
from django.utils.translation import gettext as _

from teams.models import User
from teams.transitions import WrongState, apply_transition

from .. import perms
from ..enums import MERGE, OUTSIDE, IdeaStatus
from ..models import Idea


@transaction.atomic
def merge_idea(*, idea: Idea, into: Idea, by: User) -> None:
    """Let an idea go on as part of another that says the same.

    Nothing of it is lost: its words, files, supporters and code stay, and whoever follows it sees
    what becomes of the other. Raises WrongState, PermissionDenied.
    """
    into = Idea.objects.select_for_update().get(pk=into.pk)
    if into.pk == idea.pk or into.status in OUTSIDE | {IdeaStatus.MERGED, IdeaStatus.DECLINED}:
        raise WrongState(_("এই আইডিয়ার সঙ্গে মেলানো যায় না। তালিকা থেকে আরেকটি বেছে নিন।"))
    apply_transition(
        idea,
        MERGE,
        by=by,
        allowed=perms.can_merge_idea(by, idea),
        office=idea.office,
        changes={"merged_into": into},
    )
