"""What a text speaks of: its terms, each a word's skeleton or a concept of the lexicon."""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain, islice

from ..models.similar import LONGEST_TERM
from .letters import skeleton, stem, words_of
from .lexicon import CONCEPTS, STOP_WORDS

IN_TITLE, IN_TEXT = 3, 1
# Of a very long text, the first terms; an idea of a page has about a hundred.
MOST_TERMS = 150
MOST_WORDS = 600
# A concept is marked, so that it never equals a word.
CONCEPT = "#"


def terms_of(text: str) -> list[str]:
    """The terms of a text's first MOST_WORDS words in order, repeated as it repeats them."""
    return list(_terms(words_of(text)[:MOST_WORDS]))


def weighed(title: str, *texts: str) -> dict[str, int]:
    """The terms of an idea with their weights, at most MOST_TERMS."""
    terms = dict.fromkeys(terms_of(title), IN_TITLE)
    for text in texts:
        for term in terms_of(text):
            terms.setdefault(term, IN_TEXT)
    return dict(islice(terms.items(), MOST_TERMS))


def _terms(words: list[str]) -> Iterator[str]:
    phrases, longest = _phrases(), _longest_phrase()
    stems = [part for word in words for part in _parts(word)]
    place = 0
    while place < len(stems):
        for length in range(min(longest, len(stems) - place), 0, -1):
            if concepts := phrases.get(tuple(stems[place : place + length])):
                yield from concepts
                place += length
                break
        else:
            if term := _plain(stems[place]):
                yield term
            place += 1


def _plain(stemmed: str) -> str:
    if stemmed in _stop_stems() or (len(stemmed) < 2 and not stemmed.isdigit()):
        return ""
    return skeleton(stemmed)[:LONGEST_TERM]


@lru_cache(maxsize=50_000)
def _parts(word: str) -> tuple[str, ...]:
    """The stem of a word, or the stems of two words of the lexicon written as one."""
    whole = stem(word)
    if whole in _known_stems():
        return (whole,)
    phrases = _phrases()
    for cut in range(3, len(word) - 2):
        parts = first, second = stem(word[:cut]), stem(word[cut:])
        known = parts in phrases or ((first,) in phrases and (second,) in phrases)
        if known and len(first) > 2 and len(second) > 2:
            return parts
    return (whole,)


@cache
def _phrases() -> dict[tuple[str, ...], tuple[str, ...]]:
    """What the lexicon knows: the stems of a word or phrase → the concepts it stands for."""
    phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
    for concept in CONCEPTS:
        marked = [f"{CONCEPT}{name}" for name in (concept.name, concept.wider) if name]
        for way in concept.ways:
            key = tuple(stem(word) for word in words_of(way))
            phrases[key] = tuple(dict.fromkeys((*phrases.get(key, ()), *marked)))
    return {key: _with_words(key, phrases) for key in phrases}


def _with_words(
    key: tuple[str, ...], phrases: dict[tuple[str, ...], tuple[str, ...]]
) -> tuple[str, ...]:
    """The concepts of a phrase, and those of its words if it means something new.

    Old files (archive) are files as well, but a birth certificate is no other certificate: one of
    its words, birth, says already what it is.
    """
    own = phrases[key]
    of_words = [phrases.get((word,), ()) for word in key] if len(key) > 1 else []
    if any(concept in own for concepts in of_words for concept in concepts):
        return own
    return tuple(dict.fromkeys((*own, *chain.from_iterable(of_words))))


@cache
def wider() -> dict[str, str]:
    """The terms of the concepts that have a wider one → its term."""
    return {
        f"{CONCEPT}{concept.name}": f"{CONCEPT}{concept.wider}"
        for concept in CONCEPTS
        if concept.wider
    }


@cache
def _longest_phrase() -> int:
    return max(map(len, _phrases()))


@cache
def _known_stems() -> frozenset[str]:
    return frozenset(part for phrase in _phrases() for part in phrase)


@cache
def _stop_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in words_of(STOP_WORDS))
