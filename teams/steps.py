"""One arrow of a state diagram, for the enums of every room."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Transition:
    """One arrow of a state diagram.

    `name` is the verb of the action and the URL; `stamp` is the pair of fields it fills
    (`submitted` → submitted_at, submitted_by), "" for a step that leaves none; `permission` is
    the perms function that guards it, named so that the diagram and the tests can show it.
    """

    name: str
    sources: frozenset[str]
    target: str
    stamp: str
    permission: str
    label: str | Promise
