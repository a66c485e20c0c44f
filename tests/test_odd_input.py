"""Numbers, searches and signs that no form of ours sends: each gets an answer, none an error."""

import uuid
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.access_world import import_row, records
from tests.factories import Country, client_of, make_country, make_plan
from tests.reports.build import report_of
from workplans.actions import submit_workplan
from workplans.models import PlanImport, WorkPlan

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def mine(country: Country) -> WorkPlan:
    return make_plan(country.upazila, by=country["upazila.head"], tasks=2)


@pytest.fixture
def member(country: Country) -> Client:
    return client_of(country["upazila.member"])


def row(**more: object) -> dict[str, Any]:
    return {"title": "আমার কাজ", "form_key": uuid.uuid4(), "version": 1, **more}


def to(name: str, pk: int) -> str:
    return reverse(f"workplans:{name}", args=[pk])


HUGE, ENDLESS = "9" * 30, "1" * 5_000


@pytest.mark.parametrize("before", [HUGE, ENDLESS, "৫", "-1", "0", "²", "1 OR 1=1", "\0"])
def test_odd_place_of_a_move_is_answered(member: Client, mine: WorkPlan, before: str) -> None:
    task = mine.tasks.first()
    response = member.post(to("task_move", task.pk), {"before": before})
    assert response.status_code in (302, 404)


@pytest.mark.parametrize("version", [HUGE, ENDLESS, "-1", "x", str(2**63)])
def test_odd_version_of_a_row_is_answered(member: Client, mine: WorkPlan, version: str) -> None:
    task = mine.tasks.first()
    response = member.post(to("task_update", task.pk), row(version=version))
    assert response.status_code in (409, 422)
    section = report_of(mine, by=None).sections.get(key="problems")
    form = {"version": version, "words": "x"}
    assert member.post(section.get_absolute_url(), form).status_code in (409, 422)


@pytest.mark.parametrize("deleted", ["৫", HUGE, ENDLESS, "-1", "x", "/../", "\0"])
def test_odd_note_of_a_deleted_row_is_answered(
    member: Client, mine: WorkPlan, deleted: str
) -> None:
    assert member.get(mine.get_absolute_url(), {"deleted": deleted}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {"q": "ক " * 1_200},
        {"q": "ক" * 60_000},
        {"q": "%_\\'\""},
        {"q": "\0"},
        {"page": ENDLESS},
        {"page": "-1"},
        {"status": "x", "tier": "\0"},
    ],
    ids=lambda query: str(query)[:30],
)
@pytest.mark.parametrize("name", ["workplans:list", "teams:office_list", "reports:list"])
def test_odd_search_is_answered(
    member: Client, mine: WorkPlan, name: str, query: Mapping[str, str]
) -> None:
    assert member.get(reverse(name), query).status_code == 200


@pytest.mark.parametrize("pk", [HUGE, ENDLESS, str(2**63), "0", "-1", "৫", "1.0", "%00"])
@pytest.mark.parametrize("start", ["/plans/", "/plans/tasks/", "/reports/", "/plans/documents/"])
def test_odd_number_in_an_address_is_not_found(member: Client, start: str, pk: str) -> None:
    assert member.get(f"{start}{pk}/").status_code == 404


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"rows-TOTAL_FORMS": "99999", "rows-INITIAL_FORMS": "0"},
        {"rows-TOTAL_FORMS": ENDLESS, "rows-INITIAL_FORMS": "-1"},
        {"rows-TOTAL_FORMS": "0", "rows-INITIAL_FORMS": "0", "mode-mode": "append"},
        {"rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "1", "mode-mode": "x", "rows-0-take": "on"},
    ],
    ids=str,
)
def test_odd_form_of_rows_writes_nothing(
    member: Client, mine: WorkPlan, form: Mapping[str, str]
) -> None:
    waiting = PlanImport.objects.create(plan=mine, rows=[import_row()])
    before = records()
    assert member.post(waiting.get_absolute_url(), form).status_code == 422
    assert records() == before


# XML has no place for these: neither a spreadsheet nor a PDF can hold them.
UNWRITABLE = ["\x01", "\x0b", "\x1f", "\x7f", "\ufffe", "\uffff"]


@pytest.mark.parametrize("sign", UNWRITABLE, ids=ascii)
def test_pasted_control_signs_do_not_break_the_file_for_others(
    country: Country, member: Client, mine: WorkPlan, sign: str
) -> None:
    words = f"ক{sign}খ"
    cells = dict.fromkeys(("title", "measure", "subject", "start_text", "responsible_text"), words)
    assert member.post(to("task_create", mine.pk), row(**cells)).status_code == 302
    submit_workplan(workplan=mine, by=country["upazila.head"])
    response = client_of(country["district.head"]).get(to("xlsx", mine.pk))
    assert response.getvalue().startswith(b"PK")
