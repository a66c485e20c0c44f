"""Sending: only the head, only what was looked at, only once, with a receipt for both leads."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobs import runner
from jobs.enums import JobStatus
from jobs.models import Job, Letter
from reports import jobhandlers
from reports.actions import (
    NotReady,
    reopen_report,
    return_report,
    submit_report,
    withdraw_report,
)
from reports.approval import changed_parts, looked_at
from reports.documents import SUBMISSION_PDF
from reports.models import Report, ReportFigure, Section, Submission
from teams.enums import Role
from teams.models import AuditEntry, User
from teams.transitions import WrongState
from tests.factories import (
    PASSWORD,
    Country,
    client_of,
    make_country,
    make_team,
)
from tests.pages import find, form_fields, one_line, texts_of
from tests.races import at_once
from tests.reports.auth import confirmed_client_of
from tests.reports.build import make_report, soon

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

DUE = date(2026, 7, 31)


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def head(country: Country) -> User:
    return country["upazila.head"]


@pytest.fixture
def report(country: Country, head: User) -> Report:
    return make_report(country.upazila, by=head)


@pytest.fixture
def client(head: User) -> Client:
    """The head, who has typed the password a moment ago."""
    return confirmed_client_of(head)


@pytest.fixture
def a_quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the paper looks like is tested elsewhere."""

    class Quick:
        content = b"%PDF-1.7 quick"

    monkeypatch.setattr(jobhandlers, "draw_report", lambda *args, **more: ("<p>", Quick))


def page_of(report: Report) -> str:
    return reverse("reports:send", args=[report.pk])


def approve(client: Client, report: Report, **changes: str) -> HttpResponse:
    """Open the page, look, press the button."""
    form = form_fields(client.get(page_of(report)))
    return client.post(page_of(report), {**form, **changes})


# --- The page and the password --------------------------------------------------------------
def test_head_sends_and_reads_the_receipt(client: Client, report: Report, head: User) -> None:
    response = approve(client, report)
    submission = Submission.objects.get()
    assert response.url == submission.get_absolute_url()
    page = client.get(response.url)
    assert submission.receipt_number == f"2026-2027/{submission.pk:06}"
    assert "২০২৬-২০২৭/" in one_line(find(page, "aside")[0])
    assert "দুপুর" not in submission.receipt_number
    report.refresh_from_db()
    assert (report.status, report.due_on, report.submitted_by) == ("submitted", DUE, head)
    assert submission.content["signature"]["name"] == head.name_bn
    assert submission.by_post.role == Role.HEAD


def test_password_is_asked_before_anything_is_sent(report: Report, head: User) -> None:
    client = client_of(head)
    asked = approve(client, report)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert not Submission.objects.exists()
    assert client.post(asked.url, {"password": "not this one"}).status_code == 200
    assert not Submission.objects.exists()
    # With the right one the approval goes through without being pressed again.
    done = client.post(asked.url, {"password": PASSWORD, "next": page_of(report)})
    assert done.url == Submission.objects.get().get_absolute_url()


def test_password_is_asked_again_after_some_minutes(report: Report, head: User) -> None:
    client = confirmed_client_of(head)
    with time_machine.travel(datetime(2026, 11, 21, 6, 6, tzinfo=UTC)):
        assert approve(client, report).url.startswith(reverse("account_reauthenticate"))
    assert not Submission.objects.exists()


def test_innovation_officer_cannot_send(country: Country, report: Report) -> None:
    client = confirmed_client_of(country["upazila.innovation_officer"])
    assert client.get(page_of(report)).status_code == 403
    assert client.post(page_of(report)).status_code == 403
    # A stranger is not even asked for the password.
    stranger = client_of(country["sibling.head"])
    assert stranger.post(page_of(report)).status_code == 404


def test_page_says_what_is_missing_and_sends_nothing(client: Client, report: Report) -> None:
    report.sections.filter(key="problems").update(words="", is_own_words=True)
    page = client.get(page_of(report))
    assert "সমস্যা, শিক্ষা ও সুপারিশ" in texts_of(page, ".checklist li a")
    assert not find(page, "main form.form")
    response = client.post(page_of(report), {"looked_at": "x"})
    assert response.url == page_of(report)
    with pytest.raises(NotReady):
        submit_report(report=Report.objects.get(), by=report.created_by)
    assert (Report.objects.get().status, Submission.objects.count()) == ("draft", 0)


