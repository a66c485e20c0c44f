"""The report on paper, made by `manage.py annualreport`: is every word found, is it accessible?"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from unicodedata import normalize

import pikepdf
import pypdfium2
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from bangla.digits import to_bangla
from bangla.pdf.check import distinct_words, extract, missing_words, squeeze
from reports.models import Report
from tests.factories import (
    PERIOD,
    Team,
    make_plan,
    make_progress,
    make_task,
    make_team,
)
from workplans.models import WorkPlan

pytestmark = pytest.mark.django_db

# Stacked conjuncts, reph over them, vowel signs that stand before, joiners, both nukta letters.
OFFICE = "ঊর্ধ্বতন স্বাস্থ্যঝুঁকি ও জ্যোৎস্নাকুঞ্জ রাষ্ট্রদ্রোহ-ক্ষ্মাপন দ্বন্দ্ব-নিষ্পত্তি কার্যালয়, লক্ষ্ণৌপাড়া, র‍্যাবনগর"
HARD_WORDS = (
    "উজ্জ্বল সন্ন্যাস তীক্ষ্ণ বৈশিষ্ট্য স্বাতন্ত্র্য কর্তৃত্ব শ্রদ্ধাঞ্জলি ঘনিষ্ঠ মূহ্যমান হৃৎপিণ্ড পাণ্ডুলিপি বিদ্যুৎ-সংযোগ "
    "আষাঢ় ধোঁয়া অঁচল দুঃখ ব্রাহ্মণবাড়িয়া চৌদ্দগ্রাম স্ত্রী স্প্রে শুভ্র ক্লান্ত ভ্রূণ রূপ গুরু শুরু হুকুম পৌরসভা কৌশল "
    "e-Service ৩০% (প্রথম ধাপ) “সেবা” ১১টি→৭টি"
)
LONG_TITLE = f"{HARD_WORDS}: আবেদন গ্রহণ থেকে নিষ্পত্তি পর্যন্ত প্রতিটি ধাপ নথিভুক্ত করে এক পাতার ফরম চালু করা"


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
        with pypdfium2.PdfDocument(content) as document:
            pages = [page.get_textpage().get_text_range() for page in document]
        return cls(content, json.loads(told.read_text()), pages)


def make_long_plan(team: Team, tasks: int) -> WorkPlan:
    """A plan with long texts in all columns, progress on every third task, words of its own."""
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
    Report.objects.create(
        plan=plan,
        office=team.office,
        kind="annual",
        introduction=f"{HARD_WORDS}\n\nদ্বিতীয় অনুচ্ছেদ।",
        closing="জনবলের ঘাটতি; প্রশিক্ষণ দরকার।",
    )
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


def table_pages(paper: Paper) -> range:
    """The numbers of the pages (from 0) that have rows of the plan's table."""
    rows = [n for n, text in enumerate(paper.pages) if "নম্বর কাজ" in normalize("NFC", text)]
    return range(rows[0], rows[-1] + 1)


def test_facts_are_true(paper: Paper) -> None:
    assert set(paper.facts) == {"texts", "pages", "sha256"}
    assert paper.facts["sha256"] == sha256(paper.content).hexdigest()
    assert paper.facts["pages"] == len(paper.pages) > 20
    words = distinct_words(paper.facts["texts"])
    assert len(words) > 200
    assert OFFICE in paper.facts["texts"]
    assert sum("নম্বর কাজ —" in text for text in paper.facts["texts"]) == 60


@pytest.mark.parametrize(("reader", "share"), [("poppler", 1), ("pdfium", 1), ("mupdf", 0.99)])
def test_words_are_found_by_every_reader(paper: Paper, reader: str, share: float) -> None:
    words = distinct_words(paper.facts["texts"])
    missing = missing_words(paper.content, paper.facts["texts"], reader=reader)
    assert len(missing) <= (1 - share) * len(words), missing


def test_check_notices_a_word_that_is_not_there(paper: Paper) -> None:
    """The control: the comparison does not find everything."""
    assert missing_words(paper.content, ["অনুপস্থিতশব্দ", "কাজ"], reader="pdfium") == ["অনুপস্থিতশব্দ"]


def test_pages_are_numbered_in_bengali(paper: Paper) -> None:
    last = to_bangla(len(paper.pages))
    for number, text in enumerate(paper.pages, start=1):
        assert squeeze(f"পৃষ্ঠা {to_bangla(number)} / {last}") in squeeze(text)


def test_head_of_the_table_is_repeated_on_every_page_of_it(paper: Paper) -> None:
    pages = table_pages(paper)
    assert len(pages) > 10
    for number in pages:
        text = squeeze(paper.pages[number])
        for heading in ("প্রস্তাবিত বিষয় (গৃহীতব্য কাজের নাম)", "দায়িত্বপ্রাপ্ত কর্মকর্তা", "অগ্রগতি"):
            assert squeeze(heading) in text


def test_paper_tells_readers_what_it_is(paper: Paper) -> None:
    with pikepdf.open(BytesIO(paper.content)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.Root.Lang) == "bn"
        title = f"উদ্ভাবনী কার্যক্রমের বার্ষিক প্রতিবেদন — {OFFICE}, ২০২৬–২৭ অর্থবছর"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == title
            assert metadata["dc:creator"] == [OFFICE]
        assert str(pdf.docinfo["/Title"]) == title
        assert str(pdf.docinfo["/Author"]) == OFFICE
        assert "/StructTreeRoot" in pdf.Root


def test_every_font_is_inside_the_paper(paper: Paper) -> None:
    with pikepdf.open(BytesIO(paper.content)) as pdf:
        fonts = [
            font for page in pdf.pages for font in page.get("/Resources").get("/Font", {}).values()
        ]
        inner = [
            descendant for font in fonts for descendant in font.get("/DescendantFonts", [font])
        ]
        assert inner
        for font in inner:
            descriptor = font.FontDescriptor
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys())
            assert re.match(r"/[A-Z]{6}\+", str(descriptor.FontName))


def test_lines_of_a_cell_stay_lines(team: Team, tmp_path: Path) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    make_task(plan, by=team.head, title="উপর\nনিচ")
    text = extract(Paper.of(plan, tmp_path).content, reader="mupdf")
    assert "উপর\nনিচ" in text


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.mark.parametrize("form", ["subject", "progress", "combined"])
@pytest.mark.usefixtures("today")
def test_words_of_each_shape_of_plan_are_found(team: Team, tmp_path: Path, form: str) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0, form=form)
    subject = "" if form == "combined" else "সেবা সহজীকরণ"
    make_task(plan, by=team.head, subject=subject, title=LONG_TITLE)
    make_task(plan, by=team.head, subject=subject, start_text="প্রতি মাসের ১৫ তারিখ", end_text="")
    paper = Paper.of(plan, tmp_path)
    assert ("সেবা সহজীকরণ" in paper.facts["texts"]) == (form != "combined")
    for reader in ("poppler", "pdfium"):
        assert missing_words(paper.content, paper.facts["texts"], reader=reader) == []


@pytest.mark.usefixtures("today")
def test_plan_without_a_task_is_a_paper_all_the_same(team: Team, tmp_path: Path) -> None:
    paper = Paper.of(make_plan(team.office, by=team.head, tasks=0), tmp_path)
    assert "মোট ০টি কাজ ছিল" in " ".join(paper.facts["texts"])
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
