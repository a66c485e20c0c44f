"""Memo numbers as officers type them: read for certain, or refused with the mend."""

import unicodedata

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bangla.digits import to_ascii, to_bangla
from teams.memo import (
    LAST_ISSUE,
    Memo,
    MemoError,
    MemoGrammar,
    next_issue,
    parse_memo,
    parse_prefix,
    read_memo,
)

FILE_18 = "05.47.2718.009.14.031.23"
FILE_22 = "03.11.4500.006.021.18.0042.25"
BENGALI_18 = to_bangla(FILE_18)
LETTER = Memo(MemoGrammar.EIGHTEEN, FILE_18, 386)


# --- Texts that officers might type --------------------------------------------------------
@st.composite
def memos(draw, *, complete=None):
    grammar = draw(st.sampled_from(MemoGrammar))
    groups = [draw(st.text("0123456789", min_size=n, max_size=n)) for n in grammar.groups]
    issue = draw(st.integers(1, LAST_ISSUE)) if complete in (True, None) else None
    if complete is None and draw(st.booleans()):
        issue = None
    return Memo(grammar, ".".join(groups), issue)


separators = st.sampled_from(
    [
        ".", "-", "–", "—", "\u2011", "/", "।", ",", " ", ". ", " .", " - ", "।  ", ".-", "\u00a0",
        "\u200b.", "\n",
    ]
)  # fmt: skip
labels = st.sampled_from(
    [
        "", "স্মারক নং-", "স্মারক নং- ", "স্মারক নম্বর: ", "নংঃ ", "নথি নং–", "Memo No: ", "নং",
        "শাখা-২, স্মারক: ",
    ]
)  # fmt: skip
endings = st.sampled_from(
    [
        "", "।", " ", ".", "-", "\u200b", "  তারিখ: ২১ নভেম্বর ২০২৬", ", তারিখঃ ২১/১১/২০২৬ খ্রি.",
        " ০৬ অগ্রহায়ণ ১৪৩৩", "\n২১-১১-২০২৬", " তাং ২১শে নভেম্বর, ২০২৬", " (জেলা প্রশাসন)", " মোতাবেক",
        " ৬ অগ্রহায়ণ ১৪৩৩/২১ নভেম্বর ২০২৬",
    ]
)  # fmt: skip


@st.composite
def typed(draw, number):
    """`number` with each digit in either script and each dot as somebody may have typed it."""
    signs = []
    for sign in number:
        if sign == ".":
            signs.append(draw(separators))
        else:
            signs.append(to_bangla(sign) if draw(st.booleans()) else sign)
    return "".join(signs)


# --- Round trips ---------------------------------------------------------------------------
@given(memos())
def test_memo_printed_in_either_script_is_read_back(memo):
    assert parse_memo(memo.canonical) == memo
    assert parse_memo(memo.bengali) == memo
    assert to_ascii(memo.bengali) == memo.canonical


@given(st.data())
def test_memo_is_read_whatever_separates_labels_and_follows_it(data):
    memo = data.draw(memos())
    text = data.draw(labels) + data.draw(typed(memo.canonical)) + data.draw(endings)
    assert parse_memo(text) == memo


@given(st.data())
def test_read_memo_and_parse_prefix_divide_the_numbers_between_them(data):
    memo = data.draw(memos())
    text = data.draw(labels) + data.draw(typed(memo.canonical))
    willing, unwilling = (
        (read_memo, parse_prefix) if memo.is_complete else (parse_prefix, read_memo)
    )
    assert willing(text) == memo
    with pytest.raises(MemoError):
        unwilling(text)


@given(st.data(), st.integers(1, 40))
def test_digits_run_together_are_a_file_number_only_in_full(data, count):
    text = data.draw(st.text("0123456789০১২৩৪৫৬৭৮৯", min_size=count, max_size=count))
    memo = parse_memo(text)
    if count in (18, 22):
        assert memo is not None
        assert memo.prefix.replace(".", "") == to_ascii(text)
        assert memo.grammar.value == str(count)
        assert memo.issue is None
    else:
        assert memo is None


