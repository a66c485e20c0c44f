"""What typed words come to: due dates without a year, names on paper, the language of records."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from meetings.actions import update_meeting, write_follow_up
from meetings.enums import Confirmation, FollowUpOutcome, ItemKind, MeetingKind
from meetings.forms.calling import head_words
from meetings.models import Meeting
from teams.enums import GroupKind
from teams.models import PostGroup
from teams.transitions import WrongState
from tests.factories import Country, Team, client_of, make_country, make_team
from tests.meetings.rows import decided, make_meeting, take_meeting_to
from tests.pages import texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

OCTOBER, NOVEMBER = date(2026, 10, 11), date(2026, 11, 10)


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def country() -> Country:
    return make_country()


# --- Due dates -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("held_on", "typed", "due_on"),
    [
        (date(2026, 12, 10), "১৫ জানুয়ারি", date(2027, 1, 15)),
        (date(2026, 12, 10), "৩১ ডিসেম্বর", date(2026, 12, 31)),
        (date(2026, 12, 10), "১৫ জানুয়ারি ২০২৬", date(2026, 1, 15)),
        (date(2026, 12, 10), "১০ ডিসেম্বর", date(2026, 12, 10)),
        (date(2026, 12, 10), "আগামী সভার আগে", None),
        (date(2026, 12, 10), "", None),
    ],
)
def test_due_date_without_a_year_is_the_next_such_day(
    team: Team, held_on: date, typed: str, due_on: date | None
) -> None:
    meeting = make_meeting(team.office, by=team.head, on=held_on, decisions=[decided(due=typed)])
    decision = meeting.decisions.get()
    assert (decision.due_on, decision.due_text) == (due_on, typed)


def test_time_is_not_extended_into_the_past(team: Team) -> None:
    october = make_meeting(
        team.office, by=team.head, on=OCTOBER, decisions=[decided()], status="finalised"
    )
    november = make_meeting(team.office, by=team.head, on=NOVEMBER)
    with pytest.raises(WrongState, match="১৫ ডিসেম্বর ২০২৫"):
        write_follow_up(
            meeting=november,
            decision=october.decisions.get(),
            version=0,
            note="",
            outcome=FollowUpOutcome.EXTENDED,
            new_due_on=date(2025, 12, 15),
            by=team.head,
        )
    assert not november.follow_ups.exists()


# --- Names on paper ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("", "অক্টোবর ২০২৬ মাসের বিশেষ সভার কার্যবিবরণী"),
        ("উদ্ভাবন মেলার প্রস্তুতি", "উদ্ভাবন মেলার প্রস্তুতি-এর কার্যবিবরণী"),
    ],
)
def test_opening_names_the_special_meeting_it_confirms(team: Team, title: str, named: str) -> None:
    special = make_meeting(team.office, by=team.head, on=OCTOBER, kind=MeetingKind.SPECIAL)
    head = {name: words for name, words in head_words(special).items() if hasattr(special, name)}
    special = update_meeting(
        meeting=special,
        version=special.version,
        fields={**head, "title": title},
        copies=(),
        by=team.head,
    )
    take_meeting_to(special, "circulated", by=team.head)
    november = make_meeting(team.office, by=team.head, on=NOVEMBER)
    november.items.filter(kind=ItemKind.CONFIRMATION).update(confirmation=Confirmation.CONFIRMED)
    take_meeting_to(november, "finalised", by=team.head)
    assert named in november.versions.get().content["opening"]


def test_minutes_without_a_chair_are_pointed_out(team: Team) -> None:
    meeting = make_meeting(team.office, by=team.head)
    url = reverse("meetings:finalise", args=[meeting.pk])
    client = client_of(team.head)
    assert not [text for text in texts_of(client.get(url), ".alert li") if "সভাপতি" in text]
    Meeting.objects.filter(pk=meeting.pk).update(chair_post=None)
    assert [text for text in texts_of(client.get(url), ".alert li") if "সভাপতি" in text]


# --- The language of records ---------------------------------------------------------------
def test_part_of_another_office_is_reported_in_bengali_from_an_english_page(
    country: Country,
) -> None:
    heads = PostGroup.objects.get(office=None, kind=GroupKind.HEADS_BELOW)
    above, below = country["district.head"], country["upazila.head"]
    received = make_meeting(
        country.district, by=above, on=OCTOBER, decisions=[decided(heads)], status="circulated"
    ).decisions.get()
    own = make_meeting(country.upazila, by=below, on=NOVEMBER)
    write_follow_up(
        meeting=own,
        decision=received,
        version=0,
        note="",
        outcome=FollowUpOutcome.DONE,
        new_due_on=None,
        by=below,
    )
    with override("en"):
        take_meeting_to(own, "finalised", by=below)
    report = received.assignments.get(office=country.upazila).reports.get()
    assert report.text == "নভেম্বর ২০২৬ মাসের সভায় বাস্তবায়িত বলে জানানো হয়েছে।"


# --- Who gets the minutes ------------------------------------------------------------------
def test_each_reader_of_another_office_is_listed_once(country: Country) -> None:
    heads = PostGroup.objects.get(office=None, kind=GroupKind.HEADS_BELOW)
    meeting = make_meeting(
        country.district,
        by=country["district.head"],
        decisions=[decided(heads), decided(heads, text="আরেকটি সিদ্ধান্ত।")],
        status="finalised",
    )
    url = reverse("meetings:circulate", args=[meeting.pk])
    page = client_of(country["district.head"]).get(url)
    listed = [text for text in texts_of(page, "ul.plain li") if country.upazila.name_bn in text]
    assert len(listed) == 1
    assert country["upazila.head"].email in listed[0]
