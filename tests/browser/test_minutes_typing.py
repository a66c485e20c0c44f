"""Typing minutes during a meeting: several people, a bad line, no scripts; no word is lost."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from meetings.actions import add_item, add_phrase
from meetings.enums import FollowUpOutcome, ItemKind, MeetingStatus, PhrasePlace, Presence
from meetings.models import AgendaItem, Decision, Meeting
from teams.models import AuditEntry, User
from tests.browser.house import Upazila, make_full_meeting
from tests.browser.support import (
    Minutes,
    NewPage,
    Troubles,
    close_tab,
    crash,
    end_sessions,
    fill_log_in,
    log_in,
    lose_answer,
    reconnect,
    wait_until_kept,
)
from tests.browser.test_every_page import faults_of
from tests.meetings.rows import DECIDED, decided, make_meeting

pytestmark = pytest.mark.browser

MINE = "উপজেলার ওয়েবসাইটে সেবার তালিকা হালনাগাদ করার কথা হয়।"
THEIRS = "দুইটি ইউনিয়নে অনলাইন আবেদন শুরু হয়েছে বলে জানানো হয়।"
ORDER = "এক মাসের মধ্যে সব সেবার ফরম ওয়েবসাইটে তুলতে হবে"
MEMO = "০৫.৪১.৩৩৮৬.০০১.০৬.০০৪.২৬.৩১"
# Breaks of lines, conjuncts of three letters, both joiners, and letters with two encodings.
LONG = "\n".join(
    (
        "র‍্যাবের কর্মশালায় স্বাস্থ্য, শ্রদ্ধা ও আকাঙ্ক্ষা নিয়ে দীর্ঘ আলোচনা হয়।",
        "উদ্‌যাপন কমিটি লক্ষ্মীপুরের দৃষ্টান্ত তুলে ধরে; ঊর্ধ্বতন কর্তৃপক্ষ সন্তুষ্ট।",
        unicodedata.normalize("NFD", "বাড়ি বাড়ি গিয়ে গাঢ় সবুজ ও হলুদ কার্ড দেওয়া হয়েছে।"),
        "সভাপতি “উদ্ভাবনী উদ্যোগ” <দ্রুত> & সহজে বাস্তবায়নের ওপর জোর দেন। " * 40,
    )
).strip()


@pytest.fixture
def meeting(upazila: Upazila) -> Meeting:
    """A draft with two topics; the first has a discussion and a decision."""
    member = upazila.member.scope.main_post
    meeting = make_meeting(upazila.office, by=upazila.officer, decisions=[decided(member)])
    add_item(meeting=meeting, topic="প্রশিক্ষণ", by=upazila.officer)
    return meeting


@pytest.fixture
def decided_item(meeting: Meeting) -> AgendaItem:
    return meeting.items.get(topic="সেবা সহজীকরণ")


@pytest.fixture
def bare_item(meeting: Meeting) -> AgendaItem:
    return meeting.items.get(topic="প্রশিক্ষণ")


@pytest.fixture
def page(new_page: NewPage, upazila: Upazila) -> Page:
    """The innovation officer, logged in."""
    page = new_page()
    log_in(page, upazila.officer)
    return page


@pytest.fixture
def minutes(page: Page, meeting: Meeting) -> Minutes:
    """The draft, open before the innovation officer."""
    minutes = Minutes(page)
    minutes.open(meeting)
    return minutes


@pytest.fixture
def others(new_page: NewPage, upazila: Upazila, meeting: Meeting) -> Minutes:
    """The same draft, open before a member of the team at another desk."""
    page = new_page()
    log_in(page, upazila.member)
    minutes = Minutes(page)
    minutes.open(meeting)
    return minutes


def discussion_of(item: AgendaItem) -> str:
    item.refresh_from_db()
    return item.discussion


def decision_texts(item: AgendaItem) -> list[str]:
    return [decision.text for decision in item.decisions.kept().order_by("position")]


# --- Two people ----------------------------------------------------------------------------
def test_words_of_two_people_on_different_items_both_arrive(
    minutes: Minutes, others: Minutes, decided_item: AgendaItem, bare_item: AgendaItem
) -> None:
    minutes.discuss(bare_item, MINE)
    others.discuss(decided_item, THEIRS)
    minutes.expect_saved()
    others.expect_saved()
    assert (discussion_of(bare_item), discussion_of(decided_item)) == (MINE, THEIRS)


def test_texts_of_two_people_on_one_item_are_shown_and_both_kept(
    minutes: Minutes, others: Minutes, bare_item: AgendaItem, troubles: Troubles
) -> None:
    troubles.expect("409")
    others.discuss(bare_item, THEIRS)
    others.expect_saved()
    minutes.discuss(bare_item, MINE)
    for words in (MINE, THEIRS):
        expect(minutes.conflict.locator("p.words").filter(has_text=words)).to_be_visible()
    assert discussion_of(bare_item) == THEIRS

    expect(minutes.conflict.get_by_role("radio", name="দুটোই রাখুন")).to_be_checked()
    minutes.settle()
    expect(minutes.discussion(bare_item)).to_have_value(f"{THEIRS}\n{MINE}")
    assert discussion_of(bare_item) == f"{THEIRS}\n{MINE}"


def test_question_about_two_texts_outlives_a_broken_line(
    minutes: Minutes, others: Minutes, page: Page, bare_item: AgendaItem, troubles: Troubles
) -> None:
    troubles.expect("409", "ERR_INTERNET_DISCONNECTED")
    others.discuss(bare_item, THEIRS)
    others.expect_saved()
    minutes.discuss(bare_item, MINE)
    expect(minutes.conflict).to_be_visible()
    page.context.set_offline(True)
    minutes.conflict.get_by_role("button", name="বাছাই করা লেখা রাখুন").click()
    expect(minutes.conflict.get_by_role("alert")).to_contain_text("সংযোগ নেই")
    page.context.set_offline(False)
    minutes.settle()
    expect(minutes.discussion(bare_item)).to_have_value(f"{THEIRS}\n{MINE}")
    assert discussion_of(bare_item) == f"{THEIRS}\n{MINE}"


def test_texts_of_two_people_in_one_decision_are_settled_field_by_field(
    minutes: Minutes, others: Minutes, decided_item: AgendaItem, troubles: Troubles
) -> None:
    troubles.expect("409")
    for desk, words in ((others, THEIRS), (minutes, MINE)):
        desk.decision_text(decided_item).fill(words)
        desk.implementer(decided_item).fill(f"বাস্তবায়নকারী: {words}")
        desk.leave()
        if desk is others:
            desk.expect_saved()
    text = minutes.conflict.get_by_role("group", name="সিদ্ধান্ত")
    text.get_by_role("radio", name="আপনার লেখা").check()
    minutes.conflict.get_by_role("group", name="বাস্তবায়নকারী").get_by_role("radio").last.check()
    minutes.settle()
    expect(minutes.decision_text(decided_item)).to_have_value(MINE)
    decision = decided_item.decisions.get()
    assert (decision.text, decision.implementer_text) == (MINE, f"বাস্তবায়নকারী: {THEIRS}")


def test_decision_struck_out_while_another_writes_in_it_comes_back_with_the_words(
    minutes: Minutes, others: Minutes, decided_item: AgendaItem, troubles: Troubles
) -> None:
    troubles.expect("409")
    others.decisions(decided_item).get_by_role("button", name="তুলে নিন").click()
    expect(others.decisions(decided_item)).to_have_count(0)
    assert decision_texts(decided_item) == []

    minutes.decision_text(decided_item).fill(MINE)
    minutes.leave()
    expect(minutes.conflict).to_contain_text("আরেকজন তুলে নিয়েছেন")
    minutes.settle()
    expect(minutes.decision_text(decided_item)).to_have_value(MINE)
    assert decision_texts(decided_item) == [MINE]


def test_decision_struck_out_is_brought_back_by_its_toast(
    minutes: Minutes, page: Page, decided_item: AgendaItem
) -> None:
    minutes.decisions(decided_item).get_by_role("button", name="তুলে নিন").click()
    expect(minutes.decisions(decided_item)).to_have_count(0)
    page.get_by_role("button", name="ফিরিয়ে নিন").click()
    expect(minutes.decision_text(decided_item)).to_have_value(DECIDED)
    assert decision_texts(decided_item) == [DECIDED]


def test_answers_of_two_people_about_an_earlier_decision_are_settled(
    new_page: NewPage, upazila: Upazila, troubles: Troubles
) -> None:
    """The note is the same; what differs is until when there is time."""
    troubles.expect("409")
    meeting = make_full_meeting(upazila)
    item = meeting.items.get(kind=ItemKind.FOLLOW_UP)
    followed = Decision.objects.followed().get(text=DECIDED)
    desks = []
    for person in (upazila.member, upazila.officer):
        page = new_page()
        log_in(page, person)
        desks.append(Minutes(page))
        desks[-1].open(meeting)
    for minutes, last_day in zip(desks, ("১ ডিসেম্বর ২০২৬", "৭ ডিসেম্বর ২০২৬"), strict=True):
        box = minutes.choose(item).locator(f"#follow-{followed.pk}")
        box.get_by_label("সভার কথা").select_option(str(FollowUpOutcome.EXTENDED.label))
        box.get_by_label("নতুন শেষ তারিখ").fill(last_day)
        minutes.leave()
        if minutes is desks[0]:
            minutes.expect_saved()
    days = minutes.conflict.get_by_role("group", name="নতুন শেষ তারিখ")
    expect(days).to_contain_text("১ ডিসেম্বর ২০২৬")
    expect(days).to_contain_text("৭ ডিসেম্বর ২০২৬")
    days.get_by_role("radio", name=upazila.member.name_bn).check()
    minutes.settle()
    expect(box.get_by_label("নতুন শেষ তারিখ")).to_have_value("১ ডিসেম্বর ২০২৬")
    assert followed.follow_ups.get(meeting=meeting).new_due_on == date(2026, 12, 1)


# --- Decisions -----------------------------------------------------------------------------
def test_new_decisions_are_made_once_while_one_types_on(
    minutes: Minutes, page: Page, bare_item: AgendaItem
) -> None:
    """The form moves into the list under one's fingers; what is typed next goes on in it."""
    minutes.new_decision(bare_item).get_by_role("textbox", name="সিদ্ধান্ত").fill(ORDER)
    expect(minutes.decisions(bare_item)).to_have_count(1)
    expect(minutes.decision_text(bare_item)).to_be_focused()
    page.keyboard.type(" এবং জানাতে হবে")
    minutes.expect_saved()
    new = minutes.new_decision(bare_item).get_by_role("textbox", name="সিদ্ধান্ত")
    expect(new).to_be_empty()
    new.fill(MINE)
    minutes.leave()
    expect(minutes.decisions(bare_item)).to_have_count(2)
    minutes.expect_saved()
    page.reload()
    expect(minutes.decisions(bare_item)).to_have_count(2)
    assert decision_texts(bare_item) == [f"{ORDER} এবং জানাতে হবে", MINE]


