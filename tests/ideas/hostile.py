"""The words of tests/hostile.py in every text of the ideas."""

from tests import hostile
from tests.hostile import BREAKS, EVALUATED, HEADER, LINKS, faults_in, filled, forms_on, made_of

__all__ = [
    "BREAKS",
    "EVALUATED",
    "FIELDS",
    "HEADER",
    "LINKS",
    "MARKS",
    "faults_in",
    "filled",
    "forms_on",
    "made_of",
    "poison_everything",
    "shown_in",
]

# Written by programs alone: the index of words, and the digest of a printed paper.
NOT_TYPED = frozenset({"term", "fingerprint"})
FIELDS = hostile.text_fields("ideas", not_typed=NOT_TYPED)
MARKS = hostile.marks_of(FIELDS)


def poison_everything() -> None:
    hostile.poison(FIELDS)


def shown_in(text: str) -> set[str]:
    """The fields whose words stand on a page."""
    return {name for mark, name in MARKS.items() if mark in text}
