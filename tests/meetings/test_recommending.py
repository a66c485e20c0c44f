"""A meeting recommends a proven initiative to the offices below it."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from ideas.actions import refuse_recommendation, withdraw_initiative
from ideas.enums import Answer
from ideas.models import Initiative, Recommendation
from meetings.actions import circulate_minutes, finalise_minutes, reopen_minutes, update_decision
from meetings.enums import IdeaEffect, MeetingStatus
from meetings.models import Decision, Meeting
from teams.transitions import WrongState
from tests.factories import Country, client_of, make_country
from tests.ideas.register import make_idea
from tests.ideas.spreading import make_initiative
from tests.meetings.rows import decided, make_meeting
from tests.pages import find, form_fields, texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def initiative(country: Country) -> Initiative:
    return make_initiative(country.elsewhere, by=country["elsewhere.head"])


def recommending(initiative: Initiative, *owed_by):
    words = decided(*owed_by, text="উদ্যোগটি উপজেলাগুলোতে নেওয়ার সুপারিশ করা হলো।")
    return replace(words, idea=initiative.idea, idea_effect=IdeaEffect.RECOMMEND)


@pytest.fixture
def meeting(country: Country, initiative: Initiative) -> Meeting:
    """The district's draft with the decision, given to the upazila and to an own post."""
    own = country.district.posts.first()
    return make_meeting(
        country.district,
        by=country["district.head"],
        decisions=[recommending(initiative, country.upazila, own)],
    )


def settle(meeting: Meeting, country: Country) -> None:
    meeting.refresh_from_db()
    finalise_minutes(
        meeting=meeting, by=country["district.head"], memo=None, issued_on=meeting.held_on
    )
    meeting.refresh_from_db()


def open_again(meeting: Meeting, country: Country) -> None:
    reopen_minutes(meeting=meeting, by=country["district.head"], reason="ভুল ছিল")
    meeting.refresh_from_db()


def asked() -> list[tuple[str, str]]:
    rows = Recommendation.objects.order_by("office__code")
    return [(row.office.code, row.answer) for row in rows]


# --- Settled and sent ------------------------------------------------------------------------
def send(meeting: Meeting, country: Country) -> None:
    if not meeting.is_held:
        settle(meeting, country)
    circulate_minutes(meeting=meeting, by=country["district.head"])
    meeting.refresh_from_db()


def test_sent_minutes_ask_the_offices_below_that_owe_the_decision(country, meeting):
    settle(meeting, country)
    assert asked() == []  # nobody below knows of the decision yet

    send(meeting, country)

    recommendation = Recommendation.objects.get()
    assert recommendation.office == country.upazila
    assert recommendation.made_for == country.district
    assert "নভেম্বর ২০২৬" in recommendation.reference
    # The decision itself is followed up as any other.
    assert meeting.decisions.get().assignments.count() == 2


def test_whoever_is_named_when_the_minutes_are_sent_is_asked(country, initiative, meeting):
    settle(meeting, country)
    open_again(meeting, country)
    decision = meeting.decisions.get()
    update_decision(
        decision=decision,
        version=decision.version,
        words=recommending(initiative, country.sibling),
        by=country["district.head"],
    )
    settle(meeting, country)

    send(meeting, country)

    assert asked() == [("sibling", Answer.WAITING)]


def test_another_meeting_asks_nobody_twice_and_keeps_answers(country, initiative, meeting):
    send(meeting, country)
    answered = Recommendation.objects.get()
    refuse_recommendation(recommendation=answered, reason="না", by=country["upazila.head"])
    make_meeting(
        country.district,
        by=country["district.head"],
        on=date(2026, 11, 20),
        kind="special",
        decisions=[
            replace(
                recommending(initiative, country.upazila, country.sibling),
                implementer_text=f"{country.upazila.name_bn}, {country.sibling.name_bn}",
            )
        ],
        status=MeetingStatus.CIRCULATED,
    )

    assert asked() == [("sibling", Answer.WAITING), ("upazila", Answer.REFUSED)]


def test_without_an_office_below_the_minutes_say_what_is_missing(country, initiative):
    own = country.district.posts.first()
    meeting = make_meeting(
        country.district,
        by=country["district.head"],
        decisions=[recommending(initiative, own)],
    )

    with pytest.raises(WrongState, match="অধীন দপ্তর"):
        settle(meeting, country)


def test_an_initiative_withdrawn_meanwhile_stops_the_minutes_with_a_sentence(
    country, initiative, meeting
):
    withdraw_initiative(initiative=initiative, by=country["elsewhere.head"])

    with pytest.raises(WrongState, match="প্রকাশিত উদ্যোগ নয়"):
        settle(meeting, country)
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.DRAFT


