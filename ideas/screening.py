"""Scoring: who has to give scores and to what, and how far each round has come.

Nothing here reads a mark: of an open round there is only who has finished.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from teams.enums import TEAM_ROLES
from teams.models import Office, Post, PostHolding, User

from . import perms
from .enums import WAITING
from .models import Idea, IdeaQuerySet, Score, Screening, ScreeningQuerySet
from .ranking import Ranked, Result, rank_of, ranking, results_of


# --- Who scores --------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Seat:
    """A post of the team and who holds it."""

    post: Post
    person: User


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round has come, without a word of how anybody scored."""

    finished: tuple[Seat, ...] = ()
    waiting: tuple[Seat, ...] = ()

    @property
    def expected(self) -> int:
        return len(self.finished) + len(self.waiting)


def scoring_post(user: User, office_id: int) -> Post | None:
    """The post from which a member scores; the one held longest, of several."""
    held = (post for post in user.scope.posts if post.office_id == office_id)
    return next((post for post in held if post.role in TEAM_ROLES), None)


def team_seats(office_id: int, on: date) -> list[Seat]:
    """Who is in the team that day, each person once, in the order of the posts (one query)."""
    holdings = (
        PostHolding.objects.on(on)
        .filter(
            post__office=office_id,
            post__is_active=True,
            post__role__in=TEAM_ROLES,
            person__is_active=True,
        )
        .select_related("post", "person")
        .order_by("post__position", "post__pk", "pk")
    )
    seats: dict[int, Seat] = {}
    for one in holdings:
        seats.setdefault(one.person_id, Seat(one.post, one.person))
    return list(seats.values())


def progress_of(idea: Idea, seats: Sequence[Seat], done: Iterable[Score]) -> Progress:
    """Who has finished and who has not; `done` are the finished scores of the idea's round.

    A score stays when its scorer is transferred, and speaks for the post.
    """
    finished = [Seat(one.post, one.scorer) for one in done if one.post]
    people = {seat.person.pk for seat in finished}
    posts = {seat.post.pk for seat in finished}
    waiting = (
        seat
        for seat in seats
        if seat.person.pk not in people
        and seat.post.pk not in posts
        and seat.person.pk != idea.submitted_by_id
    )
    order = {seat.person.pk: number for number, seat in enumerate(seats)}
    finished.sort(key=lambda seat: (order.get(seat.person.pk, len(order)), seat.person.pk))
    return Progress(tuple(finished), tuple(waiting))


def has_everybody_finished(idea: Idea, screening: Screening) -> bool:
    """Whether nobody of today's team is left who may score and has not."""
    done = screening.scores.done().select_related("post", "scorer")
    return not progress_of(idea, team_seats(idea.office_id, timezone.localdate()), done).waiting


def done_scores(screenings: ScreeningQuerySet) -> dict[int, list[Score]]:
    """Who finished in each round, by the round's id (one query; marks are not read)."""
    found: dict[int, list[Score]] = defaultdict(list)
    scores = Score.objects.done().filter(screening__in=screenings)
    for score in scores.defer("note").select_related("post", "scorer"):
        found[score.screening_id].append(score)
    return found


# --- What waits --------------------------------------------------------------------------------
def to_score(user: User, office: Office) -> IdeaQuerySet:
    """The office's waiting ideas whose round is not over; those the person owes come first.

    Each has `is_mine_to_score` and `is_scored_by_me`. The order says nothing of any mark.
    """
    rounds = Screening.objects.current().filter(idea=OuterRef("pk"))
    scored = Score.objects.done().filter(
        screening__idea=OuterRef("pk"), screening__closed_at__isnull=True
    )
    mine = scored.filter(scorer=user)
    of_my_seat = scored.filter(Q(scorer=user) | Q(post=scoring_post(user, office.pk)))
    return (
        Idea.objects.filter(office=office)
        .waiting_for_screening()
        .exclude(Exists(rounds.closed()))
        .annotate(
            is_scored_by_me=Exists(mine),
            is_mine_to_score=Case(
                When(submitted_by=user, then=Value(False)),
                When(Exists(of_my_seat), then=Value(False)),
                default=Value(True),
                output_field=BooleanField(),
            ),
        )
        .order_by("-is_mine_to_score", "received_on", "pk")
    )


