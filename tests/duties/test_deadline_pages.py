"""The pages of due dates: what is owed, the rules, and who is given more time."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from duties.actions import AlreadyGranted, grant_extension, revoke_extension
from duties.matters import matters
from jobs.models import Letter
from teams.enums import DueKind, Tier
from teams.models import AuditEntry, Extension, Office, User
from teams.transitions import WrongState
from tests.factories import Country, client_of, make_country, make_officer
from tests.pages import find, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

OWED, CREATE = "/deadlines/", "/deadlines/extensions/create/"
ANNUAL = f"{DueKind.ANNUAL_REPORT}:2025-07-01"
TITLE = "বার্ষিক প্রতিবেদন, ২০২৫–২৬ অর্থবছর"
LATER = date(2026, 12, 31)
FORM = {"matter": ANNUAL, "way": "extend", "new_due_on": "৩১/১২/২০২৬", "reason": "নদীভাঙন"}


@pytest.fixture
def country() -> Country:
    return make_country()


def grant(country: Country, office: Office | None, new: date | None = LATER) -> Extension:
    return grant_extension(
        kind=DueKind.ANNUAL_REPORT,
        office=office,
        starts_on=date(2025, 7, 1),
        new_due_on=new,
        reason="নদীভাঙন",
        by=country["reviewer"],
    )


def rows_of(page: HttpResponse, part: int) -> list[list[str]]:
    """The words of each row of the page's first or second table."""
    table = find(page, "table.list")[part]
    return [
        [" ".join(cell.text_content().split()) for cell in row.iterchildren()]
        for row in table.find("tbody")
    ]


def due_of(office: Office) -> date | None:
    found = matters(today=date(2026, 11, 21), until=LATER, offices=[office.pk], with_done=True)
    return next(one.due_on for one in found if one.key == f"annual_report:{office.pk}:2025-07-01")


# --- What is owed ------------------------------------------------------------------------------
def test_officer_sees_what_the_own_office_owes_when_and_how_it_stands(country: Country) -> None:
    page = client_of(country["upazila.member"]).get(OWED)
    own = rows_of(page, 0)
    assert [TITLE, "৩১ জুলাই ২০২৬", "১১৩ দিন দেরি"] in own
    assert ["মাসিক সভা, নভেম্বর ২০২৬", "৩০ নভেম্বর ২০২৬", "বাকি ৯ দিন"] in own
    assert ["অর্ধবার্ষিক প্রতিবেদন, জুলাই–ডিসেম্বর ২০২৬", "৩১ জানুয়ারি ২০২৭", "বাকি ৭১ দিন"] in own
    assert len(find(page, "table.list")) == 1  # nothing stands below an upazila
    assert CREATE not in page.content.decode()


def test_superior_sees_who_below_owes_what_and_filters_it(country: Country) -> None:
    client = client_of(country["district.head"])
    below = {row[0] for row in rows_of(client.get(OWED), 1)}
    assert below == {country.upazila.name_bn, country.sibling.name_bn}
    grant(country, country.sibling, None)
    for query, wanted in (
        ({"kind": "annual_report"}, {(country.upazila.name_bn, TITLE)}),
        ({"kind": "annual_report", "state": "exempt"}, {(country.sibling.name_bn, TITLE)}),
        (
            {"kind": "annual_report", "state": "late", "q": "upazila"},
            {(country.upazila.name_bn, TITLE)},
        ),
    ):
        found = rows_of(client.get(OWED, query), 1)
        assert {(row[0], row[1]) for row in found} == wanted
    nothing = client.get(OWED, {"q": "কোথাও নেই"})
    assert "এমন কিছু নেই" in nothing.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "নেই", "state": "x", "page": "-3"},
        {"q": "\x00", "page": "১"},
        {"kind": "decision", "q": "%_" * 200, "page": "99999999999999999999"},
    ],
)
def test_odd_filters_are_answered_with_the_page(country: Country, query: dict[str, str]) -> None:
    assert client_of(country["reviewer"]).get(OWED, query).status_code == 200


def test_somebody_without_a_post_is_told_where_the_rules_are(country: Country) -> None:
    page = client_of(country["nobody"]).get(OWED)
    assert texts_of(page, ".empty a") == ["বিধি দেখুন"]


