"""The year in numbers: one's own team in full, the offices below by what they sent out."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.actions import (
    complete_decision,
    drop_decision,
    explain_no_meeting,
    mark_attendance,
    reopen_minutes,
    resume_decision,
)
from meetings.enums import MeetingKind, MeetingStatus, Presence
from meetings.models import AgendaItem, Attendance, Decision, Meeting
from teams.enums import Role, Tier
from teams.models import Office, Post, User
from tests.factories import (
    Country,
    Team,
    client_of,
    make_country,
    make_office,
    make_officer,
    make_post,
    make_team,
)
from tests.meetings.rows import decided, make_meeting, take_meeting_to
from tests.pages import find, one_line, page_of, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

STATISTICS = reverse("meetings:statistics")
REGULAR, SPECIAL = MeetingKind.MONTHLY, MeetingKind.SPECIAL
FINAL, SENT = MeetingStatus.FINALISED, MeetingStatus.CIRCULATED


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def country() -> Country:
    return make_country()


def held(
    office: Office,
    by: User,
    on: date,
    *,
    came: Iterable[User] = (),
    due: Iterable[str] = (),
    status: str = FINAL,
    kind: str = REGULAR,
) -> Meeting:
    """A meeting to which some members came, with a decision for each of the due dates."""
    words = [decided(text=f"সিদ্ধান্ত {n}", due=day) for n, day in enumerate(due, start=1)]
    meeting = make_meeting(office, by=by, on=on, decisions=words, kind=kind)
    for person in came:
        post = person.scope.main_post
        mark_attendance(meeting=meeting, post=post, presence=Presence.PRESENT, by=by)
    return take_meeting_to(meeting, status, by=by)


def complete(meeting: Meeting, text: str, at: datetime, by: User) -> None:
    """Find a decision carried out at a moment of the past."""
    with time_machine.travel(at):
        complete_decision(decision=meeting.decisions.get(text=text), by=by)


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def cards(page: HttpResponse) -> dict[str, str]:
    """The big numbers of the (first) team, by their captions."""
    found = {}
    for card in find(page, ".kpis .card")[:5]:
        big = one_line(card.find("b"))
        found[one_line(card).removeprefix(big).strip()] = big.replace(" ", "")
    return found


def table(page: HttpResponse, place: str) -> dict[str, list[str]]:
    """The rows of the table named by the element with that id: first cell to the others."""
    [body] = page_of(page).xpath(f"//*[@aria-labelledby='{place}']//table")
    return {
        one_line(row[0]): [one_line(cell) for cell in row[1:]]
        for row in body.xpath(".//tbody/tr | .//tfoot/tr")
    }


def below(reader: User, query: str = "") -> dict[str, list[str]]:
    return table(client_of(reader).get(STATISTICS + query), "below")


# --- One's own team ------------------------------------------------------------------------
def test_own_year_is_counted_as_by_hand(team: Team) -> None:
    """On 21 November four months are over: July and October had their meeting, August has a
    reason, September nothing; a special meeting fell into October, November has had its own."""
    office, head, member = team.office, team.head, team.member
    everybody = (head, team.innovation_officer, member)
    # Of four decisions of 5 July one was done a day early, one a day late, one is overdue and one
    # has no day at all. The two took 26 and 28 days, 27 on average.
    july = held(
        office, head, date(2026, 7, 5), came=everybody,
        due=("১ আগস্ট ২০২৬", "১ আগস্ট ২০২৬", "৩১ আগস্ট ২০২৬", ""),
    )  # fmt: skip
    complete(july, "সিদ্ধান্ত 1", at_noon(date(2026, 7, 31)), head)
    complete(july, "সিদ্ধান্ত 2", at_noon(date(2026, 8, 2)), head)
    explain_no_meeting(office=office, month=date(2026, 8, 1), reason="বন্যা", by=head)
    held(office, head, date(2026, 10, 7), came=[head], due=["১ ডিসেম্বর ২০২৬"])
    held(office, head, date(2026, 10, 21), came=[head, member], kind=SPECIAL)
    held(office, head, date(2026, 11, 4), came=[member])

    page = client_of(member).get(STATISTICS)
    assert cards(page) == {
        "মাসে সভা হয়েছে / হওয়ার কথা সভাহীন ২ মাস, কারণ লেখা আছে ১টির": "২/৪",
        "মোট সভা, বিশেষ সভাসহ": "৪",
        # 3 + 1 + 2 + 1 of four times three seats: 58.3 %
        "উপস্থিতির হার ১২ আসনের ৭টি": "৫৮%",
        "সিদ্ধান্ত বাস্তবায়িত / গৃহীত সময়মতো ১টি; গড়ে ২৭ দিনে": "২/৫",
        "সিদ্ধান্তের সময় পেরিয়েছে": "১",
    }
    assert table(page, f"months-{office.pk}") == {
        "জুলাই ২০২৬ মাসের সভা": ["চূড়ান্ত", "৩/৩", "৪", "২", "১", "১"],
        "আগস্ট ২০২৬": ["সভা হয়নি বন্যা"],
        "সেপ্টেম্বর ২০২৬": ["সভা বা কারণ কোনোটি নেই"],
        "অক্টোবর ২০২৬ মাসের সভা": ["চূড়ান্ত", "১/৩", "১", "০", "০", "০"],
        "অক্টোবর ২০২৬ মাসের বিশেষ সভা": ["চূড়ান্ত", "২/৩", "০", "০", "০", "০"],
        "নভেম্বর ২০২৬ মাসের সভা": ["চূড়ান্ত", "১/৩", "০", "০", "০", "০"],
    }
    assert table(page, f"seats-{office.pk}") == {
        "উপজেলা নির্বাহী অফিসার": [head.name_bn, "৩/৪", "৭৫%"],
        "সহকারী কমিশনার (ভূমি)": [team.innovation_officer.name_bn, "১/৪", "২৫%"],
        "সহকারী প্রোগ্রামার": [member.name_bn, "৩/৪", "৭৫%"],
    }


@pytest.mark.parametrize(
    ("presence", "rate"),
    [
        (Presence.PRESENT, "১০০%"),
        (Presence.ONLINE, "১০০%"),
        (Presence.REPRESENTED, "১০০%"),
        (Presence.ABSENT, "০%"),
    ],
)
def test_seat_is_taken_also_on_the_screen_or_by_another(
    team: Team, presence: Presence, rate: str
) -> None:
    meeting = make_meeting(team.office, by=team.head)
    post = team.member.scope.main_post
    mark_attendance(meeting=meeting, post=post, presence=presence, by=team.head, name="প্রতিনিধি")
    take_meeting_to(meeting, FINAL, by=team.head)
    page = client_of(team.member).get(STATISTICS)
    assert table(page, f"seats-{team.office.pk}")["সহকারী প্রোগ্রামার"][-1] == rate


@pytest.mark.parametrize(
    ("moment", "on_time"),
    [
        (datetime(2026, 11, 12, 17, 59, tzinfo=UTC), "১"),  # 23:59 of the day in Dhaka
        (datetime(2026, 11, 12, 18, 1, tzinfo=UTC), "০"),  # a minute into the next
    ],
)
def test_decision_is_on_time_until_midnight_in_dhaka(
    team: Team, moment: datetime, on_time: str
) -> None:
    with time_machine.travel(at_noon(date(2026, 11, 10))):
        meeting = held(team.office, team.head, date(2026, 11, 10), due=["১২ নভেম্বর ২০২৬"])
    complete(meeting, "সিদ্ধান্ত 1", moment, team.head)
    page = client_of(team.member).get(STATISTICS)
    assert f"সময়মতো {on_time}টি" in texts_of(page, ".kpis")[0]


def test_decision_is_late_from_the_day_after_its_own_and_while_it_is_followed(team: Team) -> None:
    days = ("২০ নভেম্বর ২০২৬", "২০ নভেম্বর ২০২৬", "২১ নভেম্বর ২০২৬", "শীঘ্রই")
    meeting = held(team.office, team.head, date(2026, 11, 3), due=days)
    dropped = meeting.decisions.get(text="সিদ্ধান্ত 2")
    drop_decision(decision=dropped, by=team.head, reason="প্রয়োজন নেই")
    client = client_of(team.member)
    assert cards(client.get(STATISTICS))["সিদ্ধান্তের সময় পেরিয়েছে"] == "১"
    dropped.refresh_from_db()
    resume_decision(decision=dropped, by=team.head, reason="আবার দরকার")
    assert cards(client.get(STATISTICS))["সিদ্ধান্তের সময় পেরিয়েছে"] == "২"


def test_only_settled_minutes_count(team: Team) -> None:
    came = [team.head]
    settled = held(team.office, team.head, date(2026, 9, 1), came=came, due=["১ অক্টোবর ২০২৬"])
    make_meeting(team.office, by=team.head, on=date(2026, 10, 1), decisions=[decided()])
    held(team.office, team.head, date(2026, 11, 2), status=MeetingStatus.CANCELLED)
    client = client_of(team.member)
    page = client.get(STATISTICS)
    assert list(cards(page).values()) == ["১/৪", "১", "৩৩%", "০/১", "১"]
    months = table(page, f"months-{team.office.pk}")
    assert months["অক্টোবর ২০২৬ মাসের সভা"] == ["খসড়া", "কার্যবিবরণী চূড়ান্ত হলে হিসাবে আসবে"]
    assert "নভেম্বর ২০২৬ মাসের সভা" not in months
    assert months["নভেম্বর ২০২৬"] == ["এ মাস এখনো শেষ হয়নি"]
    reopen_minutes(meeting=settled, by=team.head, reason="বানান ভুল")
    assert list(cards(client.get(STATISTICS)).values()) == ["০/৪", "০", "—", "০/০", "০"]


def test_figures_lead_to_what_is_behind_them(team: Team) -> None:
    due = ("১ আগস্ট ২০২৬", "২ আগস্ট ২০২৬", "৩ আগস্ট ২০২৬")
    july = held(team.office, team.head, date(2026, 7, 5), due=due)
    complete(july, "সিদ্ধান্ত 1", at_noon(date(2026, 7, 31)), team.head)
    held(team.office, team.head, date(2026, 10, 5), due=["১ নভেম্বর ২০২৬"])
    client = client_of(team.member)
    page = client.get(STATISTICS)
    assert find(page, f".kpis a[href='{reverse('meetings:list')}?year=2026-2027']")
    [row] = page_of(page).xpath(f"//tr[th/a[@href='{july.get_absolute_url()}']]")
    behind = {link.text: len(find(client.get(link.get("href")), "tbody tr"))
              for link in row.xpath("./td//a")}  # fmt: skip
    assert behind == {"৩": 3, "১": 1, "২": 2}
    anchors = [link.get("href") for link in find(page, ".kpis a") if link.get("href")[0] == "#"]
    assert all(find(page, place) for place in anchors)


# --- Which year ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("today", "query", "due"),
    [
        (date(2026, 7, 1), "", "০"),
        (date(2026, 7, 31), "", "০"),
        (date(2026, 8, 1), "", "১"),
        (date(2027, 6, 30), "", "১১"),
        (date(2026, 11, 21), "?year=2025-2026", "১২"),
        (date(2026, 11, 21), "?year=২০২৫-২৬", "১২"),
        (date(2026, 11, 21), "?year=2027-2028", "০"),
        (date(2026, 11, 21), "?year=kal", "৪"),
        (date(2026, 11, 21), "?year=" + "9" * 400, "৪"),
    ],
)
def test_months_are_due_once_they_are_over(team: Team, today: date, query: str, due: str) -> None:
    with time_machine.travel(at_noon(today)):
        page = client_of(team.member).get(STATISTICS + query)
    assert next(iter(cards(page).values())) == f"০/{due}"


def test_years_with_minutes_can_be_chosen_and_are_kept_apart(team: Team) -> None:
    held(team.office, team.head, date(2025, 6, 30))
    held(team.office, team.head, date(2025, 7, 1))
    client = client_of(team.member)
    choices = {link.text: link.get("href") for link in find(client.get(STATISTICS), "ul.chips a")}
    assert list(choices) == ["২০২৬–২৭ অর্থবছর", "২০২৫–২৬ অর্থবছর", "২০২৪–২৫ অর্থবছর"]
    for year in ("২০২৫–২৬ অর্থবছর", "২০২৪–২৫ অর্থবছর"):
        page = client.get(STATISTICS + choices[year])
        assert list(cards(page).values())[:2] == ["১/১২", "১"], year


# --- The offices below ---------------------------------------------------------------------
def test_offices_below_count_by_what_they_sent_out(country: Country) -> None:
    head = country["upazila.head"]
    sent = held(
        country.upazila,
        head,
        date(2026, 9, 1),
        came=[head],
        due=["১০ সেপ্টেম্বর ২০২৬", "১ অক্টোবর ২০২৬"],
        status=SENT,
    )
    complete(sent, "সিদ্ধান্ত 1", at_noon(date(2026, 9, 10)), head)
    held(country.upazila, head, date(2026, 10, 1), due=["১ নভেম্বর ২০২৬"])
    make_meeting(country.upazila, by=head, on=date(2026, 11, 1), decisions=[decided()])
    explain_no_meeting(office=country.upazila, month=date(2026, 7, 1), reason="গোপন", by=head)
    nothing = ["০/৪", "কোনো কার্যবিবরণী জারি হয়নি"]
    upazila = ["১/৪", "১", "৩৩%", "২", "১ (৫০%)", "১", "১"]
    assert below(country["district.member"]) == {
        "sibling কার্যালয়": nothing,
        "upazila কার্যালয়": [*upazila, "৯"],
        "সব মিলিয়ে": ["১/৮", *upazila[1:], ""],
    }
    assert set(below(country["reviewer"])) == {
        f"{name} কার্যালয়"
        for name in ("root", "division", "district", "elsewhere", "upazila", "sibling")
    } | {"সব মিলিয়ে"}
    page = client_of(country["district.member"]).get(STATISTICS)
    assert "গোপন" not in page.content.decode()


def test_number_of_meetings_below_leads_to_their_minutes(country: Country) -> None:
    for day in (date(2026, 9, 1), date(2026, 10, 1)):
        held(country.upazila, country["upazila.head"], day, status=SENT)
    for reader in ("district.head", "reviewer"):
        client = client_of(country[reader])
        links = page_of(client.get(STATISTICS)).xpath("//section[@id or @aria-labelledby='below']"
                                                      "//td/a/@href")  # fmt: skip
        assert [len(find(client.get(link), "tbody tr")) for link in links] == [2], reader


def test_strangers_see_no_figures(country: Country) -> None:
    held(country.upazila, country["upazila.head"], date(2026, 9, 1), status=SENT)
    for name in ("sibling.head", "elsewhere.head", "administrator", "nobody"):
        page = client_of(country[name]).get(STATISTICS)
        assert page.status_code == 200
        assert "upazila" not in one_line(find(page, "main")[0]), name
    assert "দেখানোর মতো কোনো টিম নেই" in texts_of(page, "main .empty h2")
    assert Client().get(STATISTICS).status_code == 302


def names_below(reader: User, query: str) -> list[str]:
    return [name for name in below(reader, query) if name != "সব মিলিয়ে"]


def test_offices_below_are_sorted_by_name_or_by_a_rate(country: Country) -> None:
    """Bengali order: অ comes before ক, ক before খ; an office without a figure comes last."""
    names = {"upazila": "খ কার্যালয়", "sibling": "ক কার্যালয়", "elsewhere": "অ কার্যালয়"}
    for name, name_bn in names.items():
        Office.objects.filter(code=name).update(name_bn=name_bn)
    Office.objects.filter(code="district").update(is_active=False)
    came = {"upazila": ("head", "member"), "elsewhere": ("head",)}
    for name, roles in came.items():
        head = country[f"{name}.head"]
        meeting = held(
            getattr(country, name),
            head,
            date(2026, 9, 1),
            came=[country[f"{name}.{role}"] for role in roles],
            due=["১ ডিসেম্বর ২০২৬"],
            status=SENT,
        )
    complete(meeting, "সিদ্ধান্ত 1", at_noon(date(2026, 9, 2)), country["elsewhere.head"])
    head = country["upazila.head"]
    held(country.upazila, head, date(2026, 10, 1), came=[head], status=SENT)
    a, k, kh = (f"{letter} কার্যালয়" for letter in "অকখ")
    expected = {
        "": [a, k, kh],
        "?sort=name": [a, k, kh],
        "?sort=no-such": [a, k, kh],
        "?sort=met_rate": [k, a, kh],
        "?sort=-met_rate": [kh, a, k],
        "?sort=attendance_rate": [a, kh, k],
        "?sort=-attendance_rate": [kh, a, k],
        "?sort=done_rate": [kh, a, k],
        "?sort=-done_rate": [a, kh, k],
    }
    reader = country["division.head"]
    assert {query: names_below(reader, query) for query in expected} == expected


def test_most_late_come_first_when_asked(country: Country) -> None:
    for name, count in (("sibling", 1), ("upazila", 2)):
        days = ["১ অক্টোবর ২০২৬"] * count
        office, head = getattr(country, name), country[f"{name}.head"]
        held(office, head, date(2026, 9, 1), due=days, status=SENT)
    assert names_below(country["district.head"], "?sort=-late") == [
        "upazila কার্যালয়",
        "sibling কার্যালয়",
    ]


def test_offices_below_are_found_by_name_and_kept_in_the_year(country: Country) -> None:
    held(country.upazila, country["upazila.head"], date(2025, 9, 1), status=SENT)
    client = client_of(country["division.head"])
    page = client.get(STATISTICS, {"year": "2025-2026", "q": "upazila", "tier": "upazila"})
    assert table(page, "below")["upazila কার্যালয়"][0] == "১/১২"
    assert find(page, "form.filters input[name='year'][value='2025-2026']")
    nobody = client.get(STATISTICS, {"q": "নেই"})
    assert "এমন কোনো দপ্তর পাওয়া যায়নি" in texts_of(nobody, "main .empty h2")


@pytest.mark.parametrize("query", ["?sort=x&tier=y", "?page=-1", "?page=" + "9" * 400, "?q=%00"])
def test_odd_query_is_answered(country: Country, query: str) -> None:
    assert client_of(country["division.head"]).get(STATISTICS + query).status_code == 200


# --- Many of them --------------------------------------------------------------------------
def make_offices(parent: Office, numbers: Iterable[int], by: User) -> None:
    """Offices, each with a sent meeting, a seat taken and a decision carried out on its day."""
    for number in numbers:
        office = make_office(f"office-{number}", Tier.UPAZILA, parent)
        add_meeting(office, date(2026, 9, 1), by, post=make_post(office))


def add_meeting(office: Office, month: date, by: User, *, post: Post, **more: object) -> None:
    """A sent meeting straight into the tables: a hundred real ones take too long."""
    stamps: Mapping[str, object] = {"finalised_at": timezone.now(), "finalised_by": by}
    meeting = Meeting.objects.create(
        office=office, month=month, held_on=month, issued_on=month, starts_at="11:00", place="কক্ষ",
        year_starts_on=date(2026, 7, 1), number=month.month, status=SENT, **stamps, **more,
    )  # fmt: skip
    Attendance.objects.create(meeting=meeting, post=post)
    item = AgendaItem.objects.create(meeting=meeting, position=1, topic="সেবা")
    Decision.objects.create(
        meeting=meeting, item=item, position=1, text="সিদ্ধান্ত", due_on=month, status="done",
        completed_at=at_noon(month), completed_by=by,
    )  # fmt: skip


def asked(client: Client, query: str = "") -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(STATISTICS + query).status_code == 200
    return len(queries)


def test_page_asks_as_often_for_a_hundred_offices(country: Country) -> None:
    reviewer = country["division.head"]
    client = client_of(reviewer)
    make_offices(country.district, range(1), reviewer)
    one = asked(client)
    make_offices(country.district, range(1, 100), reviewer)
    assert asked(client) == asked(client, "?rows=all") == one
    rows = below(reviewer, "?rows=all")
    # 100 new offices, two upazilas and two districts of the country.
    assert len(rows) == 104 + 1
    assert rows["office-57 কার্যালয়"] == ["১/৪", "১", "১০০%", "১", "১ (১০০%)", "১", "০", "০"]
    assert rows["সব মিলিয়ে"] == ["১০০/৪১৬", "১০০", "১০০%", "১০০", "১০০ (১০০%)", "১০০", "০", ""]


def test_page_asks_as_often_for_many_meetings_and_members(team: Team) -> None:
    client = client_of(team.member)
    add_meeting(team.office, date(2026, 7, 1), team.head, post=team.head.scope.main_post)
    one = asked(client)
    for month in range(8, 13):
        officer = make_officer(team.office)
        post = officer.scope.main_post
        add_meeting(team.office, date(2026, month, 1), team.head, post=post)
    assert asked(client) == one


def test_person_in_two_teams_sees_both_without_more_questions(team: Team) -> None:
    client = client_of(team.member)
    one = asked(client)
    second = make_office("second", Tier.UPAZILA, team.office)
    make_post(second, Role.MEMBER, holder=team.member)
    page = client.get(STATISTICS)
    assert texts_of(page, "main section h2") == [team.office.name_bn, second.name_bn]
    assert asked(client) == one


def test_long_list_of_offices_comes_in_pages_or_whole_for_printing(country: Country) -> None:
    reader = country["district.head"]
    make_offices(country.district, range(60), reader)
    first = names_below(reader, "")
    second = names_below(reader, "?page=2")
    assert (len(first), len(second)) == (50, 12)
    [whole] = find(client_of(reader).get(STATISTICS), "main a[href='?rows=all']")
    assert names_below(reader, whole.get("href")) == first + second
