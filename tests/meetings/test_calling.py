"""Calling a meeting: the year at a glance, one click, the head of a draft, months without one."""

from datetime import date, time
from threading import Event

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from meetings.actions import (
    create_meeting,
    explain_no_meeting,
    mark_all_present,
    update_item,
    update_meeting,
)
from meetings.actions.writing import lock_meeting
from meetings.forms.calling import head_words
from meetings.models import Meeting, NoMeeting
from teams.enums import Role, Tier
from teams.models import AuditEntry, Office, User
from tests.factories import (
    Team,
    client_of,
    make_country,
    make_office,
    make_officer,
    make_post,
    make_team,
)
from tests.meetings.rows import decided, make_meeting, take_meeting_to
from tests.pages import alerts_after, find, form_fields, one_line, texts_of
from tests.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

LIST = reverse("meetings:list")
CREATE = reverse("meetings:create")
NO_MEETING = reverse("meetings:no_meeting")
START = "এ মাসের সভা শুরু করুন"


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def client(team: Team) -> Client:
    return client_of(team.innovation_officer)


def click(client: Client, office: Office, month: str = "2026-11", **more: str) -> str:
    """Press the button of a month; where one lands."""
    return client.post(CREATE, {"office": office.pk, "month": month, **more}).url


def update_url(meeting: Meeting) -> str:
    return reverse("meetings:update", args=[meeting.pk])


def save(client: Client, meeting: Meeting, **typed: str):
    form = form_fields(client.get(update_url(meeting)))
    return client.post(update_url(meeting), {**form, **typed})


# --- One click -----------------------------------------------------------------------------
def test_one_click_makes_the_meeting_of_the_month(client: Client, team: Team) -> None:
    assert START in texts_of(client.get(LIST), "button")
    where = click(client, team.office)
    meeting = Meeting.objects.get()
    assert where == meeting.get_absolute_url()
    assert (meeting.month, meeting.kind, meeting.status) == (
        date(2026, 11, 1),
        "monthly",
        "draft",
    )
    assert (meeting.number, meeting.year_starts_on) == (1, date(2026, 7, 1))
    assert START not in texts_of(client.get(LIST), "button")


def test_click_pressed_twice_or_by_two_people_is_one_meeting(client: Client, team: Team) -> None:
    first = click(client, team.office)
    assert click(client, team.office) == click(client_of(team.head), team.office) == first
    assert Meeting.objects.count() == 1
    assert AuditEntry.objects.filter(action="meeting.create").count() == 1


