"""Text typed for SutonnyMJ, in Unicode."""

# ruff: noqa: E501 -- pairs of codes and words, several a line

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangla.bijoy import is_bijoy, is_bijoy_font, leftovers, to_unicode, words_to_unicode
from tests.bangla.bijoy_writer import NoCode, to_bijoy
from tests.workplans.importers.fixture import make_tasks


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        # ি, ে and ৈ stand before their letter, ো and ৌ on both sides of it.
        ("wUg", "টিম"), ("†mev", "সেবা"), ("‡Kb", "কেন"), ("‰Zwi", "তৈরি"), ("†mŠRb¨", "সৌজন্য"), ("†Zvgvi", "তোমার"),
        # They go behind the whole conjunct.
        ("wkwÿZ", "শিক্ষিত"), ("‡÷kb", "স্টেশন"), ("wKš‘", "কিন্তু"), ("cÖwZwbwa", "প্রতিনিধি"), ("w¯’i", "স্থির"), ("gš¿x", "মন্ত্রী"),
        # The ref comes after what it stands on, also after the sign of the vowel.
        ("Kg©KZ©v", "কর্মকর্তা"), ("Kvh©µg", "কার্যক্রম"), ("Kg©m~wP", "কর্মসূচি"), ("wbe©vnx", "নির্বাহী"), ("A_©‰bwZK", "অর্থনৈতিক"),
        # Below and after: ya-phala, ra-phala, ba-phala, la-phala.
        ("e¨e¯’v", "ব্যবস্থা"), ("MÖnY", "গ্রহণ"), ("`ª“Z", "দ্রুত"), ("Z¡K", "ত্বক"), ("we‡kølY", "বিশ্লেষণ"), ("eøK", "ব্লক"), ("e\u00adK", "ব্লক"),
        ("i¨ve", "র‍্যাব"), ("A¨vc", "অ্যাপ"), ("ïiæ", "শুরু"), ("iƒc", "রূপ"), ("”P", "চ্চ"), ("D”P", "উচ্চ"), ("m¤úbœ", "সম্পন্ন"),
        # Dotted letters in NFC, signs, digits, the full stop, quotes and dashes.
        ("evwo", "বাড়ি"), ("Avlvp", "আষাঢ়"), ("mgq", "সময়"), ("DrcÿÈ", "উৎপক্ষণ্ট"), ("evsjv", "বাংলা"), ("`ytL", "দুঃখ"), ("Pvu`", "চাঁদ"), ("Puv`", "চাঁদ"),
        ("15/08/2026|", "১৫/০৮/২০২৬।"), ("ÒmevÓ", "“সবা”"), ("ÔKÕ", "‘ক’"), ("$500", "৳৫০০"), ("evK&", "বাক্"),
        ("D`&‡evab", "উদ্\u200cবোধন"),
        # What a key struck twice leaves, and letters that were Bengali already.
        ("KvvR", "কাজ"), ("কাজ KvR", "কাজ কাজ"),
    ],
)  # fmt: skip
def test_codes_become_the_words_they_draw(codes, words):
    assert to_unicode(codes) == unicodedata.normalize("NFC", words)


def words_of_our_own() -> set[str]:
    """Every Bengali word of the plan of the tests and of the office directory's districts."""
    texts = [
        text for task in make_tasks() for text in (task.title, task.expected_result, task.measure)
    ]
    return {word for text in texts for word in text.replace("(", " ").replace(")", " ").split()}


def test_all_words_of_a_plan_come_back():
    words = words_of_our_own()
    assert len(words) > 150
    wrong = {word: back for word in words if (back := to_unicode(to_bijoy(word))) != word}
    assert wrong == {}


_LETTERS = st.sampled_from("কখগঘচছজটঠডঢণতথদধনপফবভমযরলশষসহ")
_SYLLABLES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "র্"]),
    st.one_of(
        _LETTERS,
        st.sampled_from(["ক্ষ", "জ্ঞ", "ন্ত", "স্ত্র", "প্র", "ঙ্গ", "চ্ছ", "ম্প", "দ্ভ", "ষ্ট", "ত্ত্ব"]),
    ),
    st.sampled_from(["", "া", "ি", "ী", "ু", "ূ", "ৃ", "ে", "ৈ", "ো", "ৌ"]),
    st.sampled_from(["", "ঁ"]),
)


@given(st.lists(_SYLLABLES, min_size=1, max_size=6).map("".join))
def test_any_syllables_come_back(word):
    if "র্র" in word:
        return  # nobody writes it, and the codes cannot
    assert to_unicode(to_bijoy(word)) == unicodedata.normalize("NFC", word)


@given(st.text(max_size=40))
def test_no_text_breaks_it(text):
    once = to_unicode(text)
    assert unicodedata.is_normalized("NFC", once)
    assert words_to_unicode(text) is not None


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ("ICT kvLv", "ICT শাখা"),
        ("Avg‡`i Facebook †cBR", "আমদের Facebook পেইজ"),
        ("info@kaliganj.gov.bd †Z wjLyb", "info@kaliganj.gov.bd তে লিখুন"),
        ("GK GKK Ges GB", "এক একক এবং এই"),
        ("mfv I mgq", "সভা ও সময়"),
        ("Online Av‡e`b (PDF) Kwc", "Online আবেদন (PDF) কপি"),
        ("Programmer Ges Assistant Officer", "Programmer এবং Assistant Officer"),
        ("Excel dvBj, report cÖ¯‘Z", "Excel ফাইল, report প্রস্তুত"),
    ],
)
def test_english_words_stay_where_no_font_tells_them_apart(codes, words):
    assert words_to_unicode(codes) == unicodedata.normalize("NFC", words)


def test_bijoy_is_told_from_english_and_bengali():
    assert is_bijoy("D‡jøL¨, Kvh©µg MÖnY Kiv n‡e")
    assert is_bijoy("µwgK bs\twelq\tM„nxZe¨ KvR")
    assert not is_bijoy("Name\tDesignation\tMobile\nAbdul Karim\tOfficer")
    assert not is_bijoy("Résumé of the café: naïve façade, one café")
    assert not is_bijoy("সেবা সহজীকরণের কাজ (ICT শাখা)")
    assert not is_bijoy("")


@pytest.mark.parametrize(
    "name", ["SutonnyMJ", "'SutonnyMJ'", "SutonnyEMJ", "Sutonny MJ", "ChandrabatiMJ"]
)
def test_fonts_of_codes_are_known(name):
    assert is_bijoy_font(name)


@pytest.mark.parametrize("name", ["SutonnyOMJ", "Nikosh", "NikoshBAN", "Times New Roman", ""])
def test_fonts_of_unicode_are_not_taken_for_them(name):
    assert not is_bijoy_font(name)


def test_codes_that_draw_nothing_known_are_named():
    text = to_unicode("†mŽev KvžR")
    assert leftovers(text) == "Žž"
    assert leftovers("সেবা ও café") == ""


def test_every_word_typed_in_the_office_directory_comes_back():
    directory = (Path(__file__).parents[2] / "teams/data/offices.csv").read_text()
    words = set(re.findall("[\u0980-\u09fe]{2,}", unicodedata.normalize("NFC", directory)))
    assert len(words) > 500
    wrong = []
    for word in words:
        try:
            back = to_unicode(to_bijoy(word))
        except NoCode:
            continue
        if back != word:
            wrong.append((word, back))
    assert wrong == []
