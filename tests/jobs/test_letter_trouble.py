"""Letters that are refused, tried again, too late, waiting for a file, or sent anew."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from pytest_django import Settings

from jobs import actions, documents, jobhandlers
from jobs.enums import JobStatus, LetterStatus
from jobs.letters import Attachment, resend_letter
from jobs.models import Job, Letter
from tests.jobs.support import (
    ADDRESS,
    FILE,
    MAX_ATTEMPTS,
    OTHER,
    MakeJob,
    Post,
    Register,
    a_pdf,
    carried,
    claimed,
    worked,
)
from tests.smtp import SmtpServer

pytestmark = pytest.mark.django_db


# --- Addresses -------------------------------------------------------------------------------
def test_letter_to_a_refused_address_says_so_and_hinders_nobody(
    post: Post, smtp_server: SmtpServer
) -> None:
    smtp_server.refuse(ADDRESS)
    refused, other = post("notice:1"), post("notice:2", OTHER)
    refused, other = carried(refused), carried(other)
    assert (refused.status, refused.sent_at) == (LetterStatus.REFUSED, None)
    assert "ঠিকানা নেয়নি" in refused.refused_reason
    assert refused.refused_detail == "550 5.1.1 no such user here"
    # There is nothing more to find out: no tries go on, and no operator is called.
    assert refused.job.status == JobStatus.DONE
    assert other.status == LetterStatus.SENT
    assert [mail.to for mail in smtp_server.mails] == [OTHER]
    carried(refused)
    assert smtp_server.knocks[ADDRESS] == 1


@pytest.mark.parametrize("address", ["শিরীন", "shirin@", "a@b@c.test", "ক@dept.test", "x" * 300])
def test_letter_to_what_is_no_address_is_refused_at_once(
    address: str, post: Post, queue: list[int]
) -> None:
    with translation.override("en"):
        letter = post(to_address=address)
        assert letter.status == LetterStatus.REFUSED
        assert "name@example.gov.bd" in letter.refused_reason_shown
    letter.refresh_from_db()
    assert "ই-মেইল ঠিকানার মতো নয়" in letter.refused_reason
    assert (letter.job, queue) == (None, [])


def test_letter_without_an_address_says_so(post: Post, queue: list[int]) -> None:
    letter = post(to_address=" ")
    assert (letter.status, letter.job) == (LetterStatus.NO_ADDRESS, None)
    assert letter.refused_reason_shown == ""
    assert queue == []


# --- Trouble that passes, and trouble that does not ------------------------------------------
def test_letter_waits_for_a_busy_server(post: Post, smtp_server: SmtpServer) -> None:
    smtp_server.be_busy(times=2)
    letter = carried(carried(post()))
    assert (letter.status, letter.job.attempts) == (LetterStatus.WAITING, 2)
    assert "451" in letter.job.error
    assert carried(letter).status == LetterStatus.SENT
    assert len(smtp_server.mails) == 1


def test_letter_waits_for_a_server_that_is_down(post: Post, smtp_server: SmtpServer) -> None:
    smtp_server.stop()
    letter = carried(post())
    assert (letter.status, letter.job.status) == (LetterStatus.WAITING, JobStatus.QUEUED)
    smtp_server.start()
    assert carried(letter).status == LetterStatus.SENT


def test_letter_waits_for_a_server_that_does_not_answer(
    post: Post, smtp_server: SmtpServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_TIMEOUT = None
    monkeypatch.setattr("jobs.mail.ANSWER_SECONDS", 0.2)
    smtp_server.fall_silent()
    letter = carried(post())
    assert (letter.status, letter.job.status) == (LetterStatus.WAITING, JobStatus.QUEUED)
    assert "timed out" in letter.job.error


def worn_out(letter: Letter) -> Letter:
    for _ in range(MAX_ATTEMPTS):
        letter = carried(letter)
    return letter


def test_letter_that_never_gets_through_says_so_and_can_be_sent_again(
    post: Post, smtp_server: SmtpServer
) -> None:
    smtp_server.stop()
    letter = worn_out(post())
    assert (letter.status, letter.job.status) == (LetterStatus.FAILED, JobStatus.FAILED)
    assert "কয়েকবার চেষ্টা করেও" in letter.refused_reason
    assert "Connection refused" in letter.refused_detail
    smtp_server.start()
    assert resend_letter(letter=letter, by=None)
    assert (letter.status, letter.refused_reason) == (LetterStatus.WAITING, "")
    assert carried(letter).status == LetterStatus.SENT
    # The job that was parked is the one that carried it: nothing stays behind to be retried.
    assert Job.objects.get().status == JobStatus.DONE


def test_letter_whose_workers_vanish_says_so(post: Post) -> None:
    letter = post()
    for _ in range(MAX_ATTEMPTS):
        job = Job.objects.get()
        claimed(job)
        job.refresh_from_db()
        actions.sweep(now=job.lease_until)
    letter.refresh_from_db()
    assert letter.status == LetterStatus.FAILED
    assert letter.refused_reason
    assert letter.refused_detail.startswith("The worker vanished")


def test_letter_goes_when_an_operator_lets_its_job_try_again(
    post: Post, smtp_server: SmtpServer
) -> None:
    smtp_server.stop()
    letter = worn_out(post())
    smtp_server.start()
    assert actions.retry(job=letter.job)
    letter = carried(letter)
    assert (letter.status, letter.refused_reason) == (LetterStatus.SENT, "")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("554 5.7.1 looks like spam", "মেইল সার্ভার ই-মেইলটি নেয়নি"),
        ("552 5.3.4 message too big", "সীমার চেয়ে বড়"),
    ],
)
def test_letter_that_the_server_will_not_take_is_parked_at_once(
    reply: str, words: str, post: Post, smtp_server: SmtpServer
) -> None:
    smtp_server.answer_data(reply)
    letter = carried(post())
    assert (letter.status, letter.job.status) == (LetterStatus.FAILED, JobStatus.FAILED)
    assert words in letter.refused_reason
    assert reply in letter.refused_detail
    assert letter.job.attempts == 1


def test_letter_larger_than_the_server_announces_is_parked_at_once(
    post: Post, smtp_server: SmtpServer, settings: Settings
) -> None:
    huge = documents.store(b"\xff" * 26_000_000, content_type="image/png", filename="huge.png")
    letter = carried(post(attachments=[Attachment(filename="ছবি.png", document=huge)]))
    assert letter.status == LetterStatus.FAILED
    assert "সীমার চেয়ে বড়" in letter.refused_reason


def test_letter_is_not_given_up_over_a_log_in(
    post: Post, smtp_server: SmtpServer, settings: Settings
) -> None:
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = "wrong"
    letter = carried(post())
    assert (letter.status, letter.job.status) == (LetterStatus.WAITING, JobStatus.QUEUED)
    assert "SMTP" in letter.job.error


def test_letter_is_not_given_up_over_our_own_address(post: Post, smtp_server: SmtpServer) -> None:
    """Neither the reader nor the letter is at fault: the operator has to mend a setting."""
    smtp_server.answer_sender("550 5.7.1 not from you")
    letter = carried(post())
    assert (letter.status, letter.job.status) == (LetterStatus.WAITING, JobStatus.QUEUED)
    assert "not from you" in letter.job.error
    smtp_server.answer_sender("250 OK")
    assert carried(letter).status == LetterStatus.SENT


# --- Time ------------------------------------------------------------------------------------
def test_letter_past_its_last_moment_is_not_sent(post: Post, smtp_server: SmtpServer) -> None:
    letter = post(expires_at=timezone.now() + timedelta(hours=1))
    smtp_server.be_busy(times=1)
    assert carried(letter).status == LetterStatus.WAITING
    Letter.objects.update(expires_at=timezone.now())
    letter = carried(letter)
    assert (letter.status, letter.job.status) == (LetterStatus.EXPIRED, JobStatus.DONE)
    assert smtp_server.mails == []
    assert resend_letter(letter=letter, by=None)
    assert carried(letter).status == LetterStatus.SENT


# --- Attachments still being made ------------------------------------------------------------
def with_job(job: Job) -> list[Attachment]:
    return [Attachment(filename=FILE, job=job)]


def test_letter_waits_for_its_attachment_without_using_up_tries(
    post: Post, make_job: MakeJob, smtp_server: SmtpServer
) -> None:
    paper = make_job(text="কার্যবিবরণী")
    letter = post(attachments=with_job(paper))
    for _ in range(MAX_ATTEMPTS + 1):
        letter = carried(letter)
        assert (letter.status, letter.job.status) == (LetterStatus.WAITING, JobStatus.QUEUED)
        assert (letter.job.attempts, letter.job.error) == (0, "")
        assert letter.job.due_at > timezone.now()
    assert smtp_server.knocks == {}
    worked(paper)
    assert carried(letter).status == LetterStatus.SENT
    assert smtp_server.to(ADDRESS).files == {FILE: "কার্যবিবরণী".encode()}


def test_letter_whose_attachment_was_parked_says_so(
    post: Post, make_job: MakeJob, smtp_server: SmtpServer
) -> None:
    paper = make_job()
    letter = post(attachments=with_job(paper))
    actions.fail(claim=claimed(paper), error="no font", final=True, now=timezone.now())
    letter = carried(letter)
    assert (letter.status, letter.job.status) == (LetterStatus.FAILED, JobStatus.FAILED)
    assert "ফাইলটি তৈরি করা যায়নি" in letter.refused_reason
    assert str(paper) in letter.refused_detail
    # The operator mends the cause and lets everything that is parked try again.
    for job in Job.objects.parked():
        assert actions.retry(job=job)
    assert carried(letter).status == LetterStatus.WAITING
    worked(paper)
    assert carried(letter).status == LetterStatus.SENT
    assert list(smtp_server.to(ADDRESS).files) == [FILE]


def test_letter_whose_attachment_came_to_nothing_says_so(
    post: Post, make_job: MakeJob, register: Register, smtp_server: SmtpServer
) -> None:
    register("test.nothing", lambda payload, progress: None)
    job = make_job(kind="test.nothing")
    worked(job)
    assert carried(post(attachments=with_job(job))).status == LetterStatus.FAILED
    assert smtp_server.knocks == {}


def test_letter_with_a_damaged_attachment_is_not_sent_without_it(
    post: Post, smtp_server: SmtpServer
) -> None:
    paper = a_pdf()
    Path(paper.file.path).unlink()
    letter = carried(post(attachments=[Attachment(filename=FILE, document=paper)]))
    assert (letter.status, letter.job.status) == (LetterStatus.WAITING, JobStatus.QUEUED)
    assert smtp_server.knocks == {}


def test_attachment_is_a_document_or_a_job(make_job: MakeJob) -> None:
    with pytest.raises(ValueError, match="one of the two"):
        Attachment(filename=FILE)
    with pytest.raises(ValueError, match="one of the two"):
        Attachment(filename=FILE, document=a_pdf(), job=make_job())


# --- Again -----------------------------------------------------------------------------------
def test_letter_sent_again_to_a_mended_address_arrives(post: Post, smtp_server: SmtpServer) -> None:
    smtp_server.refuse(ADDRESS)
    letter = carried(post(attachments=[Attachment(filename=FILE, document=a_pdf())]))
    assert letter.can_be_resent
    assert resend_letter(letter=letter, by=None, to_address=f" {OTHER} ")
    assert (letter.status, letter.to_address) == (LetterStatus.WAITING, OTHER)
    letter = carried(letter)
    assert (letter.status, letter.can_be_resent) == (LetterStatus.SENT, False)
    mail = smtp_server.to(OTHER)
    assert (mail.message["message-id"], list(mail.files)) == (letter.message_id, [FILE])


@pytest.mark.parametrize("address", ["", "শিরীন"])
def test_letter_that_had_no_good_address_goes_once_it_has_one(
    address: str, post: Post, smtp_server: SmtpServer
) -> None:
    letter = post(to_address=address)
    for wrong in ("", "এখনও না"):
        with pytest.raises(ValidationError, match="ঠিকানা"):
            resend_letter(letter=letter, by=None, to_address=wrong)
    assert resend_letter(letter=letter, by=None, to_address=OTHER)
    assert carried(letter).status == LetterStatus.SENT
    assert len(smtp_server.mails) == 1


def test_letter_that_waits_or_was_sent_is_not_sent_again(
    post: Post, smtp_server: SmtpServer
) -> None:
    letter = post()
    assert not resend_letter(letter=letter, by=None, to_address=OTHER)
    carried(letter)
    assert not resend_letter(letter=letter, by=None, to_address=OTHER)
    assert [mail.to for mail in smtp_server.mails] == [ADDRESS]


def test_job_of_an_earlier_posting_sends_nothing_any_more(
    post: Post, smtp_server: SmtpServer
) -> None:
    """Its worker was killed after noting the refusal; meanwhile the letter was posted again."""
    smtp_server.refuse(ADDRESS)
    letter = post()
    earlier = letter.job
    jobhandlers.send_letter(claimed(earlier).payload, lambda percent, text: None)
    letter.refresh_from_db()
    assert resend_letter(letter=letter, by=None, to_address=OTHER)
    assert letter.job != earlier
    earlier.refresh_from_db()
    actions.sweep(now=earlier.lease_until)
    worked(earlier)
    assert (earlier.status, smtp_server.mails) == (JobStatus.DONE, [])
    # Should it be parked instead, the letter on its way hears nothing of it.
    jobhandlers.give_up(earlier.payload, error="x", for_user="")
    assert carried(letter).status == LetterStatus.SENT