@pytest.mark.django_db(transaction=True)
def test_clicks_at_once_make_one_meeting_of_each_month_with_its_own_number() -> None:
    team = make_team()
    months = ["2026-09", "2026-10", "2026-11"] * 2
    clients = [(client_of(team.head), month) for month in months]

    def press() -> str:
        client, month = clients.pop()
        return click(client, team.office, month)

    landed = at_once([press] * len(months))
    assert {type(where) for where in landed} == {str}
    numbers = Meeting.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_chair_named_meanwhile_is_known_to_whoever_waited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever settles the minutes right after somebody named another chair has that chair."""
    team = make_team()
    meeting = make_meeting(team.office, by=team.head)
    chair = team.innovation_officer.scope.main_post
    is_saving, is_settled = Event(), Event()

    def save_slowly(*rest: object) -> None:
        is_saving.set()
        is_settled.wait(timeout=1)

    monkeypatch.setattr("meetings.actions.meetings.write_copies", save_slowly)

    def name_chair() -> None:
        fields = {**head_words(meeting), "chair_post": chair}
        update_meeting(
            meeting=meeting, version=meeting.version, fields=fields, copies=[], by=team.head
        )

    def wait() -> object:
        is_saving.wait(timeout=5)
        with transaction.atomic():
            return lock_meeting(meeting.pk).chair_post

    assert at_once([name_chair, wait]) == [None, chair]


def test_special_meeting_pressed_twice_is_one_until_it_was_arranged(
    client: Client, team: Team
) -> None:
    first = click(client, team.office, kind="special")
    assert click(client, team.office, kind="special") == first
    special = Meeting.objects.get()
    save(client, special, title="মেলা প্রস্তুতি সভা")
    assert click(client, team.office, kind="special") != first
    click(client, team.office)
    assert Meeting.objects.count() == 3


def test_meeting_called_off_makes_room_for_another(client: Client, team: Team) -> None:
    off = make_meeting(team.office, by=team.head, status="cancelled")
    click(client, team.office)
    again = Meeting.objects.kept().get()
    assert (off.number, again.number) == (1, 1)


def test_own_topic_of_a_meeting_called_off_comes_back_in_the_next(
    client: Client, team: Team
) -> None:
    later = create_meeting(office=team.office, month=date(2026, 12, 1), by=team.head)
    meeting = make_meeting(team.office, by=team.head)
    item = meeting.items.get(topic="সেবা সহজীকরণ")
    update_item(item=item, version=item.version, fields={"discussion": ""}, by=team.head)
    client.post(reverse("meetings:cancel", args=[meeting.pk]), {"reason": "সভাপতি ছুটিতে"})
    assert later.items.filter(topic="সেবা সহজীকরণ", carried_from=item).exists()


@pytest.mark.parametrize(
    ("month", "said"),
    [
        ("", "কোন মাসের সভা, লিখুন।"),
        ("কাল", "“কাল” মাস হিসেবে বোঝা যায়নি। মাস ও সন লিখুন, যেমন নভেম্বর ২০২৬।"),
        ("2026-13", "“2026-13” মাস হিসেবে বোঝা যায়নি। মাস ও সন লিখুন, যেমন নভেম্বর ২০২৬।"),
        ("0000-01", "“0000-01” মাস হিসেবে বোঝা যায়নি। মাস ও সন লিখুন, যেমন নভেম্বর ২০২৬।"),
        ("2027-02", "ফেব্রুয়ারি ২০২৭ এখনো অনেক দূরে। জানুয়ারি ২০২৭ বা তার আগের মাস লিখুন।"),
        ("9999-12", "ডিসেম্বর ৯৯৯৯ এখনো অনেক দূরে। জানুয়ারি ২০২৭ বা তার আগের মাস লিখুন।"),
        (
            "1971-12",
            "ডিসেম্বর ১৯৭১ অনেক আগের মাস; ইনোভেশন টিম শুরু হয় ২০১৩ সালে। সন মিলিয়ে দেখুন।",
        ),
    ],
)
def test_month_that_makes_no_sense_gets_a_sentence(
    client: Client, team: Team, month: str, said: str
) -> None:
    assert alerts_after(client, CREATE, {"office": team.office.pk, "month": month}) == [said]
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("month", ["2026-11", "২০২৬-১১", "নভেম্বর ২০২৬", "November 2026"])
def test_month_is_read_in_either_script_and_in_words(
    client: Client, team: Team, month: str
) -> None:
    click(client, team.office, month)
    assert Meeting.objects.get().month == date(2026, 11, 1)


def test_another_office_or_none_is_refused(client: Client, team: Team) -> None:
    stranger = make_office("stranger", Tier.UPAZILA, team.office)
    for office in (stranger.pk, "", "x", 10**30):
        said = alerts_after(client, CREATE, {"office": office, "month": "2026-11"})
        assert said == ["এই দপ্তরের সভা আপনি ডাকতে পারেন না।"]
    assert not Meeting.objects.exists()


def test_member_calls_no_meeting(team: Team) -> None:
    client = client_of(team.member)
    assert client.post(CREATE, {"office": team.office.pk, "month": "2026-11"}).status_code == 403
    assert not find(client.get(LIST), "main form[method='post']")
    assert client.get(NO_MEETING).status_code == 403


# --- What a new meeting starts from --------------------------------------------------------
def test_first_meeting_is_proposed_on_a_working_day_with_the_office_s_own_posts(
    client: Client, team: Team
) -> None:
    click(client, team.office)
    meeting = Meeting.objects.get()
    # A week from Saturday the 21st is Saturday the 28th, so Sunday the 29th.
    assert (meeting.held_on, meeting.starts_at) == (date(2026, 11, 29), time(11))
    assert meeting.chair_post == team.office.posts.get(role=Role.HEAD)
    assert meeting.issuer_post == team.office.posts.get(role=Role.INNOVATION_OFFICER)


def test_next_meeting_starts_from_the_last(client: Client, team: Team) -> None:
    click(client, team.office, "2026-10")
    last = Meeting.objects.get()
    save(
        client,
        last,
        held_on="৬ অক্টোবর ২০২৬",
        starts_at="বিকাল ৩টা",
        place="উপজেলা মিলনায়তন",
        chair_post=str(team.office.posts.get(role=Role.MEMBER).pk),
        form="sections",
        information="জেলা প্রশাসক, গাজীপুর <dc@office.test>",
    )
    click(client, team.office, "2026-12")
    new = Meeting.objects.get(month=date(2026, 12, 1))
    # The 6th of December 2026 is a Sunday, a working day.
    assert (new.held_on, new.starts_at, new.place) == (
        date(2026, 12, 6),
        time(15),
        "উপজেলা মিলনায়তন",
    )
    assert (new.form, new.chair_post.role) == ("sections", Role.MEMBER)
    copy = new.copies.get()
    assert (copy.text, copy.email) == ("জেলা প্রশাসক, গাজীপুর", "dc@office.test")


@pytest.mark.parametrize(("last_day", "proposed"), [(4, 6), (5, 6), (7, 7), (31, 28)])
def test_weekend_is_never_proposed(
    client: Client, team: Team, last_day: int, proposed: int
) -> None:
    make_meeting(team.office, by=team.head, on=date(2026, 10, last_day))
    click(client, team.office, "2026-12")
    held_on = Meeting.objects.get(month=date(2026, 12, 1)).held_on
    # The 4th and 5th of December 2026 are Friday and Saturday.
    assert held_on == date(2026, 12, proposed)


# --- The year ------------------------------------------------------------------------------
def rows(client: Client, **asked: str) -> dict[str, str]:
    """The year as it is read: each row's first cell and the rest of it."""
    lines = {}
    for row in find(client.get(LIST, asked), "table.list tbody tr"):
        head, *cells = row
        lines[one_line(head)] = " ".join(filter(None, map(one_line, cells)))
    return lines


