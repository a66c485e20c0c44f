"""One plan in each of its printed forms: its columns, its words, changing from one to another."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from bangla.pdf.check import missing_words
from jobs.models import Job
from teams.models import TermOfReference
from teams.papers import paper_html
from tests.bangla_pdf.reading import page_texts
from tests.factories import Team, client_of, make_plan, take_plan_to
from tests.workplans.forms_read import headings_of_excel, headings_of_paper, headings_of_word
from tests.workplans.forms_reference import FORMS
from tests.workplans.whole_year import make_whole_year
from workplans.documents import TEMPLATE, draw_plan, plan_content
from workplans.enums import PlanForm
from workplans.exchange import PLAN_SHEET, PlanMark, read_bookmark, read_row_mark
from workplans.form_rules import form_for
from workplans.models import PlanDocument, PlanFormRule, Task, WorkPlan
from workplans.papers.excel import HEAD_LINE
from workplans.papers.shape import laid_out
from workplans.periods import Period
from workplans.snapshots import plan_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def year(team: Team) -> WorkPlan:
    """Fourteen tasks with one indicator, two, or none."""
    return make_whole_year(team, tasks=14)


def fetch(team: Team, plan: WorkPlan, kind: str, form: str) -> BytesIO:
    response = client_of(team.member).get(
        reverse(f"workplans:{kind}", args=[plan.pk]), {"form": form}
    )
    return BytesIO(b"".join(response.streaming_content))


# --- The columns of the real forms ---------------------------------------------------------
@pytest.mark.parametrize("form", FORMS)
def test_headings_are_those_of_the_real_form(team: Team, year: WorkPlan, form: str) -> None:
    """On paper, in Word and in Excel: the same headings, over the same columns."""
    real = FORMS[form]
    columns = sum(heading.columns for heading in real[0])
    assert headings_of_paper(paper_html(TEMPLATE, plan_content(year, form))) == real
    assert headings_of_word(fetch(team, year, "docx", form), len(real)) == real
    sheet = load_workbook(fetch(team, year, "xlsx", form)).worksheets[0]
    assert headings_of_excel(sheet, HEAD_LINE, len(real), columns) == real


@pytest.mark.parametrize("form", FORMS)
def test_every_cell_is_found_in_the_pdf(year: WorkPlan, form: str) -> None:
    content = plan_content(year, form)
    layout = laid_out(content["table"])
    cells = [cell.text for body in layout.bodies for line in body for cell in line.cells]
    heads = [f"{head.text} {head.note}" for line in layout.heads for head in line]
    assert missing_words(draw_plan(content), [*cells, *heads], reader="poppler") == []


def test_quarters_are_those_of_the_plans_own_period(team: Team) -> None:
    half = make_plan(team.office, by=team.head, period="2027-01..2027-06", form="quarterly")
    calendar = make_plan(team.office, by=team.head, period="2027", form="quarterly")
    assert [head.text for head in laid_out(plan_content(half)["table"]).heads[0]][5:] == [
        "১ম ত্রৈমাসিক (জানুয়ারি–মার্চ ২০২৭)",
        "২য় ত্রৈমাসিক (এপ্রিল–জুন ২০২৭)",
        "মোট অর্জন",
    ]
    assert len(laid_out(plan_content(calendar)["table"]).heads[0]) == 10


def lines_of(plan: WorkPlan, form: str) -> list[dict[str, str]]:
    """The lines of the form, each with what it says itself, by column."""
    bodies = laid_out(plan_content(plan, form)["table"]).bodies
    return [{cell.key: cell.text for cell in line.cells} for body in bodies for line in body]


def test_scored_form_has_a_line_for_each_indicator(year: WorkPlan) -> None:
    first, second, third, fourth = lines_of(year, "scored")[:4]
    assert first["subject_weight"] == "১০"
    assert (first["indicator"], first["unit"], first["weight"]) == (
        "সম্পন্ন ধাপের সংখ্যা",
        "সংখ্যা",
        "২.৫",
    )
    targets = [first[f"target_{grade}"] for grade in (100, 90, 80, 70, 60)]
    assert (first["previous"], *targets, first["projection"]) == (
        *("১২", "২০", "১৮", "১৬", "১৪", "১২"),
        "২০",
    )
    assert (first["achieved"], first["raw"], first["weighted"]) == ("১৬", "৮০", "২")
    assert (first["review_achieved"], first["review_raw"]) == ("", "")
    # The second indicator of the same task, the next task, and one that has none.
    assert "title" not in second
    assert (second["indicator"], second["achieved"]) == ("সময়মতো নিষ্পত্তির হার", "৮৫%")
    assert (third["indicator"], third["achieved"]) == ("বাস্তবায়নের তারিখ", "৩১ ডিসেম্বর ২০২৬")
    measure = Task.objects.get(plan=year, title=fourth["title"]).measure
    assert (fourth["indicator"], fourth["unit"], fourth["target_100"]) == (measure, "", "")


def test_scored_form_adds_up_below(year: WorkPlan) -> None:
    total = laid_out(plan_content(year, "scored")["table"]).total
    assert total is not None
    said = {cell.key: cell.text for cell in total.cells if cell.text}
    assert said == {"subject": "মোট", "subject_weight": "৩২.৫", "weighted": "২৬.৫"}


def test_quarterly_form_tells_of_quarters_that_have_begun(year: WorkPlan) -> None:
    line = lines_of(year, "quarterly")[0]
    assert [line[f"target_q{number}"] for number in range(1, 5)] == ["১৪", "১৬", "১৮", "২০"]
    # Reported in October, which is the second quarter; the third has not begun.
    assert [line[f"achieved_q{number}"] for number in range(1, 5)] == ["", "১৬", "", ""]
    assert line["total"] == "১৬"


def test_subject_is_said_again_on_each_page_of_a_long_form(team: Team) -> None:
    """Also where a task's own cell spans lines across the same end of a page."""
    plan = make_whole_year(team, tasks=3)
    Task.objects.filter(plan=plan).update(subject=plan.subjects.first())
    task = plan.tasks.first()
    for number in range(60):
        indicator = task.indicators.first()
        indicator.pk = None
        indicator._state.adding = True
        indicator.name, indicator.position = f"সূচক-{number}", number + 10
        indicator.form_key = f"00000000-0000-4000-8000-{number:012}"
        indicator.save()
    pages = page_texts(draw_plan(plan_content(plan, "scored")))
    subject = "".join(plan.subjects.first().name.split())
    assert len(pages) > 2
    assert [subject in page for page in pages[:2]] == [True, True]
    assert ["".join(task.title.split()) in page for page in pages[:2]] == [True, True]


