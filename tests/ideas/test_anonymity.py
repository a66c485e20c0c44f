"""An anonymous idea leaves no trace of whoever handed it in: in no row, file, log or cache."""

import base64
import hashlib
import ipaddress
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.test import Client
from pikepdf import PdfError
from time_machine import Traveller

from ideas import guard
from ideas.models import Idea
from scripts.run import web_command
from tests.factories import Country, client_of, make_country
from tests.ideas.public import open_words, paper, photo, upload, write

pytestmark = pytest.mark.django_db

ADDRESS, FORWARDED = "203.0.113.77", "198.51.100.142"
AGENT, REMARK, FILENAME = "Zvezda-Browser/77.31", "ACMEPHONE-of-Rahima-Khatun", "Rahima-Khatun-NID"


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with time_machine.travel(datetime(2026, 11, 21, 6, tzinfo=UTC)) as traveller:
        yield traveller


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Every record of every logger, whatever its level."""
    with caplog.at_level(logging.DEBUG):
        yield caplog


@pytest.fixture(params=[0, 1], ids=["direct", "behind a proxy"])
def proxies(request: pytest.FixtureRequest, settings: object) -> int:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = request.param
    return request.param


def traces(text: str) -> set[bytes]:
    """A text and what is easily made of it."""
    plain = text.encode()
    return {
        plain,
        plain[::-1],
        plain.hex().encode(),
        base64.b64encode(plain).rstrip(b"="),
        *(
            spelling
            for name in ("md5", "sha1", "sha256")
            for hashed in [hashlib.new(name, plain)]
            for spelling in (hashed.digest(), hashed.hexdigest().encode())
        ),
    }


def traces_of_address(address: str) -> set[bytes]:
    number = ipaddress.ip_address(address)
    others = {str(int(number)), f"{int(number):x}", number.reverse_pointer}
    # The key of a count names the address's network to whoever has the salt; nobody else.
    return traces(address) | {each.encode() for each in others}


IDENTITY = (
    traces_of_address(ADDRESS)
    | traces_of_address(FORWARDED)
    | traces(AGENT)
    | traces(REMARK)
    | traces(FILENAME)
)


def rows() -> bytes:
    """Every column of every row of every table."""
    tables = [
        model._base_manager.values_list() for model in apps.get_models(include_auto_created=True)
    ]
    return "\n".join(repr(row) for table in tables for row in table).encode()


def kept_files() -> set[Path]:
    """Every file under DATA_DIR that is not the database: stored, cached, posted, queued."""
    found = (path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file())
    return {path for path in found if "sqlite3" not in path.name}


def files(earlier: set[Path]) -> bytes:
    """All of them, with the compressed words of every PDF."""
    kept = sorted(kept_files())
    unfolded = [unfold(path, earlier) for path in kept if path.suffix == ".pdf"]
    return b"\n".join([path.read_bytes() + str(path).encode() for path in kept] + unfolded)


def unfold(path: Path, earlier: set[Path]) -> bytes:
    """What an earlier test stored as a PDF need not be one; what this one stored must be."""
    try:
        return open_words(path.read_bytes())
    except PdfError:
        if path not in earlier:
            raise
        return b""


def records(logged: pytest.LogCaptureFixture) -> bytes:
    """What any formatter could print of what was logged."""
    return "\n".join(
        f"{record.getMessage()} {record.__dict__!r}" for record in logged.records
    ).encode()


def assert_nobody(where: str, haystack: bytes, needles: set[bytes]) -> None:
    found = [needle for needle in needles if needle in haystack]
    assert not found, f"{found} in {where}"


def test_nothing_says_who_handed_it_in(
    country: Country, clock: Traveller, logged: pytest.LogCaptureFixture, proxies: int
) -> None:
    earlier = kept_files()
    visitor = Client(
        REMOTE_ADDR=ADDRESS,
        HTTP_X_FORWARDED_FOR=FORWARDED,
        HTTP_USER_AGENT=AGENT,
        HTTP_REFERER=f"http://testserver/idea-box/?{REMARK}",
    )
    attachments = [
        upload(photo(remark=REMARK), f"{FILENAME}.jpg"),
        upload(photo("PNG", remark=REMARK), f"{FILENAME}.png"),
        upload(paper(remark=REMARK), f"{FILENAME}.pdf"),
    ]
    # Once refused, once asked again, once taken in.
    write(visitor, clock, description="", attachments=upload(photo(remark=REMARK), FILENAME))
    write(visitor, clock, website="x")
    assert write(visitor, clock, attachments=attachments).status_code == 302
    visitor.get("/idea-box/received/")
    idea = Idea.objects.get()
    assert idea.files.count() == 3
    assert idea.title.encode() in rows()
    assert guard.current_hour()
    assert_nobody("a row", rows(), IDENTITY)
    assert_nobody("a file", files(earlier), IDENTITY)
    assert_nobody("a log", records(logged), IDENTITY)


def test_staff_without_a_name_leave_no_trace_either(
    country: Country, clock: Traveller, logged: pytest.LogCaptureFixture
) -> None:
    person = country["upazila.member"]
    client = client_of(person)
    before = rows()
    write(client, clock, is_anonymous="on", attachments=upload(photo(), "mine.jpg"))
    added = set(rows().split(b"\n")) - set(before.split(b"\n"))
    session = client.session.session_key.encode()
    theirs = [row for row in added if session not in row]
    assert theirs
    for words in (person.name_bn, person.email, person.mobile, "mine"):
        assert_nobody("a row", b"\n".join(theirs), traces(words))
        assert_nobody("a log", records(logged), traces(words))
    # The times are those of the day: half past six is in none of them.
    assert b"datetime.datetime(2026, 11, 21, 6" not in b"\n".join(
        row for row in theirs if b"application/" not in row and b"image/" not in row
    )


def test_web_server_writes_no_list_of_who_came() -> None:
    command = web_command("127.0.0.1", 8000)
    assert not [each for each in command if each.startswith(("--access-log", "-A"))]
