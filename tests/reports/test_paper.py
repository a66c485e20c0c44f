"""The report on paper: is every word found, is it accessible, does it last, is it what was sent?"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from unicodedata import normalize

import pikepdf
import pymupdf
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from PIL import Image
from pytest_django import DjangoDbBlocker

from bangla.digits import to_bangla
from bangla.pdf import Pdf
from bangla.pdf.check import distinct_words, extract, missing_words, squeeze
from jobs.documents import DocumentDamaged, store
from jobs.models import StoredDocument
from reports.documents import draw_report
from reports.enums import ReportStatus
from reports.jobhandlers import submission_pdf
from reports.models import Report
from reports.receipts import seal_of
from reports.signing import read_credential, sign_pdf
from teams.papers import plain_json, texts_of
from teams.qr import QR_BORDER
from tests.bangla_pdf import pdfa
from tests.bangla_pdf.reading import TEXT_OPERATORS, drawn, find, page_texts, tags
from tests.factories import PERIOD, Team, make_plan, make_progress, make_task, make_team
from tests.qr import drawn_qr, modules_of
from tests.reports import papers
from tests.reports.build import YEAR, make_report
from tests.reports.certificates import make_authority
from tests.reports.papers import HARD_WORDS, SEAL, SENT_AT
from workplans.models import WorkPlan

pytestmark = pytest.mark.django_db

OFFICE = "ঊর্ধ্বতন স্বাস্থ্যঝুঁকি ও জ্যোৎস্নাকুঞ্জ রাষ্ট্রদ্রোহ-ক্ষ্মাপন দ্বন্দ্ব-নিষ্পত্তি কার্যালয়, লক্ষ্ণৌপাড়া, র‍্যাবনগর"
LONG_TITLE = f"{HARD_WORDS}: আবেদন গ্রহণ থেকে নিষ্পত্তি পর্যন্ত প্রতিটি ধাপ নথিভুক্ত করে এক পাতার ফরম চালু করা"


# --- Made by the command, from a plan and its progress ------------------------------------------
@dataclass(frozen=True)
class Paper:
    """A finished report: the PDF, what the command tells of it, and the text of each page."""

    content: bytes
    facts: dict
    pages: list[str]

    @classmethod
    def of(cls, plan: WorkPlan, folder: Path) -> "Paper":
        """Make the report of a plan with the command."""
        pdf, told = folder / "report.pdf", folder / "report.json"
        arguments = [plan.office.code, f"--period={plan.period.code}", f"--output={pdf}"]
        call_command("annualreport", *arguments, f"--json={told}", stdout=StringIO())
        content = pdf.read_bytes()
        return cls(content, json.loads(told.read_text()), page_texts(content))


def make_long_plan(team: Team, tasks: int) -> WorkPlan:
    """A plan with long texts in all columns and progress on every third task."""
    plan = make_plan(team.office, by=team.head, tasks=0)
    for number in range(tasks):
        task = make_task(
            plan,
            by=team.head,
            subject=f"বিষয় {to_bangla(number // 6 + 1)}: দাপ্তরিক কর্মপ্রক্রিয়ার উন্নয়ন ও স্বচ্ছতা",
            title=f"{to_bangla(number + 1)} নম্বর কাজ — {LONG_TITLE}",
            expected_result=f"{HARD_WORDS}\nদ্বিতীয় লাইনে আরও কথা",
        )
        if number % 3 == 0:
            make_progress(task, by=team.head, percent=(number * 7) % 101)
    return plan


@pytest.fixture(scope="module")
def paper(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Paper:
    """The report of a plan with sixty long tasks, of an office with a difficult name."""
    moment = datetime(2026, 11, 21, 6, tzinfo=UTC)
    with django_db_blocker.unblock(), time_machine.travel(moment), transaction.atomic():
        team = make_team()
        team.office.name_bn = OFFICE
        team.office.save()
        made = Paper.of(make_long_plan(team, 60), tmp_path_factory.mktemp("paper"))
        transaction.set_rollback(True)
    return made


def test_facts_are_true(paper: Paper) -> None:
    assert set(paper.facts) == {"texts", "pages", "sha256"}
    assert paper.facts["sha256"] == sha256(paper.content).hexdigest()
    assert paper.facts["pages"] == len(paper.pages) > 20
    words = distinct_words(paper.facts["texts"])
    assert len(words) > 200
    assert OFFICE in paper.facts["texts"]
    rows = [text for text in paper.facts["texts"] if "নম্বর কাজ —" in text]
    assert len(rows) == 60


@pytest.mark.parametrize("reader", ["poppler", "pdfium", "mupdf"])
def test_words_are_found_by_every_reader(paper: Paper, reader: str) -> None:
    assert missing_words(paper.content, paper.facts["texts"], reader=reader) == []


def test_check_notices_a_word_that_is_not_there(paper: Paper) -> None:
    """The control: the comparison does not find everything."""
    assert missing_words(paper.content, ["অনুপস্থিতশব্দ", "কাজ"], reader="pdfium") == ["অনুপস্থিতশব্দ"]


def test_pages_are_numbered_in_bengali_and_say_that_it_is_a_draft(paper: Paper) -> None:
    last = to_bangla(len(paper.pages))
    for number, text in enumerate(paper.pages, start=1):
        assert squeeze(f"পৃষ্ঠা {to_bangla(number)} / {last}") in text
        assert squeeze("খসড়া") in text


def test_head_of_the_table_is_repeated_on_every_page_of_it(paper: Paper) -> None:
    pages = [text for text in paper.pages if squeeze("নম্বর কাজ —") in text]
    assert len(pages) > 10
    for text in pages:
        for heading in ("প্রস্তাবিত বিষয় (গৃহীতব্য কাজের নাম)", "দায়িত্বপ্রাপ্ত কর্মকর্তা", "অগ্রগতি"):
            assert squeeze(heading) in text


def test_paper_tells_readers_what_it_is(paper: Paper) -> None:
    with pikepdf.open(BytesIO(paper.content)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.Root.Lang) == "bn"
        title = f"উদ্ভাবনী কার্যক্রমের বার্ষিক প্রতিবেদন — {OFFICE}, ২০২৬–২৭ অর্থবছর"
        metadata = pdf.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert "pdfaid:part" not in metadata  # a draft is not for the archive
        assert metadata["dc:title"] == title
        assert metadata["dc:creator"] == [OFFICE]
        assert str(pdf.docinfo["/Title"]) == title
        assert "/StructTreeRoot" in pdf.Root


def test_lines_of_a_cell_stay_lines(team: Team, tmp_path: Path) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    make_task(plan, by=team.head, title="উপর\nনিচ")
    text = extract(Paper.of(plan, tmp_path).content, reader="mupdf")
    assert "উপর\nনিচ" in text


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.mark.usefixtures("today")
def test_plan_without_a_task_is_a_paper_all_the_same(team: Team, tmp_path: Path) -> None:
    paper = Paper.of(make_plan(team.office, by=team.head, tasks=0), tmp_path)
    assert missing_words(paper.content, paper.facts["texts"], reader="poppler") == []


@pytest.mark.usefixtures("today")
def test_same_report_is_the_same_file(team: Team, tmp_path: Path) -> None:
    plan = make_plan(team.office, by=team.head)
    first, second = (Paper.of(plan, tmp_path).facts["sha256"] for _ in range(2))
    assert first == second
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "period", "said"),
    [
        ("no-such", PERIOD, "“no-such” কোডের কোনো দপ্তর নেই।"),
        ("kaliganj", "গত বছর", "‘গত বছর’ কোনো সময়কাল নয়।"),
        ("kaliganj", "2019-2020", "২০১৯–২০ অর্থবছর সময়ের কোনো কর্মপরিকল্পনা নেই।"),
    ],
)
def test_command_refuses_with_code_2(
    team: Team, tmp_path: Path, code: str, period: str, said: str
) -> None:
    output = tmp_path / "report.pdf"
    with pytest.raises(CommandError) as refused:
        call_command("annualreport", code, f"--period={period}", f"--output={output}")
    assert refused.value.returncode == 2
    assert said in str(refused.value)
    assert not output.exists()


@pytest.mark.usefixtures("today")
def test_command_says_when_the_file_cannot_be_written(team: Team, tmp_path: Path) -> None:
    make_plan(team.office, by=team.head)
    with pytest.raises(CommandError) as refused:
        call_command(
            "annualreport", "kaliganj", f"--period={PERIOD}", f"--output={tmp_path / 'no/such.pdf'}"
        )
    assert refused.value.returncode == 2


# --- As it was sent: sealed, archived, in the shapes that offices have ---------------------------
@dataclass(frozen=True)
class Sent:
    """A report that was sent, as its PDF."""

    content: papers.Content
    html: str
    pdf: Pdf

    @classmethod
    def of(cls, content: papers.Content) -> "Sent":
        return cls(content, *draw_report(content, SEAL, sent_at=SENT_AT))

    @property
    def opened(self) -> pikepdf.Pdf:
        return pikepdf.open(BytesIO(self.pdf.content))


SHAPES: dict[str, Callable[[], papers.Content]] = {
    "annual": papers.annual,
    "divisional": papers.divisional_half_year,
    "ministry": papers.ministry_progress,
}
_drawn: dict[str, Sent] = {}


@pytest.fixture
def sent(request: pytest.FixtureRequest) -> Sent:
    """The report in the shape the test names; drawn once."""
    shape: str = request.param
    if shape not in _drawn:
        _drawn[shape] = Sent.of(SHAPES[shape]())
    return _drawn[shape]


in_every_shape = pytest.mark.parametrize("sent", SHAPES, indirect=True)


@in_every_shape
@pytest.mark.parametrize("reader", ["poppler", "pdfium", "mupdf"])
def test_every_word_of_each_shape_is_found(sent: Sent, reader: str) -> None:
    texts = texts_of(sent.html)
    assert sent.pdf.missing_characters == ""
    assert len(distinct_words(texts)) > 60
    assert missing_words(sent.pdf.content, texts, reader=reader) == []


@in_every_shape
def test_each_shape_keeps_the_rules_of_the_archive(sent: Sent) -> None:
    assert pdfa.faults(sent.pdf.content) == []
    with sent.opened as pdf:
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        for page in pdf.pages:
            assert all(len(marks) == 1 for _, marks in drawn(page))


@in_every_shape
def test_tables_of_each_shape_are_whole(sent: Sent) -> None:
    """Every row fills the columns, with what spans from above: readers count on it."""
    with sent.opened as pdf:
        for table in find(pdf, "Table"):
            rows = [row for part in table.K if part.S != "/Caption" for row in part.K]
            columns = sum(int(cell.get("/A", {}).get("/ColSpan", 1)) for cell in rows[0].K)
            carried = [0] * columns
            for row in rows:
                cells = iter(row.K)
                place = 0
                while place < columns:
                    span = 1
                    if not carried[place]:
                        attributes = next(cells).get("/A", {})
                        span = int(attributes.get("/ColSpan", 1))
                        for each in range(place, place + span):
                            carried[each] = int(attributes.get("/RowSpan", 1))
                    place += span
                assert not list(cells)
                carried = [left - 1 for left in carried]


@in_every_shape
def test_every_page_says_how_to_check_it(sent: Sent) -> None:
    """The QR picture is true to the module on each page, and so are the words beside it."""
    wanted = modules_of(SEAL["address"])
    with pymupdf.open(stream=sent.pdf.content, filetype="pdf") as document:
        assert len(document) == sent.pdf.pages
        for page in document:
            modules, millimetres = drawn_qr(page)
            assert modules == wanted
            assert millimetres > 0.48
            text = squeeze(page.get_text())
            assert squeeze(SEAL["code_shown"]) in text
            assert squeeze(SEAL["address_shown"]) in text
            assert squeeze(f"/ {to_bangla(sent.pdf.pages)}") in text
            assert squeeze("খসড়া") not in text
    assert QR_BORDER * millimetres > 1.9  # white round it


@in_every_shape
def test_seal_is_read_out_once(sent: Sent) -> None:
    """On the cover as content; at the foot of the pages as an artifact."""
    with sent.opened as pdf:
        assert "Figure" not in tags(pdf)
        for page in pdf.pages:
            aside = [
                name
                for name, marks in drawn(page)
                if marks == ["Artifact"] and name in TEXT_OPERATORS
            ]
            assert len(aside) >= 3  # where to check, the code, the number of the page
    with pymupdf.open(stream=sent.pdf.content, filetype="pdf") as document:
        assert SEAL["receipt_number"] in document[0].get_text()
        assert SEAL["receipt_number"] not in document[1].get_text()


@in_every_shape
def test_data_inside_is_the_content(sent: Sent) -> None:
    with sent.opened as pdf:
        (name,) = pdf.attachments
        data = pdf.attachments[name].get_file()
        assert data.read_bytes() == plain_json(sent.content)
        assert data.mod_date == SENT_AT
        assert name == "report.json"
        assert str(pdf.Root.AF[0].AFRelationship) == "/Data"


@pytest.mark.parametrize("sent", ["annual"], indirect=True)
def test_signature_leaves_the_rules_of_the_archive_kept(sent: Sent) -> None:
    credential = read_credential(make_authority().issue("জেলা প্রশাসক", password="চাবি"), "চাবি")
    signed = sign_pdf(
        sent.pdf.content, sealed=credential.sealed, reason="অনুমোদন", location="স্বর্ণগ্রাম"
    )
    assert signed.startswith(sent.pdf.content)
    assert pdfa.faults(signed) == []


def test_same_content_and_seal_are_the_same_file() -> None:
    first = Sent.of(papers.divisional_half_year()).pdf.sha256
    assert Sent.of(papers.divisional_half_year()).pdf.sha256 == first
    changed = papers.divisional_half_year()
    changed["sections"][0]["paragraphs"] = ["অন্য কথা"]
    assert Sent.of(changed).pdf.sha256 != first


@pytest.mark.parametrize("sent", ["divisional"], indirect=True)
def test_divisional_report_has_one_column_for_the_period(sent: Sent) -> None:
    pages = page_texts(sent.pdf.content)
    table = [text for text in pages if squeeze("বাস্তবায়নকাল") in text]
    assert len(table) == 2
    for text in table:
        assert squeeze("শুরুর তারিখ") not in text
    narrative = next(n for n, text in enumerate(pages) if squeeze("চারটি জেলার ছয়টি পাইলট") in text)
    assert narrative < pages.index(table[0])
    # The heading stands with its table, and the signature with the last of its rows.
    assert squeeze("৬. পরবর্তী সময়ের কর্মপরিকল্পনা") in table[0]
    assert squeeze("(শাহানা পারভীন)") in table[-1]
    with sent.opened as pdf:
        assert [page.mediabox[2] > page.mediabox[3] for page in pdf.pages] == [0, 0, 1, 1]


@pytest.mark.parametrize("sent", ["ministry"], indirect=True)
def test_ministry_has_rows_of_its_own_under_one_serial_number(sent: Sent) -> None:
    with sent.opened as pdf:
        bodies = [
            [
                [int(cell.get("/A", {}).get("/RowSpan", 1)) for cell in row.K]
                for row in find_in(body)
            ]
            for body in find(pdf, "TBody")
        ]
    headed = [[row for row in rows if len(row) == 9] for rows in bodies]
    assert [len(rows) for rows in bodies] == [8, 3, 1]
    for rows, heads in zip(bodies, headed, strict=True):
        # A number and a subject for all tasks of a subject; the other rows have their own cells.
        assert sum(serial for serial, *_ in heads) == len(rows)
        assert all(serial == subject for serial, subject, *_ in heads)
        assert all(len(row) == 7 for row in rows if row not in heads)
    assert len(headed[0]) > 1  # said again where its tasks go on to the next page
    assert [len(heads) for heads in headed[1:]] == [1, 1]
    text = " ".join(texts_of(sent.html))
    for number in range(1, 13):
        assert f"{to_bangla(number)} নম্বর কাজ:" in text
    serials = re.findall(r'class="c-serial" rowspan="\d+">(\S+?)</th>', sent.html)
    assert serials == ["১", "২", "৩"]


def find_in(body: pikepdf.Object) -> list[pikepdf.Object]:
    """The rows of a part of a table."""
    return [kid for kid in body.K if kid.get("/S") == "/TR"]


@pytest.mark.parametrize("sent", ["annual"], indirect=True)
def test_contents_lead_to_the_page_of_each_part(sent: Sent) -> None:
    with pymupdf.open(stream=sent.pdf.content, filetype="pdf") as document:
        listed = document[1]
        rows = [normalize("NFC", line) for line in listed.get_text().splitlines()]
        links = [link for link in listed.get_links() if "page" in link]
        assert len(links) == len(sent.content["sections"])
        for link, section in zip(links, sent.content["sections"], strict=True):
            place = rows.index(normalize("NFC", section["title"]))
            assert rows[place + 1].strip() == to_bangla(link["page"] + 1)
            heading = squeeze(f"{section['number']}. {section['title']}")
            assert heading in squeeze(document[link["page"]].get_text())


@pytest.mark.parametrize("sent", ["annual"], indirect=True)
def test_words_in_narrow_columns_are_not_broken(sent: Sent) -> None:
    with pymupdf.open(stream=sent.pdf.content, filetype="pdf") as document:
        words = {normalize("NFC", word[4]) for page in document for word in page.get_text("words")}
    for word in ("অংশগ্রহণকারী", "ব্যাচ", "নারী", "সম্মেলনকক্ষ", "আবাসিক", "সিদ্ধান্ত"):
        assert normalize("NFC", word) in words


def test_figure_that_was_typed_says_why() -> None:
    html, _pdf = draw_report(papers.annual())
    assert "৬০ জন*" in texts_of(html)
    assert "* নারী: একটি ব্যাচ অন্য দপ্তর আয়োজন করেছে" in texts_of(html)


def test_pictures_stand_by_twos_with_their_words(tmp_path: Path) -> None:
    pictures = [picture_of(colour) for colour in ("red", "green", "blue")]
    sent = Sent.of(papers.annual(pictures=pictures))
    assert pdfa.faults(sent.pdf.content) == []
    with sent.opened as pdf:
        assert [str(figure.Alt) for figure in find(pdf, "Figure")] == [
            picture["caption"] for picture in pictures
        ]
    with pymupdf.open(stream=sent.pdf.content, filetype="pdf") as document:
        first, second, third = (info["bbox"] for info in document[-1].get_image_info())
    assert first[1] == pytest.approx(second[1], abs=1)
    assert first[2] < second[0]
    assert third[1] > first[3]


def test_report_with_a_lost_picture_is_not_drawn_without_it() -> None:
    picture = picture_of("red")
    content = papers.annual(pictures=[picture])
    document = StoredDocument.objects.get(sha256=picture["sha256"])
    document.file.storage.delete(document.file.name)
    with pytest.raises(DocumentDamaged):
        draw_report(content)
    document.delete()
    with pytest.raises(StoredDocument.DoesNotExist):
        draw_report(content)


def picture_of(colour: str) -> papers.Content:
    """A stored picture as it stands in a report's annex."""
    file = BytesIO()
    Image.new("RGB", (1600, 1200), colour).save(file, "JPEG")
    document = store(file.getvalue(), content_type="image/jpeg", filename=f"{colour}.jpg")
    return {"sha256": document.sha256, "name": f"{colour}.jpg", "caption": f"ছবির কথা {colour}"}


@pytest.mark.usefixtures("today")
def test_report_that_was_sent_is_printed_with_its_seal(team: Team) -> None:
    """From the records to the paper, by the worker's own hand."""
    make_plan(team.office, by=team.head, tasks=2, period=YEAR)
    report = make_report(team.office, by=team.head, status=ReportStatus.SUBMITTED)
    submission = report.submissions.get()
    produced = submission_pdf({"submission_id": submission.pk}, lambda percent, words="": None)
    assert pdfa.faults(produced.content) == []
    with pikepdf.open(BytesIO(produced.content)) as pdf:
        data = pdf.attachments["report.json"].get_file().read_bytes()
    assert json.loads(data) == submission.content
    assert sha256(data).hexdigest() == submission.fingerprint
    for text in page_texts(produced.content):
        assert squeeze(seal_of(submission)["code_shown"]) in text
