"""What the lexicon of similar ideas takes for the same, and what it must not."""

import pytest

from ideas.similar.lexicon import CONCEPTS
from ideas.similar.likeness import Asked
from ideas.similar.terms import terms_of, wider


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("খাজনা", "ভূমি উন্নয়ন কর"),
        ("মনে করিয়ে দেওয়া", "রিমাইন্ডার"),
        ("মনে করালে", "স্মরণ করাবে"),
        ("অফিসে ঘুরতে", "অফিসে ঘুরলে"),
        ("তাগাদা", "reminder"),
        ("মুরব্বিদের", "বৃদ্ধ"),
        ("খুদেবার্তা", "খুদে বার্তা"),
    ],
)
def test_ways_of_saying_are_one(one: str, other: str) -> None:
    assert set(terms_of(one)) == set(terms_of(other)) != set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("জন্ম নিবন্ধন", "মৃত্যু নিবন্ধন"),
        ("বয়স্ক ভাতা", "বিধবা ভাতা"),
        ("জানায়", "যানবাহন"),
        ("টিকা", "টাকা"),
        ("গ্রাম আদালত", "ভ্রাম্যমাণ আদালত"),
    ],
)
def test_neighbours_stay_apart(one: str, other: str) -> None:
    assert set(terms_of(one)) != set(terms_of(other))


def test_phrase_keeps_the_words_that_say_something_else() -> None:
    """An old file is a file as well; a birth certificate is not just any certificate."""
    assert set(terms_of("নথি")) < set(terms_of("পুরোনো নথি"))
    assert not set(terms_of("সনদ")) & set(terms_of("জন্ম সনদ"))


def test_narrow_word_is_found_by_the_wide_one_and_tells_no_more_than_itself() -> None:
    narrow, wide = terms_of("এসএমএস"), terms_of("বার্তা")
    assert set(wide) < set(narrow)
    told = dict.fromkeys(narrow, 2.0)
    assert Asked(told).mass == 2.0
    assert Asked(dict.fromkeys(wide, 2.0)).mass == 2.0


def test_every_wider_concept_exists() -> None:
    names = {concept.name for concept in CONCEPTS}
    assert {concept.wider for concept in CONCEPTS if concept.wider} <= names
    assert len(wider()) > 10


def test_every_way_of_writing_says_something() -> None:
    """A typing slip in concepts.txt leaves an empty way or a mark of the notation behind."""
    slips = [
        (concept.name, way)
        for concept in CONCEPTS
        for way in concept.ways
        if not terms_of(way) or set(way) & set("~<:#")
    ]
    assert slips == []
