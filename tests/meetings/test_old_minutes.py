"""What becomes of old minutes: where their words stand, and what final ones set going."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from bangla.pdf.check import squeeze
from duties.items import duty_items
from meetings.actions import (
    DecisionWords,
    add_decision,
    apply_minutes_import,
    circulate_minutes,
    complete_agenda,
    create_meeting,
    finalise_minutes,
    reopen_minutes,
    resume_decision,
    update_decision,
)
from meetings.documents import draw_document
from meetings.enums import DecisionStatus, DocumentKind, ItemKind, Presence
from meetings.models import AgendaItem, Assignment, Decision, Meeting
from meetings.statistics import figures_of
from teams.memo import parse_memo
from teams.models import MemoPrefix, Office, User
from tests.bangla_pdf.reading import page_texts
from tests.factories import RESPONSIBLE, Team, client_of, make_office, make_team
from tests.meetings.importers.build import HEAD, ITEMS, PLAIN, PLAIN_ITEMS, Item, as_text
from tests.meetings.old_papers import annex_of, paper_of, taken_in, waiting
from tests.meetings.rows import make_meeting, owed_of
from tests.pages import form_fields, texts_of
from workplans.periods import Period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

OCTOBER, NOVEMBER = date(2026, 10, 20), date(2026, 11, 10)
# One item whose implementer is a post of the team.
OURS = Item("সেবা ডেস্ক", "আলোচনা হলো।", "ডেস্ক চালু করতে হবে।", f"{RESPONSIBLE}, মেঘপুর।")


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def client(team: Team) -> Client:
    return client_of(team.head)


def settle(meeting: Meeting, *, by: User) -> Meeting:
    """Make it final with what it brought along."""
    memo = parse_memo(meeting.memo_number)
    finalise_minutes(meeting=meeting, by=by, memo=memo, issued_on=meeting.issued_on)
    meeting.refresh_from_db()
    return meeting


def titles_owed_by(person: User) -> list[str]:
    return [item.title for item in duty_items(person, today=date(2026, 11, 21))]


def shown_people(meeting: Meeting) -> list[tuple[str, ...]]:
    """The attendance: a member by the designation, a guest by name and further words."""
    return [
        (one.post.designation_bn,)
        if one.post
        else tuple(filter(None, (one.name, one.designation, one.office_name)))
        for one in meeting.attendance.select_related("post").order_by("post_id", "position")
    ]


# --- Where the words stand -------------------------------------------------------------------
@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("ইনোভেশন টিমের এপ্রিল, ২০২২ মাসের সভার কার্যবিবরণী।", "এপ্রিল ২০২২ মাসের সভা"),
        ("জেলা উদ্ভাবন কমিটির সভার কার্যবিবরণী", "জেলা উদ্ভাবন কমিটির সভা"),
        ("উদ্ভাবন কমিটির সভার কার্যবিবরণী ও সিদ্ধান্ত", "উদ্ভাবন কমিটির সভার কার্যবিবরণী ও সিদ্ধান্ত"),
    ],
)
def test_title_is_kept_only_when_it_is_unusual(team: Team, title: str, name: str) -> None:
    assert taken_in(team.office, paper_of(title=title)).name == name


@pytest.mark.parametrize(
    ("title", "month"),
    [
        ("উদ্ভাবন কমিটির মার্চ ২০২২ মাসের সভার কার্যবিবরণী", date(2022, 3, 1)),
        ("উদ্ভাবন কমিটির সভার কার্যবিবরণী", date(2022, 4, 1)),
        ("উদ্ভাবন কমিটির মার্চ ২০২১ মাসের সভার কার্যবিবরণী", date(2022, 4, 1)),
        ("মার্চ ২০২২ ও এপ্রিল ২০২২ মাসের সভার কার্যবিবরণী", date(2022, 4, 1)),
    ],
    ids=["held a month later", "no month", "far away", "two months"],
)
def test_meeting_belongs_to_the_month_of_its_title(team: Team, title: str, month: date) -> None:
    assert taken_in(team.office, paper_of(title=title)).month == month


def test_chair_who_held_a_post_that_day_is_that_post(team: Team) -> None:
    head = team.head.scope.main_post
    words = f"জনাব {team.head.name_bn}, {head.designation_bn}, মেঘপুর।"
    meeting = taken_in(team.office, paper_of(chair=words))
    assert (meeting.chair_post, meeting.chair_text) == (head, "")


def test_chair_named_by_the_post_alone_is_that_post(team: Team) -> None:
    head = team.head.scope.main_post
    meeting = taken_in(team.office, paper_of(chair=f"{head.designation_bn}, মেঘপুর।"))
    assert (meeting.chair_post, meeting.chair_text) == (head, "")


def test_chair_of_today_does_not_take_the_place_of_the_chair_of_then(team: Team) -> None:
    words = "জনাব অচেনা খাতুন, উপজেলা নির্বাহী অফিসার, মেঘপুর।"
    meeting = taken_in(team.office, paper_of(chair=words))
    assert (meeting.chair_post, meeting.chair_text) == (None, words)


def test_signature_below_the_letter_is_a_post_or_told(team: Team) -> None:
    officer = team.innovation_officer.scope.main_post
    theirs = (f"({team.innovation_officer.name_bn})", officer.designation_bn, "মেঘপুর।")
    known = taken_in(team.office, replace(PLAIN, officer_signature=theirs))
    assert known.issuer_post == officer
    unknown = taken_in(make_office("other", parent=team.office), PLAIN)
    assert unknown.issuer_post is None
    told = [doubt["reason"] for doubt in unknown.doubts if doubt["field"] == "signatories"]
    assert len(told) == 1
    assert "তানভীর-উল-হাসান, সহকারী কমিশনার" in told[0]


def test_people_of_the_annex_are_members_of_then_or_guests_by_name(team: Team) -> None:
    name, designation = team.member.name_bn, RESPONSIBLE
    people = annex_of(
        f"১. জনাব {name}, {designation}, মেঘপুর",
        f"২. {name}, উপসচিব, ঢাকা",
        f"৩. অচেনা খাতুন, {designation}, মেঘপুর",
        f"৪. {name}, {designation}, মেঘপুর",
    )
    kept = waiting(team.office, as_text(PLAIN) + people)
    meeting = apply_minutes_import(minutes_import=kept, by=None, follow=False)
    assert sorted(shown_people(meeting)) == sorted(
        [
            (designation,),
            (name, "উপসচিব", "ঢাকা"),
            ("অচেনা খাতুন", designation, "মেঘপুর"),
            (name, designation, "মেঘপুর"),  # named twice: a post sits once
        ]
    )
    assert set(meeting.attendance.values_list("presence", flat=True)) == {Presence.PRESENT}


def test_words_too_long_for_their_place_are_kept_whole_and_doubted(team: Team) -> None:
    long = " ".join(["দীর্ঘ বিষয়ের নাম"] * 30)
    paper = paper_of(items=[replace(PLAIN_ITEMS[0], topic=long)])
    place, copy = "কক্ষ " * 100, "সচিব " * 150
    facts = dict(paper.labels) | {"স্থান": place.strip()}
    paper = replace(paper, labels=tuple(facts.items()), copies=(f"০১. {copy.strip()}।",))
    meeting = taken_in(team.office, paper)
    item = meeting.items.get()
    assert len(item.topic) <= 300
    assert item.topic.endswith("…")
    assert item.discussion == f"{long}\n{PLAIN_ITEMS[0].discussion}"
    assert [doubt["field"] for doubt in item.doubts] == ["topic"]
    for field, words, shown in (
        ("place", place, meeting.place),
        ("copies", copy, meeting.copies.get().text),
    ):
        assert shown.endswith("…")
        assert any(d["field"] == field and words.strip() in d["reason"] for d in meeting.doubts)


def test_implementer_without_a_decision_stays_in_the_discussion(team: Team) -> None:
    meeting = taken_in(team.office, paper_of(items=[replace(PLAIN_ITEMS[0], decision="")]))
    item = meeting.items.get()
    assert item.discussion.endswith(f"বাস্তবায়নকারী: {PLAIN_ITEMS[0].implementer}")
    assert "implementer" in [doubt["field"] for doubt in item.doubts]
    assert not meeting.decisions.exists()


def test_due_time_of_its_own_column_becomes_that_of_the_decision(team: Team) -> None:
    head = ("ক্রম", "আলোচ্য বিষয়", "আলোচনা", "সিদ্ধান্ত", "বাস্তবায়নকারী", "সময়সীমা")
    row = ("১", *PLAIN_ITEMS[0].texts(), "১৫ মে ২০২২")
    above = as_text(paper_of(items=[])).partition("\t".join(HEAD))[0]
    table = "\n".join("\t".join(cells) for cells in (head, row))
    kept = waiting(team.office, above + table + "\n\n" + "\n".join(PLAIN.below()))
    meeting = apply_minutes_import(minutes_import=kept, by=None, follow=False)
    decision = meeting.decisions.get()
    assert (decision.due_text, decision.due_on) == ("১৫ মে ২০২২", date(2022, 5, 15))


@pytest.mark.parametrize(
    ("label", "field"), [("সময়", "time"), ("স্থান", "place"), ("সভাপতি", "chair")]
)
def test_missing_fact_is_asked_for_in_the_draft(team: Team, label: str, field: str) -> None:
    facts = tuple(pair for pair in PLAIN.labels if pair[0] != label)
    meeting = taken_in(team.office, replace(PLAIN, labels=facts))
    assert field in [doubt["field"] for doubt in meeting.doubts]
    # Nothing of the last meeting or of today is put in its place.
    given = {"place": meeting.place, "chair": meeting.chair_text or meeting.chair_post}
    assert not given.get(field)


def test_missing_paragraphs_are_told(team: Team) -> None:
    meeting = taken_in(team.office, replace(PLAIN, opening=(), closing=()))
    assert {"opening", "closing"} <= {doubt["field"] for doubt in meeting.doubts}


@pytest.mark.parametrize(
    ("memo", "kept"), [("স্মারক নং- উনিক/২০২২/৮৮", "উনিক/২০২২/৮৮"), ("", "")], ids=["unread", "none"]
)
def test_old_minutes_take_no_number_of_today(
    team: Team, client: Client, memo: str, kept: str
) -> None:
    MemoPrefix.objects.create(office=team.office, number="05.41.3300.009.14.001.25")
    meeting = taken_in(team.office, replace(PLAIN, memo=memo))
    assert meeting.memo_number == kept
    # The office's next number belongs to its next letter.
    assert form_fields(client.get(reverse("meetings:finalise", args=[meeting.pk])))["memo"] == ""


def test_agenda_is_that_of_the_paper(team: Team) -> None:
    """Neither when it comes in nor later does anything computed come on it."""
    decided = [DecisionWords(text="কাজ করতে হবে।")]
    make_meeting(team.office, by=team.head, on=date(2022, 3, 8), decisions=decided)
    before = Meeting.objects.get()
    meeting = taken_in(team.office, PLAIN, by=team.member)
    finalise_minutes(meeting=before, by=team.head, memo=None, issued_on=before.held_on)
    assert [item.kind for item in meeting.items.all()] == [ItemKind.OWN] * 2


# --- Made final ------------------------------------------------------------------------------
def test_final_minutes_print_every_word_of_the_paper(team: Team, client: Client) -> None:
    people = annex_of("১. অচেনা খাতুন, উপসচিব, ঢাকা")
    kept = waiting(team.office, as_text(replace(PLAIN, items=ITEMS)) + people)
    meeting = apply_minutes_import(minutes_import=kept, by=None, follow=False)
    url = reverse("meetings:finalise", args=[meeting.pk])
    form = form_fields(client.get(url))
    assert (form["memo"], form["issued_on"]) == (
        "০৫.৪৭.৩১০০.০১৯.০৬.০০৪.২০.৮৮",
        "২৭ এপ্রিল ২০২২",
    )
    client.post(url, form)
    version = meeting.versions.get()
    text = "".join(page_texts(draw_document(DocumentKind.MINUTES, version.content)))
    words = [
        PLAIN.title,
        *("জনাব রওশন আরা", "অতিরিক্ত জেলা প্রশাসক (সাধারণ)", "জেলা প্রশাসকের সভাকক্ষ, মেঘপুর"),
        *("২৬ এপ্রিল ২০২২", "০৫.৪৭.৩১০০.০১৯.০৬.০০৪.২০.৮৮", "২৭ এপ্রিল ২০২২"),
        *(*PLAIN.opening, *PLAIN.closing, "সচিব, পরিকল্পনা বিভাগ, ঢাকা।", "অচেনা খাতুন"),
        *(part for item in ITEMS for text in item.texts() for part in text.split("\n")),
    ]
    assert [one for one in words if squeeze(one) not in text] == []
    # Nothing that the paper does not say: who was absent, the how-manieth meeting it was.
    assert version.content["attendance"]["absent"] == []
    assert version.content["number"] == ""


def test_decisions_that_are_not_followed_chase_nobody(team: Team) -> None:
    meeting = settle(taken_in(team.office, paper_of(items=[OURS])), by=team.head)
    decision = meeting.decisions.get()
    assert (decision.status, decision.completed_by) == (DecisionStatus.DONE, team.head)
    assert "পুরোনো কার্যবিবরণী" in decision.reason
    assert not Assignment.objects.exists()
    assert not Decision.objects.followed().exists()
    register = client_of(team.member).get(reverse("meetings:decision_list"))
    assert "অনুসরণ করার মতো কোনো সিদ্ধান্ত নেই" in register.content.decode()
    assert OURS.decision not in titles_owed_by(team.member)


def test_decisions_to_be_followed_are_given_to_whom_they_name(team: Team) -> None:
    meeting = settle(
        taken_in(team.office, paper_of(OCTOBER, items=[OURS]), follow=True), by=team.head
    )
    assert [owed.post for owed in owed_of(meeting)] == [team.member.scope.main_post]
    assert OURS.decision in titles_owed_by(team.member)


def test_old_decisions_changed_and_added_before_they_are_final_chase_nobody(team: Team) -> None:
    """A paper's one cell of decisions parted into two, as the page invites to."""
    meeting = taken_in(team.office, paper_of(items=[OURS]))
    [decision] = meeting.decisions.all()
    words = DecisionWords(text="ডেস্ক চালু করতে হবে।", implementer_text=RESPONSIBLE)
    update_decision(decision=decision, version=decision.version, words=words, by=team.head)
    add_decision(item=decision.item, words=replace(words, text="লোক দিতে হবে।"), by=team.head)
    settle(meeting, by=team.head)
    assert set(meeting.decisions.values_list("status", flat=True)) == {DecisionStatus.DONE}
    assert not Assignment.objects.exists()


