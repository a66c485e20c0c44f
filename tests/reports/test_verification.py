"""Whoever holds a report, on paper or as a file, finds out whether it is the one that was sent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import (
    MemoryFileUploadHandler,
    TemporaryFileUploadHandler,
)
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from ideas import guard
from jobs.documents import open_document, store
from jobs.enums import JobStatus
from jobs.models import Job, StoredDocument
from reports import verification
from reports.actions import return_report, submit_report, withdraw_report
from reports.models import Report, Submission
from reports.verification import read_code, spaced
from teams.models import User
from teams.papers import plain_json
from tests.factories import Country, make_country
from tests.pages import find, one_line, texts_of
from tests.reports.build import accept, make_report, soon

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture(autouse=True)
def a_new_hour() -> None:
    guard.forget()


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
def submission(report: Report, head: User) -> Submission:
    return drawn(submit_report(report=report, by=head))


@pytest.fixture
def nobody() -> Client:
    return Client()


def drawn(submission: Submission) -> Submission:
    """As if a worker had made its PDF."""
    content = b"%PDF-1.7 " + submission.code.encode()
    file = store(content, content_type="application/pdf", filename="sent.pdf")
    Job.objects.filter(pk=submission.job_id).update(
        status=JobStatus.DONE, finished_at=submission.created_at, document=file
    )
    return Submission.objects.get(pk=submission.pk)


def file_of(submission: Submission) -> bytes:
    made = submission.ordered_job.document
    assert made is not None
    with open_document(made) as file:
        return file.read()


def page_of(submission: Submission) -> str:
    return reverse("open:verify_report_code", args=[submission.code])


def show(client: Client, content: bytes, submission: Submission | None = None) -> HttpResponse:
    """Give a file to the page, of a code or without one."""
    url = page_of(submission) if submission else reverse("open:verify_report")
    return client.post(url, {"file": SimpleUploadedFile("report.pdf", content)})


def send_again(report: Report, head: User, reviewer: User) -> Submission:
    report.refresh_from_db()
    return_report(report=report, by=reviewer, reason="উৎস দিন", resubmit_by=soon())
    return drawn(submit_report(report=report, by=head))


# --- The code -----------------------------------------------------------------------------------
def test_code_is_read_however_it_is_typed(nobody: Client, submission: Submission) -> None:
    code = submission.code
    for typed in (
        code,
        code.lower(),
        spaced(code),
        f"  {spaced(code).replace('-', ' ')} ",
        f"{code}।",
    ):
        assert read_code(typed) == code
        answer = nobody.get(reverse("open:verify_report"), {"code": typed})
        assert answer.url == page_of(submission)
        assert nobody.get(page_of(submission).replace(code, code.lower())).status_code == 200


@pytest.mark.parametrize("typed", ["ABC", "0" * 16, "\0", "ক" * 16, "9" * 4000, "<script>alert(1)"])
def test_what_is_no_code_is_said_to_be_none(nobody: Client, typed: str) -> None:
    answer = nobody.get(reverse("open:verify_report"), {"code": typed})
    assert answer.status_code == (422 if typed.strip("\0") else 200)
    assert "<script>alert" not in answer.content.decode()


def test_unknown_code_is_answered_with_the_form(nobody: Client) -> None:
    for code in ("A" * 16, "x", "০", "../..", "%00"):
        answer = nobody.get(f"/verify/report/{code}/".replace("../..", "..."))
        assert answer.status_code == 404
        assert find(answer, "form input[name='code']")


def test_guessing_codes_comes_to_an_end(nobody: Client, submission: Submission) -> None:
    for number in range(verification.MOST_GUESSES):
        code = f"{number:016}".translate(str.maketrans("01", "AB"))
        assert nobody.get(reverse("open:verify_report_code", args=[code])).status_code == 404
    assert nobody.get(page_of(submission)).status_code == 429
    assert nobody.get(reverse("open:verify_report")).status_code == 200


# --- How a sending stands -----------------------------------------------------------------------
def test_page_says_what_was_sent_and_nothing_of_what_it_says(
    nobody: Client, submission: Submission
) -> None:
    page = nobody.get(page_of(submission))
    words = one_line(find(page, "main")[0])
    made = submission.ordered_job.document
    assert made is not None
    for said in (
        "আসল এবং বহাল",
        submission.content["office"],
        "২০২৫–২৬ অর্থবছর",
        "২১ নভেম্বর ২০২৬, দুপুর ১২:০০ টা",
        made.sha256,
        submission.fingerprint,
    ):
        assert said in words
    for section in submission.content["sections"]:
        assert not any(text in words for text in section["paragraphs"])
    # Whoever signed is no secret to the reader of the paper, and nobody else's business.
    assert submission.content["signature"]["name"] not in words


def test_code_of_an_earlier_sending_says_so(
    nobody: Client, submission: Submission, report: Report, head: User, country: Country
) -> None:
    later = send_again(report, head, country["reviewer"])
    earlier = nobody.get(page_of(submission))
    assert "নতুন প্রতিবেদন পাঠানো হয়েছে" in texts_of(earlier, ".alert")[0]
    assert page_of(later) in {link.get("href") for link in find(earlier, "main a")}
    assert "আসল এবং বহাল" in texts_of(nobody.get(page_of(later)), ".alert")[0]


def test_withdrawn_report_says_why(
    nobody: Client, submission: Submission, report: Report, country: Country
) -> None:
    report.refresh_from_db()
    accept(report, reviewer=country["reviewer"])
    withdraw_report(report=report, by=country["reviewer"], reason="ভুল <b>সংখ্যা</b>")
    page = nobody.get(page_of(submission))
    assert "প্রত্যাহার করা হয়েছে" in texts_of(page, ".alert")[0]
    assert "ভুল <b>সংখ্যা</b>" in texts_of(page, ".alert")[0]
    # It is still the file that was sent.
    answer = show(nobody, file_of(submission), submission)
    assert "হুবহু পাঠানো ফাইল" in texts_of(answer, "form .alert")[0]


def test_page_answers_before_the_pdf_is_made(nobody: Client, report: Report, head: User) -> None:
    submission = submit_report(report=report, by=head)
    assert "এখনো তৈরি হচ্ছে" in one_line(find(nobody.get(page_of(submission)), "main")[0])
    answer = show(nobody, b"%PDF-1.7 mine", submission)
    assert "এখনো তৈরি হচ্ছে" in texts_of(answer, "form .alert")[0]


# --- The file -----------------------------------------------------------------------------------
def test_true_file_is_told_from_a_changed_one(nobody: Client, submission: Submission) -> None:
    true = file_of(submission)
    assert "হুবহু পাঠানো ফাইল" in texts_of(show(nobody, true, submission), "form .alert")[0]
    for changed in (true[:-1] + b"x", true + b"\n", true[1:], b"%PDF"):
        answer = show(nobody, changed, submission)
        assert "পাঠানো ফাইল নয়" in texts_of(answer, "form .alert")[0]


def test_file_without_a_code_finds_its_own_page(nobody: Client, submission: Submission) -> None:
    answer = show(nobody, file_of(submission))
    assert page_of(submission) in {link.get("href") for link in find(answer, "main a")}
    assert "পাঠানো ফাইল নয়" in texts_of(show(nobody, b"%PDF mine"), "form .alert")[0]


def test_data_inside_the_pdf_is_recognised(nobody: Client, submission: Submission) -> None:
    data = plain_json(submission.content)
    assert "হুবহু উপাত্ত" in texts_of(show(nobody, data, submission), "form .alert")[0]
    changed = data.replace(b"2025", b"2024")
    assert "পাঠানো ফাইল নয়" in texts_of(show(nobody, changed, submission), "form .alert")[0]


def test_files_of_other_sendings_and_reports_are_named(
    nobody: Client, submission: Submission, report: Report, head: User, country: Country
) -> None:
    later = send_again(report, head, country["reviewer"])
    other = make_report(country.sibling, by=country["sibling.head"], status="submitted")
    theirs = drawn(other.submissions.get())

    def said(file: Submission, code: Submission) -> str:
        return texts_of(show(nobody, file_of(file), code), "form .alert")[0]

    assert "আগেরবার পাঠানো" in said(submission, later)
    assert "পরেরবার পাঠানো" in said(later, submission)
    assert "অন্য প্রতিবেদনের" in said(theirs, later)
    assert theirs.content["office"] in said(theirs, later)


def test_nothing_and_too_much_is_answered(
    nobody: Client, submission: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert nobody.post(page_of(submission)).status_code == 422
    assert show(nobody, b"", submission).status_code == 422
    assert nobody.post(reverse("open:verify_report"), {"file": "words"}).status_code == 422
    monkeypatch.setattr(verification, "LARGEST_FILE", 10)
    assert show(nobody, b"%PDF-1.7 long", submission).status_code == 413


def test_shown_file_is_kept_nowhere(
    nobody: Client, submission: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keep(self: object, *args: object, **more: object) -> None:
        raise AssertionError("a file is kept")

    for handler in (MemoryFileUploadHandler, TemporaryFileUploadHandler):
        monkeypatch.setattr(handler, "new_file", keep)
    stored = StoredDocument.objects.count()
    for content in (b"%PDF-1.7 short", b"%PDF-1.7 " + b"x" * 3_000_000):
        answer = show(nobody, content, submission)
        assert "পাঠানো ফাইল নয়" in texts_of(answer, "form .alert")[0]
    assert StoredDocument.objects.count() == stored