def test_year_shows_every_month_the_latest_first(client: Client, team: Team) -> None:
    held = make_meeting(
        team.office,
        by=team.head,
        on=date(2026, 8, 11),
        decisions=[decided(), decided()],
    )
    mark_all_present(meeting=held, posts=list(team.office.posts.all()), by=team.head)
    make_meeting(team.office, by=team.head, on=date(2026, 11, 10), kind="special")
    take_meeting_to(held, "finalised", by=team.head)
    explain_no_meeting(
        office=team.office, month=date(2026, 9, 1), reason="বন্যা পরিস্থিতি", by=team.head
    )
    assert list(rows(client)) == [
        "ডিসেম্বর ২০২৬",
        "নভেম্বর ২০২৬ মাসের বিশেষ সভা",
        "অক্টোবর ২০২৬",
        "সেপ্টেম্বর ২০২৬",
        "আগস্ট ২০২৬ মাসের সভা",
        "জুলাই ২০২৬",
    ]
    found = rows(client)
    assert found["আগস্ট ২০২৬ মাসের সভা"] == "১ ১১ আগস্ট চূড়ান্ত ৩/৩ ২"
    assert found["সেপ্টেম্বর ২০২৬"].startswith("সভা হয়নি বন্যা পরিস্থিতি")
    assert found["অক্টোবর ২০২৬"] == "সভার তথ্য নেই কার্যবিবরণী লিখুন কারণ লিখুন"
    # The special meeting is not the month's regular one.
    assert START in texts_of(client.get(LIST), "button")