def test_an_initiative_withdrawn_before_the_sending_does_not_hold_the_minutes_up(
    country, initiative, meeting
):
    settle(meeting, country)
    withdraw_initiative(initiative=initiative, by=country["elsewhere.head"])

    send(meeting, country)

    assert meeting.status == MeetingStatus.CIRCULATED
    assert asked() == []


# --- Choosing it -----------------------------------------------------------------------------
@pytest.fixture
def decision(meeting: Meeting) -> Decision:
    return meeting.decisions.get()


@pytest.fixture
def writer(country: Country) -> Client:
    return client_of(country["district.member"])


def url_of(decision: Decision) -> str:
    return reverse("meetings:decision_update", args=[decision.pk])


def test_own_ideas_are_listed_first_then_initiatives_of_others(country, decision, writer):
    make_idea(country.district, by=country["district.head"], title="জেলার আইডিয়া")

    page = writer.get(url_of(decision))

    groups = find(page, "select[name='idea'] optgroup")
    assert [len(group.findall("option")) for group in groups] == [1, 1]
    assert texts_of(page, "select[name='idea'] optgroup")[0] == "জেলার আইডিয়া"


def test_an_office_without_offices_below_is_offered_nothing_to_recommend(country, initiative):
    head = country["upazila.head"]
    meeting = make_meeting(country.upazila, by=head, decisions=[decided()])

    page = client_of(head).get(url_of(meeting.decisions.get()))

    assert not find(page, "option[value='recommend'], [name='idea_words']")
    assert initiative.title not in page.content.decode()


def test_words_can_be_saved_though_the_initiative_was_withdrawn(
    country, initiative, decision, writer
):
    fields = form_fields(writer.get(url_of(decision)))
    withdraw_initiative(initiative=initiative, by=country["elsewhere.head"])

    script = {"X-Requested-With": "minutes"}
    answer = writer.post(url_of(decision), {**fields, "text": "নতুন কথা"}, headers=script)

    assert answer.status_code == 200
    decision.refresh_from_db()
    assert decision.text == "নতুন কথা"


def test_words_find_an_initiative_and_keep_what_was_typed(country, decision, writer):
    make_initiative(country.sibling, by=country["sibling.head"], title="দূরের গ্রামে চলমান ক্লিনিক")
    fields = form_fields(writer.get(url_of(decision)))

    page = writer.post(
        url_of(decision), {**fields, "text": "অর্ধেক লেখা", "idea_words": "ক্লিনিক", "find": "1"}
    )

    assert page.status_code == 200
    listed = texts_of(page, "select[name='idea'] optgroup option")
    # What was chosen stays; the other is found.
    assert any("ক্লিনিক" in text for text in listed)
    assert form_fields(page)["text"].strip() == "অর্ধেক লেখা"
    assert form_fields(page)["idea"] == str(decision.idea_id)
    decision.refresh_from_db()
    assert decision.text != "অর্ধেক লেখা"


@pytest.mark.parametrize("words", ["\x00", "ক" * 5_000, "%_'\""])
def test_odd_words_find_nothing_and_break_nothing(decision, writer, words):
    fields = form_fields(writer.get(url_of(decision)))

    sent = {**fields, "idea": "9" * 40, "idea_words": words, "find": "1"}
    assert writer.post(url_of(decision), sent).status_code == 200


@pytest.mark.parametrize("effect", ["", "approve"])
def test_the_idea_of_another_office_is_recommended_and_nothing_else(decision, writer, effect):
    fields = form_fields(writer.get(url_of(decision)))

    answer = writer.post(url_of(decision), {**fields, "idea_effect": effect})

    assert answer.status_code == 422


def test_an_own_idea_that_is_not_proven_is_not_recommended(country, decision, writer):
    idea = make_idea(country.district, by=country["district.head"])
    fields = form_fields(writer.get(url_of(decision)))

    answer = writer.post(url_of(decision), {**fields, "idea": str(idea.pk)})

    assert answer.status_code == 422


def test_an_unpublished_idea_of_another_office_cannot_be_named_at_all(country, decision, writer):
    idea = make_idea(country.sibling, by=country["sibling.head"], title="গোপন আইডিয়া")
    page = writer.get(url_of(decision))

    assert "গোপন আইডিয়া" not in page.content.decode()
    answer = writer.post(url_of(decision), {**form_fields(page), "idea": str(idea.pk)})
    assert answer.status_code == 422
    assert "গোপন আইডিয়া" not in answer.content.decode()


def test_the_list_has_as_many_options_as_one_can_read(country, decision, writer, monkeypatch):
    monkeypatch.setattr("meetings.idea_options.MOST_PROVEN", 1)
    make_initiative(country.sibling, by=country["sibling.head"], title="আরেকটি উদ্যোগ")

    listed = texts_of(writer.get(url_of(decision)), "select[name='idea'] optgroup option")

    # The newest, and the one that is chosen.
    assert len(listed) == 2