def test_old_minutes_opened_and_settled_again_chase_nobody(team: Team) -> None:
    meeting = settle(taken_in(team.office, paper_of(items=[OURS])), by=team.head)
    reopen_minutes(meeting=meeting, by=team.head, reason="একটি বানান")
    meeting.refresh_from_db()
    item = meeting.items.get()
    more = DecisionWords(text="আরেকটি কাজ।", implementer_text=RESPONSIBLE)
    add_decision(item=item, words=more, by=team.head)
    settle(meeting, by=team.head)
    circulate_minutes(meeting=meeting, by=team.head)
    assert set(meeting.decisions.values_list("status", flat=True)) == {DecisionStatus.DONE}
    assert not Assignment.objects.exists()


def test_old_decision_taken_up_again_is_given_out_and_stays_so(team: Team) -> None:
    meeting = settle(taken_in(team.office, paper_of(items=[OURS])), by=team.head)
    decision = meeting.decisions.get()
    resume_decision(decision=decision, by=team.head, reason="এখনো হয়নি")
    assert OURS.decision in titles_owed_by(team.member)
    reopen_minutes(meeting=meeting, by=team.head, reason="একটি বানান")
    meeting.refresh_from_db()
    settle(meeting, by=team.head)
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.OPEN
    assert [owed.post for owed in owed_of(meeting)] == [team.member.scope.main_post]


