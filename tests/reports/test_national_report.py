"""The consolidated report of the nation: compiled, written, printed in two forms, laid open."""

from datetime import date
from io import BytesIO
from unicodedata import normalize

import docx
import pytest
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from bangla.digits import format_number
from bangla.pdf.check import missing_words
from jobs import runner
from reports.actions.nation import create_national
from reports.enums import NationalPart, NationalStatus, ReportKind
from reports.models import NationalDocument, NationalReport, Publication, ReportFigure, Submission
from reports.nation.compiling import national_content
from reports.nation.papers import draw_national
from reports.publishing.contacts import open_content
from teams.enums import Role, Tier
from teams.models import AuditEntry
from teams.papers import texts_of as texts_on_paper
from tests.factories import client_of, make_country, make_office, make_officer
from tests.pages import alerts_after, find, form_fields, page_of, texts_of
from tests.reports.nation_world import YEAR, Nation, finished, make_nation
from workplans.periods import Period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

OWN = "মন্ত্রিপরিষদ বিভাগের নিজের লেখা ভূমিকা।\nদ্বিতীয় অনুচ্ছেদ।"


@pytest.fixture
def nation() -> Nation:
    return make_nation(years=2, upazilas=3)


@pytest.fixture
def reviewer() -> Client:
    """A reviewer of a country in which nothing was sent."""
    return client_of(make_officer(make_office("root", Tier.CABINET), Role.CABINET_REVIEWER))


def begun(client: Client) -> NationalReport:
    client.post(reverse("reports:national_create"), {"kind": "annual", "period": YEAR})
    return NationalReport.objects.get()


def part_url(report: NationalReport, part: str = "introduction") -> str:
    return reverse("reports:national_section", args=[report.pk, part])


def printed(client: Client, report: NationalReport) -> NationalDocument:
    client.post(reverse("reports:national_print", args=[report.pk]))
    return report.documents.first()


# --- Compiling -----------------------------------------------------------------------------------
def test_content_says_what_accepted_reports_add_up_to(nation: Nation) -> None:
    content = national_content(begun(client_of(nation.reviewer)))
    newest: dict[int, int] = {}
    for row in Submission.objects.filter(
        report__starts_on=date(2025, 7, 1), report__status__in=["accepted", "published"]
    ).order_by("number"):
        newest[row.report_id] = row.pk
    sums = dict(
        ReportFigure.objects.filter(submission__in=newest.values())
        .values_list("key")
        .annotate(Sum("value"))
    )
    sections = {section["key"]: section for section in content["sections"]}
    assert list(sections) == list(NationalPart.values)
    trained = format_number(int(sums["training.participants"]))
    assert f"প্রশিক্ষণার্থী {trained}জন" in sections["training"]["paragraphs"][0]
    rows = sections["ideas"]["tables"][0]["rows"]
    received = format_number(int(sums["ideas.received"]))
    assert rows[0]["cells"][:2] == ["প্রাপ্ত আইডিয়া (টি)", received]
    assert rows[0]["cells"][3] == format_number(len(newest))
    total = sections["annex"]["tables"][2]["rows"][-1]["cells"]
    assert total[:2] == sections["reporting"]["tables"][0]["rows"][-1]["cells"][:2]
    assert open_content(content)[1] == 0, "a number was taken for somebody's telephone"


def test_country_without_a_report_has_one_all_the_same(reviewer: Client) -> None:
    report = begun(reviewer)
    assert reviewer.get(report.get_absolute_url()).status_code == 200
    content = national_content(report)
    assert content["sections"][-1]["tables"][0]["rows"]
    assert missing_words(
        draw_national(content)[1].content, texts_on_paper(draw_national(content)[0]),
        reader="poppler",
    ) == []  # fmt: skip