@pytest.mark.parametrize(
    ("moment", "word"),
    [
        # Midnight in Dhaka is six in the evening in Greenwich.
        (datetime(2026, 7, 31, 17, 59, tzinfo=UTC), "সময়ের মধ্যে"),
        (datetime(2026, 7, 31, 18, 0, tzinfo=UTC), "সময় পেরিয়ে গেছে"),
    ],
)
def test_page_says_whether_it_is_on_time(
    report: Report, head: User, moment: datetime, word: str
) -> None:
    with time_machine.travel(moment):
        aside = find(client_of(head).get(page_of(report)), "aside")[0]
    assert "৩১ জুলাই ২০২৬" in one_line(aside)
    assert word in one_line(aside)


# --- What was looked at -----------------------------------------------------------------------
def test_words_written_meanwhile_stop_the_sending(client: Client, report: Report) -> None:
    form = form_fields(client.get(page_of(report)))
    report.sections.filter(key="meetings").update(words="বারোটি সভা হয়েছে")
    response = client.post(page_of(report), form)
    assert response.status_code == 409
    assert texts_of(response, ".alert li") == ["ইনোভেশন টিমের সভা"]
    assert find(response, "#section-meetings")
    assert not Submission.objects.exists()
    assert not Letter.objects.exists()
    assert Report.objects.get().status == "draft"
    # What is shown now can be sent as it stands.
    client.post(page_of(report), form_fields(response))
    (meetings,) = (
        section
        for section in Submission.objects.get().content["sections"]
        if section["key"] == "meetings"
    )
    assert meetings["paragraphs"] == ["বারোটি সভা হয়েছে"]


def test_part_left_out_meanwhile_is_named(client: Client, report: Report) -> None:
    form = form_fields(client.get(page_of(report)))
    report.sections.filter(key="training").update(is_left_out=True, left_out_reason="হয়নি")
    response = client.post(page_of(report), form)
    # Those behind it have another number now, and are as they were.
    assert texts_of(response, ".alert li") == ["কর্মশালা ও প্রশিক্ষণ"]


def test_midnight_between_looking_and_sending_is_no_change(report: Report, head: User) -> None:
    with time_machine.travel(datetime(2026, 7, 31, 17, 59, tzinfo=UTC)) as clock:
        client = confirmed_client_of(head)
        form = form_fields(client.get(page_of(report)))
        clock.shift(120)
        client.post(page_of(report), form)
    assert "১ আগস্ট ২০২৬" in Submission.objects.get().content["date"]


@pytest.mark.parametrize("odd", ["", "frame", "frame:1 frame:2", ":", "x" * 5000, "\u09e6:\u09e7"])
def test_approval_of_nothing_known_is_shown_again(client: Client, report: Report, odd: str) -> None:
    assert client.post(page_of(report), {"looked_at": odd}).status_code == 409
    assert not Submission.objects.exists()


def test_marks_tell_which_parts_differ() -> None:
    content = {"title": "ক", "date": "আজ", "sections": [{"key": "plan", "number": "১", "x": 1}]}
    seen = looked_at(content)
    assert changed_parts(seen, {**content, "date": "কাল"}) == []
    assert changed_parts(seen, {**content, "title": "খ"}) == ["frame"]
    assert changed_parts(seen, {**content, "sections": []}) == ["plan"]


# --- Once --------------------------------------------------------------------------------------
def test_button_pressed_twice_sends_once(client: Client, report: Report) -> None:
    form = form_fields(client.get(page_of(report)))
    first, second = (client.post(page_of(report), form) for _ in range(2))
    assert first.url == second.url == Submission.objects.get().get_absolute_url()
    assert Job.objects.filter(kind=SUBMISSION_PDF).count() == 1


@pytest.mark.django_db(transaction=True)
def test_head_who_sends_from_six_browsers_at_once_sends_one_report() -> None:
    team = make_team()
    report = make_report(team.office, by=team.head)

    def send() -> Submission:
        by = User.objects.get(pk=team.head.pk)
        return submit_report(report=Report.objects.get(pk=report.pk), by=by)

    results = at_once([send] * 6)
    sent = [result for result in results if isinstance(result, Submission)]
    assert len(sent) == Submission.objects.count() == 1
    assert sum(isinstance(result, WrongState) for result in results) == 5
    assert Letter.objects.filter(key__startswith="reports.receipt").count() == 2
    assert Job.objects.filter(kind=SUBMISSION_PDF).count() == 1


@pytest.mark.django_db(transaction=True)
def test_offices_that_send_at_once_get_a_number_each() -> None:
    teams = [make_team(f"office-{number}") for number in range(6)]
    reports = [make_report(team.office, by=team.head) for team in teams]

    def send(report: Report) -> str:
        by = User.objects.get(pk=report.created_by_id)
        return submit_report(report=Report.objects.get(pk=report.pk), by=by).receipt_number

    numbers = at_once([lambda one=one: send(one) for one in reports])
    assert len({str(number) for number in numbers}) == 6
    assert sorted(numbers) == sorted(Submission.objects.values_list("receipt_number", flat=True))