def test_implementers_are_picked_while_the_decision_is_being_made(
    minutes: Minutes, upazila: Upazila, page: Page, bare_item: AgendaItem
) -> None:
    """The list opens, the words are saved meanwhile, and the ticks still find their decision."""
    member = upazila.member.scope.main_post
    form = minutes.new_decision(bare_item)
    form.get_by_role("textbox", name="সিদ্ধান্ত").fill(ORDER)
    form.get_by_role("button", name="বাস্তবায়নকারী বাছুন").click()
    expect(minutes.decisions(bare_item)).to_have_count(1)
    minutes.picker.get_by_role("checkbox", name=member.designation_bn).check()
    minutes.picker.get_by_role("button", name="ঠিক আছে").click()
    expect(minutes.implementer(bare_item)).to_have_value(member.designation_bn)
    minutes.expect_saved()
    page.reload()
    minutes.expect_chips(bare_item, member.designation_bn)
    decision = bare_item.decisions.get()
    assert [one.post for one in decision.implementers.all()] == [member]


def test_implementer_follows_the_words_typed_anew(
    minutes: Minutes, upazila: Upazila, decided_item: AgendaItem
) -> None:
    """The work goes to whom the paper names, not to whom it named before."""
    head = upazila.head.scope.main_post
    minutes.expect_chips(decided_item, upazila.member.scope.main_post.designation_bn)
    minutes.implementer(decided_item).fill(f"{head.designation_bn}, শ্রীপুর")
    minutes.expect_saved()
    minutes.expect_chips(decided_item, head.designation_bn)
    decision = decided_item.decisions.get()
    assert [one.post for one in decision.implementers.all()] == [head]