def test_beginning_twice_is_one_report(reviewer: Client) -> None:
    first = begun(reviewer)
    assert begun(reviewer) == first
    half = {"kind": "half_yearly", "period": "2026-01..2026-06"}
    assert reviewer.post(reverse("reports:national_create"), half).status_code == 302
    assert NationalReport.objects.count() == 2


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"kind": "annual"},
        {"kind": "annual", "period": "1990-1991"},
        {"kind": "half_yearly", "period": YEAR},
        {"kind": "\x00", "period": "\x00"},
    ],
)
def test_period_must_be_one_of_those_offered(reviewer: Client, form: dict[str, str]) -> None:
    page = reviewer.post(reverse("reports:national_create"), form)
    assert page.status_code == 422
    assert find(page, ".invalid-feedback")
    assert not NationalReport.objects.exists()


# --- Words ---------------------------------------------------------------------------------------
def test_words_begin_from_the_figures_and_are_kept(reviewer: Client) -> None:
    report = begun(reviewer)
    form = reviewer.get(part_url(report))
    assert "দপ্তরের প্রতিবেদন পাঠানোর কথা ছিল" in form_fields(form)["words"]
    assert find(form, "form[data-draft]")
    reviewer.post(part_url(report), {**form_fields(form), "words": OWN})
    page = reviewer.get(report.get_absolute_url())
    paragraphs = texts_of(page, "#section-introduction p")
    assert paragraphs == OWN.splitlines()
    assert AuditEntry.objects.filter(action="nationalreport.update").count() == 1
    # All taken out: what the figures say comes back.
    again = form_fields(reviewer.get(part_url(report)))
    reviewer.post(part_url(report), {**again, "words": ""})
    assert "পাঠানোর কথা ছিল" in " ".join(
        texts_of(reviewer.get(report.get_absolute_url()), "#section-introduction p")
    )


def test_two_people_write_at_once() -> None:
    root = make_office("root", Tier.CABINET)
    one, two = (client_of(make_officer(root, Role.CABINET_REVIEWER)) for _ in range(2))
    report = begun(one)
    mine, theirs = (form_fields(client.get(part_url(report))) for client in (one, two))
    other_part = form_fields(two.get(part_url(report, "problems")))
    one.post(part_url(report), {**mine, "words": "প্রথমজনের কথা"})
    # Another part is nobody else's business.
    assert two.post(part_url(report, "problems"), other_part).status_code == 302
    conflict = two.post(part_url(report), {**theirs, "words": "দ্বিতীয়জনের কথা"})
    assert conflict.status_code == 409
    text = page_of(conflict).text_content()
    assert "প্রথমজনের কথা" in text
    kept = form_fields(conflict)
    assert normalize("NFC", "দ্বিতীয়জনের কথা") in kept["words"]
    assert two.post(part_url(report), kept).status_code == 302
    report.refresh_from_db()
    assert report.words["introduction"]["text"] == normalize("NFC", "দ্বিতীয়জনের কথা")
    # The same words sent again, because the answer was lost: no conflict.
    assert two.post(part_url(report), kept).status_code == 302


@pytest.mark.parametrize(
    "form",
    [
        {"words": "কথা"},
        {"words": "কথা", "version": "x"},
        {"words": "কথা", "version": "-1"},
        {"words": "কথা", "version": "9" * 30},
        {"words": "ক" * 20_001, "version": "0"},
    ],
)
def test_odd_words_are_refused_in_words(reviewer: Client, form: dict[str, str]) -> None:
    report = begun(reviewer)
    page = reviewer.post(part_url(report), form)
    assert page.status_code == 422
    report.refresh_from_db()
    assert report.words == {}
    assert reviewer.get(part_url(report, "no-such")).status_code == 404


