"""Ideas that say the same, those merged into one, and supporters: on an idea's page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from teams.models import User

from .. import perms
from ..enums import WAITING, FilePurpose, IdeaStatus
from ..models import Idea, IdeaFile, Support
from .finding import LONGEST_CHAIN, Similar, similar_ideas, survivors_of

SHOWN = 5
# Supporters whose words are shown; of all of them the number is.
MOST_NOTES = 50


@dataclass(frozen=True, slots=True)
class Joined:
    """An idea that goes on as part of another, as the other's team sees it.

    `is_own` says that it is in their own register; else they read its words only if whoever
    handed it in lets others read them.
    """

    idea: Idea
    is_own: bool

    @property
    def shows_words(self) -> bool:
        return self.is_own or self.idea.is_shared


def on_page(user: User, idea: Idea) -> dict[str, Any]:
    """What the idea's page shows of this; a query more for each link of a chain of merges."""
    joined = joined_with(idea, user)
    supports = Support.objects.filter(idea__in=[idea, *(each.idea for each in joined)])
    leads = perms.can_merge_idea(user, idea)
    survivor = survivors_of([idea])[idea.pk] if idea.merged_into_id else None
    return {
        "similar": similar_to(idea, user),
        "similar_own": set(user.scope.team_office_ids),
        "can_merge": leads and idea.status in WAITING,
        "joined": joined,
        "survivor": survivor,
        "knows_survivor": survivor is not None and knows(user, survivor),
        "can_unmerge": leads and survivor is not None and survivor.status in WAITING,
        "supports": supports[:MOST_NOTES],
        # Supporters gave their names to the office that had the idea, and to no other.
        "supports_named": {idea.pk, *(each.idea.pk for each in joined if each.is_own)},
        "support_count": supports.count(),
    }


def similar_to(idea: Idea, user: User, *, limit: int = SHOWN) -> list[Similar]:
    """What says the same as an idea, for somebody of its team."""
    return similar_ideas(words_of_idea(idea), viewer=user, limit=limit, exclude=idea)


def words_of_idea(idea: Idea) -> str:
    return "\n".join((idea.title, idea.problem, idea.description, idea.benefit))


def knows(user: User, idea: Idea) -> bool:
    """Whether the person may see title and state of an idea at hand."""
    is_own = user.scope.is_in_team(idea.office_id)
    return is_own or Idea.objects.open_to_all().filter(pk=idea.pk).exists()


def joined_with(idea: Idea, user: User) -> list[Joined]:
    """All ideas merged into this one, also by way of others, the first come first."""
    files = IdeaFile.objects.filter(purpose=FilePurpose.ATTACHMENT).select_related("document")
    found: list[Idea] = []
    into = [idea.pk]
    for _link in range(LONGEST_CHAIN):
        following = (
            Idea.objects.filter(status=IdeaStatus.MERGED, merged_into__in=into)
            .select_related("office")
            .prefetch_related(Prefetch("files", queryset=files))
            .order_by("pk")
        )
        if not (rows := list(following)):
            break
        found += rows
        into = [row.pk for row in rows]
    own = set(user.scope.team_office_ids)
    return [Joined(row, row.office_id in own) for row in found]