def next_to_score(user: User, idea: Idea) -> tuple[Idea | None, int]:
    """The idea to score after this one, round the corner too, and how many others are left."""
    mine = to_score(user, idea.office).filter(is_mine_to_score=True)  # type: ignore[misc]
    others = list(mine.exclude(pk=idea.pk).only("pk", "title", "received_on"))
    here = (idea.received_on, idea.pk)
    later = (one for one in others if (one.received_on, one.pk) > here)
    return next(later, others[0] if others else None), len(others)


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """An idea of the list, its round as far as it has come, and the viewer's own part."""

    idea: Idea
    screening: Screening | None
    progress: Progress

    @property
    def is_mine(self) -> bool:
        """Whether the viewer's score is still owed (of ideas that come from `to_score`)."""
        return bool(getattr(self.idea, "is_mine_to_score", False))


def waiting_lines(office: Office, ideas: Sequence[Idea]) -> list[WaitingLine]:
    """The lines of ideas that are being scored (a fixed number of queries)."""
    open_rounds = Screening.objects.current().open().filter(idea__in=[one.pk for one in ideas])
    rounds = {one.idea_id: one for one in open_rounds}
    done = done_scores(open_rounds)
    seats = team_seats(office.pk, timezone.localdate())
    return [
        WaitingLine(
            idea,
            rounds.get(idea.pk),
            progress_of(idea, seats, done[rounds[idea.pk].pk] if idea.pk in rounds else ()),
        )
        for idea in ideas
    ]


# --- In the meeting ----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A waiting idea as the meeting sees it: `ranked` once its round is closed."""

    idea: Idea
    ranked: Ranked | None
    screening: Screening | None
    progress: Progress
    supports: int
    is_appealed: bool


def agenda_lines(office: Office, ideas: IdeaQuerySet) -> list[AgendaLine]:
    """Waiting ideas, the ranked ones first by rank, then the others as they came in.

    A fixed number of queries.
    """
    found = list(ideas.select_related("appeal").annotate(support_count=Count("supports")))
    ranks = rank_of(ranking(office))
    lines = [
        AgendaLine(
            line.idea,
            ranks.get(line.idea.pk),
            line.screening,
            line.progress,
            line.idea.support_count,  # type: ignore[attr-defined]
            hasattr(line.idea, "appeal"),
        )
        for line in waiting_lines(office, found)
    ]
    return sorted(lines, key=lambda line: line.ranked.rank if line.ranked else len(lines) + 1)


# --- On the idea's page ------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Round:
    screening: Screening
    result: Result | None
    progress: Progress
    is_mine_done: bool
    is_mine_begun: bool


def on_page(user: User, idea: Idea) -> dict[str, Any]:
    """The rounds of the idea, and whether this person may score it now (five queries at most)."""
    screenings = list(idea.screenings.select_related("criteria"))
    results = results_of(screenings)
    done = done_scores(idea.screenings.all())
    begun = set(
        Score.objects.filter(screening__idea=idea, scorer=user).values_list("screening", flat=True)
    )
    seats = team_seats(idea.office_id, timezone.localdate())
    current = _current(idea, screenings, results)
    rounds = [
        Round(
            one,
            results.get(one.pk),
            progress_of(idea, seats if not one.closed_at else (), done[one.pk]),
            any(score.scorer_id == user.pk for score in done[one.pk]),
            one.pk in begun,
        )
        for one in screenings
    ]
    is_open = current is None or not current.closed_at
    return {
        "rounds": rounds,
        "may_score": is_open and perms.can_score_idea(user, idea),
        "awaits_new_round": (
            current is None and hasattr(idea, "appeal") and idea.status in WAITING
        ),
        "can_lead_screening": perms.can_lead_screening(user, idea.office_id),
    }


def _current(
    idea: Idea, screenings: Iterable[Screening], results: Mapping[int, Result]
) -> Screening | None:
    """As ScreeningQuerySet.current, of rounds already read."""
    for one in screenings:
        is_of_now = idea.declined_at is None or one.opened_at >= idea.declined_at
        if is_of_now and (one.pk not in results or results[one.pk].scorers):
            return one
    return None
