"""Words that would like to be markup, typed into every text of reports, stay words everywhere.

One world for all: that of the access tables, with every text of every report, comment, activity,
publication and extension replaced, and every text of what was frozen. A field added to a model is
in it by itself, and has to be seen on some page.
"""

import csv
import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from email import message_from_bytes, policy
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import resolve, reverse
from django.utils import timezone
from lxml import etree
from openpyxl import load_workbook
from pytest_django import DjangoDbBlocker, Settings

from bangla.pdf.check import extract, squeeze
from ideas.models import Initiative
from jobs.mail import compose
from jobs.models import Letter
from reports.actions import (
    ScoreText,
    accept_report,
    answer_comment,
    return_report,
    send_comments,
    set_own_figure,
    set_score_lines,
)
from reports.documents import draw_report
from reports.models import (
    Activity,
    Comment,
    NationalDocument,
    NationalReport,
    Publication,
    Report,
    ReportDocument,
    Review,
    Section,
    SigningCertificate,
    Submission,
)
from reports.nation.papers import draw_national, national_docx
from reports.publishing.contacts import MACHINE_KEYS
from reports.receipts import seal_of
from teams.models import Office
from tests import hostile
from tests.access_duties import DUTY_ADDRESSES
from tests.access_reports import ADDRESSES as REPORT_ADDRESSES
from tests.access_rules import OK
from tests.access_world import World, undone
from tests.hostile import BREAKS, EVALUATED, TYPED, faults_in, filled, forms_on
from tests.reports.build import draft_comment, make_report, mark_fully, soon
from tests.reports.rooms import build_rooms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlimited")]