# --- Files that are known again --------------------------------------------------------------
def test_excel_names_each_row_in_a_hidden_column(team: Team, year: WorkPlan) -> None:
    book = load_workbook(fetch(team, year, "xlsx", "scored"))
    sheet = book.worksheets[0]
    last = sheet.max_column
    letter = sheet.cell(HEAD_LINE, last).column_letter
    assert sheet.column_dimensions[letter].hidden
    marks = [read_row_mark(str(row[-1].value or "")) for row in sheet.iter_rows(min_row=7)]
    indicators = [mark.detail for mark in marks if mark and mark.detail]
    tasks = {mark.task for mark in marks if mark}
    assert tasks == set(year.tasks.values_list("pk", flat=True))
    kept = year.tasks.exclude(indicators=None).values_list("indicators", flat=True)
    assert sorted(indicators) == sorted(kept)
    assert [each.title for each in book.worksheets[1:]] == ["সূচক", "অগ্রগতি", PLAN_SHEET]
    assert book[PLAN_SHEET].sheet_state == "hidden"
    lines = [tuple(str(cell or "") for cell in row) for row in book[PLAN_SHEET].values]
    mark = PlanMark.from_lines(lines)  # type: ignore[arg-type]
    assert mark is not None
    assert (mark.plan, mark.form, mark.revision) == (year.pk, "scored", 1)
    assert len(mark.versions) == 14


def test_word_names_each_row_in_a_bookmark(team: Team, year: WorkPlan) -> None:
    document = Document(fetch(team, year, "docx", "quarterly"))
    mark = PlanMark.from_words(document.core_properties.keywords)
    assert mark is not None
    assert (mark.plan, mark.form) == (year.pk, "quarterly")
    names = document.element.body.xpath(".//w:bookmarkStart/@w:name")
    marks = [mark for mark in map(read_bookmark, names) if mark]
    assert len(marks) == len(names) == len(document.tables[0].rows) - 2
    assert {mark.task for mark in marks} == set(year.tasks.values_list("pk", flat=True))


def test_terms_are_a_column_only_where_there_are_some(team: Team, year: WorkPlan) -> None:
    def last_heading() -> str:
        sheet = load_workbook(fetch(team, year, "xlsx", "progress")).worksheets[0]
        return str(sheet.cell(HEAD_LINE, sheet.max_column - 1).value)

    assert last_heading() == "অগ্রগতি"
    terms = TermOfReference.objects.filter(number__in=(3, 5))
    year.tasks.order_by("pk").first().terms.set(terms)
    assert last_heading() == "কার্যপরিধি"
    sheet = load_workbook(fetch(team, year, "xlsx", "progress")).worksheets[0]
    assert sheet.cell(7, sheet.max_column - 1).value == "৩, ৫"


