"""Initiatives, events and awards as shown, to the team and to everybody."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import translation

from bangla.text import squeeze
from teams.models import Office, User
from teams.papers import head_signature

from . import perms
from .actions.showcase import InitiativeText, why_no_page
from .enums import OPEN_TO_ALL, FilePurpose, ReplicationStatus
from .models import Award, AwardQuerySet, Event, Idea, IdeaFile, Initiative
from .models.ideas import IdeaQuerySet
from .models.showcase import EventQuerySet, InitiativeQuerySet


def on_page(user: User, idea: Idea) -> dict[str, Any]:
    """The page of one's own idea and the awards one's own office gave for it (two queries)."""
    known = Idea.objects.select_related("initiative", "pilot").get(pk=idea.pk)
    initiative = getattr(known, "initiative", None)
    is_team = user.scope.is_in_team(idea.office_id)
    return {
        "initiative": initiative,
        "awards": list(Award.objects.visible_to(user).filter(idea=idea)),
        "can_make_page": initiative is None and is_team and not why_no_page(known),
        "can_honour": idea.status in OPEN_TO_ALL and perms.can_give_award(user, idea.office_id),
    }


def usual_text(idea: Idea) -> InitiativeText:
    """The words to begin a page with, taken from the idea, its pilot and the office."""
    pilot = getattr(idea, "pilot", None)
    with translation.override("bn"):
        signature = head_signature(idea.office)
    contact = (signature[key] for key in ("designation", "office", "phone", "email"))
    return InitiativeText(
        title=idea.title,
        summary=idea.benefit or idea.description,
        before=idea.problem,
        after=pilot.results if pilot else "",
        story=idea.description,
        contact=squeeze(", ".join(filter(None, contact)))[:300],
    )


# --- One page ----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with the address at which whoever looks at the page may see it."""

    file: IdeaFile
    url: str


def page_context(
    initiative: Initiative, *, picture_url: Callable[[IdeaFile], str]
) -> dict[str, Any]:
    """All that an initiative's page shows, published or looked over (a fixed number of queries).

    `initiative` is fetched with its idea, office and pilot.
    """
    idea = initiative.idea
    pictures = [
        Picture(file, picture_url(file)) for file in IdeaFile.objects.filter(idea=idea).on_page()
    ]
    pilot = getattr(idea, "pilot", None)
    return {
        "initiative": initiative,
        "idea": idea,
        "before_pictures": _showing(pictures, FilePurpose.BEFORE),
        "after_pictures": _showing(pictures, FilePurpose.AFTER),
        "other_pictures": _showing(pictures, FilePurpose.PICTURE),
        "pilot": pilot,
        "measures": list(pilot.measures.all()) if pilot else [],
        "awards": list(Award.objects.standing().filter(idea=idea).select_related("office")),
        "events": list(
            Event.objects.published()
            .filter(entries__initiative=initiative)
            .select_related("office")
        ),
        "taken_over": idea.replications.kept().count(),
    }


def public_picture_url(file: IdeaFile) -> str:
    return reverse("public:initiative_picture", args=[file.pk])


def own_picture_url(file: IdeaFile) -> str:
    return reverse("ideas:initiative_picture", args=[file.pk])


def _showing(pictures: Iterable[Picture], purpose: str) -> list[Picture]:
    return [picture for picture in pictures if picture.file.purpose == purpose]


def count_others(pages: Collection[Initiative]) -> None:
    """Note on each page how many offices took it over and how often it was honoured (2 queries)."""
    ideas = [page.idea_id for page in pages]
    taken = _counts(
        Idea.objects.filter(pk__in=ideas),
        "replications",
        ~Q(replications__status=ReplicationStatus.DROPPED),
    )
    honoured = _counts(Idea.objects.filter(pk__in=ideas), "awards", Q(awards__revoked_at=None))
    for page in pages:
        page.taken_over = taken.get(page.idea_id, 0)  # type: ignore[attr-defined]
        page.honours = honoured.get(page.idea_id, 0)  # type: ignore[attr-defined]


def _counts(ideas: IdeaQuerySet, of: str, which: Q) -> dict[int, int]:
    counted = ideas.order_by().annotate(number=Count(of, filter=which))
    return dict(counted.values_list("pk", "number"))


# --- What may be chosen ------------------------------------------------------------------------
def initiatives_to_show(event: Event, words: str) -> InitiativeQuerySet:
    """Published pages that an event does not show yet: its own office's first."""
    found = Initiative.objects.published().exclude(entries__event=event).search(words)
    return found.select_related("idea__office")


def events_to_honour(office: Office) -> EventQuerySet:
    """Events at which an award of the office may have been given."""
    return Event.objects.filter(office=office)


def ideas_to_honour(office: Office) -> IdeaQuerySet:
    """Ideas an award of the office may be for: its own, and published ones shown at its events.

    Nothing of another office's register is among them unless everybody may read it.
    """
    shown = Initiative.objects.published().filter(entries__event__office=office)
    return Idea.objects.filter(
        Q(office=office, status__in=OPEN_TO_ALL) | Q(pk__in=shown.values("idea_id"))
    ).select_related("initiative")


def awards_of(user: User) -> AwardQuerySet:
    """Awards one's own offices gave, with what a list shows of them."""
    return Award.objects.visible_to(user).select_related("office", "idea", "event")