@given(st.text() | st.text("০১5 .-/।(ক\u200d", max_size=60))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    memo = parse_memo(text)
    for read in (read_memo, parse_prefix):
        try:
            assert read(text) == memo
        except MemoError as error:
            assert str(error).endswith("।")  # noqa: PT017
    if memo:
        assert parse_memo(memo.canonical) == memo


@given(st.dates(), st.sampled_from("./-–"), st.booleans())
def test_date_is_never_a_memo(day, mark, padded):
    text = (
        f"{day:%d{mark}%m{mark}%Y}"
        if padded
        else mark.join(map(str, (day.day, day.month, day.year)))
    )
    assert parse_memo(to_bangla(text)) is None
    # Neither is it the issue number that is still to be written behind the file number.
    if day.year >= 1900:
        for gap in (" ", ". ", "-   ", ", "):
            assert parse_memo(f"{BENGALI_18}{gap}{text}") in (None, parse_prefix(FILE_18))


# --- By the example ------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        f"{BENGALI_18}.৩৮৬",
        f"{BENGALI_18}-৩৮৬",
        f"স্মারক নং-{BENGALI_18}. ৩৮৬",
        f"স্মারক নং-{BENGALI_18}.৩৮৬     তারিখ: ২১ নভেম্বর ২০২৬",
        f"নং: {FILE_18}/386",
        "০৫ ৪৭ ২৭১৮ ০০৯ ১৪ ০৩১ ২৩ ৩৮৬",
        "০৫,৪৭।২৭১৮, ০০৯। ১৪-০৩১–23.386।",
        "০৫.৪৭.২৭১৮.০০৯.\n১৪.০৩১.২৩.৩৮৬",
        "\u200e০৫.\u200b৪৭.২৭\u200d১৮.\u2066০০৯\u2069.১৪.০৩১.২৩.৩৮৬\ufeff",
        f"{BENGALI_18}.০৩৮৬",
        f"{BENGALI_18.replace('.', '')}-৩৮৬",
        f"{BENGALI_18}.৩৮৬/১(১২)",
        f"{BENGALI_18}.৩৮৬/১ (১-১২)",
        f"{BENGALI_18}.৩৮৬ (১২ কপি)",
        f"ফোন: ০২-৯৫১২৩৪, স্মারক নং {BENGALI_18}.৩৮৬",
        f"{BENGALI_18}.৩৮৬ ফোন: ০১৭০০-১২৩৪৫৬",
        f"{BENGALI_18}.৩৮৬ তারিখ: ২১/১১/২৬",
        f"{BENGALI_18}.৩৮৬ নং স্মারক, {BENGALI_18}-৩৮৬",
        f"{BENGALI_18}.৩৮৬-এর আলোকে",
        f"{BENGALI_18}.৩৮৬ মে মাসের সভা",
        f"{BENGALI_18}.৩৮৬, ২১.১১.২০২৬",
    ],
)
def test_memo_of_a_letter_is_read(text):
    assert read_memo(text) == LETTER


@pytest.mark.parametrize(
    "text",
    [
        f"{BENGALI_18}. ২১ নভেম্বর ২০২৬",
        f"{BENGALI_18}-          তারিখ: ৬ অগ্রহায়ণ ১৪৩৩",
        f"{BENGALI_18}.২১/১১/২০২৬",
        f"{BENGALI_18}. 5th May",
    ],
)
def test_day_of_a_date_is_no_issue_number(text):
    assert parse_memo(text) == Memo(MemoGrammar.EIGHTEEN, FILE_18)


@pytest.mark.parametrize("issue", ["১২", "২০২৬", "৩১"])
def test_issue_number_that_could_be_a_day_or_a_year_is_read(issue):
    assert parse_memo(f"{BENGALI_18}.{issue} মেয়াদ শেষ").issue == int(issue)


