"""Files made to break, fool or flood us, at every place that takes a file.

What each file becomes is asked of the readers themselves, all files and all readers in one process
whose memory is measured; that every field of every page is wired to them is asked of the pages.
"""

import io
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.urls import get_resolver, reverse
from PIL import Image
from pytest_django import DjangoDbBlocker, Settings

from scripts.processes import ROOT
from tests import oddities
from tests.access_table import ADDRESSES
from tests.access_world import World, build_world, undone
from tests.hostile_files import FILES, NAMES, PAYLOAD, pdf_with_data, word, workbook
from tests.workplans.files import files_in
from workplans.models import ProgressEntry

MOST_MEMORY = 400  # megabytes, of the whole process; about 100 are Django and the libraries

# --- What becomes of each ------------------------------------------------------------------------
# A picture is drawn anew, so its points are all that is left of these.
REDRAWN = {
    "a JPEG that is PHP",
    "a JPEG with a page behind it",
    "a PNG that says a script",
    "a PNG with a zip behind it",
    "a WebP with a page behind it",
    "a WebP of three hundred frames",
    "a JPEG with two megabytes of remarks",
    "a JPEG with a broken profile",
}
# Whole Excel files that only claim to be large.
KEPT = {
    "a sheet that claims 16,384 by a million",
    "a cell at the end of the sheet",
    "a row of no number",
}
# What acted in these is taken out before they are kept.
DISARMED = {
    "a PDF that runs a program",
    "a PDF that starts one outside",
    "a PDF with a program inside",
    "a PDF form that runs",
}
TAKEN: dict[str, set[str]] = {
    "evidence": REDRAWN | KEPT,
    "handed in": REDRAWN | DISARMED,
    "picture": REDRAWN,
    **{door: set() for door in ("plan", "minutes", "list of ideas", "list of staff")},
    **{door: set() for door in ("template", "certificate")},
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What every reader said of every file, from a process that did nothing else."""
    folder = tmp_path_factory.mktemp("hostile")
    for number, (_name, make) in enumerate(FILES.values()):
        (folder / str(number)).write_bytes(make())
    command = [sys.executable, "-m", "tests.hostile_run", str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_every_file_is_refused_in_words_or_made_harmless(report: dict[str, Any]) -> None:
    assert len(FILES) > 30
    for door, answers in report["answers"].items():
        faults = {what: said for what, said in answers.items() if said not in {"taken", "refused"}}
        assert faults == {}, door
        assert {what for what, said in answers.items() if said == "taken"} == TAKEN[door], door
    assert report["kept_evil"] == []
    assert report["false_kinds"] == []


def test_memory_for_all_of_them_has_a_bound(report: dict[str, Any]) -> None:
    assert report["peak"] < MOST_MEMORY, report["took"]


# --- Where files come in -------------------------------------------------------------------------
# Every form with a field for a file, and how it is checked. A new one is written down here, with
# the reader that the file goes through.
FIELDS = {
    "ideas.forms.hand_in.HandInForm.attachments": "clean_upload",
    "ideas.forms.register.IdeaCreateForm.attachments": "clean_upload",
    "ideas.forms.pilots.VisitForm.pictures": "clean_upload, pictures only",
    "ideas.forms.showcase.PictureForm.picture": "clean_upload, pictures only",
    "ideas.forms.newsletters.PieceForm.picture": "clean_upload, pictures only",
    "ideas.forms.newsletters.NewsForm.picture": "clean_upload, pictures only",
    "ideas.forms.newsletters.PieceUpdateForm.picture": "clean_upload, pictures only",
    "ideas.forms.imports.IdeaImportForm.file": "read_list, not kept",
    "meetings.forms.arranging.TemplateForm.file": "check_template",
    "meetings.forms.following.AssignmentReportForm.evidence": "check_evidence",
    "meetings.forms.imports.MinutesImportForm.file": "read_minutes, not kept",
    "reports.forms.activities.ActivityCreateForm.pictures": "clean_upload, pictures only",
    "reports.forms.activities.PicturesForm.pictures": "clean_upload, pictures only",
    "reports.forms.sending.CertificateForm.file": "read_credential",
    "reports.forms.writing.PictureForm.picture": "clean_upload, pictures only",
    "teams.forms.administration.staff.StaffUploadForm.file": "read_workbook, not kept",
    "workplans.forms.reporting.ProgressForm.evidence": "check_evidence",
    "workplans.forms.reporting.ProgressForm.photo": "check_evidence",
    "workplans.forms.ImportForm.file": "read_plan, not kept",
}
ROOMS = ("teams", "workplans", "ideas", "meetings", "reports", "duties")


def subclasses(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


def test_every_field_for_a_file_is_known() -> None:
    _ = get_resolver().url_patterns  # every view, and with it every form, is imported
    found = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in subclasses(forms.BaseForm)
        if form.__module__.partition(".")[0] in ROOMS
        for name, field in form.base_fields.items()
        if isinstance(field, forms.FileField)
    }
    assert found == set(FIELDS)


# Of each family one: every field of every page gets them.
FEW = (
    "a JPEG that is PHP",
    "a program as a PDF",
    "a drawing with a script",
    "a PNG of 60,000 by 60,000",
    "a zip of 5,000 members",
    "members that lie over one another",
    "an entity in a Word text",
    "a billion laughs",
    "macros in Word",
    "a far template",
    "a row of no number",
    "a PDF that runs a program",
    "nothing",
)
PEOPLE = ("head", "officer", "member", "reviewer", "administrator", "elsewhere_head", "anonymous")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def storage(settings: Settings, tmp_path: Path) -> Path:
    """Uploads of this test go to a folder of its own."""
    default = settings.STORAGES["default"]
    options = {**default["OPTIONS"], "location": tmp_path / "files"}
    settings.STORAGES = {**settings.STORAGES, "default": {**default, "OPTIONS": options}}
    settings.ACCOUNT_RATE_LIMITS = False
    return tmp_path / "files"


def doors(world: World) -> Iterator[tuple[str, str, str, dict[str, Any], str]]:
    """Each address that takes a file: its name, its URL, a person, a right form, and the field."""
    for name, url, person, form in oddities.forms(world, ADDRESSES, PEOPLE):
        fields = {field for field, value in form.items() if isinstance(value, UploadedFile)}
        with undone():
            page = world.client(person).get(url)
        if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
            fields |= set(oddities.page_of(page).xpath("//form//input[@type='file']/@name"))
        for field in sorted(fields):
            yield name, url, person, form, field


@pytest.mark.django_db
def test_every_page_that_takes_a_file_answers_all_of_them(world: World, storage: Path) -> None:
    """None fails, none writes what it refuses, and what is kept is free of what came with it."""
    answers, tried, kept = oddities.Answers(oddities.ANSWERED | {400, 413}, world), set(), []
    files = {what: (FILES[what][0], FILES[what][1]()) for what in FEW}
    files |= {what: (name, files["a JPEG that is PHP"][1]) for what, name in NAMES.items()}
    files["half a picture"] = ("ছবি.png", files["a JPEG that is PHP"][1][:300])
    for name, url, person, form, field in doors(world):
        tried.add(name)
        client = world.client(person)
        for what, (filename, content) in files.items():
            sent = {**form, field: SimpleUploadedFile(filename or "x", content)}
            answers.ask(f"{name}: {what}", client.post, url, sent)
            for path in files_in(storage):
                inside = path.read_bytes()
                if PAYLOAD in inside or path.suffix not in {
                    ".jpg",
                    ".png",
                    ".webp",
                    ".pdf",
                    ".xlsx",
                }:
                    kept.append(f"{name}: {what}: {path.name}")
                path.unlink()
        answers.ask(f"{name}: words", client.post, url, {**form, field: "ক"})
    assert not answers.faults, "\n".join(answers.faults)
    assert kept == []
    assert len(tried) >= 15


# --- Evidence, from the form to the reader --------------------------------------------------------
@pytest.mark.django_db
def test_evidence_takes_none_of_them_wrongly(world: World, storage: Path) -> None:
    """All of them through one real form; what is taken is looked at as others get it."""
    for what, (name, make) in FILES.items():
        with undone():
            response = show(world, name, make())
            expected = 302 if what in TAKEN["evidence"] else 422
            assert response.status_code == expected, what
            if expected == 302:
                served_as_it_is(read_back(world))


def show(world: World, name: str, content: bytes) -> HttpResponse:
    form = {"form_key": uuid.uuid4(), "text": "কাজ হয়েছে", "on": "২০২৬-১০-০১"}
    url = world.url("workplans:progress_create", "task", "draft")
    evidence = SimpleUploadedFile(name, content)
    return world.client("member").post(url, form | {"evidence": evidence})


def read_back(world: World) -> HttpResponse:
    entry = ProgressEntry.objects.latest("pk")
    return world.client("head").get(reverse("workplans:evidence", args=[entry.pk]))


def served_as_it_is(response: HttpResponse) -> None:
    """Nothing for a browser to guess, nothing that runs, and to save unless it is a picture."""
    content = response.getvalue()
    assert PAYLOAD not in content
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    if response["Content-Type"].startswith("image/"):
        assert response["Content-Disposition"].startswith("inline")
        with Image.open(io.BytesIO(content)) as picture:
            assert response["Content-Type"] == Image.MIME[picture.format or ""]
            assert not picture.getexif()
    else:
        assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "make"),
    [("প্রতিবেদন.pdf", pdf_with_data), ("চিঠি.docx", word), ("হিসাব.xlsx", workbook)],
    ids=["report with its figures", "word", "excel"],
)
def test_paper_stays_as_it_came(
    world: World, storage: Path, name: str, make: Callable[[], bytes]
) -> None:
    with undone():
        assert show(world, name, make()).status_code == 302
        assert read_back(world).getvalue() == make()