def test_year_of_the_number_is_that_of_the_day_in_dhaka(report: Report, head: User) -> None:
    with time_machine.travel(datetime(2027, 6, 30, 18, 0, tzinfo=UTC)):
        assert submit_report(report=report, by=head).receipt_number.startswith("2027-2028/")


# --- Letters and the record ---------------------------------------------------------------------
def test_receipt_goes_to_the_head_and_the_innovation_officer(
    country: Country, report: Report, head: User
) -> None:
    client = confirmed_client_of(head)
    client.cookies["django_language"] = "en"
    approve(client, report)
    letters = Letter.objects.filter(key__startswith="reports.receipt:")
    assert {letter.to_address for letter in letters} == {
        head.email,
        country["upazila.innovation_officer"].email,
    }
    submission = Submission.objects.get()
    for letter in letters:
        assert "প্রাপ্তি রসিদ নম্বর: ২০২৬-২০২৭/" in letter.body
        assert submission.fingerprint in letter.body
        assert f"/verify/report/{submission.code}/" in letter.body
        assert "২১ নভেম্বর ২০২৬, দুপুর ১২:০০ টা (ঢাকা)" in letter.body
    steps = AuditEntry.objects.filter(object_id__in=[report.pk, submission.pk], by=head)
    assert {"report.submit", "submission.create"} <= set(steps.values_list("action", flat=True))


def test_figures_stand_in_columns(report: Report, head: User) -> None:
    submission = submit_report(report=report, by=head)
    told = {
        f"{section['key']}.{figure['key']}": figure["value"]
        for section in submission.content["sections"]
        for figure in section["figures"]
    }
    rows = ReportFigure.objects.filter(submission=submission).values_list("key", "value")
    assert {key: f"{value:.2f}" for key, value in rows} == told
    assert "meetings.held" in told


# --- What was sent, and by whom it is read --------------------------------------------------------
@pytest.fixture
def submission(report: Report, head: User) -> Submission:
    return submit_report(report=report, by=head)


def test_pdf_is_waited_for_made_and_handed_over(
    client: Client, submission: Submission, a_quick_pdf: None
) -> None:
    page = submission.get_absolute_url()
    download = reverse("reports:submission_download", args=[submission.pk])
    assert client.get(download).url == page
    assert find(client.get(page), "section.job[hx-get]")
    runner.run(job_id=submission.job_id)
    fragment = client.get(page, headers={"HX-Request": "true"})
    assert fragment.content.decode().lstrip().startswith('<div class="sent-file"')
    assert "নেই; দপ্তরের সনদ দেওয়া ছিল না" in one_line(find(fragment, ".sent-file")[0])
    response = client.get(download)
    assert b"".join(response.streaming_content) == b"%PDF-1.7 quick"
    assert "upazila%202025-2026.pdf" in response["Content-Disposition"]


def test_pdf_that_failed_is_made_again_by_the_team_or_the_reviewer(
    country: Country, submission: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **more: object) -> None:
        raise RuntimeError("out of paper")

    monkeypatch.setattr(jobhandlers, "draw_report", broken)
    Job.objects.filter(pk=submission.job_id).update(attempts=99)
    runner.run(job_id=submission.job_id)
    retry = reverse("reports:submission_retry", args=[submission.pk])
    above = client_of(country["district.head"])
    assert not find(above.get(submission.get_absolute_url()), "section.job form")
    reviewer = client_of(country["reviewer"])
    assert find(reviewer.get(submission.get_absolute_url()), "section.job form")
    reviewer.post(retry)
    submission.job.refresh_from_db()
    assert submission.job.status == JobStatus.QUEUED


def test_later_sendings_and_earlier_ones_lead_to_each_other(
    country: Country, submission: Submission, report: Report, head: User
) -> None:
    reviewer = country["reviewer"]
    return_report(report=report, by=reviewer, reason="সংখ্যার উৎস দিন", resubmit_by=soon())
    client = client_of(head)
    first_page = client.get(submission.get_absolute_url())
    assert "সংখ্যার উৎস দিন" in one_line(find(first_page, "main")[0])
    report.refresh_from_db()
    again = submit_report(report=report, by=head)
    assert (again.number, report.first_sent_at) == (2, Report.objects.get().first_sent_at)
    links = {link.get("href") for link in find(client.get(again.get_absolute_url()), "aside a")}
    assert submission.get_absolute_url() in links
    warning = find(client.get(submission.get_absolute_url()), ".alert-warning a")[0]
    assert warning.get("href") == again.get_absolute_url()


