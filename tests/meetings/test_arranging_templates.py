"""An office's own Word templates: what is taken, what is refused, what they shape."""

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from meetings.enums import TemplateKind
from meetings.models import WordTemplate
from meetings.papers_word import paper_docx
from meetings.word import default_template
from teams.models import Office
from tests.factories import Country, client_of, make_country
from tests.meetings.arranging import faults, page, records, shown, to, upload
from tests.meetings.contents import minutes_content
from tests.meetings.word_files import FEW_TAGS, body_of, template
from tests.pages import find, texts_of
from tests.workplans.files import HTML, OLE, files_in, locked, with_macros, workbook

pytestmark = pytest.mark.django_db

OWN = template("নিজস্ব ছক", *FEW_TAGS)


@pytest.fixture(autouse=True)
def storage(settings: Settings, tmp_path: Path) -> Path:
    """Uploads of this test go to a folder of its own."""
    folder = tmp_path / "files"
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": backend, "OPTIONS": {"location": folder, "base_url": None}},
    }
    return folder


@pytest.fixture
def country(today: date) -> Country:
    return make_country()


@pytest.fixture
def office(country: Country) -> Office:
    return country.upazila


@pytest.fixture
def lead(country: Country) -> Client:
    return client_of(country["upazila.innovation_officer"])


def test_own_template_shapes_the_minutes_and_comes_back_as_it_was_brought(
    country: Country, lead: Client, office: Office
) -> None:
    assert "আমাদের টেমপ্লেট" in shown(lead, office, "template")
    assert upload(lead, office, OWN).status_code == 302
    words = shown(lead, office, "template")
    assert "ছক.docx" in words
    assert "২১ নভেম্বর ২০২৬" in words
    assert country["upazila.innovation_officer"].name in words

    member = client_of(country["upazila.member"])
    response = member.get(to("template_download", office.pk, "minutes"))
    assert b"".join(response.streaming_content) == OWN
    assert "attachment" in response["Content-Disposition"]
    paper = paper_docx(TemplateKind.MINUTES, minutes_content(), office=office)
    assert "নিজস্ব ছক" in body_of(paper.read())
    elsewhere = paper_docx(TemplateKind.MINUTES, minutes_content(), office=country.sibling)
    assert "নিজস্ব ছক" not in body_of(elsewhere.read())


def test_own_template_is_nobody_elses(country: Country, lead: Client, office: Office) -> None:
    upload(lead, office, OWN)
    url = to("template_download", office.pk, "minutes")
    for stranger in ("sibling.head", "district.head", "reviewer", "administrator", "nobody"):
        assert client_of(country[stranger]).get(url).status_code == 404
    assert lead.get(to("template_download", office.pk, "notice")).status_code == 404


@pytest.mark.parametrize("kind", TemplateKind.values)
def test_our_template_can_be_taken_and_brought_back(
    lead: Client, office: Office, kind: str
) -> None:
    response = lead.get(to("template_default", kind))
    assert response.content == default_template(kind)
    assert ".docx" in response["Content-Disposition"]
    assert upload(lead, office, response.content, kind).status_code == 302


@pytest.mark.parametrize("name", ["template_upload", "template_delete", "template_download"])
def test_kind_that_no_paper_has_is_not_there(lead: Client, office: Office, name: str) -> None:
    url = to(name, office.pk, "extract")
    answer = lead.get(url) if name == "template_download" else lead.post(url)
    assert answer.status_code == 404
    assert lead.get(to("template_default", "extract")).status_code == 404


UNFIT = {
    "nothing": (b"", "ফাইলটি খালি"),
    "a page": (HTML, ".docx নয়"),
    "old Word": (OLE, ".docx নয়"),
    "Excel": (workbook(), ".docx নয়"),
    "macros": (with_macros(OWN), "ম্যাক্রো"),
    "a password": (locked(OWN), "পাসওয়ার্ড"),
    "half a file": (OWN[:2000], "ক্ষতিগ্রস্ত"),
    "an unknown field": (template("{{ titel }}", *FEW_TAGS), "{{ title }}"),
    "a missing field": (template(*FEW_TAGS[:-1]), "স্মারক নম্বর"),
}


