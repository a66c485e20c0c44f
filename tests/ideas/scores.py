"""Scores for tests, given through the application's own actions."""

from collections.abc import Sequence
from datetime import date

from ideas.actions import ScoreWords, close_screening, finish_score, save_score
from ideas.models import Criteria, Criterion, Idea, Score, Screening
from teams.models import User

# One for each of the five criteria that an installation begins with.
MARKS = (4, 3, 5, 2, 1)


def score_words(points: Sequence[int | None] = MARKS, note: str = "") -> ScoreWords:
    """Points in the order of the criteria in force on 21 November 2026; None leaves one open."""
    criterions = Criteria.objects.in_force(date(2026, 11, 21)).criterion_set.all()
    given = zip(criterions, points, strict=True)
    return ScoreWords({one.pk: points for one, points in given if points is not None}, note)


def give_score(
    idea: Idea,
    *,
    by: User,
    points: Sequence[int | None] = MARKS,
    note: str = "",
    done: bool = True,
) -> Score:
    """A score of a member, stood by unless `done` is False."""
    keep = finish_score if done else save_score
    return keep(idea=idea, version=0, words=score_words(points, note), by=by)


def close_round(idea: Idea, *, by: User) -> Screening:
    """End the open round of an idea."""
    screening = Screening.objects.open().get(idea=idea)
    close_screening(screening=screening, by=by)
    screening.refresh_from_db()
    return screening


def make_criteria(valid_from: date, weights: Sequence[int]) -> Criteria:
    """Another set of criteria, as a circular would bring it."""
    criteria = Criteria.objects.create(valid_from=valid_from, source="পরিপত্র ৭/২০২৬")
    for position, weight in enumerate(weights, start=1):
        Criterion.objects.create(
            criteria=criteria,
            position=position,
            key=f"own-{position}",
            name_bn=f"মান {position}",
            name_en=f"Value {position}",
            weight=weight,
        )
    return criteria