def test_member_reads_the_year_without_its_buttons(client: Client, team: Team) -> None:
    assert rows(client_of(team.member))["অক্টোবর ২০২৬"] == "সভার তথ্য নেই"


def test_another_year_is_shown_when_asked_for(client: Client, team: Team) -> None:
    make_meeting(team.office, by=team.head, on=date(2025, 8, 12))
    chips = texts_of(client.get(LIST), "ul.chips a")
    assert chips == ["২০২৬–২৭ অর্থবছর", "২০২৫–২৬ অর্থবছর"]
    found = rows(client, year="2025-2026")
    assert len(found) == 12
    assert next(iter(found)) == "জুন ২০২৬"
    for nonsense in ("কাল", "0", "9999-10000", "2026-2030"):
        assert next(iter(rows(client, year=nonsense))) == "ডিসেম্বর ২০২৬"


def test_officer_of_two_teams_sees_a_year_for_each(client: Client, team: Team) -> None:
    second = make_office("second", Tier.UPAZILA, team.office)
    make_post(second, Role.INNOVATION_OFFICER, holder=team.innovation_officer)
    page = client.get(LIST)
    assert texts_of(page, "main h2") == [
        f"{team.office.name_bn}, ২০২৬–২৭ অর্থবছর",
        f"{second.name_bn}, ২০২৬–২৭ অর্থবছর",
    ]
    click(client, second)
    assert Meeting.objects.get().office == second


def test_minutes_sent_below_are_read_from_above_by_office_and_month() -> None:
    country = make_country()
    for name, month, status in (
        ("upazila", 10, "circulated"),
        ("sibling", 9, "circulated"),
        ("sibling", 10, "finalised"),
        ("elsewhere", 10, "circulated"),
    ):
        make_meeting(
            getattr(country, name),
            by=country[f"{name}.head"],
            on=date(2026, month, 13),
            status=status,
        )
    client = client_of(country["district.member"])
    assert "নিচের দপ্তরের কার্যবিবরণী" in texts_of(client.get(LIST), "ul.chips a")

    def below(**asked: str) -> list[str]:
        page = client.get(LIST, {"tab": "below", **asked})
        return texts_of(page, "table.list tbody th")

    assert below() == ["upazila কার্যালয়", "sibling কার্যালয়"]
    assert below(q="sibling") == ["sibling কার্যালয়"]
    assert below(month="2026-10-01") == ["upazila কার্যালয়"]
    assert below(month="2020-01-01") == below()
    assert below(q="নেই") == []
    # Whoever has no team of their own comes to the offices below at once.
    reviewer = client_of(country["reviewer"])
    assert len(texts_of(reviewer.get(LIST), "table.list tbody th")) == 3
    for name in ("upazila.member", "nobody", "administrator"):
        page = client_of(country[name]).get(LIST, {"tab": "below"})
        assert find(page, ".empty")
        assert not find(page, "table.list")


# --- Months without a meeting --------------------------------------------------------------
def test_reason_for_a_month_without_a_meeting_is_written_and_changed(
    client: Client, team: Team
) -> None:
    address = f"{NO_MEETING}?office={team.office.pk}&month=2026-09"
    form = form_fields(client.get(address))
    assert form["month"] == "সেপ্টেম্বর ২০২৬"
    response = client.post(address, {**form, "reason": "বন্যা পরিস্থিতি"})
    assert response.url == f"{LIST}?year=2026-2027"
    assert rows(client)["সেপ্টেম্বর ২০২৬"].startswith("সভা হয়নি বন্যা পরিস্থিতি")
    form = form_fields(client.get(address))
    assert form["reason"].strip() == "বন্যা পরিস্থিতি"
    client.post(address, {**form, "reason": "সভাপতি প্রশিক্ষণে"})
    assert NoMeeting.objects.get().reason == "সভাপতি প্রশিক্ষণে"