@pytest.mark.parametrize("what", UNFIT)
def test_template_that_cannot_serve_is_refused_and_not_kept(
    lead: Client, office: Office, storage: Path, what: str
) -> None:
    content, says = UNFIT[what]
    response = upload(lead, office, content)
    assert says in faults(response, "template-minutes")
    assert find(response, "#form-template-minutes")[0].get("open") is not None
    assert not WordTemplate.objects.exists()
    assert files_in(storage) == []
    assert records("wordtemplate.keep") == []


def test_faults_of_a_template_are_listed_one_by_one(lead: Client, office: Office) -> None:
    response = upload(lead, office, template("{{ titel }} {{ nonsense }}", *FEW_TAGS[:-1]))
    lines = texts_of(response, "#form-template-minutes .invalid-feedback p")
    assert len(lines) == 3
    assert "titel" in lines[0]
    assert "nonsense" in lines[1]


def test_template_larger_than_allowed_is_refused(
    lead: Client, office: Office, settings: Settings
) -> None:
    settings.MAX_UPLOAD_BYTES = len(OWN) - 1
    assert "সর্বোচ্চ" in faults(upload(lead, office, OWN), "template-minutes")
    assert "বেছে নিন" in faults(
        lead.post(to("template_upload", office.pk, "minutes")), "template-minutes"
    )


def test_bad_template_leaves_the_good_one_in_use(
    lead: Client, office: Office, storage: Path
) -> None:
    upload(lead, office, OWN)
    upload(lead, office, HTML, name="পাতা.docx")
    assert "ছক.docx" in shown(lead, office, "template")
    assert len(files_in(storage)) == 1


def test_replaced_and_removed_templates_take_their_files_along(
    lead: Client,
    office: Office,
    storage: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    newer = template("নতুন ছক", *FEW_TAGS)
    upload(lead, office, OWN)
    [older_file] = files_in(storage)
    with django_capture_on_commit_callbacks() as to_do:
        upload(lead, office, newer, name="নতুন.docx")
        assert older_file.exists()  # until the change is certain
    for callback in to_do:
        callback()
    [newer_file] = files_in(storage)
    assert newer_file != older_file
    assert office.word_templates.get().filename == "নতুন.docx"
    for _press in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            response = lead.post(to("template_delete", office.pk, "minutes"), follow=True)
        assert response.status_code == 200
        assert files_in(storage) == []
    assert "আমাদের টেমপ্লেট" in shown(lead, office, "template")
    assert len(records("wordtemplate.remove")) == 1


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"PK\x03\x04")])
def test_template_that_was_lost_or_broken_gives_way_to_ours(
    lead: Client,
    office: Office,
    storage: Path,
    caplog: pytest.LogCaptureFixture,
    harm: Callable[[Path], object],
) -> None:
    upload(lead, office, OWN)
    [kept] = files_in(storage)
    harm(kept)
    with caplog.at_level(logging.WARNING, logger="meetings.papers_word"):
        paper = paper_docx(TemplateKind.MINUTES, minutes_content(), office=office)
    assert minutes_content()["title"] in body_of(paper.read())
    assert [entry.name for entry in caplog.records] == ["meetings.papers_word"]


def test_download_of_a_lost_template_says_so(lead: Client, office: Office, storage: Path) -> None:
    upload(lead, office, OWN)
    files_in(storage)[0].unlink()
    response = lead.get(to("template_download", office.pk, "minutes"), follow=True)
    assert "পাওয়া যাচ্ছে না" in texts_of(response, "main")[0]


def test_fields_are_explained_with_the_tag_to_type(lead: Client, office: Office) -> None:
    response = page(lead, office)
    tags = texts_of(response, "#template samp")
    assert "{{ memo }}" in tags
    assert "{{ decision.text }}" in tags
    assert "{% for item in items %} {% for decision in item.decisions %}" in tags
