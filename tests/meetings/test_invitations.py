"""A meeting as a calendar entry: what a mail program reads is what was meant."""

from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bangla.text import normalise, squeeze
from meetings.invitations import Invitation, calendar_text

DHAKA = ZoneInfo("Asia/Dhaka")
STAMP = datetime(2026, 11, 21, 6, 15, 30, tzinfo=UTC)
# Three octets a sign, so that a fold counted in octets alone falls into the middle of one.
CONJUNCTS = "রাষ্ট্রীয় স্বাস্থ্যকেন্দ্রের ক্ষুদ্রঋণ ও কাঁঠালজাত দ্রব্যসংক্রান্ত উদ্ভাবনী প্রস্তাব যাচাই"

SIGNS = "কষ্ণরজ্ঞঁয়া০৯\u200d ,;:\"'^|=\n\tabc‘’।"
names = st.text(st.sampled_from(SIGNS), max_size=80)
# A name that ends in a backslash is written as RFC 5545 says and misread by icalendar itself.
words = st.text(st.sampled_from(SIGNS + "\\"), max_size=120)


def an_invitation(**changes: object) -> Invitation:
    whole = Invitation(
        uid="meeting-12@udbhabon.example",
        sequence=0,
        summary="ইনোভেশন টিমের নভেম্বর মাসের সভা",
        starts_at=datetime(2026, 11, 25, 10, 30, tzinfo=DHAKA),
        ends_at=datetime(2026, 11, 25, 12, 0, tzinfo=DHAKA),
        place="সম্মেলন কক্ষ",
        description="১। গত সভার কার্যবিবরণী দৃঢ়ীকরণ\n২। বিবিধ",
        organizer_name="নাসরিন আক্তার",
        organizer_email="nasrin@office.example",
        attendees=[("মাহবুব আলম", "mahbub@office.example"), ("সালমা খাতুন", "salma@office.example")],
        url="https://udbhabon.example/meetings/12/",
    )
    return replace(whole, **changes)


def event_of(invitation: Invitation) -> Event:
    """The event as another program reads it from the file."""
    event: Event
    (event,) = Calendar.from_ical(calendar_text(invitation, stamped_at=STAMP)).walk("VEVENT")
    return event


def attendees_of(invitation: Invitation) -> list[tuple[str, str]]:
    found = event_of(invitation).get("attendee", [])
    return [(a.params["CN"], a) for a in (found if isinstance(found, list) else [found])]


def test_invitation_is_read_back_field_by_field():
    event = event_of(an_invitation())
    assert event["uid"] == "meeting-12@udbhabon.example"
    assert event["summary"] == "ইনোভেশন টিমের নভেম্বর মাসের সভা"
    assert event["location"] == "সম্মেলন কক্ষ"
    assert event["description"] == "১। গত সভার কার্যবিবরণী দৃঢ়ীকরণ\n২। বিবিধ"
    assert event["url"] == "https://udbhabon.example/meetings/12/"
    assert event["organizer"] == "mailto:nasrin@office.example"
    assert event["organizer"].params["CN"] == "নাসরিন আক্তার"
    assert event["status"] == "CONFIRMED"


def test_times_are_written_in_utc():
    lines = calendar_text(an_invitation(), stamped_at=STAMP.astimezone(DHAKA)).split("\r\n")
    assert "DTSTART:20261125T043000Z" in lines
    assert "DTEND:20261125T060000Z" in lines
    assert "DTSTAMP:20261121T061530Z" in lines
    assert "BEGIN:VTIMEZONE" not in lines


def test_every_attendee_is_asked_for_an_answer():
    for attendee in event_of(an_invitation())["attendee"]:
        assert attendee.params["RSVP"] == "TRUE"
        assert attendee.params["PARTSTAT"] == "NEEDS-ACTION"
        assert attendee.params["ROLE"] == "REQ-PARTICIPANT"


def test_attendees_without_an_address_are_left_out():
    invited = an_invitation(
        attendees=[("মাহবুব আলম", "mahbub@office.example"), ("সালমা খাতুন", ""), ("বশির", " ")]
    )
    assert attendees_of(invited) == [("মাহবুব আলম", "mailto:mahbub@office.example")]


def test_officer_on_two_posts_is_invited_once():
    twice = an_invitation(
        attendees=[
            ("মাহবুব আলম", "mahbub@office.example"),
            ("মো. মাহবুব আলম", "Mahbub@Office.example "),
        ]
    )
    assert attendees_of(twice) == [("মাহবুব আলম", "mailto:mahbub@office.example")]


