"""Which text belongs to which drawing: the arithmetic of the text layer.

Bengali glyphs do not stand in the order of their letters: `কি` is drawn vowel first, `র্ক` is
drawn ক first and then the reph, `কো` is drawn around its consonant, a conjunct may be one glyph
for three letters or five glyphs for two. All that is certain, from HarfBuzz, is which glyphs
together draw which letters. Such a cluster, mostly a syllable, is therefore the unit of the text
layer: one character code, one drawing, one text.
"""

from typing import NamedTuple
from unicodedata import normalize

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"


class Cluster(NamedTuple):
    """Letters that `glyphs` consecutive glyphs draw together, `width` CSS pixels wide."""

    text: str
    glyphs: int
    width: float


class Word(NamedTuple):
    """Clusters `first` to `last` (inclusive) of a line, and the text they spell."""

    text: str
    first: int
    last: int


def tidy(clusters: list[Cluster]) -> list[Cluster]:
    """Clusters that all have a glyph and a text that no reader throws away.

    Text without a glyph (joiners, mostly) goes to the cluster after it, and so do joiners at the
    end of a cluster: Firefox's reader drops a text that ends in an invisible sign. At the end of
    a line it goes to the cluster before. Soft hyphens where no line was broken go nowhere.
    """
    tidied: list[Cluster] = []
    waiting = ""
    for cluster in clusters:
        text = waiting + cluster.text.replace(SOFT_HYPHEN, "")
        if not cluster.glyphs:
            waiting = text
            continue
        letters = text.rstrip(JOINERS)
        waiting = text[len(letters) :]
        tidied.append(cluster._replace(text=letters))
    if waiting and tidied:
        tidied[-1] = tidied[-1]._replace(text=tidied[-1].text + waiting)
    return tidied


def end_of_line(cluster: Cluster, hyphen: str) -> Cluster:
    """The last cluster of a line, with a text that keeps readers from guessing about hyphens.

    Where `hyphen`, the sign drawn at a soft hyphen, was drawn, the text is a soft hyphen. Where
    the text itself ends in a hyphen, readers take it for the same thing and drop it, unless it is
    not the last character: a no-break space follows it.
    """
    if cluster.text == hyphen:
        return cluster._replace(text=SOFT_HYPHEN)
    if cluster.text.endswith("-"):
        return cluster._replace(text=cluster.text + "\N{NO-BREAK SPACE}")
    return cluster


def find_words(clusters: list[Cluster]) -> list[Word]:
    """The words of a line that need an ActualText: those with letters beyond ASCII.

    An ASCII word is drawn letter by letter, so the texts of its codes are enough. A soft hyphen
    is drawn, yet it is no part of the word.
    """
    words: list[Word] = []
    first: int | None = None
    for index, cluster in enumerate([*clusters, Cluster(" ", 1, 0)]):
        if cluster.text and not cluster.text.isspace():
            first = index if first is None else first
        elif first is not None:
            text = normalize("NFC", "".join(part.text for part in clusters[first:index]))
            if not text.isascii():
                words.append(Word(text.replace(SOFT_HYPHEN, ""), first, index - 1))
            first = None
    return words
