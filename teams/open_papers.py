"""Which papers of an office are still open, counted for whoever is about to change the office.

A room names its papers in its `administration.py`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise

PAPERS: dict[str, "OpenPapers"] = {}


@dataclass(frozen=True, slots=True)
class OpenPapers:
    """One kind of paper: its name, and the open ones of the offices with these ids."""

    code: str
    label: str | Promise
    of_offices: Callable[[Collection[int]], "models.QuerySet[models.Model]"]


def register_papers(*kinds: OpenPapers) -> None:
    PAPERS.update({kind.code: kind for kind in kinds})


def count_open(office_ids: Collection[int]) -> list[tuple[str | Promise, int]]:
    """(name, how many) of each kind of paper that is open in these offices; a query each."""
    counts = ((kind.label, kind.of_offices(office_ids).count()) for kind in PAPERS.values())
    return [(label, count) for label, count in counts if count]