def test_sentence_in_common_use_goes_where_the_cursor_stood(
    page: Page, meeting: Meeting, bare_item: AgendaItem, upazila: Upazila
) -> None:
    words = "বিস্তারিত আলোচনা হয়।"
    add_phrase(office=upazila.office, place=PhrasePlace.DISCUSSION, text=words, by=upazila.head)
    minutes = Minutes(page)
    minutes.open(meeting)
    minutes.discuss(bare_item, f"{MINE} {THEIRS}")
    box = minutes.discussion(bare_item)
    box.evaluate("(box, at) => box.setSelectionRange(at, at)", len(MINE))
    minutes.box(bare_item).get_by_text("প্রচলিত বাক্য").first.click()
    minutes.box(bare_item).get_by_role("button", name=words).click()
    expect(box).to_have_value(f"{MINE} {words} {THEIRS}")
    minutes.expect_saved()
    assert discussion_of(bare_item) == f"{MINE} {words} {THEIRS}"


def test_decision_left_without_words_is_marked_until_it_has_some(
    minutes: Minutes, decided_item: AgendaItem, troubles: Troubles
) -> None:
    """What is saved elsewhere meanwhile does not make the page say that all is well."""
    troubles.expect("422")
    minutes.decision_text(decided_item).fill("")
    minutes.leave()
    expect(minutes.status).to_have_text("লাল ঘরটি ঠিক করুন")
    expect(minutes.decisions(decided_item)).to_contain_text("সিদ্ধান্তটি লিখুন।")
    minutes.discussion(decided_item).fill(MINE)
    with minutes.page.expect_response("**/items/*/update/"):
        minutes.leave()
    expect(minutes.status).to_have_text("লাল ঘরটি ঠিক করুন")
    minutes.decision_text(decided_item).fill(ORDER)
    minutes.expect_saved()
    expect(minutes.decisions(decided_item)).not_to_contain_text("সিদ্ধান্তটি লিখুন।")
    assert (discussion_of(decided_item), decision_texts(decided_item)) == (MINE, [ORDER])