def test_old_minutes_leave_nothing_on_the_agenda_under_way(team: Team) -> None:
    silent = Item("না-বলা বিষয়", "", "", "")
    meeting = taken_in(team.office, paper_of(items=[silent, OURS]))
    current = create_meeting(office=team.office, month=NOVEMBER, by=team.head)
    settle(meeting, by=team.head)
    complete_agenda(current, by=team.head)
    kinds = set(current.items.values_list("kind", flat=True))
    assert not kinds & {ItemKind.CONFIRMATION, ItemKind.FOLLOW_UP, ItemKind.OWN}
    assert not AgendaItem.objects.left_over().exists()


def test_followed_minutes_are_asked_after_and_confirmed_at_the_next_meeting(team: Team) -> None:
    current = create_meeting(office=team.office, month=NOVEMBER, by=team.head)
    settle(taken_in(team.office, paper_of(OCTOBER, items=[OURS]), follow=True), by=team.head)
    kinds = set(current.items.values_list("kind", flat=True))
    assert {ItemKind.CONFIRMATION, ItemKind.FOLLOW_UP} <= kinds


@pytest.mark.parametrize(
    ("follow", "said"),
    [(False, "কাউকে তাগিদ দেওয়া হবে না"), (True, "বাস্তবায়নকারীদের করণীয়তে উঠবে")],
)
def test_last_look_says_what_becomes_of_old_decisions(
    team: Team, client: Client, follow: bool, said: str
) -> None:
    silent = Item("না-বলা বিষয়", "", "", "")
    meeting = taken_in(team.office, paper_of(items=[silent, *PLAIN_ITEMS]), follow=follow)
    page = client.get(reverse("meetings:finalise", args=[meeting.pk]))
    alerts = " ".join(texts_of(page, ".alert"))
    assert said in alerts
    # Nobody is marked absent, nothing comes back, and who is named matters only when followed.
    assert "অনুপস্থিত" not in alerts
    assert "পরের সভায় ফিরে আসবে" not in alerts
    assert ("চেনা যায়নি" in alerts) is follow


def test_old_decisions_do_not_count_as_slowly_carried_out(team: Team) -> None:
    settle(taken_in(team.office, paper_of(items=[OURS])), by=team.head)
    year = Period.fiscal_year_of(date(2022, 4, 26))
    offices = Office.objects.filter(pk=team.office.pk)
    figures = figures_of(offices, Meeting.objects.held(), year, today=date(2026, 11, 21))
    assert (figures[team.office.pk].done, figures[team.office.pk].time_taken) == (1, None)
