import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangla.text import fold, normalise, shorten, squeeze

ZWNJ, ZWJ = "\u200c", "\u200d"

bengali_text = st.text(
    st.one_of(
        st.characters(min_codepoint=0x0980, max_codepoint=0x09FF),
        st.sampled_from([ZWNJ, ZWJ, "\ufeff", "\u200b", "\u00a0", "\r", "\n", " ", "a", "\u0301"]),
    )
)


@pytest.mark.parametrize(
    ("composed", "settled"),
    [("\u09dc", "ড\u09bc"), ("\u09dd", "ঢ\u09bc"), ("\u09df", "য\u09bc"), ("ক\u09c7\u09be", "কো")],
)
def test_normalise_settles_on_one_encoding(composed, settled):
    assert normalise(composed) == settled


@pytest.mark.parametrize("joiner", [ZWNJ, ZWJ])
def test_normalise_keeps_joiners_only_inside_words(joiner):
    word = f"র{joiner}\u09cd\u09afাব"
    assert normalise(word) == word
    assert normalise(f"{joiner}কাজ{joiner} শেষ{joiner}") == "কাজ শেষ"
    assert normalise(f"ক{joiner}{joiner}খ") == f"ক{joiner}খ"


def test_normalise_tidies_blanks_and_keeps_line_breaks():
    assert normalise("\ufeff  সভা\u00a0কক্ষ\r\nদ্বিতীয়\u200b তলা \r") == "সভা কক্ষ\nদ্বিতীয় তলা"


def test_squeeze_puts_text_on_one_line():
    assert squeeze(" সভা\r\n\tকক্ষ \u00a0 ২ ") == "সভা কক্ষ ২"


def test_fold_makes_spellings_of_one_word_equal():
    assert fold(f"উপজেলা\n{ZWJ}ন{ZWNJ}য়ন ১২ PLAN") == fold("উপজেলা ন\u09dfন 12 plan")


@given(st.one_of(st.text(), bengali_text))
def test_each_form_is_stable(text):
    for form in (normalise, squeeze, fold):
        assert form(form(text)) == form(text)


@given(st.one_of(st.text(), bengali_text))
def test_each_form_is_nfc(text):
    for form in (normalise, squeeze, fold):
        assert unicodedata.is_normalized("NFC", form(text))


@given(bengali_text)
def test_fold_ignores_how_text_was_encoded(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("ক্ষুদ্র", "ক্ষুদ্র"),
        ("ক্ষুদ্রঋণ", "ক্ষুদ্র…"),
        ("ক্ষুদ্দ্বন্দ্ব", "ক্ষুদ্দ…"),
        ("ক্ষুদ্ ঋণ গ্রহীতা", "ক্ষুদ…"),
    ],
)
def test_shortened_text_fits_its_column(text: str, short: str) -> None:
    assert shorten(text, 8) == short
    assert len(short) <= 8