def test_agenda_is_arranged_and_the_words_just_typed_arrive(
    minutes: Minutes, page: Page, meeting: Meeting, decided_item: AgendaItem, bare_item: AgendaItem
) -> None:
    agenda = page.locator("[data-agenda]").get_by_role("listitem")
    minutes.discuss(bare_item, MINE)
    minutes.choose_tool(bare_item, "ওপরে নিন")
    expect(agenda).to_contain_text([bare_item.topic, decided_item.topic])
    expect(minutes.discussion(bare_item)).to_have_value(MINE)
    minutes.choose_tool(decided_item, "পরের সভায় নিন")
    expect(agenda).to_contain_text([bare_item.topic])
    page.get_by_text("সরানো বিষয় ১টি").click()
    page.get_by_role("button", name="ফিরিয়ে আনুন").click()
    expect(agenda).to_have_count(2)
    page.get_by_label("নতুন আলোচ্য বিষয়").fill("পাইলট প্রকল্প")
    page.get_by_role("button", name="যোগ করুন", exact=True).click()
    expect(agenda.last).to_contain_text("পাইলট প্রকল্প")
    # At the edge of the window a browser scrolls while one drags.
    page.evaluate("scrollTo(0, 0)")
    agenda.last.drag_to(agenda.first, target_position={"x": 20, "y": 2})
    expect(agenda.first).to_contain_text("পাইলট প্রকল্প")
    assert discussion_of(bare_item) == MINE


