"""The year's minutes in one volume: what is in it, who gets it, and that its words are found."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from bangla.pdf.check import extract, missing_words, squeeze
from jobs import runner
from jobs.enums import JobStatus
from jobs.models import Job
from meetings import jobhandlers
from meetings.actions import explain_no_meeting, reopen_minutes, update_item
from meetings.documents import BOOK_TEMPLATE
from meetings.enums import MeetingKind, MeetingStatus
from meetings.models import Meeting, MinutesBook
from teams.enums import Role
from teams.models import Office
from teams.papers import paper_html, texts_of
from tests.factories import (
    Country,
    Team,
    client_of,
    make_country,
    make_office,
    make_post,
    make_team,
)
from tests.meetings.rows import decided, make_meeting, take_meeting_to
from tests.pages import alerts_after, find
from tests.pages import texts_of as words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

CREATE = reverse("meetings:book_create")
STATISTICS = reverse("meetings:statistics")
YEAR = "2026-2027"
FINAL, SENT = MeetingStatus.FINALISED, MeetingStatus.CIRCULATED


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def client(team: Team) -> Client:
    return client_of(team.member)


def settled(team: Team, on: date, text: str = "ফরম এক পাতায় আনতে হবে।", **how: str) -> Meeting:
    how = {"status": FINAL, **how}
    return make_meeting(team.office, by=team.head, on=on, decisions=[decided(text=text)], **how)


def order(client: Client, office: Office, year: str = YEAR) -> MinutesBook:
    """Press the button; the book whose page one lands on."""
    url = client.post(CREATE, {"office": office.pk, "year": year}).url
    return MinutesBook.objects.get(pk=url.rstrip("/").rpartition("/")[2])


def titles(book: MinutesBook) -> list[str]:
    return [minutes["held_on"] for minutes in book.content["meetings"]]


def page_of(client: Client, book: MinutesBook, **headers: str) -> HttpResponse:
    return client.get(reverse("meetings:book_detail", args=[book.pk]), headers=headers)


# --- What is in it -------------------------------------------------------------------------
def test_book_holds_the_settled_minutes_of_the_year_oldest_first(
    client: Client, team: Team
) -> None:
    settled(team, date(2026, 6, 30))
    settled(team, date(2026, 10, 5), status=SENT)
    settled(team, date(2026, 7, 1))
    settled(team, date(2026, 7, 20), kind=MeetingKind.SPECIAL)
    make_meeting(team.office, by=team.head, on=date(2026, 11, 5))
    for month, reason in ((9, "বন্যা"), (8, "নির্বাচন"), (6, "আগের বছর")):
        day = date(2026, month, 1) if month != 6 else date(2026, 5, 1)
        explain_no_meeting(office=team.office, month=day, reason=reason, by=team.head)
    book = order(client, team.office)
    assert (book.starts_on, book.ends_on) == (date(2026, 7, 1), date(2027, 6, 30))
    assert titles(book) == ["১ জুলাই ২০২৬", "২০ জুলাই ২০২৬", "৫ অক্টোবর ২০২৬"]
    assert not any(minutes["is_draft"] for minutes in book.content["meetings"])
    assert book.content["months_unmet"] == [
        {"month": "আগস্ট ২০২৬", "reason": "নির্বাচন"},
        {"month": "সেপ্টেম্বর ২০২৬", "reason": "বন্যা"},
    ]
    page = words_of(page_of(client, book), "main .card")[-1]
    assert all(words in page for words in (*titles(book), "আগস্ট ২০২৬: নির্বাচন"))


def test_book_holds_the_version_in_force(client: Client, team: Team) -> None:
    meeting = settled(team, date(2026, 10, 5))
    first = order(client, team.office)
    reopen_minutes(meeting=meeting, by=team.head, reason="বানান")
    assert "কোনো কার্যবিবরণী এখনো চূড়ান্ত হয়নি" in refusal(client, team.office)
    item = meeting.items.get(topic="সেবা সহজীকরণ")
    update_item(item=item, version=item.version, fields={"discussion": "ঠিক কথা"}, by=team.head)
    meeting.refresh_from_db()
    take_meeting_to(meeting, FINAL, by=team.head)
    second = order(client, team.office)
    assert second.pk != first.pk
    [minutes] = second.content["meetings"]
    assert "ঠিক কথা" in [item["discussion"] for item in minutes["items"]]


def test_same_minutes_are_bound_once_whoever_asks_and_when(client: Client, team: Team) -> None:
    settled(team, date(2026, 10, 5))
    explain_no_meeting(office=team.office, month=date(2026, 9, 1), reason="বন্যা", by=team.head)
    first = order(client, team.office)
    with time_machine.travel(datetime(2026, 12, 5, 6, tzinfo=UTC)):
        later = client_of(team.head)
        later.cookies["django_language"] = "en"
        assert order(later, team.office, "২০২৬-২৭") == first
    assert Job.objects.filter(kind="meetings.book_pdf").count() == 1
    settled(team, date(2026, 11, 5))
    assert order(client, team.office) != first


# --- Refused -------------------------------------------------------------------------------
def refusal(client: Client, office: Office, year: str = YEAR) -> str:
    """What is said when there is no book."""
    before = MinutesBook.objects.count()
    [said] = alerts_after(client, CREATE, {"office": office.pk, "year": year})
    assert MinutesBook.objects.count() == before
    return said


def test_year_without_settled_minutes_gives_a_message(client: Client, team: Team) -> None:
    make_meeting(team.office, by=team.head)
    assert "২০২৬–২৭ অর্থবছরের কোনো কার্যবিবরণী এখনো চূড়ান্ত হয়নি" in refusal(client, team.office)
    assert not find(client.get(STATISTICS), f"form[action='{CREATE}']")


@pytest.mark.parametrize("year", ["", "কাল", "9" * 400, "2026..2027", "\0"])
def test_year_that_is_none_gives_a_message(client: Client, team: Team, year: str) -> None:
    settled(team, date(2026, 10, 5))
    assert "কোনো সময়কাল নয়" in refusal(client, team.office, year)


@pytest.mark.parametrize("office", ["", "x", "0", "9" * 400, "\0"])
def test_office_that_is_none_is_not_found(client: Client, team: Team, office: str) -> None:
    settled(team, date(2026, 10, 5))
    assert client.post(CREATE, {"office": office, "year": YEAR}).status_code == 404


def test_book_is_the_own_teams_only() -> None:
    country: Country = make_country()
    team = Team(
        country.upazila,
        country["upazila.head"],
        country["upazila.innovation_officer"],
        country["upazila.member"],
    )
    settled(team, date(2026, 10, 5), status=SENT)
    book = order(client_of(team.member), team.office)
    pages = [reverse(f"meetings:book_{name}", args=[book.pk]) for name in ("detail", "download")]
    retry = reverse("meetings:book_retry", args=[book.pk])
    for name, person in country.people.items():
        client = client_of(person)
        expected = {200, 302} if name.startswith("upazila.") else {404}
        answers = [client.get(url).status_code for url in pages]
        answers.append(client.post(retry).status_code)
        answers.append(client.post(CREATE, {"office": team.office.pk, "year": YEAR}).status_code)
        assert set(answers) == expected, name
    assert MinutesBook.objects.count() == 1


def test_officer_of_two_teams_binds_either(team: Team) -> None:
    second = make_office("second", parent=team.office)
    make_post(second, Role.INNOVATION_OFFICER, holder=team.head)
    settled(team, date(2026, 10, 5))
    other = Team(second, team.head, team.head, team.head)
    settled(other, date(2026, 9, 5))
    client = client_of(team.head)
    forms = find(client.get(STATISTICS), f"form[action='{CREATE}']")
    books = [MinutesBook.objects.get(pk=client.post(CREATE, dict(form.fields)).url.split("/")[-2])
             for form in forms]  # fmt: skip
    assert [book.office for book in books] == [team.office, second]
    assert [titles(book) for book in books] == [["৫ অক্টোবর ২০২৬"], ["৫ সেপ্টেম্বর ২০২৬"]]


# --- Made ----------------------------------------------------------------------------------
def test_book_is_waited_for_made_and_handed_over(client: Client, team: Team) -> None:
    """The worker makes it, and poppler finds each of its words, those of the contents too."""
    settled(team, date(2026, 7, 8), "জন্মনিবন্ধনের ফরম ৩২টি ঘর থেকে ১৮টিতে নামাতে হবে।")
    settled(team, date(2026, 10, 5), "কৃষিঋণের তথ্যফলক ১৫ ডিসেম্বরের মধ্যে টাঙাতে হবে।")
    reason = "ঘূর্ণিঝড়ের ত্রাণকাজে সকলে মাঠে ছিলেন"
    explain_no_meeting(office=team.office, month=date(2026, 9, 1), reason=reason, by=team.head)
    book = order(client, team.office)
    download = reverse("meetings:book_download", args=[book.pk])
    assert find(page_of(client, book), "section.job[hx-get]")
    assert client.get(download).url == reverse("meetings:book_detail", args=[book.pk])
    runner.run(job_id=book.job_id)
    done = page_of(client, book, **{"HX-Request": "true"})
    assert done.content.decode().strip().startswith("<section")
    assert find(done, f"section.job a[href='{download}']")
    response = client.get(download)
    assert response["Content-Type"] == "application/pdf"
    pdf = b"".join(response.streaming_content)
    said = texts_of(paper_html(BOOK_TEMPLATE, book.content))
    assert missing_words(pdf, said, reader="poppler") == []
    pages = [squeeze(page) for page in extract(pdf, reader="poppler").split("\f")]
    [contents] = [page for page in pages if "সূচিপত্র" in page]
    for month, day in (("জুলাই", "৮ জুলাই ২০২৬"), ("অক্টোবর", "৫ অক্টোবর ২০২৬")):
        title = f"ইনোভেশন টিমের {month} ২০২৬ মাসের সভার কার্যবিবরণী"
        assert squeeze(title) in contents
        assert squeeze(day) in contents
    assert squeeze(reason) in contents


def test_book_that_fails_says_so_and_is_made_after_a_retry(
    client: Client, team: Team, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.JOB_MAX_ATTEMPTS = 1
    settled(team, date(2026, 10, 5))
    book = order(client, team.office)
    with monkeypatch.context() as broken:
        broken.setattr(jobhandlers, "draw_book", lambda content: 1 / 0)
        runner.run(job_id=book.job_id)
    page = page_of(client, book)
    assert "তৈরি করা যায়নি" in words_of(page, "section.job")[0]
    retry = find(page, "section.job form")[0].get("action")
    assert client.post(retry).url == page.wsgi_request.path
    monkeypatch.setattr(jobhandlers, "draw_book", lambda content: b"%PDF-1.7 quick")
    runner.run(job_id=book.job_id)
    assert Job.objects.get(pk=book.job_id).status == JobStatus.DONE


def test_page_asks_as_often_for_a_full_year(client: Client, team: Team) -> None:
    def asked(months: range) -> int:
        for month in months:
            settled(team, date(2026, month, 5))
        book = order(client, team.office)
        with CaptureQueriesContext(connection) as queries:
            assert page_of(client, book).status_code == 200
        return len(queries)

    assert asked(range(7, 8)) == asked(range(8, 12))
