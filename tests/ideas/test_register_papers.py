"""Registers as files: chosen, ordered, made, and saying everything their content says."""

from datetime import date
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from bangla.dates import format_date
from bangla.pdf.check import extract, missing_words, squeeze
from bangla.text import normalise
from ideas.enums import RegisterKind
from ideas.models import RegisterDocument
from ideas.registers import TEMPLATE, draw_register, register_content
from jobs import runner
from jobs.models import Job
from teams.enums import Role
from teams.papers import paper_html
from teams.papers import texts_of as said_by
from tests.factories import Team, client_of, make_country, make_office, make_post
from tests.ideas.register import make_idea
from tests.ideas.registers import HARD, YEAR, innovation, proven, taken_by
from tests.pages import find, one_line, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

PAGE = reverse("ideas:register_papers")
PRINT = reverse("ideas:register_print")
FILES = {name: reverse(f"ideas:register_{name}") for name in ("docx", "xlsx")}
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "TRUE", "১২৩", "123"]


def asked_for(team: Team, **changed: object) -> dict[str, object]:
    return {"office": team.office.pk, "kind": "register", "year": "2026-2027", **changed}


def order(client: Client, team: Team, **changed: object) -> RegisterDocument:
    url = client.post(PRINT, asked_for(team, **changed)).url
    return RegisterDocument.objects.get(pk=url.rstrip("/").rpartition("/")[2])


def file_of(client: Client, name: str, team: Team, **changed: object) -> bytes:
    response = client.get(FILES[name], asked_for(team, **changed))
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def fill(team: Team) -> None:
    """Rows with hard words, several lines, and cells that look like formulas."""
    innovation(team.office, by=team.head, title=HARD.split("\n")[0][:90], description=HARD)
    shown = proven(team.office, by=team.head, problem=HARD)
    taken_by(make_office("other", parent=team.office), shown, by=team.head)
    for typed in FORMULAS:
        make_idea(team.office, by=team.head, title=typed, problem=typed, submitter_name=typed)


# --- Choosing ------------------------------------------------------------------------------
def test_page_says_how_many_rows_there_are_and_offers_three_files(
    team: Team, client: Client
) -> None:
    make_idea(team.office, by=team.head)
    page = client.get(PAGE)
    assert page.status_code == 200
    facts = one_line(find(page, "dl.facts")[0])
    assert "২০২৬–২৭ অর্থবছর" in facts
    assert facts.endswith("সারি১")
    links = [link.get("href") for link in find(page, "form .form-actions a")]
    assert [client.get(link).status_code for link in links] == [200, 200]
    form = find(page, f"form[action='{PRINT}']")[0]
    document = client.post(PRINT, dict(form.fields))
    assert document.url == RegisterDocument.objects.get().get_absolute_url()


def test_empty_year_says_what_to_do(team: Team, client: Client) -> None:
    page = client.get(PAGE, asked_for(team, year="2019"))
    assert "অন্য বছর বেছে দেখুন" in one_line(find(page, "main")[0])
    assert "এখনো কোনো নিবন্ধন ছাপা হয়নি" in one_line(find(page, "main")[0])


def test_any_span_can_be_asked_for_in_either_script(team: Team, client: Client) -> None:
    make_idea(team.office, by=team.head)
    document = order(client, team, year="span", since="১/১১/২০২৬", until="2026-11-10")
    assert (document.starts_on, document.ends_on) == (date(2026, 11, 1), date(2026, 11, 10))
    assert document.content["period"] == "১ নভেম্বর ২০২৬ – ১০ নভেম্বর ২০২৬"
    assert len(document.content["rows"]) == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"year": "span"}, "কোন তারিখ থেকে, লিখুন"),
        (
            {"year": "span", "since": "০১/০৭/২০২৬", "until": "৩০/০৬/২০২৬"},
            "শুরুর তারিখের (১ জুলাই ২০২৬) আগে",
        ),
        ({"year": "span", "since": "কাল", "until": "পরশু"}, "তারিখ হিসেবে পড়া গেল না"),
        ({"year": "9" * 400}, "বছর"),
        ({"kind": "\0"}, "কোন ছক"),
        ({"office": "9" * 400}, "দপ্তরটি আপনার নয়"),
        ({"office": ""}, "দপ্তরটি আপনার নয়"),
    ],
)
def test_what_makes_no_sense_is_said_on_the_page(
    team: Team, client: Client, changed: dict[str, str], said: str
) -> None:
    make_post(make_office("second", parent=team.office), Role.MEMBER, holder=team.member)
    sent = asked_for(team, **changed)
    answers = [client.get(PAGE, sent), client.post(PRINT, sent)]
    answers += [client.get(address, sent) for address in FILES.values()]
    for answer in answers:
        assert answer.status_code == 422
        assert said in one_line(find(answer, "main")[0])
    assert not RegisterDocument.objects.exists()


