import random

from hypothesis import given
from hypothesis import strategies as st

from bangla.collation import sort_key

# As ICU's Bengali collation orders them.
IN_ORDER = [
    "10",
    "12",
    "অ",
    "অংশ",
    "অঃ",
    "অঁ",
    "অকাল",
    "আম",
    "ইট",
    "উতল",
    "উত্তর",
    "উৎসব",
    "ঋণ",
    "এক",
    "ঔষধ",
    "কই",
    "কংস",
    "কক",
    "কলম",
    "কাংস",
    "কাঁচ",
    "কাচ",
    "কাজ",
    "কি",
    "কৃষি",
    "ক্ক",
    "ক্ষমা",
    "খবর",
    "ঘর",
    "ডাক",
    "ঢাকা",
    "তারিখ",
    "দপ্তর",
    "হাট",
    "a",
    "B",
    "z",
]


def test_words_sort_as_a_bengali_reader_expects():
    shuffled = random.Random(1426).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=sort_key) == IN_ORDER


def test_letters_stand_in_the_order_of_the_alphabet():
    letters = list("অআইঈউঊঋএঐওঔংঃঁকখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ")
    shuffled = random.Random(1426).sample(letters, len(letters))
    assert sorted(shuffled, key=sort_key) == letters


def test_dotted_letters_follow_their_plain_ones():
    assert sorted(["ঢ়", "ঢ", "ড়", "ড", "য়", "য"], key=sort_key) == ["ড", "ড়", "ঢ", "ঢ়", "য", "য়"]


def test_both_encodings_are_equal():
    assert sort_key("ন\u09dfন") == sort_key("নয\u09bcন")


def test_digits_of_both_scripts_are_equal_and_in_order():
    assert sort_key("কক্ষ ১২") == sort_key("কক্ষ 12")
    assert sorted("৯৩০১৫", key=sort_key) == list("০১৩৫৯")


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one, other):
    assert (sort_key(one) < sort_key(other)) in (True, False)