# --- Paper ---------------------------------------------------------------------------------------
def test_pdf_and_word_hold_every_word(nation: Nation) -> None:
    client = client_of(nation.reviewer)
    report = begun(client)
    client.post(part_url(report), {"version": 0, "words": OWN})
    document = printed(client, report)
    runner.run(job_id=document.job_id)
    page = client.get(reverse("reports:national_document", args=[document.pk]))
    assert "PDF নামান" in page_of(page).text_content()
    address = reverse("reports:national_document_download", args=[document.pk])
    pdf = b"".join(client.get(address).streaming_content)
    html = draw_national(document.content)[0]
    assert OWN.splitlines()[1] in texts_on_paper(html)
    assert missing_words(pdf, texts_on_paper(html), reader="poppler") == []
    word = client.get(reverse("reports:national_word", args=[report.pk]))
    paper = docx.Document(BytesIO(b"".join(word.streaming_content)))
    said = [paragraph.text for paragraph in paper.paragraphs]
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    for section in document.content["sections"]:
        assert f"{section['number']}. {section['title']}" in said
        assert set(section["paragraphs"]) <= set(said)
        for table in section["tables"]:
            assert {text for row in table["rows"] for text in row["cells"]} <= set(cells)


def test_print_is_frozen_and_the_same_content_is_printed_once(nation: Nation) -> None:
    client = client_of(nation.reviewer)
    report = begun(client)
    document = printed(client, report)
    assert printed(client, report) == document
    before = document.content
    client.post(part_url(report), {"version": 0, "words": OWN})
    Submission.objects.update(content={"sections": []})
    ReportFigure.objects.update(value=1)
    document.refresh_from_db()
    assert document.content == before
    assert printed(client, report) != document


# --- Laying open ---------------------------------------------------------------------------------
def test_published_report_is_everybodys_as_it_was(nation: Nation) -> None:
    client, officer = client_of(nation.reviewer), client_of(nation.district_head)
    report = begun(client)
    assert officer.get(report.get_absolute_url()).status_code == 404
    document = printed(client, report)
    publish = reverse("reports:national_publish", args=[document.pk])
    assert "PDF এখনো তৈরি হয়নি" in alerts_after(client, publish)[0]
    finished(document)
    assert "প্রকাশিত হয়েছে" in alerts_after(client, publish)[0]
    publication = Publication.objects.get()
    assert (publication.office, publication.national) == (nation.root, document)
    assert publication.content == document.content
    ReportFigure.objects.update(value=1)
    page = officer.get(report.get_absolute_url())
    ideas = next(one for one in document.content["sections"] if one["key"] == "ideas")
    assert texts_of(page, "#section-ideas p") == ideas["paragraphs"]
    # Published: no more writing, until it is opened again.
    assert client.post(part_url(report), {"version": 0, "words": OWN}).status_code == 403
    assert client.post(reverse("reports:national_print", args=[report.pk])).status_code == 403


def test_mended_report_takes_the_place_of_the_first(nation: Nation) -> None:
    client = client_of(nation.reviewer)
    report = begun(client)
    first = finished(printed(client, report))
    client.post(reverse("reports:national_publish", args=[first.pk]))
    client.post(reverse("reports:national_reopen", args=[report.pk]))
    report.refresh_from_db()
    assert report.status == NationalStatus.DRAFT
    assert Publication.objects.public().get().national == first
    client.post(part_url(report), {"version": 0, "words": OWN})
    second = finished(printed(client, report))
    client.post(reverse("reports:national_publish", args=[second.pk]))
    earlier, standing = Publication.objects.order_by("pk")
    assert (earlier.replaced_by, standing.national) == (standing, second)
    assert list(report.documents.filter(is_published=True)) == [second]
    # Pressed twice: said so, nothing doubled.
    alerts_after(client, reverse("reports:national_publish", args=[second.pk]))
    assert Publication.objects.count() == 2


def test_only_reviewers_write_and_publish() -> None:
    country = make_country()
    report = create_national(
        kind=ReportKind.ANNUAL, period=Period.parse(YEAR), by=country["reviewer"]
    )
    for person in ("upazila.head", "division.head", "administrator"):
        client = client_of(country[person])
        assert client.get(part_url(report)).status_code == 404
        assert client.get(reverse("reports:national_list")).status_code == 200
        create = client.post(
            reverse("reports:national_create"), {"kind": "annual", "period": "2024-2025"}
        )
        assert create.status_code == 403
    assert NationalReport.objects.count() == 1