# --- A bad line ----------------------------------------------------------------------------
def test_words_typed_through_two_minutes_without_a_line_all_arrive(
    page: Page,
    meeting: Meeting,
    decided_item: AgendaItem,
    bare_item: AgendaItem,
    troubles: Troubles,
) -> None:
    troubles.expect("ERR_INTERNET_DISCONNECTED")
    page.clock.install()
    minutes = Minutes(page)
    minutes.open(meeting)
    page.context.set_offline(True)
    minutes.discuss(decided_item, MINE)
    minutes.decision_text(decided_item).fill(ORDER)
    page.clock.fast_forward("01:00")
    expect(minutes.status).to_contain_text("সংযোগ নেই; লেখা এই যন্ত্রে রাখা আছে")
    minutes.discuss(bare_item, THEIRS)
    new = minutes.new_decision(bare_item).get_by_role("textbox", name="সিদ্ধান্ত")
    new.fill("এক")
    page.clock.fast_forward("00:30")
    new.fill(MINE)
    page.clock.fast_forward("00:30")
    assert (discussion_of(bare_item), decision_texts(bare_item)) == ("", [])

    page.context.set_offline(False)
    expect(minutes.decisions(bare_item)).to_have_count(1)
    page.clock.fast_forward("00:10")
    minutes.expect_saved()
    expect(minutes.decision_text(bare_item)).to_have_value(MINE)
    page.reload()
    expect(minutes.discussion(bare_item)).to_have_value(THEIRS)
    assert (discussion_of(decided_item), decision_texts(decided_item)) == (MINE, [ORDER])
    assert (discussion_of(bare_item), decision_texts(bare_item)) == (THEIRS, [MINE])