def test_file_number_that_begins_like_a_date_is_read():
    for text in ("০৫.১২.২০১৩.০০৯.১৪.০৩১.২৩", "০৫.১২.২০১৩ ০০৯ ১৪ ০৩১ ২৩"):
        assert parse_prefix(text).prefix == "05.12.2013.009.14.031.23"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "স্মারক নং-",
        "০১৭০০-১২৩৪৫৬",
        "০১৭০০১২৩৪৫৬",
        "+৮৮০ ২ ৯৫১ ২৩৪৫",
        "৩৮৬",
        f"{BENGALI_18}.৩৮৬ক",
        f"{BENGALI_18}.৩৮৬/খ",
        f"{BENGALI_18}.ক.৩৮৬",
        f"{BENGALI_18}.৩৮৬ ও ৩৮৭",
        f"{BENGALI_18}.৩৮৬ থেকে ৩৯০",
        f"{BENGALI_18}.৩৮৬.২০২৬",
        f"{BENGALI_18}.৩৮ ৬",
        f"{BENGALI_18} (অংশ-১).৩৮৬",
        f"{BENGALI_18} নং ৩৮৬",
        f"{BENGALI_18} ০১৭০০১২৩৪৫৬",
        f"{BENGALI_18}.০",
        f"{BENGALI_18}.১০০০০০০",
        f"{BENGALI_18}.৩৮৬ এবং {BENGALI_18}.৩৮৭",
        f"{BENGALI_18} সূত্রে {BENGALI_18}.৩৮৬",
        f"২.{BENGALI_18}.৩৮৬",
        f"১{BENGALI_18}.৩৮৬",
        "²²." + FILE_18[3:],
        "०५" + FILE_18[2:],
        FILE_18.replace(".", "") + "386",
        "9" * 5000,
        FILE_18 + "." + "9" * 5000,
    ],
)
def test_text_without_one_certain_memo_is_not_read(text):
    assert parse_memo(text) is None


# --- Sentences -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("০৫.৪৭.২৭১.০০৯.১৪.০৩১.২৩.৩৮৬", "স্মারক নম্বরের ৩য় অংশে ৪ অঙ্ক থাকার কথা, আছে ৩।"),
        ("৫.৪৭.২৭১৮.০০৯.১৪.০৩১.২৩", "স্মারক নম্বরের ১ম অংশে ২ অঙ্ক থাকার কথা, আছে ১।"),
        ("০৫.৪৭.২৭১৮.০০৯.১৪.০৩১.২০২৩-৩৮৬", "স্মারক নম্বরের ৭ম অংশে ২ অঙ্ক থাকার কথা, আছে ৪।"),
        (FILE_22.replace("0042", "042") + ".7", "স্মারক নম্বরের ৭ম অংশে ৪ অঙ্ক থাকার কথা, আছে ৩।"),
        (FILE_22[:-1], "স্মারক নম্বরের ৮ম অংশে ২ অঙ্ক থাকার কথা, আছে ১।"),
    ],
)
def test_group_of_a_wrong_length_is_named(text, sentence):
    for read in (read_memo, parse_prefix):
        with pytest.raises(MemoError) as refusal:
            read(text)
        assert str(refusal.value) == unicodedata.normalize("NFC", sentence)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("০৫.৪৭.২৭১৮.০০৯.১৪.৩৮৬", ("২.২.৪.৩.২.৩.২", "৭টি", "২.২.৪.৩.২.৩", "৬টি")),
        ("০৫.৪৭.০০৯.১৪.০৩১.২৩.৩৮৬", ("২.২.৪.৩.২.৩.২", "৭টি", "২.২.৩.২.৩.২.৩")),
        (f"{BENGALI_18}.৩৮৬.২০২৬", ("২.২.৪.৩.২.৩.২", "৭টি", "২.২.৪.৩.২.৩.২.৩.৪", "৯টি")),
        (f"{FILE_22}.7.45", ("২.২.৪.৩.৩.২.৪.২", "৮টি", "২.২.৪.৩.৩.২.৪.২.১.২", "১০টি")),
        ("০৫.৪৭.২৭১৮.০০৯.১৪.২৩.৩৮৬", ("২.২.৪.৩.২.৩.২", "৭টি", "২.২.৪.৩.২.২.৩")),
        ("ফোন: ০২-৯৫১২৩৪, নং ০৫.৪৭.২৭১৮.৩৮৬", ("২.২.৪.৩ অঙ্কের ৪টি",)),
        ("৩৮৬", ("৩ অঙ্কের ১টি",)),
    ],
)
def test_missing_and_surplus_parts_are_shown_beside_the_pattern(text, parts):
    with pytest.raises(MemoError) as refusal:
        read_memo(text)
    assert all(part in str(refusal.value) for part in (*parts, "জারি নম্বর"))
    with pytest.raises(MemoError) as refusal:
        parse_prefix(text)
    assert all(part in str(refusal.value) for part in parts)
    assert "জারি নম্বর" not in str(refusal.value)


