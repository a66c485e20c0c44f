"""The index by which ideas that say the same are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .ideas import Idea

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_TERM = 24  # characters


class IdeaTermQuerySet(models.QuerySet["IdeaTerm"]):
    def saying(self, terms: Iterable[str]) -> Self:
        return self.filter(term__in=terms)


class IdeaTerm(models.Model):
    """One thing an idea speaks of, as `ideas.similar.terms` writes it; kept by `index_idea`.

    `weight` is higher for what the title says. Nothing is shown of it: a term leads to an idea,
    and what of that idea may be seen is asked of the idea.
    """

    # No index of its own: the constraint begins with it.
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="terms", db_index=False)
    term = models.CharField(max_length=LONGEST_TERM)
    weight = models.PositiveSmallIntegerField()

    objects: ClassVar[IdeaTermQuerySet] = IdeaTermQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("আইডিয়ার শব্দ")
        verbose_name_plural = _("আইডিয়ার শব্দ")
        constraints = [
            models.UniqueConstraint(fields=["idea", "term"], name="ideaterm_once_per_idea")
        ]
        # All that a search asks of the table, so that it is answered from the index alone.
        indexes = [models.Index(fields=["term", "idea", "weight"], name="ideaterm_who_says_it")]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.term}"
