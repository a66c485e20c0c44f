"""What changed between two sendings: everything that did, and nothing that did not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangla.pieces import text_pieces
from reports.comparison import compare
from tests.reports.contents_of_reports import section, sections

Parts = list[dict]


def compared(old: Parts, new: Parts):
    return compare({"sections": old}, {"sections": new})


def test_same_content_has_no_changes() -> None:
    assert compared(sections(), sections()) == []


def test_changed_word_is_shown_among_the_words_that_stayed() -> None:
    new = sections()
    section(new, "introduction")["paragraphs"] = [
        "নাগরিক সেবা সহজ করতে এ বছর ইনোভেশন টিম এগারোটি উদ্যোগ নিয়েছে।"
    ]
    (change,) = compared(sections(), new)
    assert (change.key, change.kind, len(change.words)) == ("introduction", "changed", 1)
    (pieces,) = change.words
    assert [(piece.kind, piece.text.strip()) for piece in pieces if piece.kind != "same"] == [
        ("del", "বারোটি"),
        ("ins", "এগারোটি"),
    ]


def test_new_paragraph_leaves_its_neighbours_alone() -> None:
    new = sections()
    section(new, "meetings")["paragraphs"].insert(1, "দুটি সভা অনলাইনে হয়েছে।")
    (change,) = compared(sections(), new)
    assert change.words == (text_pieces("", "দুটি সভা অনলাইনে হয়েছে।"),)


def test_figure_says_before_and_after() -> None:
    new = sections()
    figures = section(new, "meetings")["figures"]
    figures[0]["text"] = "১১টি"
    del figures[1]
    (change,) = compared(sections(), new)
    assert [(one.label, one.before, one.after) for one in change.figures] == [
        ("অনুষ্ঠিত সভা", "১২টি", "১১টি"),
        ("সিদ্ধান্ত", "৪৮টি", ""),
    ]


def test_row_put_in_first_is_the_only_change_though_all_serials_move() -> None:
    new = sections()
    rows = section(new, "meetings")["tables"][0]["rows"]
    rows.insert(0, {"key": "meeting:9", "cells": ["১", "৩ জুলাই ২০২৫", "প্রথম সভা"]})
    for number, row in enumerate(rows):
        row["cells"][0] = "১২৩"[number]
    (change,) = compared(sections(), new)
    (table,) = change.tables
    assert [(row.kind, row.key) for row in table.rows] == [("added", "meeting:9")]


@pytest.mark.parametrize("kind", ["added", "removed", "changed"])
def test_row_of_a_plan_is_known_by_its_key(kind: str) -> None:
    old, new = sections(), sections()
    rows = section(new, "plan")["tables"][0]["groups"][0]["rows"]
    if kind == "changed":
        rows[1]["progress"] = "কাজ শেষ"
    elif kind == "removed":
        del rows[1]
    else:
        del section(old, "plan")["tables"][0]["groups"][0]["rows"][1]
    (change,) = compared(old, new)
    (row,) = change.tables[0].rows
    assert (row.kind, row.key) == (kind, "task:2")


def test_part_that_came_and_part_that_went_are_named() -> None:
    old, new = sections(), sections()
    del old[0]
    del new[1]
    changes = compared(old, new)
    assert [(change.key, change.kind) for change in changes] == [
        ("introduction", "added"),
        ("meetings", "removed"),
    ]


def test_picture_and_its_caption_are_compared() -> None:
    new = sections()
    pictures = section(new, "plan")["pictures"]
    pictures[0]["caption"] = "মেলার ছবি"
    pictures.append({"sha256": "b" * 64, "name": "ক.jpg", "caption": "নতুন"})
    (change,) = compared(sections(), new)
    assert change.pictures == (("changed", "মেলার ছবি"), ("added", "নতুন"))


words = st.text(alphabet="কখগ ঘঙ\n।", max_size=60)


@given(old=words, new=words)
def test_pieces_put_together_are_both_texts(old: str, new: str) -> None:
    pieces = text_pieces(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "ins") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "del") == new


def test_very_long_texts_are_shown_whole() -> None:
    old, new = "ক " * 5_000, "খ " * 5_000
    assert [piece.kind for piece in text_pieces(old, new)] == ["del", "ins"]


@given(
    kept=st.sets(st.sampled_from(["introduction", "meetings", "plan"])),
    other=st.sets(st.sampled_from(["introduction", "meetings", "plan"])),
)
def test_parts_of_both_sides_are_told_apart(kept: set[str], other: set[str]) -> None:
    old = [one for one in sections() if one["key"] in kept]
    new = [one for one in sections() if one["key"] in other]
    changes = {change.key: change.kind for change in compared(old, new)}
    assert changes == {
        **dict.fromkeys(kept - other, "removed"),
        **dict.fromkeys(other - kept, "added"),
    }
