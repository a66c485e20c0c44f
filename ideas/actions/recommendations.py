"""A superior office recommends a proven idea to offices below it, and they answer."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.text import normalise, squeeze
from teams.audit import record
from teams.models import Office, User
from teams.transitions import WrongState

from .. import perms
from ..enums import Answer
from ..models import Idea, Recommendation, Replication


@transaction.atomic
def recommend_idea(
    *, idea: Idea, offices: Iterable[Office], made_for: Office, reference: str, by: User
) -> list[Recommendation]:
    """Recommend a proven idea to offices below `made_for`, once to each.

    `reference` names the decision of its meeting. An office that was asked before keeps what it
    was asked and what it said; one that carries the idea out already has answered by that; the
    one whose idea it is, is not asked. Returns the new ones. Raises WrongState for an idea that
    is not on show, PermissionDenied.
    """
    if not perms.can_recommend_idea(by, made_for.pk):
        raise PermissionDenied
    if not Idea.objects.proven().filter(pk=idea.pk).exists():
        raise WrongState(
            _("“%(idea)s” এখন প্রকাশিত উদ্যোগ নয়, তাই সুপারিশ করা যায় না। সিদ্ধান্তটি ঠিক করুন।")
            % {"idea": idea.public_title}
        )
    wanted = {office.pk: office for office in offices if office.pk != idea.office_id}
    below = Office.objects.under(made_for).exclude(pk=made_for.pk).filter(pk__in=wanted)
    taken = {
        replication.office_id: replication
        for replication in Replication.objects.kept().filter(idea=idea, office__in=below)
    }
    made = []
    for office in below:
        recommendation, is_new = Recommendation.objects.get_or_create(
            idea=idea,
            office=office,
            made_for=made_for,
            defaults={
                "reference": squeeze(reference),
                "made_by": by,
                **_answered_by(taken.get(office.pk)),
            },
        )
        if is_new:
            made.append(recommendation)
            record(
                "recommendation.make",
                recommendation,
                by=by,
                office=made_for,
                after={"idea": idea.pk, "office": office.pk, "reference": recommendation.reference},
            )
    return made


@transaction.atomic
def refuse_recommendation(*, recommendation: Recommendation, reason: str, by: User) -> None:
    """Say that the office does not take it, and why. Raises WrongState, PermissionDenied."""
    if not perms.can_answer_recommendation(by, recommendation):
        raise PermissionDenied
    if not (reason := normalise(reason)):
        raise WrongState(_("উদ্যোগটি কেন নেওয়া হচ্ছে না, লিখুন।"))
    said = Recommendation.objects.waiting().filter(pk=recommendation.pk)
    if not said.update(
        answer=Answer.REFUSED, refuse_reason=reason, answered_at=timezone.now(), answered_by=by
    ):
        raise WrongState(_("এই সুপারিশের উত্তর আগেই দেওয়া হয়েছে।"))
    recommendation.refresh_from_db()
    record(
        "recommendation.refuse",
        recommendation,
        by=by,
        office=recommendation.office,
        after={"reason": reason},
    )


def answer_by_taking(replication: Replication, *, by: User) -> list[Recommendation]:
    """Whoever recommended it to the office has their answer, an earlier refusal among them.

    Returns the rows of those who asked; the caller writes the record.
    """
    asked = Recommendation.objects.filter(idea=replication.idea_id, office=replication.office_id)
    asked.exclude(answer=Answer.TAKEN).update(
        answer=Answer.TAKEN, refuse_reason="", answered_at=timezone.now(), answered_by=by
    )
    return list(asked)


def _answered_by(replication: Replication | None) -> dict[str, object]:
    """The answer of an office that had taken it before it was asked."""
    if replication is None or replication.taken_by is None:
        return {}
    return {
        "answer": Answer.TAKEN,
        "answered_at": replication.taken_at,
        "answered_by": replication.taken_by,
    }
