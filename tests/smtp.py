"""A real mail server for tests: on a loopback port, in a thread, as helpful or nasty as told.

The fixture `smtp_server` points the settings of this process at it; another process gets
`{"EMAIL_URL": smtp_server.url}` in its environment.
"""

import asyncio
import socket
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

HOST = "127.0.0.1"
# How long our side waits for an answer in tests; long beside what a loopback takes.
ANSWER_SECONDS = 2
# How long a silent server keeps a client that has the patience to wait.
SILENT_SECONDS = 10
ACCEPTED = "250 OK"


@dataclass(frozen=True)
class Mail:
    """What the server took: `to` from the envelope, the message parsed, and as it came."""

    to: str
    message: EmailMessage
    raw: bytes

    @property
    def subject(self) -> str:
        return str(self.message["subject"])

    @property
    def to_name(self) -> str:
        """The reader's name. By hand: Python's new parser leaves blanks between the pieces of
        an encoded name, which RFC 2047 (6.2) tells it to drop."""
        name, _address = parseaddr(message_from_bytes(self.raw)["to"])
        return str(make_header(decode_header(name)))

    @property
    def text(self) -> str:
        """The body as a person reads it, with bare line ends."""
        body = self.message.get_body(("plain",))
        assert body is not None
        return body.get_content().replace("\r\n", "\n").rstrip("\n")

    @property
    def files(self) -> dict[str, bytes]:
        """What is attached, by name."""
        return {
            part.get_filename() or "": part.get_payload(decode=True)
            for part in self.message.iter_attachments()
        }

    @property
    def calendar(self) -> EmailMessage | None:
        """The calendar part, if there is one."""
        parts = (part for part in self.message.walk())
        return next((part for part in parts if part.get_content_type() == "text/calendar"), None)


class SmtpServer:
    """Takes every letter, unless told otherwise; `mails` is what it took, in order."""

    def __init__(self) -> None:
        with socket.create_server((HOST, 0)) as free:
            self.port = free.getsockname()[1]
        self.mails: list[Mail] = []
        # How often each address was knocked at, taken or not.
        self.knocks: Counter[str] = Counter()
        self._refused: dict[str, str] = {}
        self._busy = 0
        self._sender_reply = ACCEPTED
        self._data_reply = ACCEPTED
        self._silent = False
        self._replies_to_lose = 0
        self.start()

    @property
    def url(self) -> str:
        """As EMAIL_URL of another process."""
        return f"smtp://{HOST}:{self.port}/?timeout={ANSWER_SECONDS}"

    # --- What a test may ask for ---------------------------------------------------------
    def start(self) -> None:
        """Listen, on the same port as before."""
        self._controller = Controller(self, hostname=HOST, port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Close the port: whoever connects is turned away."""
        self._controller.stop(no_assert=True)

    def refuse(self, address: str, reply: str = "550 5.1.1 no such user here") -> None:
        """Say no to this recipient from now on."""
        self._refused[address] = reply

    def answer_sender(self, reply: str) -> None:
        """Answer our own address so, whoever the letter is for."""
        self._sender_reply = reply

    def be_busy(self, times: int) -> None:
        """Answer the next `times` recipients with "later"."""
        self._busy = times

    def answer_data(self, reply: str) -> None:
        """Answer every whole message so, and keep none that is not answered with 250."""
        self._data_reply = reply

    def fall_silent(self) -> None:
        """Answer no whole message from now on, and keep none."""
        self._silent = True

    def speak_again(self) -> None:
        """Answer new messages; those left unanswered stay so."""
        self._silent = False

    def lose_replies(self, times: int) -> None:
        """Take the next `times` messages and hang up before saying so."""
        self._replies_to_lose = times

    def to(self, address: str) -> Mail:
        """The one letter this address got."""
        (mail,) = (mail for mail in self.mails if mail.to == address)
        return mail

    # --- What aiosmtpd asks ---------------------------------------------------------------
    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._sender_reply == ACCEPTED:
            envelope.mail_from = address
        return self._sender_reply

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.knocks[address] += 1
        if address in self._refused:
            return self._refused[address]
        if self._busy:
            self._busy -= 1
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return ACCEPTED

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self._silent:
            await asyncio.sleep(SILENT_SECONDS)
            server.transport.abort()
            return self._data_reply
        if self._data_reply == ACCEPTED:
            raw = envelope.content
            assert isinstance(raw, bytes)
            message = message_from_bytes(raw, policy=default)
            self.mails += [Mail(address, message, raw) for address in envelope.rcpt_tos]
        if self._replies_to_lose:
            self._replies_to_lose -= 1
            server.transport.abort()
        return self._data_reply


@pytest.fixture
def smtp_server(settings: Settings) -> Iterator[SmtpServer]:
    """A mail server of this test's own, and settings that send there."""
    server = SmtpServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = HOST
    settings.EMAIL_PORT = server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = ANSWER_SECONDS
    yield server
    server.stop()
