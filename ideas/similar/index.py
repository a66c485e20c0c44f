"""The index of terms, kept in step by every action that writes an idea's words."""

from collections.abc import Iterable

from django.db import transaction

from ..models import Idea, IdeaTerm
from .terms import weighed

# Rows written at once: an idea has some forty terms.
IDEAS_AT_ONCE = 100
WORDS = ("title", "problem", "description", "benefit")


def index_idea(idea: Idea) -> None:
    """Write the terms of one idea anew; called in the transaction that writes its words.

    That transaction holds the idea's row, so of two at once the later one's terms stay.
    """
    IdeaTerm.objects.filter(idea=idea).delete()
    IdeaTerm.objects.bulk_create(_rows_of(idea))


def index_ideas(ideas: Iterable[Idea]) -> None:
    """Write the terms of several ideas that have just been made or are locked by the caller."""
    ideas = list(ideas)
    IdeaTerm.objects.filter(idea__in=ideas).delete()
    IdeaTerm.objects.bulk_create([row for idea in ideas for row in _rows_of(idea)], batch_size=2000)


def rebuild() -> int:
    """Write the whole index anew, a part at a time; returns how many ideas it holds.

    Needed when the terms are made differently. Whoever searches meanwhile finds the rest.
    """
    done, last = 0, 0
    while pks := list(
        Idea.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:IDEAS_AT_ONCE]
    ):
        with transaction.atomic():
            # Locked: an edit that is saved meanwhile waits and writes its own terms after these.
            index_ideas(
                Idea.objects.select_for_update()
                .filter(pk__in=pks)
                .only("pk", *WORDS)
                .order_by("pk")
            )
        done, last = done + len(pks), pks[-1]
    return done


def _rows_of(idea: Idea) -> list[IdeaTerm]:
    terms = weighed(idea.title, idea.problem, idea.description, idea.benefit)
    return [IdeaTerm(idea=idea, term=term, weight=weight) for term, weight in terms.items()]