def test_words_in_a_tab_closed_without_a_line_come_back(
    minutes: Minutes, page: Page, meeting: Meeting, bare_item: AgendaItem, troubles: Troubles
) -> None:
    troubles.expect("ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    minutes.discuss(bare_item, MINE)
    minutes.new_decision(bare_item).get_by_role("textbox", name="সিদ্ধান্ত").fill(ORDER)
    assert (discussion_of(bare_item), decision_texts(bare_item)) == ("", [])
    close_tab(page, ORDER)

    page.context.set_offline(False)
    again = Minutes(page.context.new_page())
    again.open(meeting)
    again.expect_saved()
    again.choose(bare_item)
    expect(again.discussion(bare_item)).to_have_value(MINE)
    expect(again.decision_text(bare_item)).to_have_value(ORDER)
    again.expect_saved()
    assert (discussion_of(bare_item), decision_texts(bare_item)) == (MINE, [ORDER])


def test_decision_whose_answer_was_lost_is_made_once_with_all_words(
    minutes: Minutes, page: Page, bare_item: AgendaItem, troubles: Troubles
) -> None:
    troubles.expect("ERR_FAILED", "ERR_INTERNET_DISCONNECTED")
    page.route("**/decisions/create/", lose_answer, times=1)
    new = minutes.new_decision(bare_item).get_by_role("textbox", name="সিদ্ধান্ত")
    new.fill(ORDER)
    expect(minutes.status).to_contain_text("সংযোগ নেই")
    new.fill(f"{ORDER} ও জানাতে হবে")
    reconnect(page)
    expect(minutes.decision_text(bare_item)).to_have_value(f"{ORDER} ও জানাতে হবে")
    minutes.expect_saved()
    assert decision_texts(bare_item) == [f"{ORDER} ও জানাতে হবে"]


def test_decision_whose_answer_was_lost_is_made_once_by_a_reopened_tab(
    minutes: Minutes, page: Page, meeting: Meeting, bare_item: AgendaItem, troubles: Troubles
) -> None:
    troubles.expect("ERR_FAILED")
    page.route("**/decisions/create/", lose_answer, times=1)
    new = minutes.new_decision(bare_item).get_by_role("textbox", name="সিদ্ধান্ত")
    new.fill(ORDER)
    expect(minutes.status).to_contain_text("সংযোগ নেই")
    new.fill(f"{ORDER} ও জানাতে হবে")
    assert decision_texts(bare_item) == [ORDER]
    close_tab(page, f"{ORDER} ও জানাতে হবে")

    again = Minutes(page.context.new_page())
    again.open(meeting)
    again.expect_saved()
    again.choose(bare_item)
    expect(again.decision_text(bare_item)).to_have_value(f"{ORDER} ও জানাতে হবে")
    again.expect_saved()
    assert decision_texts(bare_item) == [f"{ORDER} ও জানাতে হবে"]


def test_decision_sent_by_a_tab_that_died_is_made_once(
    minutes: Minutes, page: Page, meeting: Meeting, bare_item: AgendaItem, troubles: Troubles
) -> None:
    """The words left, the answer found nobody; what was sent is remembered all the same."""
    troubles.expect("ERR_FAILED")
    page.route("**/decisions/create/", lose_answer, times=1)
    minutes.new_decision(bare_item).get_by_role("textbox", name="সিদ্ধান্ত").fill(ORDER)
    wait_until_kept(page, ORDER)
    with page.expect_event("requestfailed"):
        minutes.leave()
    crash(page)

    again = Minutes(page.context.new_page())
    again.open(meeting)
    again.expect_saved()
    again.choose(bare_item)
    expect(again.decisions(bare_item)).to_have_count(1)
    assert decision_texts(bare_item) == [ORDER]


def test_words_whose_answer_was_lost_are_not_in_conflict_with_themselves(
    minutes: Minutes, page: Page, bare_item: AgendaItem, troubles: Troubles
) -> None:
    troubles.expect("ERR_FAILED", "ERR_INTERNET_DISCONNECTED")
    page.route("**/items/*/update/", lose_answer, times=1)
    minutes.discuss(bare_item, MINE)
    expect(minutes.status).to_contain_text("সংযোগ নেই")
    minutes.discussion(bare_item).fill(f"{MINE} {THEIRS}")
    reconnect(page)
    minutes.expect_saved()
    expect(minutes.conflict).to_be_hidden()
    assert discussion_of(bare_item) == f"{MINE} {THEIRS}"


def test_typing_goes_on_after_a_log_in_in_another_tab(
    minutes: Minutes, page: Page, upazila: Upazila, bare_item: AgendaItem, troubles: Troubles
) -> None:
    troubles.expect("401")
    end_sessions()
    minutes.discuss(bare_item, MINE)
    bar = page.get_by_role("alert").filter(has_text="লগ-ইনের মেয়াদ শেষ হয়েছে")
    with page.expect_popup() as popup:
        bar.get_by_role("link", name="আবার লগ-ইন করুন").click()
    minutes.discussion(bare_item).fill(f"{MINE} {THEIRS}")
    fill_log_in(popup.value, upazila.officer)
    expect(popup.value.get_by_role("heading", level=1, name="আমার করণীয়")).to_be_visible()
    # Its scripts tell this tab of the log-in.
    popup.value.wait_for_load_state()
    popup.value.close()

    page.bring_to_front()
    minutes.expect_saved()
    expect(bar).to_be_hidden()
    assert discussion_of(bare_item) == f"{MINE} {THEIRS}"


def test_minutes_are_settled_with_the_words_just_typed_or_not_at_all(
    minutes: Minutes, page: Page, meeting: Meeting, bare_item: AgendaItem, troubles: Troubles
) -> None:
    """The button waits for the words; without a line it stays on the page, where they stand."""
    troubles.expect("ERR_INTERNET_DISCONNECTED")
    finalise = page.get_by_role("link", name="চূড়ান্ত করুন")
    minutes.discuss(bare_item, MINE)
    finalise.click()
    expect(page.get_by_role("heading", level=1, name="কার্যবিবরণী চূড়ান্ত করুন")).to_be_visible()
    assert discussion_of(bare_item) == MINE

    minutes.open(meeting)
    page.context.set_offline(True)
    minutes.discuss(bare_item, THEIRS)
    with page.expect_event("requestfailed"):
        finalise.click()
    expect(minutes.status).to_contain_text("সংযোগ নেই")
    page.context.set_offline(False)
    minutes.expect_saved()
    assert discussion_of(bare_item) == THEIRS


def test_long_text_with_joiners_and_conjuncts_arrives_unchanged(
    minutes: Minutes, page: Page, bare_item: AgendaItem
) -> None:
    minutes.discuss(bare_item, LONG)
    minutes.new_decision(bare_item).get_by_role("textbox", name="সিদ্ধান্ত").fill(LONG)
    minutes.leave()
    expect(minutes.decisions(bare_item)).to_have_count(1)
    minutes.expect_saved()
    page.reload()
    as_kept = unicodedata.normalize("NFC", LONG)
    expect(minutes.discussion(bare_item)).to_have_value(as_kept)
    assert (discussion_of(bare_item), decision_texts(bare_item)) == (as_kept, [as_kept])


# --- Attendance ----------------------------------------------------------------------------
def tap(page: Page, person: User, presence: Presence) -> None:
    seat = page.get_by_role("group", name=person.name_bn)
    seat.get_by_text(str(presence.label), exact=True).click()


def presences(meeting: Meeting) -> dict[str, str]:
    """What was tapped, by the name of who held the post."""
    rows = meeting.attendance.members().select_related("post")
    return {row.post.holder.name_bn: row.presence for row in rows}


def test_attendance_is_taken_by_two_people_at_once(
    minutes: Minutes, others: Minutes, page: Page, meeting: Meeting, upazila: Upazila
) -> None:
    desks = (page, others.page)
    for desk in desks:
        desk.get_by_role("link", name="উপস্থিতি").click()
    for desk, person, presence in (
        (desks[0], upazila.head, Presence.PRESENT),
        (desks[1], upazila.officer, Presence.ONLINE),
        (desks[0], upazila.member, Presence.ABSENT),
        (desks[1], upazila.member, Presence.PRESENT),
    ):
        with desk.expect_response("**/attendance/"):
            tap(desk, person, presence)
    assert presences(meeting) == {
        upazila.head.name_bn: Presence.PRESENT,
        upazila.officer.name_bn: Presence.ONLINE,
        upazila.member.name_bn: Presence.PRESENT,
    }
    desks[0].get_by_role("link", name="লেখায় ফিরুন").click()
    expect(page.get_by_role("link", name="উপস্থিতি ৩/৩")).to_be_visible()


def test_attendance_tapped_without_a_line_arrives_when_it_is_back(
    minutes: Minutes, page: Page, meeting: Meeting, upazila: Upazila, troubles: Troubles
) -> None:
    troubles.expect("ERR_INTERNET_DISCONNECTED")
    page.get_by_role("link", name="উপস্থিতি").click()
    page.context.set_offline(True)
    tap(page, upazila.head, Presence.PRESENT)
    expect(minutes.status).to_contain_text("সংযোগ নেই")
    tap(page, upazila.member, Presence.REPRESENTED)
    seat = page.get_by_role("group", name=upazila.member.name_bn)
    seat.get_by_label("প্রতিনিধির নাম").fill("শিউলি খাতুন")
    tap(page, upazila.head, Presence.ONLINE)
    assert presences(meeting) == {}

    page.context.set_offline(False)
    minutes.expect_saved()
    assert presences(meeting) == {
        upazila.head.name_bn: Presence.ONLINE,
        upazila.member.name_bn: Presence.REPRESENTED,
    }
    assert meeting.attendance.get(name="শিউলি খাতুন").presence == Presence.REPRESENTED


# --- Settling ------------------------------------------------------------------------------
def open_finalise(page: Page) -> Locator:
    """From the page of the draft to the button that settles it."""
    page.get_by_role("link", name="চূড়ান্ত করুন").click()
    page.get_by_label("স্মারক নম্বর").fill(MEMO)
    return page.get_by_role("button", name="চূড়ান্ত করুন")


def assert_settled_once(meeting: Meeting) -> None:
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.FINALISED
    assert meeting.versions.count() == 1
    assert AuditEntry.objects.filter(action="meeting.finalise").count() == 1


def test_finalise_pressed_twice_settles_once(
    minutes: Minutes, page: Page, meeting: Meeting
) -> None:
    open_finalise(page).dblclick()
    expect(page.get_by_role("link", name="জারি করুন")).to_be_visible()
    assert_settled_once(meeting)


def test_finalise_pressed_by_two_people_settles_once(
    minutes: Minutes, new_page: NewPage, page: Page, meeting: Meeting, upazila: Upazila
) -> None:
    head = new_page()
    log_in(head, upazila.head)
    Minutes(head).open(meeting)
    for button in [open_finalise(page), open_finalise(head)]:
        button.click()
    expect(page.get_by_role("status").filter(has_text="চূড়ান্ত হয়েছে")).to_be_visible()
    expect(head.get_by_role("main")).to_contain_text("আগেই চূড়ান্ত করা হয়েছে")
    assert_settled_once(meeting)


# --- Without scripts -----------------------------------------------------------------------
def test_minutes_are_written_without_scripts(
    new_page: NewPage, meeting: Meeting, upazila: Upazila
) -> None:
    page = new_page(java_script_enabled=False)
    log_in(page, upazila.officer)
    minutes = Minutes(page)
    minutes.open(meeting)
    page.get_by_label("নতুন আলোচ্য বিষয়").fill("পাইলট প্রকল্প")
    page.get_by_role("button", name="যোগ করুন", exact=True).click()
    item = meeting.items.get(topic="পাইলট প্রকল্প")

    minutes.discussion(item).fill(MINE)
    minutes.box(item).get_by_role("button", name="সংরক্ষণ করুন").first.click()
    expect(page.get_by_role("status").filter(has_text="সংরক্ষিত হয়েছে")).to_be_visible()
    expect(minutes.discussion(item)).to_have_value(MINE)
    new = minutes.new_decision(item)
    new.get_by_role("textbox", name="সিদ্ধান্ত").fill(ORDER)
    new.get_by_role("button", name="সংরক্ষণ করুন").click()
    expect(minutes.decision_text(item)).to_have_value(ORDER)

    minutes.decisions(item).get_by_role("link", name="যুক্ত করুন").click()
    post = upazila.member.scope.main_post
    page.get_by_label(post.designation_bn).check()
    page.get_by_label("শেষ তারিখ").fill("৩০/১১/২০২৬")
    page.get_by_role("button", name="সংরক্ষণ করুন").click()
    minutes.expect_chips(item, post.designation_bn)

    page.get_by_role("link", name="উপস্থিতি").click()
    tap(page, upazila.head, Presence.PRESENT)
    tap(page, upazila.member, Presence.ABSENT)
    page.get_by_role("button", name="উপস্থিতি সংরক্ষণ করুন").click()
    expect(page.get_by_role("link", name="উপস্থিতি ১/৩")).to_be_visible()

    open_finalise(page).click()
    expect(page.get_by_role("row").filter(has_text=ORDER)).to_contain_text(post.designation_bn)
    assert_settled_once(meeting)
    decision = Decision.objects.get(text=ORDER)
    assert [given.post for given in decision.assignments.all()] == [post]


# --- Every size ----------------------------------------------------------------------------
def test_pages_of_a_full_meeting_fit_a_phone_and_can_be_used(
    new_page: NewPage, upazila: Upazila
) -> None:
    meeting = make_full_meeting(upazila)
    page = new_page()
    log_in(page, upazila.officer)
    minutes = Minutes(page)
    minutes.open(meeting)
    assert {item.kind for item in meeting.items.all()} == set(ItemKind)
    faults = []
    for item in meeting.items.open():
        minutes.new_decision(item)
        faults += [f"{item.kind}: {fault}" for fault in faults_of(page)]
    for name in ("attendance", "minutes", "finalise", "update"):
        address = reverse(f"meetings:{name}", args=[meeting.pk])
        page.goto(address)
        faults += [f"{address}: {fault}" for fault in faults_of(page)]
    for name in ("list", "decision_list"):
        address = reverse(f"meetings:{name}")
        page.goto(address)
        faults += [f"{address}: {fault}" for fault in faults_of(page)]
    assert not faults, "\n".join(faults)
