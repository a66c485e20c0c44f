"""Any minutes survive any kind of file; nothing whatsoever escapes the reader's one error."""

import json
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.importers import UnreadableMinutes, read_minutes, read_minutes_paste
from tests.meetings.importers.build import (
    ITEMS,
    Item,
    Paper,
    as_blocks,
    as_docx,
    as_docx_blocks,
    as_html,
    as_text,
)

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)

WORDS = st.sampled_from(
    [
        "নাগরিক",
        "সেবা",
        "র\u200d্যাব",
        "উদ্\u200cযোগ",
        "ক্ষুদ্র",
        "ঋণ",
        "আবেদন",
        "ফি",
        "৫০টি",
        "A4",
        "e-GP",
        "(নতুন)",
        "‘ক’",
        "১০%",
        "য়া",
        "ড়ি",
        "ঢ়",
        "&",
        "<",
        ">",
        '"',
        "'",
        "ঢাকা/খুলনা",
        "২৩/০৭/২০১৯",
        "ক)",
        "সভাপতি",
        "সিদ্ধান্ত",
        "আলোচনা",
        "১২.৩০",
    ]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join).map("কথা {} শেষ।".format)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=3).map("\n".join)
PAPERS = st.lists(
    st.builds(Item, topic=SENTENCES, discussion=TEXTS, decision=TEXTS, implementer=SENTENCES),
    min_size=1,
    max_size=6,
).map(lambda items: replace(Paper(), items=tuple(items)))
WRITERS = st.sampled_from([as_text, as_blocks, as_docx, as_docx_blocks, as_html])

PAPER = as_text(Paper())
# Pieces of which minutes are made, for heaps of them in any order.
LINES = sorted({*PAPER.split("\n"), *as_blocks(Paper()).split("\n")})
SCRAPS = st.sampled_from(
    [
        *LINES,
        "অনুলিপি:",
        "স্বাক্ষরিত/-",
        "(নাম)",
        "তারিখ:",
        "স্মারক নং-",
        "১.",
        "\t",
        "পরিশিষ্ট ‘ক’",
        "-ঐ-",
        "জনাব,",
        "২",
    ]
)


def opens_or_refuses(source, **options):
    """Read anything; minutes or the reader's own error with a Bengali sentence must come out."""
    refusal, minutes = "।", None
    try:
        minutes = read_minutes(source, **options)
    except UnreadableMinutes as error:
        refusal = str(error)
    assert refusal.endswith("।")
    if minutes:
        assert all(doubt.reason.endswith("।") for doubt in minutes.doubts)
        json.dumps(minutes.as_json())
    return minutes


def spoken(minutes):
    """All words of the items in order."""
    return [
        word
        for item in minutes.items
        for text in (item.topic, item.discussion, item.decision, item.implementer)
        for word in text.split()
    ]


def is_subsequence(words, source):
    rest = iter(source)
    return all(word in rest for word in words)


@UNHURRIED
@given(PAPERS, WRITERS)
def test_any_items_read_the_same_from_any_kind_of_file(paper, write):
    minutes = read_minutes(write(paper))
    assert spoken(minutes) == [
        word for item in paper.items for text in item.texts() for word in text.split()
    ]
    assert len(minutes.items) == len(paper.items)
    assert (minutes.opening, minutes.closing) == ("\n".join(paper.opening), paper.closing[0])


@UNHURRIED
@given(st.lists(SCRAPS, max_size=40).map("\n".join))
def test_words_of_items_are_words_of_the_source_in_its_order(text):
    minutes = opens_or_refuses(text)
    for item in minutes.items if minutes else ():
        for words in (item.topic, item.discussion, item.decision):
            assert is_subsequence(words.split(), text.split())


@UNHURRIED
@given(st.permutations(PAPER.split("\n")))
def test_lines_in_any_order_open_or_are_refused(lines):
    opens_or_refuses("\n".join(lines))


@UNHURRIED
@given(st.text())
def test_any_text_opens_or_is_refused(text):
    opens_or_refuses(text)


@UNHURRIED
@given(st.text(), st.text())
def test_any_paste_opens_or_is_refused(text, html):
    with suppress(UnreadableMinutes):
        read_minutes_paste(text, html)


@UNHURRIED
@given(st.binary())
def test_any_bytes_open_or_are_refused(content):
    opens_or_refuses(content)


@UNHURRIED
@given(st.sampled_from([as_docx, as_docx_blocks]), st.data())
def test_damaged_word_files_open_or_are_refused(write, data):
    content = bytearray(write(Paper()))
    for _flip in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    opens_or_refuses(bytes(content[: data.draw(st.integers(0, len(content)))]))


@pytest.mark.parametrize(
    "long",
    [
        " " * 19_000,
        "১" + " " * 19_000,
        "।" * 19_000,
        "না থাকায় " * 2_000,
        "a" * 19_000,
        "সভাপতি " * 2_000,
        "১/" * 9_000,
        "সিদ্ধান্ত গৃহীত " * 1_200,
        "(" * 19_000,
        ": " * 9_000,
        "- " * 9_000,
        "কার্যবিবরণী " * 1_500,
    ],
)
def test_endless_repetitions_are_read_in_no_time(long):
    """Patterns that go back over what they have read would hang here."""
    item = "\t".join(["১", *(text + long for text in ITEMS[0].texts())])
    head, *rest = as_text(Paper()).split("ক্রম\t")
    for text in (
        f"{long}শেষ\n" * 30 + PAPER,
        PAPER + f"\n{long}শেষ" * 30,
        f"{head}\nক্রম\t" + "".join(rest).replace("১\tসেবা", f"{item}\n২\tসেবা"),
        as_blocks(Paper()).replace("আলোচনা: ", f"আলোচনা: {long}\n"),
        f"স্মারক নং-{long}৫\nসভার তারিখ: {long}৫\nসময়: {long}৫\nসভাপতি: {long}৫",
    ):
        opens_or_refuses(text)
