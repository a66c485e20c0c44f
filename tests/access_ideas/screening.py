"""Who gets what at the addresses of ideas.urls.screening"""

from typing import Any

from ideas.models import Mark, Score, Screening
from tests.access_ideas.parts import Part
from tests.access_rules import (
    DONE,
    GONE,
    KEPT,
    NO,
    OK,
    PAGE_FOR_ALL,
    POST_ONLY,
    TEAM_PAGE,
    at,
    get,
    post,
)
from tests.factories import Country
from tests.ideas.register import make_idea
from tests.ideas.scores import give_score, score_words


def score_form(things: Any) -> dict[str, Any]:
    """All marks, stood by."""
    points = {f"points-{pk}": points for pk, points in score_words().points.items()}
    return {**points, "version": 0, "note": "করা যাবে", "finish": "1"}


def things(country: Country) -> dict[str, list[Any]]:
    """An idea nobody has scored, and one that each of the team has, in a round that goes on."""
    head = country["upazila.head"]
    waiting, scored, begun = (make_idea(country.upazila, by=head) for _ in range(3))
    for member in ("upazila.head", "upazila.innovation_officer"):
        give_score(scored, by=country[member])
    give_score(scored, by=country["upazila.member"], done=False)
    give_score(begun, by=head)
    return {
        "unscored_idea": [waiting.pk],
        "scored_idea": [scored.pk],
        "screening": [Screening.objects.get(idea=begun).pk],
    }


PART = Part(
    addresses={
        "ideas:screening_list": at("", *PAGE_FOR_ALL),
        "ideas:criteria": at("", *PAGE_FOR_ALL),
        "ideas:score": at(
            "unscored_idea",
            get(team=OK, others=GONE),
            post(team=DONE, others=GONE),
            sends=score_form,
        ),
        # The member's is a draft still: there is nothing to take back.
        "ideas:score_take_back": at(
            "scored_idea", POST_ONLY, post(member=KEPT, team=DONE, others=GONE)
        ),
        "ideas:screening_detail": at("screening", *TEAM_PAGE),
        "ideas:screening_close": at(
            "screening", POST_ONLY, post(member=NO, team=DONE, others=GONE)
        ),
    },
    things=things,
    watched=(Screening, Score, Mark),
)