def test_reason_of_a_meeting_called_off_is_offered(client: Client, team: Team) -> None:
    make_meeting(team.office, by=team.head, on=date(2026, 10, 13), status="cancelled")
    form = form_fields(client.get(NO_MEETING, {"month": "2026-10"}))
    assert form["reason"].strip() == "সভাপতি ছুটিতে"


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"reason": " "}, "reason"), ({"month": "2026-12"}, "month"), ({"month": "কবে"}, "month")],
)
def test_reason_is_wanted_for_a_month_that_has_begun(
    client: Client, team: Team, typed: dict[str, str], field: str
) -> None:
    words = {"office": team.office.pk, "month": "2026-09", "reason": "বন্যা", **typed}
    response = client.post(NO_MEETING, words)
    assert response.status_code == 422
    assert find(response, f"[name='{field}'][aria-invalid='true']")
    assert not NoMeeting.objects.exists()


def test_month_with_a_meeting_needs_no_reason(client: Client, team: Team) -> None:
    make_meeting(team.office, by=team.head)
    words = {"office": team.office.pk, "month": "2026-11", "reason": "হয়নি"}
    said = alerts_after(client, NO_MEETING, words)
    assert said == ["ওই মাসে সভা আছে। সভাটি না হয়ে থাকলে আগে সেটি বাতিল করুন।"]
    assert not NoMeeting.objects.exists()


def test_minutes_written_after_all_take_the_place_of_the_reason(client: Client, team: Team) -> None:
    words = {"office": team.office.pk, "month": "2026-09", "reason": "বন্যা"}
    client.post(NO_MEETING, words)
    # A special meeting is no answer to why there was no regular one.
    click(client, team.office, "2026-09", kind="special")
    assert NoMeeting.objects.exists()
    click(client, team.office, "2026-09")
    assert not NoMeeting.objects.exists()
    entry = AuditEntry.objects.filter(action="meeting.create").latest("pk")
    assert entry.before == {"no_meeting": "বন্যা"}


# --- The head of a draft -------------------------------------------------------------------
@pytest.fixture
def meeting(team: Team) -> Meeting:
    return make_meeting(team.office, by=team.head)


def test_head_takes_dates_and_times_as_officers_write_them(team: Team, meeting: Meeting) -> None:
    client = client_of(team.member)
    response = save(
        client,
        meeting,
        title=" উদ্ভাবন\u200b মেলার  প্রস্তুতি সভা ",
        held_on="২৫.১১.২০২৬",
        starts_at="দুপুর ২.৩০ ঘটিকা",
        place="সভাকক্ষ",
        information="১. জেলা প্রশাসক, গাজীপুর। dc@office.test\n\nপরিচালক (স্থানীয় সরকার)",
        action="সকল সদস্য",
    )
    assert response.url == meeting.get_absolute_url()
    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.starts_at, meeting.version) == (
        date(2026, 11, 25),
        time(14, 30),
        2,
    )
    assert meeting.title == "উদ্ভাবন মেলার প্রস্তুতি সভা"
    copies = [(copy.kind, copy.text, copy.email) for copy in meeting.copies.order_by("position")]
    assert copies == [
        ("information", "জেলা প্রশাসক, গাজীপুর।", "dc@office.test"),
        ("information", "পরিচালক (স্থানীয় সরকার)", ""),
        ("action", "সকল সদস্য", ""),
    ]
    form = form_fields(client.get(update_url(meeting)))
    assert (form["held_on"], form["starts_at"]) == ("২৫ নভেম্বর ২০২৬", "দুপুর ২:৩০ টা")
    assert form["information"].strip().startswith("জেলা প্রশাসক, গাজীপুর। <dc@office.test>")


