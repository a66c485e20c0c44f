"""Looking back: whoever remembers a word finds the meeting, however the word is typed."""

from datetime import date
from itertools import pairwise
from unicodedata import category, combining

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db import connection, models
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from meetings.actions import (
    DecisionWords,
    add_item,
    remove_decision,
    reopen_minutes,
    set_item_state,
    update_item,
    write_follow_up,
)
from meetings.enums import Confirmation, FollowUpOutcome, ItemKind, ItemState, MeetingStatus
from meetings.models import EntryKind, Meeting, SearchEntry
from meetings.search import index_minutes, search_minutes, snippet
from meetings.search.index import make_index
from meetings.search.snippets import ELLIPSIS
from meetings.search.words import search_key, search_terms
from teams.enums import TEAM_ROLES
from teams.memo import Memo, MemoGrammar
from teams.models import User
from tests.factories import Country, Team, make_country, make_team
from tests.meetings.minutes_rows import many_minutes, minutes
from tests.meetings.rows import take_meeting_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

JOINER, NON_JOINER = "\u200d", "\u200c"
# The canonical combining class of হসন্ত.
VIRAMA = 9


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def country() -> Country:
    return make_country()


def found(user: User, words: str, **limits: object) -> list[Meeting]:
    """The meetings found, the best first."""
    return [hit.meeting for hit in search_minutes(user, words, **limits)]