def test_pages_ask_as_often_for_a_hundred_offices_as_for_two(country: Country) -> None:
    people = (country["reviewer"], country["district.head"], country["upazila.head"])

    def asked(path: str, person: User) -> int:
        client = client_of(User.objects.get(pk=person.pk))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    grant(country, country.upazila)
    paths = (OWED, f"{OWED}?state=done", "/deadlines/extensions/")
    few = [asked(path, person) for path in paths for person in people]
    Office.objects.bulk_create(
        Office(
            code=f"u{number}",
            tier=Tier.UPAZILA,
            parent=country.district,
            path=f"{country.district.path}u{number}/",
            name_bn=f"উপজেলা {number}",
            name_en=f"U {number}",
        )
        for number in range(100)
    )
    for office in Office.objects.filter(code__startswith="u")[:40]:
        Extension.objects.create(
            office=office,
            kind=DueKind.MEETING,
            starts_on=date(2026, 11, 1),
            new_due_on=LATER,
            reason="বন্যা",
            granted_by=country["reviewer"],
        )
    assert [asked(path, person) for path in paths for person in people] == few


def test_rules_are_shown_with_their_source(country: Country) -> None:
    page = client_of(country["upazila.member"]).get("/deadlines/rules/")
    rules = rows_of(page, 0)
    assert any(
        row[:2] == ["বার্ষিক প্রতিবেদন", "প্রতি বছর ৩১ জুলাই"] and "১৬ নভেম্বর ২০২৩" in row[3]
        for row in rules
    )
    assert ["মাসিক সভা", "প্রতি মাসের শেষ দিন"] in [row[:2] for row in rules]
    assert ["প্রতিবেদন পর্যালোচনা", "১৫ দিনের মধ্যে"] in [row[:2] for row in rules]
    wanted = ["বার্ষিক প্রতিবেদন", "শেষ তারিখের ৭ দিন পরে", "ঊর্ধ্বতন দপ্তরের ইনোভেশন অফিসারও"]
    assert wanted in [row[:3] for row in rows_of(page, 1)]


# --- More time ---------------------------------------------------------------------------------
def test_reviewer_gives_one_office_more_time_from_its_row(country: Country) -> None:
    client = client_of(country["reviewer"])
    page = client.get(OWED, {"kind": "annual_report", "q": "upazila"})
    link = find(page, "td.right a")[0].get("href")
    form = client.get(link)
    assert country.upazila.name_bn in form.content.decode()
    assert find(form, f"option[value='{ANNUAL}'][selected]")
    answer = client.post(link, FORM)
    assert answer.status_code == 302
    assert (due_of(country.upazila), due_of(country.sibling)) == (LATER, date(2026, 7, 31))
    assert AuditEntry.objects.filter(action="extension.grant", office=country.upazila).count() == 1
    told = Letter.objects.filter(key__startswith="duties.extension")
    people = (country["upazila.head"], country["upazila.innovation_officer"])
    assert {letter.to_address for letter in told} == {person.email for person in people}
    assert f"সময় বৃদ্ধি: {TITLE}" in told[0].subject
    assert "নতুন শেষ তারিখ ৩১ ডিসেম্বর ২০২৬" in told[0].body
    assert "নদীভাঙন" in told[0].body
    # The same form once more changes nothing and writes to nobody.
    assert client.post(link, FORM).status_code == 302
    assert (Extension.objects.count(), told.count()) == (1, 2)