# --- Another form without switching ---------------------------------------------------------
def test_prints_of_several_forms_stand_beside_each_other(team: Team, year: WorkPlan) -> None:
    client = client_of(team.member)
    print_url = reverse("workplans:print", args=[year.pk])
    for form in ("scored", "quarterly", "scored", "", "nothing-known"):
        client.post(f"{print_url}?form={form}")
    assert PlanDocument.objects.filter(plan=year).count() == 3
    assert Job.objects.count() == 3
    year.refresh_from_db()
    assert year.form == "progress"


def test_files_of_a_plan_without_rows(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    for form in PlanForm.values:
        assert len(Document(fetch(team, plan, "docx", form)).tables) == 1
        assert load_workbook(fetch(team, plan, "xlsx", form)).sheetnames == [
            "কর্মপরিকল্পনা",
            PLAN_SHEET,
        ]


def values_of(written: BytesIO) -> list[list[tuple[object, ...]]]:
    """Everything the visible sheets say."""
    sheets = load_workbook(written).worksheets
    return [list(sheet.values) for sheet in sheets if sheet.sheet_state == "visible"]


# --- Switching ------------------------------------------------------------------------------
def test_switching_through_all_forms_loses_nothing(team: Team, year: WorkPlan) -> None:
    before, sheets = plan_rows(year), fetch(team, year, "xlsx", "scored").getvalue()
    client = client_of(team.member)
    for form in (*PlanForm.values, "progress"):
        client.post(reverse("workplans:switch_form", args=[year.pk]), {"form": form})
        year.refresh_from_db()
        assert year.form == form
    assert plan_rows(year) == before
    assert (
        load_workbook(BytesIO(sheets)).sheetnames
        == load_workbook(fetch(team, year, "xlsx", "scored")).sheetnames
    )


def test_switching_says_so_and_unknown_forms_are_not_there(team: Team) -> None:
    plan = make_plan(team.office, by=team.head)
    client = client_of(team.member)
    url = reverse("workplans:switch_form", args=[plan.pk])
    page = client.post(url, {"form": "scored"}, follow=True).content.decode()
    assert "পরিকল্পনার ছক এখন “মানভিত্তিক: সূচক, লক্ষ্যমাত্রা ও স্কোর”" in page
    assert client.post(url, {"form": "পুরনো"}).status_code == 404
    assert client.post(url).status_code == 404


@pytest.mark.parametrize(
    ("status", "leader", "member"),
    [
        ("draft", True, True),
        ("returned", True, True),
        ("submitted", True, False),
        ("approved", True, False),
        ("closed", False, False),
    ],
)
def test_who_may_switch(team: Team, status: str, leader: bool, member: bool) -> None:
    plan = take_plan_to(make_plan(team.office, by=team.head), status, by=team.head)
    for person, may in ((team.innovation_officer, leader), (team.member, member)):
        client = client_of(person)
        page = client.get(reverse("workplans:papers", args=[plan.pk])).content.decode()
        assert ("এই ছকে বদলান" in page) is may
        answer = client.post(
            reverse("workplans:switch_form", args=[plan.pk]), {"form": "quarterly"}
        )
        assert answer.status_code == (302 if may else 403)


# --- Which form a year uses -----------------------------------------------------------------
@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("2016", "subject"),
        ("2017", "progress"),
        ("2017-2018", "progress"),
        ("2018-01..2018-06", "progress"),
        ("2018-2019", "scored"),
        ("2026-2027", "scored"),
    ],
)
def test_form_of_a_year_is_a_dated_rule(team: Team, code: str, form: str) -> None:
    assert form_for(Period.parse(code)) == form
    client_of(team.head).post(
        reverse("workplans:create"), {"office": team.office.pk, "period": code, "form": "rule"}
    )
    assert WorkPlan.objects.get().form == form


def test_new_rule_is_a_new_row_and_changes_no_plan(team: Team) -> None:
    old = make_plan(team.office, by=team.head, period="2026-2027", form="scored")
    last = PlanFormRule.objects.get(valid_to=None)
    PlanFormRule.objects.filter(pk=last.pk).update(valid_to=date(2027, 6, 30))
    PlanFormRule.objects.create(
        form="quarterly", valid_from=last.valid_to or date(2027, 7, 1), source="নতুন পরিপত্র"
    )
    assert form_for(Period.parse("2027-2028")) == "quarterly"
    old.refresh_from_db()
    assert old.form == "scored"


def test_period_before_all_rules_has_the_usual_form() -> None:
    PlanFormRule.objects.all().delete()
    assert form_for(Period.parse("2026-2027")) == "progress"


def test_page_of_papers_offers_every_form_in_every_file(team: Team) -> None:
    plan = make_plan(team.office, by=team.head)
    page = client_of(team.member).get(reverse("workplans:papers", args=[plan.pk])).content.decode()
    for form in PlanForm.values:
        for kind in ("print", "docx", "xlsx"):
            assert f"{reverse(f'workplans:{kind}', args=[plan.pk])}?form={form}" in page
