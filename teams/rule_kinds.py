"""What the system administrator keeps of every room: its dated rules.

A room names its tables in its `administration.py`, which is found when the rooms are loaded, as
the admin finds `admin.py`. So the same pages keep all of them, and this room imports none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.functional import Promise

Words = str | Promise


class Standing(StrEnum):
    """How a rule stands on a day."""

    IN_FORCE = "in_force"
    COMING = "coming"
    PAST = "past"


def nothing_wrong(_values: Mapping[str, Any]) -> Words:
    """Whatever a rule says is right."""
    return ""


def no_objection(_rows: Sequence[Mapping[str, Any]]) -> Words:
    """Whatever the lines of a rule say is right."""
    return ""


@dataclass(frozen=True, slots=True)
class RuleLines:
    """The lines a rule is made of, rows of a table of their own.

    `link` is their foreign key to the rule; `position`, if they have one, follows the order in
    which they stand on the page. `objection` is a sentence about lines that do not fit together.
    """

    model: type[models.Model]
    link: str
    columns: tuple[str, ...]
    label: Words
    objection: Callable[[Sequence[Mapping[str, Any]]], Words] = no_objection


@dataclass(frozen=True, slots=True)
class RuleKind:
    """One table of dated rules.

    `code` stands in the address. `columns` are what one writes beside the days and the source.
    Rules with the same values of `follows` come one after the other: a new one ends the one
    before it. `tell` says in a line what a rule says; `labels` names columns without a name,
    `choices` offers the values of a number, `objection` is a sentence about values that do not
    fit together.
    """

    code: str
    model: type[models.Model]
    label: Words
    about: Words
    columns: tuple[str, ...]
    follows: tuple[str, ...]
    tell: Callable[[Any], str] = str
    lines: RuleLines | None = None
    labels: Mapping[str, Words] = field(default_factory=dict)
    choices: Mapping[str, Callable[[], list[tuple[Any, Words]]]] = field(default_factory=dict)
    objection: Callable[[Mapping[str, Any]], Words] = nothing_wrong

    def rows(self) -> "models.QuerySet[Any]":
        return self.model._default_manager.all()

    def name_of(self, column: str) -> Words:
        """What a column is called."""
        return self.labels.get(column) or self.model._meta.get_field(column).verbose_name  # type: ignore[union-attr]


KINDS: dict[str, RuleKind] = {}


def register(*kinds: RuleKind) -> None:
    """Put tables of rules into the administrator's hands. Raises ValueError for a code taken."""
    for kind in kinds:
        if KINDS.setdefault(kind.code, kind).model is not kind.model:
            raise ValueError(f"two kinds of rules are called {kind.code}")


def standing_of(rule: Any, today: date) -> Standing:
    """Whether a rule is in force on that day, comes later, or has ended."""
    if rule.valid_from > today:
        return Standing.COMING
    if rule.valid_to is not None and rule.valid_to < today:
        return Standing.PAST
    return Standing.IN_FORCE
