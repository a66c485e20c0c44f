"""Writes of screening: a member's marks, standing by them, the end of a round.

Whoever writes here holds the idea's row, as every step of an idea does. So of a member who
finishes and a leader who closes at the same moment one comes first, and the other sees it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.text import normalise
from teams.audit import record
from teams.models import Post, User
from teams.transitions import WrongState

from .. import perms
from ..enums import WAITING
from ..models import MOST_POINTS, Criteria, Criterion, Idea, Mark, Score, Screening
from ..screening import has_everybody_finished, scoring_post


@dataclass(frozen=True, slots=True)
class ScoreWords:
    """Marks and note as given: `points` by the criterion's id, without those still open."""

    points: Mapping[int, int] = field(default_factory=dict)
    note: str = ""

    @property
    def is_given(self) -> bool:
        """Whether anything was said at all."""
        return bool(self.points or self.note)

    @classmethod
    def of(cls, score: Score) -> Self:
        return cls({mark.criterion_id: mark.points for mark in score.marks.all()}, score.note)


class StaleScore(Exception):
    """The member has saved other marks in another window; `current` is as it is now."""

    def __init__(self, current: Score) -> None:
        super().__init__("stale")
        self.current = current


@transaction.atomic
def save_score(*, idea: Idea, version: int, words: ScoreWords, by: User) -> Score:
    """Keep marks that nobody else sees, and open the round if this is its first score.

    `version` is that of the copy they were given on, 0 for the first. A draft leaves no entry
    in the record. Raises StaleScore, WrongState, PermissionDenied.
    """
    idea, screening = _open_round(idea, by)
    return _write(screening, _seat(idea, screening, by), version, words, by)


@transaction.atomic
def finish_score(*, idea: Idea, version: int, words: ScoreWords, by: User) -> Score:
    """Save the marks and stand by them: from now on they count.

    The last of the team to do so ends the round. Raises StaleScore, WrongState (also while a
    criterion has no mark), PermissionDenied.
    """
    idea, screening = _open_round(idea, by)
    post = _seat(idea, screening, by)
    score = _write(screening, post, version, words, by)
    if score.done_at:
        return score
    if missing := _unmarked(screening.criteria, words):
        raise WrongState(
            _("সব মানদণ্ডে নম্বর দিয়ে নিশ্চিত করুন। বাকি: %(names)s")
            % {"names": ", ".join(criterion.name for criterion in missing)}
        )
    score.done_at, score.post = timezone.now(), post
    score.save(update_fields=["done_at", "post"])
    record("score.finish", score, by=by, office=idea.office, after={"screening": screening.pk})
    if has_everybody_finished(idea, screening):
        _close(screening, idea=idea, by=by)
    return score


@transaction.atomic
def take_back_score(*, idea: Idea, by: User) -> None:
    """Make one's finished score a draft again while the round goes on.

    Raises WrongState when it is over, PermissionDenied.
    """
    idea, screening = _open_round(idea, by)
    score = screening.scores.done().filter(scorer=by).first()
    if score is None:
        return
    score.done_at = None
    score.save(update_fields=["done_at"])
    record("score.take_back", score, by=by, office=idea.office, after={"screening": screening.pk})


@transaction.atomic
def close_screening(*, screening: Screening, by: User) -> None:
    """End a round and show everybody's marks; drafts stay out and unseen.

    Raises WrongState (also while nobody has finished), PermissionDenied.
    """
    idea = _locked(screening.idea_id)
    screening.refresh_from_db()
    if screening.closed_at:
        raise WrongState(_("নম্বর দেওয়া আগেই শেষ হয়েছে; নিচে ফলাফল দেখুন।"))
    if not perms.can_lead_screening(by, idea.office_id):
        raise PermissionDenied
    if not screening.scores.done().exists():
        raise WrongState(_("এখনো কেউ নম্বর নিশ্চিত করেননি, তাই দেখানোর মতো ফলাফল নেই।"))
    _close(screening, idea=idea, by=by)


def close_round_of(idea: Idea, *, by: User) -> None:
    """End the open round of an idea that has just been decided upon, if there is one.

    Runs in the transaction of the step, which holds the idea's row.
    """
    screening = Screening.objects.open().filter(idea=idea).first()
    if screening is not None:
        _close(screening, idea=idea, by=by)