def test_meeting_that_nobody_can_be_asked_to_is_published():
    published = Calendar.from_ical(calendar_text(an_invitation(attendees=[("সালমা খাতুন", "")])))
    assert published["method"] == "PUBLISH"
    assert "attendee" not in published.walk("VEVENT")[0]


def test_changed_meeting_has_the_same_uid_and_a_higher_sequence():
    first = an_invitation()
    moved = replace(first, sequence=3, place="জেলা প্রশাসকের সম্মেলন কক্ষ")
    calendar = Calendar.from_ical(calendar_text(moved))
    assert calendar["method"] == moved.method == "REQUEST"
    assert event_of(moved)["uid"] == event_of(first)["uid"]
    assert (event_of(first)["sequence"], event_of(moved)["sequence"]) == (0, 3)


def test_cancelled_meeting_is_taken_back_and_asks_nobody():
    cancelled = an_invitation(sequence=1, cancelled=True)
    assert Calendar.from_ical(calendar_text(cancelled))["method"] == cancelled.method == "CANCEL"
    event = event_of(cancelled)
    assert event["status"] == "CANCELLED"
    assert {attendee.params["RSVP"] for attendee in event["attendee"]} == {"FALSE"}


def test_cancellation_needs_no_attendee_with_an_address():
    assert an_invitation(attendees=[], cancelled=True).method == "CANCEL"


def test_empty_fields_are_not_written():
    event = event_of(an_invitation(url="", place=" ", description=""))
    assert not {"url", "location", "description"} & {name.lower() for name in event}


@pytest.mark.parametrize("sign", [",", ";", ":", "\\", '"', "\n", "^", "‘", "’", "\\n", "="])
def test_signs_of_the_format_come_back_as_text(sign):
    text = f"প্রথম{sign}দ্বিতীয়"
    event = event_of(an_invitation(summary=text, place=text, description=text, organizer_name=text))
    assert event["description"] == text
    one_line = squeeze(text)
    assert event["summary"] == event["location"] == one_line
    assert event["organizer"].params["CN"] == one_line


def test_line_ends_of_a_name_start_no_line_of_the_file():
    lines = calendar_text(
        an_invitation(attendees=[("ক\r\nSTATUS:CANCELLED", "ka@office.example")])
    ).split("\r\n")
    assert "STATUS:CANCELLED" not in lines


def test_address_with_a_line_end_is_refused():
    with pytest.raises(ValueError, match="CR or LF"):
        calendar_text(an_invitation(attendees=[("ক", "ka@office.example\r\nSTATUS:CANCELLED")]))


def test_long_bengali_is_folded_without_breaking_a_letter():
    long = " ".join([CONJUNCTS] * 20)
    text = calendar_text(an_invitation(description=long, organizer_name=long[:200]))
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines[:-1])
    assert lines[-1] == b""
    assert "\n" not in text.replace("\r\n", "")
    assert event_of(an_invitation(description=long))["description"] == normalise(long)


@given(summary=words, description=words, name=names)
def test_any_words_come_back_as_they_are_stored(summary, description, name):
    invitation = an_invitation(
        summary=summary, description=description, attendees=[(name, "ka@office.example")]
    )
    event = event_of(invitation)
    assert event["summary"] == squeeze(summary)
    assert event.get("description", "") == normalise(description)
    assert event["attendee"].params.get("CN", "") == squeeze(name)


def test_same_invitation_with_the_same_stamp_is_the_same_file():
    assert calendar_text(an_invitation(), stamped_at=STAMP) == calendar_text(
        an_invitation(), stamped_at=STAMP
    )


def test_invitation_survives_the_post():
    letter = EmailMessage()
    text = calendar_text(an_invitation(summary=CONJUNCTS), stamped_at=STAMP)
    letter.set_content("সভার নোটিশ")
    letter.add_alternative(text, subtype="calendar", params={"method": an_invitation().method})
    part = letter.get_payload()[1]
    assert part.get_content_type() == "text/calendar"
    (event,) = Calendar.from_ical(part.get_content()).walk("VEVENT")
    assert event["summary"] == squeeze(CONJUNCTS)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"starts_at": datetime(2026, 11, 25, 10, 30)}, "time zone"),  # noqa: DTZ001
        ({"ends_at": datetime(2026, 11, 25, 12, 0)}, "time zone"),  # noqa: DTZ001
        ({"ends_at": datetime(2026, 11, 25, 10, 30, tzinfo=DHAKA)}, "ends after it starts"),
        ({"uid": ""}, "uid"),
        ({"organizer_email": " "}, "organizer"),
    ],
)
def test_invitation_that_no_calendar_could_keep_is_refused(changes, fault):
    with pytest.raises(ValueError, match=fault):
        an_invitation(**changes)
