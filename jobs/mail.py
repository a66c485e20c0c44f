"""A letter as mail servers and mail programs want it, and the conversation with the server."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterable
from email.charset import Charset
from email.header import Header
from email.headerregistry import Address
from typing import Any, NamedTuple

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from .models import Letter
from .sealing import opened

# What a mail server may take for one answer, unless EMAIL_URL says otherwise (?timeout=…). The
# conversation as a whole is bounded by the worker's time limit.
ANSWER_SECONDS = 20
# RFC 1870: the message is larger than the server takes; it may say so before it has seen it.
TOO_LARGE = 552


class File(NamedTuple):
    """One file to attach."""

    filename: str
    content: bytes
    content_type: str


class RecipientRefused(Exception):
    """The server will never take mail for this address; the words are its own."""


class MessageRefused(Exception):
    """The server will never take this message; `too_large` when that is why."""

    def __init__(self, reply: str, *, too_large: bool) -> None:
        super().__init__(reply)
        self.too_large = too_large


class LetterMessage(EmailMultiAlternatives):
    """Django's message in base64, with a subject folded by its own length.

    Django sends text as bare 8 bits, which a server that knows only 7 would spoil, and folds
    a long Bengali subject without counting the word "Subject", so that a reader sees a blank
    before it.
    """

    encoding = Charset("utf-8")

    def message(self, **options: Any) -> Any:
        """The email.message.Message; see django.core.mail. The subject must be one line."""
        message = super().message(**options)
        subject = str(self.subject)
        charset = None if subject.isascii() else "utf-8"
        message.replace_header("Subject", Header(subject, charset, header_name="Subject"))
        return message


def compose(letter: Letter, files: Iterable[File]) -> LetterMessage:
    """The message, with Bengali encoded everywhere and nothing beyond 7 bits in it.

    A calendar part stands beside the text as its alternative, the one place where Outlook
    looks for it, with the method as a parameter (RFC 6047).
    """
    message = LetterMessage(
        subject=letter.subject,
        # Text in base64 keeps the line ends it is given, and mail's are CRLF (RFC 2046).
        body=opened(letter.body).replace("\r\n", "\n").replace("\n", "\r\n"),
        to=[str(Address(letter.to_name, addr_spec=letter.to_address))],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        # Auto-Submitted: no "out of office" comes back (RFC 3834).
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
    )
    if letter.calendar:
        message.attach_alternative(
            letter.calendar, f"text/calendar; method={letter.calendar_method}"
        )
    for file in files:
        message.attach(file.filename, file.content, file.content_type)
    return message


def deliver(message: LetterMessage, *, on_accepted: Callable[[], None]) -> None:
    """Hand a message to one recipient over to the mail server.

    `on_accepted` is called the moment the server has taken it, before the farewells, which
    can fail too. Raises RecipientRefused or MessageRefused when the server says no for good;
    everything else that goes wrong (no connection, a timeout, a log-in, a "later") comes as
    smtplib or the socket raised it and is worth another try.
    """
    timeout = settings.EMAIL_TIMEOUT or ANSWER_SECONDS
    with get_connection(timeout=timeout) as connection:
        try:
            connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as refusal:
            (code, reply), *_others = refusal.recipients.values()
            if _is_final(code):
                raise RecipientRefused(_words(code, reply)) from refusal
            raise
        except smtplib.SMTPResponseException as answer:
            too_large = answer.smtp_code == TOO_LARGE
            about_message = too_large or isinstance(answer, smtplib.SMTPDataError)
            # A final no to our own name or log-in is for the operator to mend, and may be.
            if about_message and _is_final(answer.smtp_code):
                words = _words(answer.smtp_code, answer.smtp_error)
                raise MessageRefused(words, too_large=too_large) from answer
            raise
        on_accepted()


def _is_final(code: int) -> bool:
    """RFC 5321, 4.2.1: 4xx is "not now", 5xx is "no"."""
    return 500 <= code < 600


def _words(code: int, reply: bytes | str) -> str:
    """The server's answer as one text, such as "550 5.1.1 no such user"."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return f"{code} {text}"