def test_receipt_says_who_what_and_when(client: Client, submission: Submission) -> None:
    page = client.get(reverse("reports:receipt", args=[submission.pk]))
    words = one_line(find(page, ".sent-receipt")[0])
    for said in (
        "২১ নভেম্বর ২০২৬, দুপুর ১২:০০ টা",
        submission.content["signature"]["name"],
        submission.content["signature"]["designation"],
        submission.fingerprint,
        "২০২৫–২৬ অর্থবছর",
    ):
        assert said in words
    assert find(page, "svg.qr path")
    assert "style=" not in page.content.decode()


def test_only_pictures_of_the_sending_are_shown(client: Client, submission: Submission) -> None:
    address = reverse("reports:submission_picture", args=[submission.pk, "0" * 64])
    assert client.get(address).status_code == 404
    odd = reverse("reports:submission_picture", args=[submission.pk, "x'; --"])
    assert client.get(odd).status_code == 404


def test_pages_ask_the_same_however_much_was_sent(
    client: Client,
    country: Country,
    report: Report,
    head: User,
    submission: Submission,
) -> None:
    def cost(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    page = submission.get_absolute_url()
    before = cost(page)
    rows = [{"key": f"meeting:{n}", "cells": ["১", "২"]} for n in range(100)]
    table = {
        "key": "many",
        "kind": "list",
        "title": "তালিকা",
        "columns": [{"key": "a", "heading": "ক", "class": ""}] * 2,
        "rows": rows,
    }
    for number in range(2, 7):
        return_report(report=report, by=country["reviewer"], reason="আবার", resubmit_by=soon())
        Section.objects.filter(report=report, key="meetings").update(tables=[table])
        submit_report(report=Report.objects.get(), by=head)
        report.refresh_from_db()
        assert report.submissions.count() == number
    assert cost(page) == before
    assert cost(report.submissions.latest("number").get_absolute_url()) == before


# --- Withdrawn -----------------------------------------------------------------------------------
@pytest.fixture
def accepted(country: Country, head: User) -> Report:
    return make_report(country.upazila, by=head, reviewer=country["reviewer"], status="accepted")


def test_reviewer_withdraws_with_a_reason(country: Country, accepted: Report) -> None:
    url = reverse("reports:withdraw", args=[accepted.pk])
    submission = accepted.submissions.get()
    reviewer = confirmed_client_of(country["reviewer"])
    assert url in reviewer.get(submission.get_absolute_url()).content.decode()
    empty = reviewer.post(url, {"reason": " "})
    assert empty.status_code == 422
    assert "লিখুন" in texts_of(empty, ".invalid-feedback")[0]
    assert reviewer.post(url, {"reason": "প্রশিক্ষণের সংখ্যা ভুল"}).url == submission.get_absolute_url()
    accepted.refresh_from_db()
    assert accepted.status == "withdrawn"
    for person in ("reviewer", "upazila.member", "district.head"):
        page = client_of(country[person]).get(submission.get_absolute_url())
        assert "প্রশিক্ষণের সংখ্যা ভুল" in texts_of(page, ".alert-danger")[0]
    letters = Letter.objects.filter(key__startswith="reports.withdrawal:")
    assert letters.count() == 2
    assert "প্রশিক্ষণের সংখ্যা ভুল" in letters[0].body


def test_reason_of_a_withdrawal_survives_the_password(country: Country, accepted: Report) -> None:
    url = reverse("reports:withdraw", args=[accepted.pk])
    client = client_of(country["reviewer"])
    asked = client.post(url, {"reason": "প্রশিক্ষণের সংখ্যা ভুল"})
    client.post(asked.url, {"password": PASSWORD, "next": url})
    accepted.refresh_from_db()
    assert accepted.withdraw_reason == "প্রশিক্ষণের সংখ্যা ভুল"


def test_report_in_review_is_not_withdrawn(country: Country, submission: Submission) -> None:
    report, reviewer = submission.report, country["reviewer"]
    client = confirmed_client_of(reviewer)
    url = reverse("reports:withdraw", args=[report.pk])
    assert client.get(url).url == submission.get_absolute_url()
    assert client.post(url, {"reason": "ভুল"}).url == submission.get_absolute_url()
    with pytest.raises(WrongState):
        withdraw_report(report=report, by=reviewer, reason="ভুল")
    submission.refresh_from_db()
    assert submission.withdrawn_at is None


def test_withdrawn_report_can_be_mended_and_sent_anew(country: Country, head: User) -> None:
    reviewer = country["reviewer"]
    report = make_report(country.upazila, by=head, reviewer=reviewer, status="withdrawn")
    reopen_report(report=report, by=reviewer, reason="ঠিক করুন", resubmit_by=soon())
    response = approve(confirmed_client_of(head), report)
    assert response.url == report.submissions.latest("number").get_absolute_url()
    assert [one.withdrawn_at is None for one in report.submissions.order_by("number")] == [
        False,
        True,
    ]
