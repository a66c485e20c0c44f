"""Replications as shown: on an idea's page, in the lists, and what a source offers to copy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import pgettext_lazy

from teams.models import Office, User
from workplans.enums import PlanStatus
from workplans.models import Task

from . import perms
from .enums import PROVEN, Answer, ReplicationStatus
from .models import Idea, Initiative, Recommendation, Replication
from .spread import UNDER_WAY

# Plans that are settled; what is still a draft nobody outside the team sees.
SETTLED = (PlanStatus.APPROVED, PlanStatus.CLOSED)
MOST_OFFERED = 20
MOST_ON_PAGE = 10


# --- What can be copied ------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class OfferedTask:
    """A task of the source as another office may see it.

    That is what its page was published for: of each task of a settled plan the title, how many
    days after the first one it starts, and how many days it lasts (None where no dates are
    known). No date, no name, no progress, nothing else of the plan.
    """

    title: str
    after: int
    lasts: int | None

    def row(self, *, begins_on: date, responsible: str) -> dict[str, Any]:
        """The same work from another day on, for the form."""
        starts_on = begins_on + timedelta(days=self.after)
        return {
            "chosen": True,
            "title": self.title,
            "starts_on": starts_on,
            "ends_on": None if self.lasts is None else starts_on + timedelta(days=self.lasts),
            "responsible_text": responsible,
        }


def offered_tasks(idea: Idea, taken_from: Replication | None) -> list[OfferedTask]:
    """What the pilot, or the replication it is learnt from, was made of, in one query."""
    source = (
        {"idea_link__replication": taken_from} if taken_from else {"idea_link__pilot__idea": idea}
    )
    tasks = Task.objects.filter(plan__status__in=SETTLED, **source).kept()
    rows = list(tasks.order_by("starts_on", "pk")[:MOST_OFFERED])
    first = min((row.starts_on for row in rows if row.starts_on), default=None)
    return [
        OfferedTask(
            title=row.title,
            after=(row.starts_on - first).days if row.starts_on and first else 0,
            lasts=(row.ends_on - row.starts_on).days if row.starts_on and row.ends_on else None,
        )
        for row in rows
    ]


def initiatives_to_take() -> Any:
    """Published pages of proven ideas with all that the page of taking over shows."""
    pages = Initiative.objects.published().filter(idea__status__in=PROVEN)
    return pages.select_related("idea__office", "idea__pilot")


def sources_of(initiative: Initiative, *, but: Sequence[Office]) -> list[Replication]:
    """The replications in use from which it can be learnt, other offices' only, in two queries."""
    rows = Replication.objects.in_use().filter(idea=initiative.idea_id).exclude(office__in=but)
    return list(rows.select_related("office").prefetch_related("measures").order_by("adopted_at"))


def offices_to_take(user: User, idea: Idea) -> list[Office]:
    """The person's offices that could take the idea over: led, and not its own."""
    led = user.scope.led_offices
    return [office for office in led if perms.can_take_initiative(user, office.pk, idea)]


# --- The lists ---------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Part:
    """One list of the page; `name` stands in the address, `count` behind the label."""

    name: str
    label: Any
    rows: Any
    count: int


def parts_of(user: User) -> list[Part]:
    """Ours, those of our ideas elsewhere, what we are asked to take, what we recommended.

    One query for each count; the rows are fetched by whoever shows them.
    """
    own = user.scope.team_office_ids
    loaded = ("office", "idea__office", "idea__initiative", "taken_from__office")
    replications = Replication.objects.visible_to(user).select_related(*loaded)
    asked = Recommendation.objects.visible_to(user).select_related(
        "office", "made_for", "idea__office", "idea__initiative"
    )
    lists = (
        (
            "ours",
            pgettext_lazy("replications", "আমাদের নেওয়া"),
            replications.own_of(user).order_by("-taken_at", "-pk"),
        ),
        (
            "elsewhere",
            pgettext_lazy("replications", "আমাদের উদ্যোগ অন্যত্র"),
            replications.filter(idea__office__in=own).order_by("-taken_at", "-pk"),
        ),
        (
            "asked",
            pgettext_lazy("replications", "আমাদের কাছে সুপারিশ"),
            asked.filter(office__in=own).order_by("answer", "-made_at", "-pk"),
        ),
        (
            "given",
            pgettext_lazy("replications", "আমাদের দেওয়া সুপারিশ"),
            asked.filter(made_for__in=own).order_by("-made_at", "-pk"),
        ),
    )
    return [Part(name, label, rows, rows.count()) for name, label, rows in lists]


# --- The idea's page ---------------------------------------------------------------------------
def on_page(user: User, idea: Idea) -> dict[str, Any]:
    """Who took the idea over, and who was asked to (a fixed number of queries)."""
    if idea.status not in PROVEN:
        return {}
    rows = Replication.objects.filter(idea=idea)
    counts = rows.aggregate(
        in_use=Count("pk", filter=Q(status=ReplicationStatus.IN_USE)),
        under_way=Count("pk", filter=Q(status__in=UNDER_WAY)),
    )
    asked = Recommendation.objects.filter(idea=idea).aggregate(
        all=Count("pk"), waiting=Count("pk", filter=Q(answer=Answer.WAITING))
    )
    return {
        "replication_counts": counts,
        "replications": list(
            rows.kept().select_related("office").order_by("-taken_at", "-pk")[:MOST_ON_PAGE]
        ),
        "recommendation_counts": asked,
        "spread_page": Initiative.objects.published().filter(idea=idea).first(),
    }
