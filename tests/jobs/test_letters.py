"""Letters at a real mail server: what arrives, and that it arrives once."""

import smtplib
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from jobs import actions, documents, jobhandlers, mail
from jobs.enums import JobStatus, LetterStatus
from jobs.letters import Attachment, post_letter
from jobs.models import Job, Letter, LetterAttachment
from tests.jobs.support import (
    ADDRESS,
    BODY,
    FILE,
    PDF,
    SUBJECT,
    Post,
    a_pdf,
    carried,
    claimed,
)
from tests.smtp import SmtpServer

pytestmark = pytest.mark.django_db

CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n"
    "SUMMARY:মাসিক সভা\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


# --- What arrives ----------------------------------------------------------------------------
def test_letter_arrives_whole(post: Post, smtp_server: SmtpServer) -> None:
    letter = post(
        to_name="মোছাঃ শিরীন আক্তার, উপজেলা নির্বাহী কর্মকর্তা ও সভাপতি, উপজেলা উদ্ভাবন দল",
        reply_to="secretary@upazila.test",
        attachments=[
            Attachment(filename=FILE, document=a_pdf()),
            Attachment(
                filename="list.csv",
                document=documents.store(
                    "নাম,পদ\r\n".encode(), content_type="text/csv", filename="a"
                ),
            ),
        ],
    )
    assert letter.status == LetterStatus.WAITING
    letter = carried(letter)
    assert (letter.status, letter.job.status) == (LetterStatus.SENT, JobStatus.DONE)
    assert letter.sent_at is not None
    arrived = smtp_server.to(ADDRESS)
    assert (arrived.subject, arrived.text) == (SUBJECT, BODY)
    assert arrived.files == {FILE: PDF, "list.csv": "নাম,পদ\r\n".encode()}
    (recipient,) = arrived.message["to"].addresses
    assert (arrived.to_name, recipient.addr_spec) == (letter.to_name, ADDRESS)
    assert arrived.message["reply-to"] == "secretary@upazila.test"
    assert arrived.message["message-id"] == letter.message_id
    assert arrived.message["auto-submitted"] == "auto-generated"
    # A relay that knows nothing beyond RFC 5321's first edition can pass it on.
    assert arrived.raw.isascii()
    assert max(map(len, arrived.raw.splitlines())) < 998
    assert not arrived.message.defects


def test_letter_invites_with_a_calendar_part(post: Post, smtp_server: SmtpServer) -> None:
    letter = post(
        calendar=CALENDAR,
        calendar_method="REQUEST",
        attachments=[Attachment(filename=FILE, document=a_pdf())],
    )
    assert carried(letter).status == LetterStatus.SENT
    arrived = smtp_server.to(ADDRESS)
    calendar = arrived.calendar
    assert calendar is not None
    assert calendar["content-type"].params == {"method": "REQUEST", "charset": "utf-8"}
    assert calendar.get_payload(decode=True).decode() == CALENDAR
    # Outlook looks for it beside the text, in the first part.
    beside, file = arrived.message.iter_parts()
    assert beside.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in beside.iter_parts()] == [
        "text/plain",
        "text/calendar",
    ]
    assert (arrived.text, list(arrived.files)) == (BODY, [FILE])
    assert file.get_content_type() == "application/pdf"


def test_letter_smuggles_no_header(post: Post, smtp_server: SmtpServer) -> None:
    letter = post(
        to_name='শিরীন"\r\nBcc: all@office.test',
        subject="সভা\r\nBcc: all@office.test\r\n\r\nX",
        reply_to="a@office.test\nBcc: all@office.test",
        attachments=[Attachment(filename="../ক\r\nX-A: b/খ.pdf", document=a_pdf())],
    )
    carried(letter)
    arrived = smtp_server.to(ADDRESS)
    assert len(smtp_server.mails) == 1
    assert (arrived.message["bcc"], arrived.message["reply-to"], arrived.message["x-a"]) == (
        None,
    ) * 3
    assert arrived.subject == "সভা Bcc: all@office.test X"
    assert arrived.message["to"].addresses[0].addr_spec == ADDRESS
    assert list(arrived.files) == ["..-ক X-A: b-খ.pdf"]


def test_letter_with_words_that_are_too_long_is_cut_to_fit(
    post: Post, smtp_server: SmtpServer
) -> None:
    letter = post(
        to_name="ক" * 500,
        subject="খ" * 500,
        attachments=[
            Attachment(filename="গ" * 500 + ".pdf", document=a_pdf()),
            Attachment(filename="ঘ." + "ঙ" * 500, document=a_pdf()),
        ],
    )
    assert carried(letter).status == LetterStatus.SENT
    arrived = smtp_server.to(ADDRESS)
    assert arrived.subject == "খ" * 300
    assert {len(name) for name in arrived.files} == {100}
    assert next(iter(arrived.files)).endswith("গ.pdf")


@pytest.mark.parametrize(
    "address",
    [
        "officer.name+notice@sub.dept.gov.test",
        "officer@দপ্তর.বাংলা",
        "officer@[127.0.0.1]",
        '"shirin"@dept.test',
    ],
)
def test_letter_goes_to_every_kind_of_address(
    address: str, post: Post, smtp_server: SmtpServer
) -> None:
    assert carried(post(to_address=f"  {address}\n", to_name="শিরীন")).status == LetterStatus.SENT
    assert len(smtp_server.mails) == 1