def test_head_saved_untouched_changes_nothing(client: Client, meeting: Meeting) -> None:
    client.post(update_url(meeting), form_fields(client.get(update_url(meeting))))
    entry = AuditEntry.objects.get(action="meeting.update")
    assert (entry.before, entry.after) == ({}, {})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"held_on": ""}, "সভার তারিখ লিখুন।"),
        (
            {"held_on": "২৫ নভেম্বর ২০২৯"},
            "২৫ নভেম্বর ২০২৯ তারিখটি নভেম্বর ২০২৬ থেকে অনেক দূরে। মাস ও সন মিলিয়ে দেখুন।",
        ),
        ({"starts_at": "১১"}, "সময়"),
        ({"place": " "}, "সভা কোথায় হবে, লিখুন।"),
        ({"chair_post": ""}, "কে সভাপতিত্ব করবেন, বেছে নিন।"),
        (
            {"information": "dc@office.test"},
            "১ নম্বর লাইনে প্রাপকের পদবি ও দপ্তর লিখুন (সর্বোচ্চ ৫০০ অক্ষর)।",
        ),
    ],
)
def test_head_says_what_to_mend(
    client: Client, meeting: Meeting, typed: dict[str, str], said: str
) -> None:
    response = save(client, meeting, **typed)
    assert response.status_code == 422
    assert any(said in text for text in texts_of(response, ".invalid-feedback"))
    meeting.refresh_from_db()
    assert meeting.version == 1


def test_chair_is_chosen_by_post_with_its_holder_of_the_day(
    client: Client, team: Team, meeting: Meeting
) -> None:
    vacant = make_post(team.office, Role.MEMBER, "উপজেলা কৃষি কর্মকর্তা")
    stranger = make_officer(make_office("stranger", Tier.UPAZILA, team.office))
    options = texts_of(client.get(update_url(meeting)), "select[name='chair_post'] option")
    assert f"উপজেলা নির্বাহী অফিসার — {team.head.name_bn}" in options
    assert "উপজেলা কৃষি কর্মকর্তা — পদ শূন্য" in options
    assert len(options) == 5
    assert save(client, meeting, chair_post=str(vacant.pk)).status_code == 302
    others = stranger.scope.main_post
    assert save(client, meeting, chair_post=str(others.pk)).status_code == 422


def test_usual_words_stand_in_the_empty_boxes(client: Client, meeting: Meeting) -> None:
    page = client.get(update_url(meeting))
    for name, word in (("opening", "স্বাগত"), ("closing", "ধন্যবাদ")):
        (box,) = find(page, f"textarea[name='{name}']")
        assert word in box.get("placeholder")
        assert not box.text.strip()


def test_stale_head_shows_both_texts_and_writes_nothing(
    client: Client, team: Team, meeting: Meeting
) -> None:
    old = form_fields(client.get(update_url(meeting)))
    save(client_of(team.head), meeting, place="জেলা পরিষদ", information="তাঁর প্রাপক")
    mine = {**old, "place": "উপজেলা মিলনায়তন", "held_on": "২৬ নভেম্বর ২০২৬"}
    response = client.post(update_url(meeting), mine)
    assert response.status_code == 409
    assert "জেলা পরিষদ" in texts_of(response, "section .facts dd")
    assert "তাঁর প্রাপক" in texts_of(response, "section .facts dd")
    form = form_fields(response)
    assert (form["place"], form["held_on"]) == ("উপজেলা মিলনায়তন", "২৬ নভেম্বর ২০২৬")
    meeting.refresh_from_db()
    assert meeting.place == "জেলা পরিষদ"
    assert client.post(update_url(meeting), form).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.place, meeting.held_on) == ("উপজেলা মিলনায়তন", date(2026, 11, 26))