# --- Pieces ----------------------------------------------------------------------------------
def _locked(pk: int) -> Idea:
    """The idea as it is now; nobody else moves it or writes its scores until we are through.

    Without its office: PostgreSQL would not find an idea that goes to another one while we wait.
    """
    return Idea.objects.select_for_update(no_key=True).get(pk=pk)


def _open_round(idea: Idea, by: User) -> tuple[Idea, Screening]:
    """The idea, held, and the round that goes on; its first score opens it.

    Raises WrongState, PermissionDenied.
    """
    idea = _locked(idea.pk)
    screening = Screening.objects.current().filter(idea=idea).select_related("criteria").first()
    if screening and screening.closed_at:
        raise WrongState(_("এই আইডিয়ায় নম্বর দেওয়া শেষ হয়ে গেছে, তাই আর বদলানো যায় না।"))
    if idea.status not in WAITING:
        raise WrongState(
            _("আইডিয়াটি এখন “%(status)s”, তাই এতে আর নম্বর দেওয়া যায় না।")
            % {"status": idea.get_status_display()}
        )
    if not perms.can_score_idea(by, idea):
        raise PermissionDenied
    return idea, screening or _open(idea, by)


def _open(idea: Idea, by: User) -> Screening:
    """Begin a round with the criteria of today. Raises WrongState when none are in force."""
    try:
        criteria = Criteria.objects.in_force(timezone.localdate())
    except Criteria.DoesNotExist:
        raise WrongState(_("আজকের তারিখে বাছাইয়ের কোনো মানদণ্ড চালু নেই।")) from None
    last = idea.screenings.aggregate(last=Max("round"))["last"] or 0
    screening = Screening.objects.create(idea=idea, round=last + 1, criteria=criteria, opened_by=by)
    record("screening.open", screening, by=by, office=idea.office, after={"round": last + 1})
    return screening


def _seat(idea: Idea, screening: Screening, by: User) -> Post | None:
    """The post from which the person scores. Raises WrongState if it has scored already.

    A seat has one voice in a round: what its last holder stood by stays.
    """
    post = scoring_post(by, idea.office_id)
    if screening.scores.done().filter(post=post).exclude(scorer=by).exists():
        raise WrongState(_("এই পদ থেকে আপনার আগের কর্মকর্তা নম্বর দিয়ে গেছেন; তা-ই গণনা হবে।"))
    return post


def _write(
    screening: Screening, post: Post | None, version: int, words: ScoreWords, by: User
) -> Score:
    """Write the marks. Raises StaleScore, WrongState."""
    words = _checked(screening.criteria, words)
    score = screening.scores.filter(scorer=by).first()
    if score is None:
        score = Score.objects.create(screening=screening, scorer=by, post=post, note=words.note)
    elif ScoreWords.of(score) == words:
        return score  # saved already; the answer was lost on the way
    elif score.done_at:
        raise WrongState(_("নম্বর নিশ্চিত করা হয়েছে। বদলাতে হলে আগে ফিরিয়ে নিন।"))
    elif score.version != version:
        raise StaleScore(score)
    else:
        score.note, score.post, score.version = words.note, post, version + 1
        score.save(update_fields=["note", "post", "version"])
    score.marks.exclude(criterion__in=words.points).delete()
    Mark.objects.bulk_create(
        (Mark(score=score, criterion_id=pk, points=n) for pk, n in words.points.items()),
        update_conflicts=True,
        unique_fields=["score", "criterion"],
        update_fields=["points"],
    )
    return score


def _checked(criteria: Criteria, words: ScoreWords) -> ScoreWords:
    """The words with their note normalised. Raises WrongState for marks of another set."""
    own = set(criteria.criterion_set.values_list("pk", flat=True))
    if not own.issuperset(words.points):
        raise WrongState(_("মানদণ্ড বদলে গেছে। পাতাটি আবার খুলে নম্বর দিন।"))
    if any(not 0 <= points <= MOST_POINTS for points in words.points.values()):
        raise ValueError("points out of range")
    return ScoreWords(dict(words.points), normalise(words.note))


def _unmarked(criteria: Criteria, words: ScoreWords) -> list[Criterion]:
    return [one for one in criteria.criterion_set.all() if one.pk not in words.points]


def _close(screening: Screening, *, idea: Idea, by: User) -> None:
    screening.closed_at, screening.closed_by = timezone.now(), by
    screening.save(update_fields=["closed_at", "closed_by"])
    record("screening.close", screening, by=by, office=idea.office)