def test_letter_is_filed_where_no_server_is_set_up(
    post: Post, settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    letter = carried(post())
    assert letter.status == LetterStatus.SENT
    (file,) = (tmp_path / "mail").iterdir()
    assert letter.message_id.encode() in file.read_bytes()


# --- Once ------------------------------------------------------------------------------------
def test_letter_asked_for_twice_is_one(post: Post, smtp_server: SmtpServer) -> None:
    first, again = post(), post(subject="আরেকবার")
    assert (again.pk, again.subject) == (first.pk, SUBJECT)
    carried(first)
    assert post().status == LetterStatus.SENT
    assert (Letter.objects.count(), Job.objects.count()) == (1, 1)
    assert len(smtp_server.mails) == 1


@pytest.mark.django_db(transaction=True)
def test_letter_vanishes_with_the_callers_transaction(queue: list[int]) -> None:
    with transaction.atomic():
        post_letter(key="a", to_address=ADDRESS, subject="ক", body="খ")
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    assert not Job.objects.exists()
    assert queue == []


def test_letter_of_a_worker_killed_after_sending_is_not_sent_again(
    post: Post, smtp_server: SmtpServer
) -> None:
    letter = post()
    claim = claimed(letter.job)
    jobhandlers.send_letter(claim.payload, lambda percent, text: None)
    letter.job.refresh_from_db()
    actions.sweep(now=letter.job.lease_until)
    letter = carried(letter)
    assert (letter.status, letter.job.status) == (LetterStatus.SENT, JobStatus.DONE)
    assert len(smtp_server.mails) == 1


def test_letter_of_a_replaced_worker_is_not_sent_by_it(
    post: Post, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = post()
    compose = mail.compose

    def freeze(letter: Letter, files: list[mail.File]) -> mail.LetterMessage:
        actions.sweep(now=timezone.now() + timedelta(hours=1))
        return compose(letter, files)

    with monkeypatch.context() as patched:
        patched.setattr(mail, "compose", freeze)
        assert carried(letter).status == LetterStatus.WAITING
    assert smtp_server.mails == []
    assert carried(letter).status == LetterStatus.SENT


def test_letter_whose_acceptance_was_lost_comes_again_as_the_same_message(
    post: Post, smtp_server: SmtpServer
) -> None:
    """The narrow gap: the server took it, and nobody on our side heard so."""
    smtp_server.lose_replies(1)
    letter = carried(post())
    assert letter.status == LetterStatus.WAITING
    assert carried(letter).status == LetterStatus.SENT
    first, second = smtp_server.mails
    assert first.message["message-id"] == second.message["message-id"] == letter.message_id


def test_letter_is_sent_even_if_the_farewell_fails(
    post: Post, smtp_server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(connection: smtplib.SMTP) -> None:
        connection.close()
        raise smtplib.SMTPResponseException(500, b"what?")

    letter = post()
    with monkeypatch.context() as patched:
        patched.setattr(smtplib.SMTP, "quit", fail)
        assert carried(letter).status == LetterStatus.SENT
    assert carried(letter).job.status == JobStatus.DONE
    assert len(smtp_server.mails) == 1


# --- Lists -----------------------------------------------------------------------------------
def test_letters_of_many_keys_come_in_one_query(post: Post, django_assert_num_queries) -> None:
    letters = {key: post(key) for key in ("notice:1", "notice:2", "notice:3")}
    with django_assert_num_queries(1):
        found = Letter.objects.by_key(["notice:1", "notice:3", "notice:9"])
    assert found == {key: letters[key] for key in ("notice:1", "notice:3")}


@pytest.mark.parametrize(
    "words",
    [
        {"key": ""},
        {"key": "ক" * 201},
        {"calendar": CALENDAR},
        {"calendar": CALENDAR, "calendar_method": "PUBLISH"},
        {"calendar_method": "REQUEST"},
    ],
)
def test_letter_asked_for_by_mistake_is_refused(words: dict[str, str], post: Post) -> None:
    with pytest.raises(ValueError, match=r"key|calendar"):
        post(**words)


def test_attachments_keep_their_order(post: Post, smtp_server: SmtpServer) -> None:
    paper = a_pdf()
    names = [f"{number}.pdf" for number in (3, 1, 2)]
    carried(post(attachments=[Attachment(filename=name, document=paper) for name in names]))
    assert list(smtp_server.to(ADDRESS).files) == names
    assert LetterAttachment.objects.count() == 3


def test_attachment_that_calls_itself_text_arrives_unharmed(
    post: Post, smtp_server: SmtpServer
) -> None:
    odd = documents.store(b"\xff\xfe", content_type="text/plain", filename="a.txt")
    letter = carried(post(attachments=[Attachment(filename="a.txt", document=odd)]))
    assert letter.status == LetterStatus.SENT
    assert smtp_server.to(ADDRESS).files == {"a.txt": b"\xff\xfe"}