def assert_index_is_in_step() -> None:
    """SQLite compares its index with the table; on PostgreSQL they cannot part."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO meetings_searchindex (meetings_searchindex, rank) "
                "VALUES ('integrity-check', 1)"
            )


# --- Words, however they are typed ---------------------------------------------------------
@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("নির্ধারিত সময়ে শুনানি", "সম\u09df"),
        ("নির্ধারিত সম\u09dfে শুনানি", "সময়ে"),
        ("পুকুরের পাড় বাঁধাই", "পা\u09dc"),
        ("গাঢ় কালিতে লেখা", "গা\u09dd"),
        ("সবুজ র\u200d্যাক বসানো", "র্যাক"),
        ("সবুজ র্যাক বসানো", "র\u200d্যাক"),
        ("উদ\u09cd\u200cযাপন কমিটি", "উদ্যাপন"),
        ("কোষ গঠন", "ক\u09c7\u09beষ"),
        ("মোট ৩২টি সেবা", "32টি"),
        ("মোট 32টি সেবা", "৩২টি"),
        ("৩,৫০০ জন", "3,500"),
        ("Google Form চালু", "gOOGLE fORM"),
        ("জুলাই–ডিসেম্বর মেয়াদ", "জুলাই-ডিসেম্বর"),
        ("দু’টি কক্ষ", "দু'টি"),
        ("‘সেবা সপ্তাহ’ পালন", '"সেবা সপ্তাহ পালন"'),
        ("কর্মপরিকল্পনা চূড়ান্ত", "পরিকল্প"),
        ("  কর্মপরিকল্পনা\u00a0 চূড়ান্ত", " চূড়ান্ত  কর্মপরিকল্পনা "),
    ],
)
def test_word_is_found_however_it_is_typed(team: Team, stored: str, typed: str) -> None:
    meeting = minutes(team.office, by=team.head, discussion=stored)
    minutes(team.office, by=team.head, discussion="অন্য প্রসঙ্গ")
    assert found(team.member, typed) == [meeting]


@pytest.mark.parametrize("typed", ["ঘি", "৭", "ঘি বিতরণের", "ঘি ৭", '"ঘি"'])
def test_words_too_short_for_the_index_are_found(team: Team, typed: str) -> None:
    meeting = minutes(
        team.office, by=team.head, topic="ঘি বিতরণের আবেদন", discussion="মোট ৭টি আবেদন আসে।"
    )
    minutes(team.office, by=team.head, topic="বিতরণের নীতি", discussion="কিছু আসেনি।")
    assert found(team.member, typed) == [meeting]


def test_words_between_quotation_marks_stand_together_and_whole(team: Team) -> None:
    meeting = minutes(team.office, by=team.head, discussion="ফরম এক পাতায় নামানো হলো।")
    for typed in ('"এক পাতায়"', "“এক পাতায়” ফরম", '"পাতায় নামানো হলো"', '"এক পাতা', "পাতা এক"):
        assert found(team.member, typed) == [meeting], typed
    for typed in ('"পাতায় এক"', '"এক পাতা"', '"ফরম পাতায়"'):
        assert found(team.member, typed) == [], typed


@pytest.mark.parametrize(
    "typed",
    [
        "_", "%", "৫০%", "শত_রা", "শতক%গতি", "শত*", "শতকরা NOT অগ্রগতি", "শতকরা OR বাজেট",
        "folded:শতকরা", "^শতকরা", "NEAR(শতকরা অগ্রগতি)", "{শতকরা}", "\\", "\\%", "'; --", "(", '"',
        '""', "শতকরা\x00", " ", "",
    ],
)  # fmt: skip
def test_signs_have_no_meaning_of_their_own(team: Team, typed: str) -> None:
    minutes(team.office, by=team.head, discussion="শতকরা ৫০ ভাগ অগ্রগতি হয়েছে।")
    expected = 1 if typed == "শতকরা\x00" else 0  # nobody can see that sign
    assert len(found(team.member, typed)) == expected


def test_signs_are_found_as_they_stand(team: Team) -> None:
    meeting = minutes(team.office, by=team.head, discussion="অগ্রগতি ৫০% (গত_মাসে *৪০*)")
    for typed in ("৫০%", "%", "50 %", "গত_মাসে", "*40*", "(গত", ")"):
        assert found(team.member, typed) == [meeting], typed


@pytest.mark.parametrize(
    "typed", ["০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৬.১৮৩", "05.41.3300", "৩৩০০.০১২", "007.26.183", "১৮৩"]
)
def test_memo_number_or_a_part_of_it_finds_its_meeting(team: Team, typed: str) -> None:
    memo = Memo(MemoGrammar.EIGHTEEN, "05.41.3300.012.14.007.26", 183)
    meeting = minutes(team.office, by=team.head, memo=memo)
    minutes(team.office, by=team.head)
    assert found(team.member, typed) == [meeting]


def test_long_paste_is_searched_by_its_first_words(team: Team) -> None:
    meeting = minutes(team.office, by=team.head, discussion="এক দুই তিন চার")
    assert found(team.member, "এক দুই তিন চার " * 500) == [meeting]
    assert found(team.member, " ".join(f"শব্দ{n}" for n in range(500))) == []


# --- Which parts of the minutes ------------------------------------------------------------
def test_every_part_of_the_minutes_is_found(team: Team) -> None:
    meeting = minutes(
        team.office,
        by=team.head,
        topic="লাইব্রেরি সংস্কার",
        discussion="ছাদ চুঁইয়ে পানি পড়ে।",
        decisions=[
            DecisionWords(
                text="ছাউনি বদলাতে হবে।",
                implementer_text="ভাণ্ডার রক্ষক",
                due_text="২৪ ডিসেম্বর ২০২৬",
            )
        ],
        place="শাপলা কক্ষ",
        opening="কোরাম পূর্ণ হওয়ায় কাজ শুরু হয়।",
        closing="আপ্যায়নের পর সভা ভাঙে।",
    )
    parts = {
        "লাইব্রেরি": EntryKind.TOPIC,
        "চুঁইয়ে": EntryKind.DISCUSSION,
        "ছাউনি": EntryKind.DECISION,
        "ভাণ্ডার": EntryKind.DECISION,
        "24 ডিসেম্বর": EntryKind.DECISION,
        "শাপলা": EntryKind.HEAD,
        "নভেম্বর ২০২৬ মাসের": EntryKind.HEAD,
        "kaliganj": EntryKind.HEAD,
        "কোরাম": EntryKind.DISCUSSION,
        "আপ্যায়ন": EntryKind.DISCUSSION,
    }
    for words, kind in parts.items():
        [hit] = search_minutes(team.member, words)
        assert (hit.meeting, hit.entries[0].entry.kind) == (meeting, kind), words


def test_chair_of_the_day_is_found(team: Team) -> None:
    head = team.head.scope.main_post
    meeting = minutes(team.office, by=team.head, chair_post=head)
    assert found(team.member, team.head.name_bn) == [meeting]
    assert found(team.member, head.designation_bn) == [meeting]


def test_what_was_said_of_an_earlier_decision_is_found_in_the_later_minutes(team: Team) -> None:
    words = DecisionWords(text="ছাউনি বদলাতে হবে।")
    first = minutes(team.office, by=team.head, decisions=[words], on=date(2026, 10, 6))
    later = minutes(team.office, by=team.head, status=MeetingStatus.DRAFT)
    write_follow_up(
        meeting=later,
        decision=first.decisions.get(),
        version=0,
        note="কাঠমিস্ত্রি পাওয়া যায়নি।",
        outcome=FollowUpOutcome.CONTINUE,
        new_due_on=None,
        by=team.member,
    )
    assert found(team.member, "কাঠমিস্ত্রি") == []
    take_meeting_to(later, MeetingStatus.FINALISED, by=team.head)
    assert found(team.member, "কাঠমিস্ত্রি") == [later]


def test_correction_is_found_in_the_minutes_that_made_it(team: Team) -> None:
    minutes(team.office, by=team.head, on=date(2026, 10, 6), status=MeetingStatus.CIRCULATED)
    later = minutes(team.office, by=team.head, status=MeetingStatus.DRAFT)
    item = later.items.get(kind=ItemKind.CONFIRMATION)
    words = {"confirmation": Confirmation.CORRECTED, "correction": "‘৫ টি’ স্থলে ‘৭ টি’ হবে।"}
    update_item(item=item, version=item.version, fields=words, by=team.member)
    take_meeting_to(later, MeetingStatus.FINALISED, by=team.head)
    assert found(team.member, '"৫ টি স্থলে ৭ টি"') == [later]


def test_what_was_struck_out_or_put_off_is_not_found(team: Team) -> None:
    decisions = [DecisionWords(text="ছাউনি বদলাতে হবে।"), DecisionWords(text="জানালা মেরামত করতে হবে।")]
    draft = minutes(team.office, by=team.head, decisions=decisions, status=MeetingStatus.DRAFT)
    put_off = add_item(meeting=draft, topic="জেনারেটর কেনা", by=team.head)
    set_item_state(item=put_off, state=ItemState.POSTPONED, by=team.head)
    remove_decision(decision=draft.decisions.get(position=2), by=team.head)
    take_meeting_to(draft, MeetingStatus.FINALISED, by=team.head)
    assert [found(team.member, word) for word in ("ছাউনি", "জানালা", "জেনারেটর")] == [[draft], [], []]


# --- Order and limits ----------------------------------------------------------------------
def test_words_in_one_place_come_before_words_apart(team: Team) -> None:
    def meeting(day: int, **parts: object) -> Meeting:
        return minutes(team.office, by=team.head, on=date(2026, 10, day), **parts)

    decided = meeting(
        1,
        topic="বিবিধ",
        decisions=[DecisionWords(text="ডিজিটাল নথি খুলতে হবে।")],
        discussion="কথা হয়।",
    )
    discussed = meeting(2, topic="বিবিধ", discussion="ডিজিটাল নথি নিয়ে কথা হয়।")
    partly = meeting(3, topic="বিবিধ", discussion="ডিজিটাল নথিপত্র নিয়ে কথা হয়।")
    apart = meeting(4, topic="নথি", discussion="ডিজিটাল সেবা নিয়ে কথা হয়।")
    meeting(5, topic="নথি", discussion="পুরোনো কাগজ নিয়ে কথা হয়।")
    assert found(team.member, "নথি ডিজিটাল") == [decided, discussed, partly, apart]


def test_newer_meeting_comes_first_among_equals(team: Team) -> None:
    days = [date(2026, 10, 3), date(2026, 9, 8), date(2026, 10, 20)]
    meetings = [minutes(team.office, by=team.head, topic="নথি ভাগ", on=day) for day in days]
    assert found(team.member, "নথি") == [meetings[2], meetings[0], meetings[1]]


def test_meeting_is_shown_once_with_its_best_places_first(team: Team) -> None:
    texts = ["নথিপত্র গুছাতে হবে।", "নথি খুলতে হবে।", "নথিভুক্ত করতে হবে।"]
    minutes(
        team.office,
        by=team.head,
        topic="বিবিধ",
        discussion="নথি নিয়ে কথা হয়।",
        decisions=[DecisionWords(text=text) for text in texts],
    )
    [hit] = search_minutes(team.member, "নথি")
    assert [shown.entry.text for shown in hit.entries] == [texts[1], texts[0], texts[2]]
    assert hit.more == 1
    assert hit.entries[0].pieces == [(True, "নথি"), (False, " খুলতে হবে।")]


def test_hit_leads_to_its_place(team: Team) -> None:
    words = DecisionWords(text="ছাউনি বদলাতে হবে।")
    meeting = minutes(team.office, by=team.head, topic="সংস্কার", decisions=[words])
    places = {
        "ছাউনি": meeting.decisions.get(),
        "সংস্কার": meeting.items.get(topic="সংস্কার"),
        "সম্মেলন কক্ষ": meeting,
    }
    for typed, place in places.items():
        [hit] = search_minutes(team.member, typed)
        assert hit.entries[0].entry.get_absolute_url() == place.get_absolute_url()


def test_search_can_be_limited(country: Country) -> None:
    head = country["upazila.head"]
    old = minutes(country.upazila, by=head, topic="নথি", on=date(2026, 8, 5))
    new = minutes(country.upazila, by=head, discussion="নথি খোলা হয়।", on=date(2026, 10, 5))
    theirs = minutes(
        country.district, by=country["district.head"], topic="নথি", on=date(2026, 9, 5)
    )
    sent = {"status": MeetingStatus.CIRCULATED}
    sibling = minutes(
        country.sibling, by=country["sibling.head"], topic="নথি", on=date(2026, 9, 9), **sent
    )
    reader = country["district.member"]
    assert found(reader, "নথি") == [sibling, theirs]
    assert found(reader, "নথি", office=country.sibling) == [sibling]
    assert found(reader, "নথি", office=country.upazila) == []
    own = country["upazila.member"]
    assert found(own, "নথি", kind=EntryKind.TOPIC) == [old]
    assert found(own, "নথি", kind=EntryKind.DECISION) == []
    assert found(own, "নথি", since=date(2026, 8, 6)) == [new]
    assert found(own, "নথি", until=date(2026, 8, 5)) == [old]
    assert found(own, "নথি", since=date(2026, 8, 5), until=date(2026, 10, 5)) == [old, new]


# --- Who finds what ------------------------------------------------------------------------
OWN = {"upazila.head", "upazila.innovation_officer", "upazila.member"}
ABOVE = {f"{office}.{role}" for office in ("district", "division") for role in TEAM_ROLES}


@pytest.mark.parametrize(
    ("status", "finders"),
    [
        (MeetingStatus.DRAFT, set()),
        (MeetingStatus.CANCELLED, set()),
        (MeetingStatus.FINALISED, OWN),
        (MeetingStatus.CIRCULATED, OWN | ABOVE | {"reviewer"}),
    ],
)
def test_minutes_are_found_by_those_who_may_read_them(
    country: Country, status: MeetingStatus, finders: set[str]
) -> None:
    minutes(country.upazila, by=country["upazila.head"], topic="নথি", status=status)
    assert {name for name, one in country.people.items() if found(one, "নথি")} == finders
    assert found(AnonymousUser(), "নথি") == []


def test_reopened_minutes_are_found_again_only_as_they_are_settled_anew(team: Team) -> None:
    meeting = minutes(team.office, by=team.head, topic="নথি", discussion="ভুল কথা লেখা হয়।")
    reopen_minutes(meeting=meeting, by=team.head, reason="বানান ভুল")
    assert found(team.member, "নথি") == []
    assert_index_is_in_step()
    item = meeting.items.get(topic="নথি")
    update_item(item=item, version=item.version, fields={"discussion": "ঠিক কথা"}, by=team.head)
    meeting.refresh_from_db()
    take_meeting_to(meeting, MeetingStatus.FINALISED, by=team.head)
    assert found(team.member, "ঠিক কথা") == [meeting]
    assert found(team.member, "ভুল") == []
    [hit] = search_minutes(team.member, "নথি")
    assert (len(hit.entries), hit.more) == (1, 0)


def test_draft_is_not_found_even_if_it_was_indexed(team: Team) -> None:
    draft = minutes(team.office, by=team.head, topic="নথি", status=MeetingStatus.DRAFT)
    index_minutes(draft)
    assert found(team.member, "নথি") == []


def test_minutes_indexed_twice_are_found_once(team: Team) -> None:
    meeting = minutes(team.office, by=team.head, topic="নথি", discussion="নথি খোলা হয়।")
    index_minutes(meeting)
    [hit] = search_minutes(team.member, "নথি")
    assert (len(hit.entries), hit.more) == (2, 0)


# --- What is shown of a hit ----------------------------------------------------------------
def marked(text: str, words: str) -> str:
    """The snippet with its hits in brackets."""
    return "".join(f"[{words}]" if is_hit else words for is_hit, words in snippet(text, words))


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("ফরম এক পাতায় নামানো হলো।", "পাতা", "ফরম এক [পাতা]য় নামানো হলো।"),
        ("ফরম এক পাতায় নামানো হলো।", "এক হলো", "ফরম [এক] পাতায় নামানো [হলো]।"),
        ("নথি, নথিপত্র ও নথিভুক্তি", "নথি", "[নথি], [নথি]পত্র ও [নথি]ভুক্তি"),
        ("মোট ৩২টি সেবা", "32", "মোট [৩২]টি সেবা"),
        ("সময়ে শুনানি", "সম\u09df", "[সময়ে] শুনানি"),
        (f"সবুজ র{JOINER}্যাক বসানো", "র্যাক", f"সবুজ [র{JOINER}্যাক] বসানো"),
        ("দক্ষতা উন্নয়ন", "দক", "[দক্ষ]তা উন্নয়ন"),
        ("শিক্ষা", "কষ", "শিক্ষা"),
        ("প্রথম সারি\nদ্বিতীয় সারি", '"সারি দ্বিতীয়"', "প্রথম [সারি\nদ্বিতীয়] সারি"),
        ("জুলাই – ডিসেম্বর", "জুলাই-ডিসেম্বর", "[জুলাই – ডিসেম্বর]"),
        ("Google FORM চালু", "form", "Google [FORM] চালু"),
        ("৫০% (আনুমানিক)", "% (", "৫০[%] [(]আনুমানিক)"),
        ("কিছু নেই", "অন্য", "কিছু নেই"),
        ("", "অন্য", ""),
    ],
)
def test_hit_is_marked_in_the_text_as_it_was_written(text: str, words: str, shown: str) -> None:
    assert marked(text, words) == shown


def test_long_text_is_cut_between_words_around_the_first_hits() -> None:
    filling = "আলোচনা চলে " * 60
    text = f"{filling}প্রথম নথি {filling}শেষ ফরম {filling}নথি {filling}".strip()
    shown = marked(text, "নথি ফরম")
    assert shown.count("[নথি]") == shown.count("[ফরম]") == 1
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "প্রথম [নথি] আলোচনা" in shown
    assert shown.count(" … ") == 1
    assert set(shown.replace("…", " ").split()) <= {
        *filling.split(),
        "প্রথম",
        "[নথি]",
        "শেষ",
        "[ফরম]",
    }


def test_text_without_a_blank_is_cut_between_syllables() -> None:
    text = "ক্ষ্মী" * 100 + "নথি" + "ন্ত্র্য" * 100
    [(_, before), (is_hit, hit), (_, after)] = [
        piece for piece in snippet(text, "নথি") if piece[1] != "…"
    ]
    assert (is_hit, hit) == (True, "নথি")
    assert before == "ক্ষ্মী" * (len(before) // len("ক্ষ্মী"))
    assert after == "ন্ত্র্য" * (len(after) // len("ন্ত্র্য"))
    assert before
    assert after


# What joins, splits or disappears in folding, and letters for it to happen to.
TEXTS = st.text(
    'কষরযড\u09dc\u09df\u09bcিে\u09be\u09cbঁ\u09cd৫5aÉe\u0301ß \n\u00a0\u200b।,-–‘"'
    + JOINER
    + NON_JOINER
)


@given(TEXTS, st.integers(0, 20), st.integers(1, 20))
def test_whatever_is_found_is_marked(text: str, start: int, length: int) -> None:
    words = text[start : start + length]
    is_found = any(term in search_key(text) for term in search_terms(words))
    assert any(is_hit for is_hit, _piece in snippet(text, words)) == is_found


@given(TEXTS, st.integers(0, 20), st.integers(1, 20))
def test_no_syllable_is_divided(text: str, start: int, length: int) -> None:
    pieces = [piece for _is_hit, piece in snippet(text, text[start : start + length])]
    assert "".join(pieces) == text or ELLIPSIS in pieces
    for before, after in pairwise(piece for piece in pieces if piece != ELLIPSIS):
        last = before.rstrip(JOINER + NON_JOINER)[-1:]
        assert before[-1].isspace() or category(after[0])[0] != "M"
        assert combining(last or " ") != VIRAMA or category(after[0]) != "Lo"


# --- At size -------------------------------------------------------------------------------
RARE = f"র{JOINER}্যাবের গাঢ় বেড়া ৭৩১টি Kiosk, ভাঙা সময়সীমা"
COMMON = "প্রশিক্ষণ"


class TenThousandMinutesTests(TestCase):
    """An office has sent ten thousand minutes up; one of them holds rare words."""

    @classmethod
    def setUpTestData(cls) -> None:
        country = make_country()
        head = country["upazila.head"]
        cls.hidden = many_minutes(country.upazila, 10_000, by=head, hidden={4321: RARE})[4321]
        cls.reader = country["reviewer"]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # as the server does by itself

    def test_rare_word_is_found_in_each_of_its_spellings(self) -> None:
        spellings = (
            "র্যাবের", f"র{JOINER}্যাব", "গা\u09dd", "গাঢ়", "বে\u09dcা", "বেড়া", "৭৩১", "731টি",
            "kiosk", "KIOSK,", "সম\u09dfসীমা", "সময়সীমা", '"গাঢ় বেড়া"', "ঙা ঢ় র্যা",
        )  # fmt: skip
        for typed in spellings:
            assert found(self.reader, typed) == [self.hidden], typed

    def test_index_answers(self) -> None:
        by_index = {
            "sqlite": "SCAN meetings_searchindex VIRTUAL TABLE INDEX",
            "postgresql": "Bitmap Index Scan on meetings_searchentry_trigrams",
        }
        for typed in ("গাঢ়", "গাঢ় বেড়া", '"গাঢ় বেড়া"', f"{COMMON} গাঢ়", "গাঢ় ৭"):
            plan = search_minutes(self.reader, typed).ranked().explain()
            assert by_index[connection.vendor] in plan, typed
            assert "Seq Scan on meetings_searchentry" not in plan
            assert "SCAN meetings_searchentry" not in plan

    def test_as_many_queries_for_one_hit_as_for_thousands(self) -> None:
        asked = []
        assert self.reader.scope.posts  # asked for once a request
        for typed in ("গাঢ়", COMMON, f"{COMMON} কর্মশালা সেবা"):
            with CaptureQueriesContext(connection) as queries:
                page = Paginator(search_minutes(self.reader, typed), 20).get_page(1)
                for hit in page:
                    assert hit.meeting.office.name_bn
                    assert all(shown.pieces for shown in hit.entries)
            asked.append(len(queries))
        assert page.paginator.count > 1000
        assert asked == [3, 3, 3]

    def test_pages_hold_every_meeting_once(self) -> None:
        paginator = Paginator(search_minutes(self.reader, COMMON), 500)
        pages = [hit.meeting.pk for page in paginator for hit in page]
        assert len(pages) == len(set(pages)) == paginator.count
        told = Meeting.objects.filter(
            models.Q(items__topic__contains=COMMON)
            | models.Q(items__discussion__contains=COMMON)
            | models.Q(decisions__text__contains=COMMON)
        )
        assert set(pages) == set(told.values_list("pk", flat=True))


def test_search_without_words_finds_nothing_and_asks_nothing(
    team: Team, django_assert_num_queries
) -> None:
    minutes(team.office, by=team.head)
    nothing = search_minutes(team.member, ' “ ” " ')
    with django_assert_num_queries(0):
        assert list(Paginator(nothing, 20).get_page(1)) == []


# --- The index through changes of the table ------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_index_is_mended_after_the_table_was_made_anew(team: Team) -> None:
    """SQLite makes a table anew to change it, and drops what hung on it."""
    before = minutes(team.office, by=team.head, topic="নথি আগে")
    weight = models.IntegerField(default=1)
    weight.set_attributes_from_name("weight")
    with connection.schema_editor() as editor:
        editor.add_field(SearchEntry, weight)
        editor.remove_field(SearchEntry, weight)
    meanwhile = minutes(team.office, by=team.head, topic="নথি মাঝে")
    with connection.schema_editor() as editor:
        make_index(None, editor)
    after = minutes(team.office, by=team.head, topic="নথি পরে")
    assert found(team.member, "নথি") == [after, meanwhile, before]
    assert_index_is_in_step()
    reopen_minutes(meeting=before, by=team.head, reason="বানান ভুল")
    reopen_minutes(meeting=meanwhile, by=team.head, reason="বানান ভুল")
    assert found(team.member, "নথি") == [after]