def test_head_saved_twice_over_a_bad_line_is_saved_once(client: Client, meeting: Meeting) -> None:
    form = {**form_fields(client.get(update_url(meeting))), "place": "মিলনায়তন"}
    for _time in range(2):
        assert client.post(update_url(meeting), form).status_code == 302
    meeting.refresh_from_db()
    assert meeting.version == 2


def test_settled_meeting_keeps_its_head(client: Client, team: Team) -> None:
    settled = make_meeting(team.office, by=team.head, status="finalised")
    said = texts_of(client.get(update_url(settled), follow=True), ".alert")
    assert said == alerts_after(client, update_url(settled), {"version": 1})
    assert said == ["সভাটি এখন “চূড়ান্ত”, তাই তারিখ, স্থান বা অনুলিপি আর বদলানো যায় না।"]


# --- Called off, and the calendar ----------------------------------------------------------
def test_meeting_is_called_off_with_a_reason(client: Client, meeting: Meeting) -> None:
    address = reverse("meetings:cancel", args=[meeting.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    said = alerts_after(client, address, {"reason": "সভাপতি ছুটিতে"})
    meeting.refresh_from_db()
    assert (meeting.status, meeting.cancel_reason) == ("cancelled", "সভাপতি ছুটিতে")
    assert "সভাটি বাতিল করা হয়েছে।" in said
    assert client.post(address, {"reason": "আবার"}).url == meeting.get_absolute_url()
    meeting.refresh_from_db()
    assert meeting.cancel_reason == "সভাপতি ছুটিতে"


def test_meeting_is_taken_into_ones_own_calendar(team: Team, meeting: Meeting) -> None:
    response = client_of(team.member).get(reverse("meetings:ical", args=[meeting.pk]))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    (event,) = Calendar.from_ical(b"".join(response.streaming_content)).walk("VEVENT")
    assert event.decoded("dtstart").isoformat() == "2026-11-10T05:00:00+00:00"
    assert str(event["location"]) == "সম্মেলন কক্ষ"


# --- Who may what --------------------------------------------------------------------------
OWN_PAGES = ("meetings:update", "meetings:notice", "meetings:ical", "meetings:cancel")


@pytest.mark.parametrize("name", OWN_PAGES)
def test_pages_of_a_meeting_are_its_teams_own(name: str) -> None:
    country = make_country()
    meeting = make_meeting(
        country.upazila, by=country["upazila.head"], on=date(2026, 10, 13), status="circulated"
    )
    for person in ("district.head", "reviewer", "sibling.head", "elsewhere.head", "nobody"):
        response = client_of(country[person]).get(reverse(name, args=[meeting.pk]))
        assert response.status_code == 404, person


def test_member_calls_nothing_off(team: Team, meeting: Meeting) -> None:
    client = client_of(team.member)
    address = reverse("meetings:cancel", args=[meeting.pk])
    assert client.get(address).status_code == 403
    assert client.post(address, {"reason": "না"}).status_code == 403
    assert Meeting.objects.get().status == "draft"


# --- Weight --------------------------------------------------------------------------------
FEW, MANY = 1, 100


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_year_asks_as_often_for_a_hundred_meetings(client: Client, team: Team) -> None:
    counts = []
    for number in range(1, MANY + 1):
        meeting = make_meeting(team.office, by=team.head, kind="special", decisions=[decided()])
        mark_all_present(meeting=meeting, posts=list(team.office.posts.all()), by=team.head)
        if number in (FEW, MANY):
            counts.append(asked(client, LIST))
    assert counts[0] == counts[1] <= 8


def test_minutes_below_are_asked_for_as_often_for_a_hundred_offices(team: Team) -> None:
    client = client_of(team.head)
    counts = []
    for number in range(1, MANY + 1):
        office = make_office(f"below-{number}", Tier.UPAZILA, team.office)
        head: User = make_officer(office, Role.HEAD)
        make_meeting(office, by=head, status="circulated")
        if number in (FEW, MANY):
            counts.append(asked(client, f"{LIST}?tab=below"))
    assert counts[0] == counts[1] <= 8