ADDRESSES = REPORT_ADDRESSES | DUTY_ADDRESSES
PEOPLE = ("head", "reviewer", "district_head", "anonymous")
# Written by programs alone: numbers of receipts, digests, anchors of comments, the index.
NOT_TYPED = frozenset({"receipt_number", "fingerprint", "key", "row", "figure", "folded"})
FIELDS = hostile.text_fields("reports", "teams.Extension", "teams.Office", not_typed=NOT_TYPED)
ROOM = ("reports", "teams.Extension")
MARKS = hostile.marks_of(FIELDS)
FROZEN = "«json»"
HEADERS = {
    *("Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "Reply-To"),
    *("MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
}
# What no page shows, and why.
SHOWN_NOWHERE: dict[str, str] = {
    "ReportingYear.source": "a rule behind the pages",
    "ReviewCriterion.source": "a rule behind the pages",
    "SectionRule.source": "a rule behind the pages",
    "ReviewCriterion.name_en": "in English",
    "ReviewCriterion.help_en": "in English",
    "Office.name_en": "in English",
    "Office.place_en": "in English",
}


# The tests' own transactions become savepoints inside this one.
@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        world = build_rooms()
        enrich(world)
        poison_everything()
        live_on(world)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def unlimited(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False


def enrich(world: World) -> None:
    """One of whatever can be written that the walk of access does not need."""
    country = world.country
    head, reviewer = country["upazila.head"], country["reviewer"]
    report = Report.objects.get(pk=world.things["draft"].addresses["draft_report"][0])
    set_score_lines(report=report, lines=[ScoreText("ক", Decimal(9), Decimal(8))], by=head)
    section = report.sections.get(key="training")
    set_own_figure(
        section=section,
        figure="participants",
        value=Decimal(30),
        reason="ক",
        version=section.version,
        by=head,
    )
    sent = Comment.objects.filter(sent_at__isnull=False).get()
    answer_comment(comment=sent, version=sent.version, answer="ক", by=head)
    # One that waits for its marks, one that was withdrawn, and one that was decided upon, of
    # which the team reads summary and notes.
    for period, status in (
        ("2024-2025", "submitted"),
        ("2015-2016", "withdrawn"),
        ("2025-2026", "accepted"),
    ):
        make_report(country.upazila, by=head, reviewer=reviewer, period=period, status=status)
    settled = Review.objects.filter(decided_at__isnull=False)
    settled.update(summary="ক")
    for review in settled:
        review.marks.update(note="ক")
    now = timezone.now()
    SigningCertificate.objects.create(
        office=country.upazila,
        subject="ক",
        issuer="ক",
        fingerprint="f" * 64,
        valid_from=now,
        valid_to=now + timedelta(days=9),
        sealed=b"x",
        added_by=head,
    )


def poison_everything() -> None:
    hostile.poison(FIELDS)
    for section in Section.objects.all():
        figures = {key: {**one, "reason": BREAKS} for key, one in section.figures.items()}
        tables = poisoned(section.tables)
        Section.objects.filter(pk=section.pk).update(figures=figures, tables=tables)
    for model in (Submission, ReportDocument, NationalDocument, Publication):
        for one in model.objects.all():
            model.objects.filter(pk=one.pk).update(content=poisoned(one.content))
    for report in NationalReport.objects.all():
        words = {part: {"text": BREAKS, "version": 1} for part in ("introduction", "problems")}
        NationalReport.objects.filter(pk=report.pk).update(words=words)


def poisoned(value: Any, key: str = "") -> Any:
    """Frozen content with hostile words at the end of every text of somebody."""
    if isinstance(value, dict):
        return {name: poisoned(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [poisoned(one, key) for one in value]
    if isinstance(value, str) and key not in MACHINE_KEYS | {"serial_by"}:
        return f"{FROZEN}{value}{BREAKS}"
    return value


def live_on(world: World) -> None:
    """What is written of those words: letters, and a report made of poisoned records."""
    country = world.country
    head, reviewer = country["upazila.head"], country["reviewer"]
    country.upazila.refresh_from_db()
    report = make_report(country.upazila, by=head, period="2020-2021", status="submitted")
    draft_comment(report, by=reviewer, text=TYPED)
    send_comments(submission=report.submissions.get(), by=reviewer)
    return_report(report=report, by=reviewer, reason=TYPED, resubmit_by=soon())
    other = make_report(country.upazila, by=head, period="2010-2011", status="submitted")
    mark_fully(other, reviewer=reviewer)
    accept_report(report=other, by=reviewer)


def shown_in(text: str) -> set[str]:
    return {name for mark, name in MARKS.items() if mark in text}


def text_of(response: HttpResponse) -> str:
    if response.streaming:
        response.getvalue()
        return ""
    kind = response.get("Content-Type", "")
    return response.content.decode() if kind.startswith("text/html") else ""


# --- Pages ------------------------------------------------------------------------------------
DETAILS = {
    "reports:detail": Report,
    "reports:preview": Report,
    "reports:submission": Submission,
    "reports:receipt": Submission,
    "reports:review_detail": Submission,
    "open:publication": Publication,
    "reports:publication_detail": Publication,
    "reports:activity_detail": Activity,
    "reports:national_detail": NationalReport,
}


def pages(world: World) -> Iterator[tuple[str, str, str]]:
    """Every page with who reads it: of each kind the walk of access knows one, then all others."""
    for name, address in ADDRESSES.items():
        for person in PEOPLE:
            if address.outcome("GET", "draft", person) == OK:
                yield name, world.url(name, address.about, "draft"), person
    for name, model in DETAILS.items():
        for thing in model.objects.all():
            yield name, reverse(name, args=[thing.pk]), "head"
            yield name, reverse(name, args=[thing.pk]), "reviewer"
    for submission in Submission.objects.all():
        url = reverse("open:verify_report_code", args=[submission.code])
        yield "open:verify_report_code", url, "anonymous"
        url = reverse("reports:review_detail", args=[submission.pk])
        for view in ("changes", "whole", "beside"):
            yield "reports:review_detail", f"{url}?view={view}", "reviewer"


def test_words_stay_words_on_every_page(world: World) -> None:
    faults, shown = [], set()
    for name, url, person in pages(world):
        with undone():
            html = text_of(world.client(person).get(url))
        shown |= shown_in(html)
        faults += [f"{name} by {person}: {fault}" for fault in faults_in(html)]
    assert faults == []
    assert " ".join(sorted(set(MARKS.values()) - shown)) == " ".join(sorted(SHOWN_NOWHERE))


def test_words_asked_for_in_an_address_stay_words(world: World) -> None:
    """A search that finds nothing says what was searched for, and filters keep their words."""
    names = ("q", "page", "year", "kind", "by", "in", "show", "state", "figure", "paper", "office")
    names += ("inside", "tier", "sort", "reviewer", "matter", "view", "section", "row", "next")
    asked = dict.fromkeys(names, BREAKS)
    faults = []
    for name, url, person in pages(world):
        if person in ("head", "reviewer", "anonymous") and resolve(url.split("?")[0]).kwargs == {}:
            with undone():
                html = text_of(world.client(person).get(url, asked))
            faults += [f"{name}: {fault}" for fault in faults_in(html)]
    assert faults == []


# --- Forms ------------------------------------------------------------------------------------
def test_words_typed_into_forms_stay_words_in_whatever_is_answered(world: World) -> None:
    """The page that follows, the form with its words kept (422), and both texts (409)."""
    faults, statuses, seen = [], {}, set()
    for _page, url, person in pages(world):
        client = world.client(person)
        with undone():
            html = text_of(client.get(url))
        found = forms_on(html, url, ADDRESSES) if "<form" in html else ()
        for name, action, fields, written in found:
            if (name, tuple(fields)) in seen:
                continue
            seen.add((name, tuple(fields)))
            for form in filled(fields, written):
                with undone():
                    response = client.post(action, form, follow=True)
                    faults += [f"{name}: {fault}" for fault in faults_in(text_of(response))]
                statuses.setdefault(response.status_code, set()).add(name)
    assert faults == []
    assert set(statuses) <= {200, 403, 404, 409, 422, 429}
    assert len(statuses[409]) > 3
    assert len(statuses[422]) > 8


# --- Feeds, maps and data -----------------------------------------------------------------------
def test_feeds_and_maps_are_well_formed(world: World) -> None:
    client, said = world.client("anonymous"), ""
    code = world.country.upazila.code
    urls = [reverse("open:feed"), reverse("open:office_feed", args=[code]), reverse("open:sitemap")]
    index = etree.fromstring(client.get(reverse("open:sitemap")).content)
    urls += [f"/{loc.text.split('/', 3)[3]}" for loc in index.iter("{*}loc")]
    assert len(urls) > 3
    for url in urls:
        response = client.get(url)
        assert response.status_code == 200, url
        tree = etree.fromstring(response.content)
        tags = {etree.QName(one).localname for one in tree.iter(etree.Element)}
        assert not tags & {"img", "script", "x-evil"}, url
        # What a reader of feeds takes for HTML is HTML of ours.
        for one in tree.iter(etree.Element):
            if one.get("type") in ("html", "xhtml"):
                assert faults_in(one.text or "") == [], url
        said += "".join(tree.itertext())
        assert not any(one in said for one in EVALUATED)
    assert BREAKS[:40] in said


def test_data_files_hold_words_and_no_formula(world: World) -> None:
    """Whatever a cell begins with, a spreadsheet runs none of it."""
    client = world.client("anonymous")
    with undone():
        starts = ('=HYPERLINK("http://x.test")', "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1")
        for start in starts:
            Office.objects.update(name_bn=start)
            Publication.objects.update(title=start)
            Initiative.objects.update(title=start)
            for publication in Publication.objects.all():
                content = started(publication.content, start)
                Publication.objects.filter(pk=publication.pk).update(content=content)
            for name in ("offices", "reports", "figures", "tasks", "decisions", "initiatives"):
                file = client.get(reverse("open:dump", args=[name, "csv"])).getvalue().decode()
                lines = csv.reader(StringIO(file.lstrip("\ufeff")))
                cells = [cell for line in lines for cell in line]
                assert not [cell for cell in cells if is_formula(cell)], (name, start)
                file = client.get(reverse("open:dump", args=[name, "xlsx"])).getvalue()
                book = load_workbook(BytesIO(file))
                kinds = {
                    cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row
                }
                assert kinds <= {"s", "inlineStr", "n", "d", "b"}, (name, start)


def started(value: Any, start: str, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: started(one, start, name) for name, one in value.items()}
    if isinstance(value, list):
        return [started(one, start, key) for one in value]
    return start if isinstance(value, str) and key not in MACHINE_KEYS else value


def is_formula(cell: str) -> bool:
    """A spreadsheet would run it; a negative number it only shows."""
    try:
        float(cell)
    except ValueError:
        return cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    return cell.startswith("+")


def test_data_for_machines_is_json_and_says_the_words(world: World) -> None:
    client, said = world.client("anonymous"), ""
    urls = [reverse(f"api:list_{name}") for name in ("offices", "reports", "plans", "decisions")]
    urls += [
        reverse("open:dump", args=[name, "json"]) for name in ("offices", "tasks", "decisions")
    ]
    for publication in Publication.objects.filter(kind="report"):
        urls.append(reverse("api:get_report", args=[publication.pk]))
    for url in urls:
        response = client.get(url)
        if response.status_code == 404:
            continue  # withdrawn
        content = response.getvalue() if response.streaming else response.content
        assert response["Content-Type"].startswith("application/json"), url
        assert response["X-Content-Type-Options"] == "nosniff"
        said += json.dumps(json.loads(content), ensure_ascii=False)
    assert BREAKS[:6].replace('"', '\\"') in said
    assert not any(one in said for one in EVALUATED)


# --- Letters ----------------------------------------------------------------------------------
def test_letters_are_plain_text_with_no_header_of_their_own(world: World) -> None:
    letters = list(Letter.objects.all())
    assert any(BREAKS[:40] in letter.body for letter in letters)
    for letter in letters:
        with undone():
            Letter.objects.filter(pk=letter.pk).update(to_name=f"{BREAKS}"[:100])
            letter.refresh_from_db()
            message = message_from_bytes(
                compose(letter, []).message().as_bytes(), policy=policy.default
            )
        assert set(message.keys()) <= HEADERS
        assert message.get_content_type() == "text/plain"
        assert "evil@evil.test" not in [address.addr_spec for address in message["To"].addresses]
        assert not any(one in letter.body for one in EVALUATED)


# --- Papers -----------------------------------------------------------------------------------
def test_papers_show_the_words_and_fetch_nothing(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """What a paper asks for and is not given is a line in WeasyPrint's log."""
    submission = Submission.objects.exclude(report__status="published").earliest("pk")
    for part in submission.content["sections"]:
        part["pictures"] = []
    national = NationalDocument.objects.filter(is_published=True).get()
    with caplog.at_level("WARNING", logger="weasyprint"):
        papers = {
            "report": draw_report(
                submission.content, seal_of(submission), sent_at=submission.created_at
            )[1].content,
            "national": draw_national(national.content)[1].content,
        }
    assert [line.getMessage() for line in caplog.records] == []
    for name, paper in papers.items():
        words = squeeze(extract(paper, reader="pdfium"))
        assert squeeze("<img src=x onerror=evil()>") in words, name
        assert squeeze('{% now "Y" %}') in words, name
        with pikepdf.open(BytesIO(paper)) as pdf:
            assert not {"/AA", "/OpenAction", "/AcroForm"} & set(pdf.Root.keys())
            notes = [each for page in pdf.pages for each in page.get("/Annots", [])]
            links = [str(each.A.get("/URI", "")) for each in notes if "/A" in each]
            assert not [link for link in links if "evil" in link or not link.startswith("http")]


def test_word_file_holds_no_field_and_no_link(world: World) -> None:
    content = NationalDocument.objects.filter(is_published=True).get().content
    with ZipFile(national_docx(content)) as package:
        parts = {name: package.read(name).decode(errors="replace") for name in package.namelist()}
    assert not any('TargetMode="External"' in part for part in parts.values())
    assert not any("instrText" in part for part in parts.values())
    assert FROZEN in parts["word/document.xml"]


# --- The tests themselves ---------------------------------------------------------------------
@pytest.mark.parametrize("template", ["<p>{}</p>", '<p title="{}">', "<title>{}</title>"])
def test_words_that_become_markup_are_noticed(template: str) -> None:
    assert faults_in(f"<!doctype html><html><body>{template.format(BREAKS)}</body></html>")


def test_template_that_forgets_to_escape_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With Django's escaping off, the same walk over one page finds faults."""
    monkeypatch.setattr("django.template.base.conditional_escape", str)
    url = world.url("reports:activity_detail", "activity", "draft")
    assert faults_in(text_of(world.client("head").get(url)))