def test_register_is_the_own_teams_only() -> None:
    country = make_country()
    team = Team(country.upazila, *(country[f"upazila.{role}"] for role in ("head",) * 3))
    make_idea(team.office, by=team.head)
    document = order(client_of(team.head), team)
    pages = [
        reverse(f"ideas:register_document_{name}", args=[document.pk])
        for name in ("detail", "download")
    ]
    for name, person in country.people.items():
        client = client_of(person)
        own = name.startswith("upazila.")
        answers = {client.get(url).status_code for url in pages}
        assert answers <= ({200, 302} if own else {404}), name
        # Whoever has a team of their own is told that this office is not theirs.
        file = client.get(FILES["xlsx"], asked_for(team)).status_code
        assert file == 200 if own else file in (403, 422), name
        if not own and client.get(PAGE).status_code == 200:
            assert not texts_of(client.get(PAGE), "table.list tbody tr")


# --- The PDF -------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", RegisterKind)
def test_every_word_of_the_pdf_is_found(team: Team, client: Client, kind: str) -> None:
    fill(team)
    document = order(client, team, kind=kind)
    download = reverse("ideas:register_document_download", args=[document.pk])
    assert client.get(download).url == document.get_absolute_url()
    runner.run(job_id=document.job_id)
    done = client.get(document.get_absolute_url(), headers={"HX-Request": "true"})
    assert find(done, f"section.job a[href='{download}']")
    response = client.get(download)
    assert response["Content-Type"] == "application/pdf"
    pdf = b"".join(response.streaming_content)
    said = said_by(paper_html(TEMPLATE, document.content))
    assert missing_words(pdf, said, reader="poppler") == []
    if kind == RegisterKind.REGISTER:
        assert squeeze(normalise(HARD).split()[0]) in squeeze(extract(pdf, reader="poppler"))


def test_head_of_the_table_stands_on_every_page(team: Team) -> None:
    for number in range(25):
        make_idea(team.office, by=team.head, title=f"ধারণা {number}", problem=HARD * 2)
    pdf = draw_register(register_content(team.office, RegisterKind.REGISTER, *YEAR))
    pages = extract(pdf, reader="poppler").strip("\f").split("\f")
    assert len(pages) > 2
    assert all(squeeze("প্রাপ্তির তারিখ") in squeeze(page) for page in pages[:-1])


def test_same_register_is_printed_once(team: Team, client: Client) -> None:
    make_idea(team.office, by=team.head)
    first = order(client, team)
    assert order(client_of(team.head), team) == first
    assert Job.objects.filter(kind="ideas.register_pdf").count() == 1
    make_idea(team.office, by=team.head)
    assert order(client, team) != first
    assert len(texts_of(client.get(PAGE), "table.list tbody tr")) == 2


def test_register_without_rows_makes_all_three(team: Team, client: Client) -> None:
    document = order(client, team)
    assert draw_register(document.content).startswith(b"%PDF-1.7")
    assert file_of(client, "docx", team).startswith(b"PK")
    assert file_of(client, "xlsx", team).startswith(b"PK")


# --- Word and Excel ------------------------------------------------------------------------
@pytest.mark.parametrize("kind", RegisterKind)
def test_word_file_says_what_the_content_says(team: Team, client: Client, kind: str) -> None:
    fill(team)
    content = register_content(team.office, kind, *YEAR)
    page = docx.Document(BytesIO(file_of(client, "docx", team, kind=kind)))
    [table] = page.tables
    head, *rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert head == [column["heading"] for column in content["columns"]]
    keys = [column["key"] for column in content["columns"]]
    assert rows == [[row["words"][key] for key in keys] for row in content["rows"]]
    assert "tblHeader" in table.rows[0]._tr.xml
    section = page.sections[0]
    assert section.page_width > section.page_height
    words = [paragraph.text for paragraph in page.paragraphs]
    for said in ("title", "office"):
        assert content[said] in words
    assert 'w:cs="Nikosh"' in page.styles.element.xml


@pytest.mark.parametrize("kind", RegisterKind)
def test_excel_file_says_what_the_content_says(team: Team, client: Client, kind: str) -> None:
    fill(team)
    content = register_content(team.office, kind, *YEAR)
    sheet = load_workbook(BytesIO(file_of(client, "xlsx", team, kind=kind))).active
    rows = list(sheet.iter_rows(min_row=5))
    assert [cell.value for cell in rows[0]] == [c["heading"] for c in content["columns"]]
    assert len(rows) == len(content["rows"]) + 1
    for cells, row in zip(rows[1:], content["rows"], strict=True):
        for cell, column in zip(cells, content["columns"], strict=True):
            words = row["words"][column["key"]]
            if column["kind"] == "date":
                assert format_date(cell.value.date()) == words
            elif column["kind"] == "number" and words:
                assert cell.value == row["values"][column["key"]]
            else:
                assert (cell.value or "", cell.data_type) in {(words, "s"), ("", "n")}
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A6", "$5:$5")
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == [
        content["title"],
        content["office"],
        content["period"],
    ]


def test_page_asks_as_often_for_a_hundred_ideas(team: Team, client: Client) -> None:
    def asked() -> list[int]:
        order(client, team)
        counts = []
        for address in (PAGE, FILES["xlsx"], FILES["docx"]):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address, asked_for(team)).status_code == 200
            counts.append(len(queries))
        return counts

    make_idea(team.office, by=team.head)
    few = asked()
    for _number in range(100):
        make_idea(team.office, by=team.head)
    assert asked() == few
    assert max(few) <= 12