def test_all_offices_are_let_off_and_told(country: Country) -> None:
    client = client_of(country["reviewer"])
    answer = client.post(CREATE, {**FORM, "way": "exempt", "new_due_on": ""})
    assert answer.status_code == 302
    assert due_of(country.upazila) is due_of(country.elsewhere) is None
    told = Letter.objects.filter(key__startswith="duties.extension")
    assert told.count() == 2 * 5  # the head and the innovation officer of each office
    assert "সকল দপ্তরকে অব্যাহতি" in told[0].body


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"reason": " "}, "reason", "কারণ লিখুন"),
        ({"matter": ""}, "matter", "বেছে নিন"),
        ({"matter": "annual_report:1999-07-01"}, "matter", "annual_report:1999"),
        ({"new_due_on": ""}, "new_due_on", "নতুন শেষ তারিখ লিখুন"),
        ({"new_due_on": "৩১ জুলাই ২০২৬"}, "new_due_on", "এখনকার শেষ তারিখের (৩১ জুলাই ২০২৬) পরে"),
        ({"new_due_on": "20/11/2026"}, "new_due_on", "পেরিয়ে গেছে"),
        ({"new_due_on": "31/12/2062"}, "new_due_on", "সালটি দেখে নিন"),
        ({"new_due_on": "যেকোনো দিন"}, "new_due_on", "তারিখ হিসেবে পড়া গেল না"),
        ({"way": "x"}, "way", "x"),
    ],
)
def test_form_says_what_is_wrong_and_keeps_the_words(
    country: Country, changes: dict[str, str], field: str, words: str
) -> None:
    sent = {**FORM, **changes}
    page = client_of(country["reviewer"]).post(f"{CREATE}?office=upazila", sent)
    assert page.status_code == 422
    assert words in " ".join(page.context["form"].errors[field])
    assert page.context["form"]["reason"].value() == sent["reason"]
    assert not Extension.objects.exists()


def test_second_grant_of_another_kind_asks_to_take_back_the_first(country: Country) -> None:
    grant(country, country.upazila)
    page = client_of(country["reviewer"]).post(
        f"{CREATE}?office=upazila", {**FORM, "new_due_on": "31/01/2027"}
    )
    assert page.status_code == 422
    assert "আগেই ৩১ ডিসেম্বর ২০২৬ পর্যন্ত বাড়ানো হয়েছে" in page.content.decode()
    with pytest.raises(AlreadyGranted):
        grant(country, country.upazila, None)


def test_taking_back_brings_the_usual_day_again(country: Country) -> None:
    extension = grant(country, country.upazila)
    client = client_of(country["reviewer"])
    assert "তুলে নিন" in client.get("/deadlines/extensions/").content.decode()
    path = reverse("duties:extension_revoke", args=[extension.pk])
    assert client.post(path).status_code == 302
    assert due_of(country.upazila) == date(2026, 7, 31)
    assert Letter.objects.filter(subject__startswith="সময়সীমা আবার আগের মতো").count() == 2
    assert "আগেই তুলে নেওয়া হয়েছে" in client.post(path, follow=True).content.decode()
    with pytest.raises(WrongState):
        revoke_extension(extension=extension, by=country["reviewer"])
    # Something else may be granted now.
    assert grant(country, country.upazila, None).is_exemption


def test_offices_see_their_own_grants_and_those_for_all(country: Country) -> None:
    grant(country, country.upazila)
    grant(country, None, date(2027, 1, 15))

    def seen_by(name: str) -> list[str]:
        return texts_of(client_of(country[name]).get("/deadlines/extensions/"), "td .chip")

    own, all_ = "৩১ ডিসেম্বর ২০২৬ পর্যন্ত", "১৫ জানুয়ারি ২০২৭ পর্যন্ত"
    for name in ("upazila.member", "district.head", "reviewer"):
        assert seen_by(name) == [all_, own]
    for name in ("sibling.head", "nobody"):
        assert seen_by(name) == [all_]


def test_unknown_office_and_odd_numbers_are_not_found(country: Country) -> None:
    client = client_of(country["reviewer"])
    for path in (f"{CREATE}?office=no-such", f"{CREATE}?office=%00", f"{CREATE}?office=../x"):
        assert client.get(path).status_code == 404
    for pk in ("99999999999999999999", "0"):
        assert client.post(f"/deadlines/extensions/{pk}/revoke/").status_code == 404


def test_report_in_time_and_late_by_the_clock_in_dhaka(country: Country) -> None:
    """The last second of 31 July is 17:59:59 in UTC."""
    officer = make_officer(country.elsewhere)
    for second, chip in ((59, "আজ শেষ দিন"), (60, "১ দিন দেরি")):
        minute, rest = divmod(second, 60)
        moment = datetime(2026, 7, 31, 17 + minute, 0 if minute else 59, rest, tzinfo=UTC)
        with time_machine.travel(moment, tick=False):
            rows = rows_of(client_of(User.objects.get(pk=officer.pk)).get(OWED), 0)
        assert [TITLE, "৩১ জুলাই ২০২৬", chip] in rows
