"""What went out comes back: export → import changes nothing, and export again says the same."""

from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.factories import Team, client_of, make_plan, make_team
from tests.pages import form_fields, texts_of
from tests.workplans.full_plan import make_full_plan
from workplans.documents import draw_plan, plan_content
from workplans.enums import PlanForm
from workplans.models import PlanImport, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

NOTHING = "কোনো পার্থক্য নেই"


@pytest.fixture
def full(plan: WorkPlan, team: Team) -> WorkPlan:
    return make_full_plan(plan, by=team.innovation_officer)


def exported(client: Client, plan: WorkPlan, kind: str, form: str) -> bytes:
    url = reverse(f"workplans:{kind}", args=[plan.pk])
    return b"".join(client.get(url, {"form": form}).streaming_content)


def give(client: Client, plan: WorkPlan, kind: str, content: bytes) -> HttpResponse:
    """Hand the file in; answers with the page that looks it over."""
    file = SimpleUploadedFile(f"পরিকল্পনা.{kind}", content)
    response = client.post(reverse("workplans:import_create", args=[plan.pk]), {"file": file})
    assert response.status_code == 302, texts_of(response, ".invalid-feedback")
    return client.get(response.url)


def take(client: Client, page: HttpResponse) -> None:
    """Take the table in as it was read."""
    fields = form_fields(page, "main form")
    response = client.post(page.wsgi_request.path, fields)
    assert response.status_code == 302, texts_of(response, ".invalid-feedback")
    assert "নেওয়া হয়েছে" in " ".join(texts_of(client.get(response.url), ".alert"))


def cells(kind: str, content: bytes) -> dict[tuple[int, int, int], str]:
    """Every cell that says something, by table, line and column."""
    return {
        (number, line, column): words
        for number, table in enumerate(said_in(kind, content))
        for line, row in enumerate(table)
        for column, words in enumerate(row)
        if words
    }


def said_in(kind: str, content: bytes) -> list[list[list[str]]]:
    """Every cell of every visible table of a file, without titles and marks."""
    if kind == "docx":
        return [
            [[cell.text for cell in row.cells] for row in table.rows]
            for table in docx.Document(BytesIO(content)).tables
        ]
    sheets = [sheet for sheet in load_workbook(BytesIO(content)) if sheet.sheet_state == "visible"]
    return [_seen(sheet) for sheet in sheets]


def _seen(sheet: Worksheet) -> list[list[str]]:
    """What one sees of a sheet below the names of office and year."""
    seen = [
        column
        for column in range(1, sheet.max_column + 1)
        if not sheet.column_dimensions[get_column_letter(column)].hidden
    ]
    lines = range(1 if sheet.cell(1, 1).font.sz < 14 else 5, sheet.max_row + 1)
    return [[str(sheet.cell(line, column).value or "") for column in seen] for line in lines]


@pytest.mark.parametrize("form", PlanForm.values)
@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_what_was_exported_is_no_change(
    client: Client, full: WorkPlan, kind: str, form: str
) -> None:
    page = give(client, full, kind, exported(client, full, kind, form))
    found = list(texts_of(page, ".updates li"))
    assert found == []
    assert NOTHING in page.content.decode()
    assert PlanImport.objects.get().applied_at is None


@pytest.mark.parametrize("form", [PlanForm.PROGRESS, PlanForm.SCORED, PlanForm.QUARTERLY])
@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_another_plan_made_of_it_says_the_same(
    client: Client, team: Team, full: WorkPlan, kind: str, form: str
) -> None:
    before = exported(client, full, kind, form)
    other = make_team("elsewhere")
    empty = make_plan(other.office, by=other.head, tasks=0)
    theirs = client_of(other.member)
    take(theirs, give(theirs, empty, kind, before))
    after = exported(theirs, empty, kind, form)
    assert cells(kind, after) == cells(kind, before)


def test_pdf_carries_its_plan(client: Client, team: Team, full: WorkPlan) -> None:
    paper = draw_plan(plan_content(full, PlanForm.SCORED))
    page = give(client, full, "pdf", paper)
    assert list(texts_of(page, ".updates li")) == []
    assert NOTHING in page.content.decode()
