"""Files for the import through the real view: the bad ones are refused kindly, and leave no trace.

What the reader makes of good files is tested in tests/workplans/importers.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.factories import PNG, client_of, make_plan, make_team
from tests.pages import find, texts_of
from tests.workplans.files import (
    HTML,
    OLE,
    SVG,
    files_in,
    locked,
    picture,
    with_part,
    word,
    workbook,
    zipped,
)
from tests.workplans.importers.build import FORM_2016, as_docx, as_xlsx, table
from tests.workplans.importers.fixture import make_tasks
from workplans.importers import UnreadablePlan
from workplans.models import PlanImport, Task

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
def task() -> Task:
    team = make_team()
    return make_plan(team.office, by=team.head).tasks.get()


@pytest.fixture
def member(task: Task) -> Client:
    return client_of(task.updated_by)


ENTITY = b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = b"".join(
    [
        b'<!DOCTYPE d [<!ENTITY a0 "ha">',
        *(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)),
        b"]>",
    ]
)


def plan_as_word() -> bytes:
    return as_docx(table(FORM_2016, make_tasks()))


def plan_as_excel() -> bytes:
    return as_xlsx(table(FORM_2016, make_tasks()))


def after_declaration(doctype: bytes) -> Callable[[bytes], bytes]:
    """Put a document type before the root of an XML part, and use its entity."""

    def change(xml: bytes) -> bytes:
        head, mark, rest = xml.partition(b"?>")
        return head + mark + doctype + rest.replace(b"</w:t>", b"&a;</w:t>", 1)

    return change


BAD_TABLES: dict[str, Callable[[], bytes]] = {
    "bomb.docx": lambda: with_part(
        plan_as_word(), "word/media/image1.bmp", lambda _old: bytes(30_000_000)
    ),
    "bomb.xlsx": lambda: with_part(
        plan_as_excel(), "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 40_000_000
    ),
    "entity.docx": lambda: with_part(
        plan_as_word(), "word/document.xml", after_declaration(ENTITY)
    ),
    "entity.xlsx": lambda: with_part(plan_as_excel(), "xl/workbook.xml", after_declaration(ENTITY)),
    "laughs.docx": lambda: with_part(
        plan_as_word(), "word/document.xml", after_declaration(LAUGHS)
    ),
    "random.docx": lambda: bytes(range(256)) * 40,
    "random.tsv": lambda: bytes(range(255, -1, -1)) * 40,
    "encrypted.docx": lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
    "locked.docx": lambda: locked(plan_as_word()),
    "photo.png": lambda: PNG,
    "photo.docx": lambda: picture("JPEG"),
    "old.doc": lambda: OLE,
    "old.xls": lambda: OLE + "Workbook".encode("utf-16-le"),
    "paper.pdf": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "program.xlsx": lambda: b"MZ\x90\x00" + bytes(range(256)) * 4,
    "half.docx": lambda: plan_as_word()[:4000],
    "half.xlsx": lambda: plan_as_excel()[:3000],
    "empty.docx": lambda: b"",
    "no-plan.docx": word,
    "no-plan.xlsx": workbook,
    "zip.docx": lambda: zipped({"a.txt": b"x"}),
    "svg.html": lambda: SVG,
    "page.html": lambda: HTML,
    "letter.rtf": lambda: rb"{\rtf1\ansi hello}",
    "zeroes.txt": lambda: bytes(5000),
}


def take_in(client: Client, task: Task, name: str, content: bytes) -> HttpResponse:
    url = reverse("workplans:import_create", args=[task.plan_id])
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("name", BAD_TABLES)
def test_unreadable_table_is_refused_kindly_and_nothing_is_written(
    member: Client, task: Task, storage: Path, name: str
) -> None:
    response = take_in(member, task, name, BAD_TABLES[name]())
    assert response.status_code == 422
    reasons = " ".join(texts_of(response, ".invalid-feedback"))
    assert "ফাইল" in reasons or "ছক" in reasons, reasons
    assert "root:" not in response.content.decode()
    assert find(response, "input[name='file']")  # ready for another file
    assert not PlanImport.objects.exists()
    assert Task.objects.count() == 1
    assert files_in(storage) == []


def test_table_is_not_read_beyond_the_limit(
    member: Client, task: Task, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of any size may arrive on the disk; no more than the limit comes into memory."""
    asked: list[int | None] = []
    settings.MAX_UPLOAD_BYTES = 1000
    monkeypatch.setattr(
        "workplans.views.imports.read_plan",
        lambda content, **options: asked.append(len(content)) or _refuse(),
    )
    assert take_in(member, task, "plan.tsv", b"x" * 5000).status_code == 422
    assert asked == [1001]


def _refuse() -> None:
    raise UnreadablePlan("বড়")


def test_table_above_the_limit_is_refused(member: Client, task: Task, settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    response = take_in(member, task, "plan.docx", plan_as_word())
    assert response.status_code == 422
    assert "মেগাবাইটের চেয়ে বড়" in " ".join(texts_of(response, ".invalid-feedback"))


@pytest.mark.parametrize(
    "name", ["../../plan.docx", "পরিকল্পনা" * 60 + ".docx", "<script>.docx", "a\0b.docx"]
)
def test_odd_name_of_a_table_is_tamed(member: Client, task: Task, name: str) -> None:
    response = take_in(member, task, name, plan_as_word())
    assert response.status_code == 302
    kept = PlanImport.objects.get()
    assert len(kept.filename) <= 255
    assert not set(kept.filename) & set("/\\\0")
    pages = [
        member.get(response.url),
        member.get(reverse("workplans:import_create", args=[task.plan_id])),
    ]
    assert all("<script>.docx" not in page.content.decode() for page in pages)