@pytest.mark.parametrize(
    ("read", "text", "mend"),
    [
        (read_memo, "তারিখ: ২১/১১/২০২৬", "পাওয়া যায়নি। এভাবে লিখুন"),
        (parse_prefix, "", "পাওয়া যায়নি। এভাবে লিখুন"),
        (read_memo, FILE_18, f"শেষে জারি নম্বর নেই। {BENGALI_18}-এর পরে"),
        (parse_prefix, FILE_18 + "-386", "জারি নম্বর ৩৮৬ বাদ দিয়ে"),
        (read_memo, FILE_18 + ".0", "১ থেকে ৯৯৯৯৯৯"),
        (read_memo, FILE_18 + ".01700123456", "১ থেকে ৯৯৯৯৯৯"),
        (read_memo, FILE_18.replace(".", "") + "386", "২১ অঙ্ক একসঙ্গে লেখা"),
        (read_memo, f"{FILE_18}.386 এবং {FILE_18}.387", "একাধিক"),
        (read_memo, f"{FILE_18}.386/ক", "নম্বরের পরের লেখা বাদ দিন"),
    ],
)
def test_refusal_says_the_mend(read, text, mend):
    with pytest.raises(MemoError, match=unicodedata.normalize("NFC", mend)):
        read(text)


def test_example_of_a_refusal_is_itself_read():
    for read in (read_memo, parse_prefix):
        with pytest.raises(MemoError) as refusal:
            read("নেই")
        assert read(str(refusal.value))


def test_refusal_has_the_digits_of_the_page():
    with translation.override("en"), pytest.raises(MemoError, match="386"):
        parse_prefix(f"{BENGALI_18}.৩৮৬")


# --- The number itself ---------------------------------------------------------------------
@given(memos())
def test_following_letter_has_the_next_issue_of_the_same_file(memo):
    if memo.issue == LAST_ISSUE:
        with pytest.raises(ValueError, match="issue"):
            memo.following()
        return
    following = memo.following()
    assert (following.grammar, following.prefix) == (memo.grammar, memo.prefix)
    assert following.issue == (memo.issue + 1 if memo.is_complete else 1)


def test_memo_is_shown_stored_and_printed():
    assert LETTER.canonical == "05.47.2718.009.14.031.23.386"
    assert LETTER.bengali == "০৫.৪৭.২৭১৮.০০৯.১৪.০৩১.২৩.৩৮৬"
    assert parse_prefix(FILE_22).canonical == FILE_22


@pytest.mark.parametrize(
    "arguments",
    [
        (MemoGrammar.TWENTY_TWO, FILE_18),
        (MemoGrammar.EIGHTEEN, BENGALI_18),
        (MemoGrammar.EIGHTEEN, ""),
        (MemoGrammar.EIGHTEEN, FILE_18, 0),
        (MemoGrammar.EIGHTEEN, FILE_18, LAST_ISSUE + 1),
    ],
)
def test_memo_that_breaks_its_grammar_cannot_be_made(arguments):
    with pytest.raises(ValueError, match=r"no (file|issue) number"):
        Memo(*arguments)


def test_grammars_are_named_by_their_digits():
    for grammar in MemoGrammar:
        assert sum(grammar.groups) == int(grammar.value)
        assert grammar.label.startswith(to_bangla(grammar.value))


@pytest.mark.parametrize(
    ("used", "following"), [([], 1), ([1], 2), ([7, 3, 386], 387), (iter([2, 4]), 5)]
)
def test_next_issue_follows_the_highest(used, following):
    assert next_issue(used) == following
