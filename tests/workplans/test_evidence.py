"""Evidence through the real views: what is taken, what is refused, how it is served."""

import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.factories import PNG, Country, client_of, make_country, make_plan, make_progress
from tests.pages import texts_of
from tests.workplans.files import (
    HTML,
    OLE,
    SCRIPT,
    SVG,
    files_in,
    jpeg_comment,
    locked,
    picture,
    scan,
    seen_in,
    with_macros,
    with_part,
    word,
    workbook,
    zipped,
)
from workplans.models import ProgressEntry, Task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings: Settings, tmp_path: Path) -> Path:
    """Uploads of this test go to a folder of its own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        },
    }
    return tmp_path / "files"


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def task(country: Country) -> Task:
    return make_plan(country.upazila, by=country["upazila.head"]).tasks.get()


@pytest.fixture
def member(country: Country) -> Client:
    return client_of(country["upazila.member"])


BAD_EVIDENCE = {
    "svg.svg": SVG,
    "svg-as-picture.png": b'<?xml version="1.0"?>' + SVG,
    "page.html": HTML,
    "page-as-picture.jpg": HTML,
    "page-after-byte-order-mark.png": b"\xef\xbb\xbf" + HTML,
    "gif-and-script.gif": b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)",
    "gif-and-script.jpg": b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)",
    "program-as-paper.pdf": b"MZ\x90\x00" + bytes(600),
    "program-as-picture.png": b"\x7fELF\x02\x01\x01" + bytes(600),
    "shell.pdf": b"#!/bin/sh\nrm -rf /\n",
    "server.php.png": b"<?php system($_GET['c']); ?>",
    "words-as-picture.jpg": "শুধু লেখা".encode(),
    "empty.png": b"",
    "two-bytes.jpg": b"\xff\xd8",
    "zeroes.pdf": bytes(5000),
    "paper-inside.pdf": b"junk\n%PDF-1.7\n%\xe2\xe3\xcf\xd3",
    "zip-as-word.docx": zipped({"readme.txt": b"x"}),
    "zip-that-begins-like-word.docx": zipped({"word/evil.exe": b"MZ"}),
    "zip-that-begins-like-excel.xlsx": zipped({"xl/evil.js": b"alert(1)"}),
    "zip-with-a-foreign-listing.docx": zipped({"[Content_Types].xml": b"<x/>", "word/a": b""}),
    "listing-that-unpacks-huge.docx": zipped({"[Content_Types].xml": bytes(30_000_000)}),
    "macros.docx": with_macros(word()),
    "locked.docx": locked(word()),
    "half.docx": word()[:3000],
    "old-word.doc": OLE,
    "old-excel-as-new.xlsx": OLE,
    "rich.rtf": rb"{\rtf1\ansi hello}",
    "tape.docx": b"\x1f\x8b\x08" + bytes(600),
    "slides.pptx": with_part(
        zipped({"[Content_Types].xml": b"presentationml.presentation.main+xml"}), "ppt/a", bytes
    ),
    "bitmap.bmp": picture("BMP"),
    "scan.tiff": picture("TIFF"),
}
GOOD_EVIDENCE = {
    "ছবি.png": (PNG, "image/png", "inline"),
    "ছবি.jpg": (picture("JPEG"), "image/jpeg", "inline"),
    "ছবি.webp": (picture("WEBP"), "image/webp", "inline"),
    "স্মারক.pdf": (scan(), "application/pdf", "inline"),
    "চিঠি.docx": (
        word(),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "attachment",
    ),
    "হিসাব.xlsx": (
        workbook(),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "attachment",
    ),
}


def report(client: Client, task: Task, name: str, content: bytes) -> HttpResponse:
    form = {"form_key": uuid.uuid4(), "text": "কাজ হয়েছে", "on": "২০২৬-১০-০১"}
    form["evidence"] = SimpleUploadedFile(name, content, "image/png")
    return client.post(reverse("workplans:progress_create", args=[task.pk]), form)


def download(client: Client, entry: ProgressEntry) -> HttpResponse:
    """The answer, read to its end; the file is in `body`."""
    response = client.get(reverse("workplans:evidence", args=[entry.pk]))
    response.body = response.getvalue() if response.streaming else b""
    return response


def assert_harmless(response: HttpResponse) -> None:
    """A browser neither guesses another type nor gives the file any rights on this site."""
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("name", BAD_EVIDENCE)
def test_wrong_file_is_refused_and_nothing_is_kept(
    member: Client, task: Task, storage: Path, name: str
) -> None:
    response = report(member, task, name, BAD_EVIDENCE[name])
    assert response.status_code == 422
    [reason] = texts_of(response, "#error_1_id_evidence")
    assert "ফাইল" in reason
    assert not ProgressEntry.objects.exists()
    assert files_in(storage) == []


def test_too_large_file_is_refused(
    member: Client, task: Task, storage: Path, settings: Settings
) -> None:
    settings.MAX_UPLOAD_BYTES = 4096
    whole = PNG + bytes(4096 - len(PNG))
    response = report(member, task, "ছবি.png", whole + b"\0")
    assert response.status_code == 422
    assert "সর্বোচ্চ ৪ কিলোবাইট" in texts_of(response, "#error_1_id_evidence")[0]
    assert files_in(storage) == []
    assert report(member, task, "ছবি.png", whole).status_code == 302


@pytest.mark.parametrize("name", GOOD_EVIDENCE)
def test_good_file_is_taken_and_served_as_what_it_is(
    member: Client, task: Task, storage: Path, name: str
) -> None:
    content, kind, disposition = GOOD_EVIDENCE[name]
    assert report(member, task, name, content).status_code == 302
    entry = ProgressEntry.objects.get()
    assert entry.evidence_name == name
    response = download(member, entry)
    assert response.body == content or kind.startswith("image/")
    assert seen_in(response.body) == seen_in(content)
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"].startswith(disposition)
    assert_harmless(response)


@pytest.mark.parametrize(
    ("name", "content", "kept_name", "kind"),
    [
        ("photo.exe", PNG, "photo.png", "image/png"),
        ("invoice.php.png", PNG, "invoice.php.png", "image/png"),
        ("index.html", jpeg_comment(SCRIPT), "index.jpg", "image/jpeg"),
        ("page.svg", scan(), "page.pdf", "application/pdf"),
    ],
)
def test_type_is_what_the_content_is_not_what_the_name_says(
    member: Client, task: Task, name: str, content: bytes, kept_name: str, kind: str
) -> None:
    assert report(member, task, name, content).status_code == 302
    entry = ProgressEntry.objects.get()
    assert entry.evidence_name == kept_name
    response = download(member, entry)
    assert response["Content-Type"] == kind
    assert SCRIPT not in response.body
    assert_harmless(response)


def report_with_raw_name(client: Client, task: Task, name: bytes) -> HttpResponse:
    """Send a name as no browser would; the test client would tidy it up."""
    fields = {"form_key": str(uuid.uuid4()), "text": "x", "on": "২০২৬-১০-০১"}
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = b'--edge\r\nContent-Disposition: form-data; name="evidence"; filename="' + name
    body = b"".join([*parts, head, b'"\r\n\r\n', PNG, b"\r\n--edge--\r\n"])
    url = reverse("workplans:progress_create", args=[task.pk])
    return client.generic("POST", url, body, content_type="multipart/form-data; boundary=edge")


@pytest.mark.parametrize(
    "name",
    [
        b"../../../../etc/cron.d/evil.png",
        b"..\\..\\windows\\evil.png",
        b"/etc/passwd",
        b"C:\\evil.png",
        b"evil\x00.png",
        b"evil.png\x00.html",
        b"a\tb\x0bc\x7f.png",
        b".png",
        b"...png",
        b"CON.png",
        b"no-extension",
        b"&quot;&gt;&lt;script&gt;.png",
        "ছবি\u202egnp.exe".encode(),
        ("ক" * 251 + ".png").encode(),  # as long as a file system allows
        b"%0d%0aSet-Cookie: a=b.png",
    ],
)
def test_odd_name_is_tamed(member: Client, task: Task, storage: Path, name: bytes) -> None:
    assert report_with_raw_name(member, task, name).status_code == 302
    entry = ProgressEntry.objects.get()
    [path] = files_in(storage)
    assert path.parent.parent.parent == storage / "evidence"
    assert path.suffix == ".png"
    assert entry.evidence_name.endswith(".png")
    assert len(entry.evidence_name) <= 255
    assert entry.evidence_name.isprintable() or "\u200c" in entry.evidence_name
    assert not set(entry.evidence_name) & set("/\\\r\n\0")
    response = download(member, entry)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert "Set-Cookie" not in response.headers
    assert seen_in(response.body) == seen_in(PNG)
    page = member.get(task.get_absolute_url())
    assert "<script>.png" not in page.content.decode()


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        (b"", 302),
        (b".", 302),
        (b"..", 302),
        (b"/", 302),
        (b"\xff\xfe.png", 302),
        (b"a" * 2000, 400),
    ],
)
def test_name_that_no_browser_sends_brings_no_file(
    member: Client, task: Task, storage: Path, name: bytes, answer: int
) -> None:
    assert report_with_raw_name(member, task, name).status_code == answer
    assert files_in(storage) == []


@pytest.mark.parametrize(
    ("person", "in_draft", "when_submitted"),
    [
        ("upazila.member", 200, 200),
        ("district.head", 404, 200),
        ("reviewer", 404, 200),
        ("sibling.head", 404, 404),
        ("administrator", 404, 404),
        ("nobody", 404, 404),
    ],
)
def test_evidence_is_seen_by_whoever_sees_the_plan(
    country: Country, task: Task, person: str, in_draft: int, when_submitted: int
) -> None:
    head = country["upazila.head"]
    entry = make_progress(task, by=head, evidence=True)
    reader = client_of(country[person])
    assert download(reader, entry).status_code == in_draft
    client_of(head).post(reverse("workplans:submit", args=[task.plan_id]))
    assert download(reader, entry).status_code == when_submitted


def test_evidence_of_a_deleted_row_goes_with_the_row(country: Country, task: Task) -> None:
    head = country["upazila.head"]
    entry = make_progress(task, by=head, evidence=True)
    team = client_of(head)
    team.post(reverse("workplans:task_create", args=[task.plan_id]), {"title": "অন্য কাজ"})
    team.post(reverse("workplans:task_delete", args=[task.pk]))
    team.post(reverse("workplans:submit", args=[task.plan_id]))
    assert download(client_of(country["district.head"]), entry).status_code == 404


def test_stored_file_has_no_address_of_its_own(country: Country, task: Task) -> None:
    entry = make_progress(task, by=country["upazila.head"], evidence=True)
    for prefix in ("/", "/media/", "/static/", "/files/", "/var/files/"):
        assert (
            client_of(country["upazila.head"]).get(prefix + entry.evidence.name).status_code == 404
        )
