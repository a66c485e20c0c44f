"""Words of government offices that mean the same, and words that say nothing about an idea.

In concepts.txt each line is a concept: its name, then the ways people write it. Bengali, the
English word in Bengali or Latin letters, short forms, neighbours in meaning that stand for each
other in such ideas. A way of writing may be several words; spelling and endings are forgiven
(letters.py), so one form of each is enough. Further:

- `holdingtax < tax: …`: whoever says the first says the second as well (not the other way round).
- `জানা~` stands for the forms of a verb: জানানো, জানায়, জানিয়ে, …; what is before it is its root.
- A line that begins with `# ` is a heading.

stop_words.txt lists what any idea may say. Whoever changes either runs `manage.py indexideas`
afterwards.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).parent
# Endings of verbs: of roots that end with a consonant, and of those that end with া.
_WRITTEN = "া ার তে ে েন লে বে বেন ছে ছেন েছে েছেন তো ল তেই েই"
_WRITTEN_ON_AA = "ানো ানোর ায় ান িয়ে াতে ালে াবে াবেন াচ্ছে াচ্ছেন িয়েছে ালো ালেন াই"
_FORMS = tuple(_WRITTEN.split())
_FORMS_ON_AA = tuple(_WRITTEN_ON_AA.split())


class Concept(NamedTuple):
    """What the ways of writing stand for: a name, and the wider concept's name or nothing."""

    name: str
    wider: str
    ways: tuple[str, ...]


def _concepts(lines: list[str]) -> Iterator[Concept]:
    for line in lines:
        if line and not line.startswith("# "):
            names, _colon, ways = line.partition(":")
            name, _less, wider = names.partition("<")
            forms = (form for way in ways.split(",") for form in _forms(way.strip()))
            yield Concept(name.strip(), wider.strip(), tuple(forms))


def _forms(way: str) -> list[str]:
    """A way of writing with each form of its verb, which comes last; itself if it has none."""
    if not way.endswith("~"):
        return [way]
    root = way.removesuffix("~")
    if root.endswith("া"):
        return [root.removesuffix("া") + ending for ending in _FORMS_ON_AA]
    return [root + ending for ending in _FORMS]


CONCEPTS = tuple(_concepts((_HERE / "concepts.txt").read_text("utf-8").splitlines()))
STOP_WORDS = (_HERE / "stop_words.txt").read_text("utf-8")
