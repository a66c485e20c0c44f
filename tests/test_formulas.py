"""Every table that leaves the house: what looks like a formula stays words and comes back whole."""

import csv
import io
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest
from django.db import IntegrityError, models, transaction
from django.http import HttpResponse
from django.urls import reverse
from pytest_django import DjangoDbBlocker, Settings

from reports.open_data.datasets import datasets
from teams.formulas import guarded, looks_like_formula, unguarded
from teams.models.record import RecordIsClosed
from tests import hostile
from tests.access_rules import OK, PEOPLE
from tests.access_table import ADDRESSES
from tests.access_world import World, build_world, undone
from workplans.importers.sources import read_bytes

FORMULAS = (
    '=HYPERLINK("http://evil.example","দেখুন")',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\uff1d1+1",
    "\uff20SUM(1)",
    "\u200b=1+1",
    " =1+1",
    "'=1+1",
    '"=1+1',
)
ROOMS = ("teams", "workplans", "ideas", "meetings", "reports", "duties")
CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        built = build_world()
        for number, field in enumerate(hostile.text_fields(*ROOMS)):
            write_into(field, number)
        freeze_into_content()
        yield built
        transaction.set_rollback(True)


def write_into(field: models.Field, number: int) -> None:
    """A formula into every row of a column, where the rules of the table allow it."""
    if isinstance(field, models.EmailField | models.URLField):
        return
    words = FORMULAS[number % len(FORMULAS)].strip("\t\r")[: field.max_length]
    try:
        with transaction.atomic():
            # Where somebody typed Bengali; keys, codes and paths stay what they are.
            typed = field.model._default_manager.filter(**{f"{field.name}__regex": "[ক-হ]"})
            typed.update(**{field.name: words})
    except (IntegrityError, RecordIsClosed):
        return


def freeze_into_content() -> None:
    """The same into the words of what was frozen for printing."""
    from ideas.models import RegisterDocument

    for row in RegisterDocument.objects.all():
        content = row.content
        for one in content.get("rows", ()):
            one["words"] = {
                key: FORMULAS[place % len(FORMULAS)] for place, key in enumerate(one["words"])
            }
        RegisterDocument.objects.filter(pk=row.pk).update(content=content)


def exports(world: World) -> Iterator[tuple[str, HttpResponse]]:
    """Whatever any address answers as a table, to whoever may have it."""
    for name, address in ADDRESSES.items():
        found = (
            (state, person)
            for state in reversed(address.states)
            for person in PEOPLE
            if address.outcome("GET", state, person) == OK
        )
        state, person = next(found, ("", ""))
        if not state:
            continue
        with undone():
            response = world.client(person).get(world.url(name, address.about, state))
            if response.get("Content-Type", "").partition(";")[0] in {CSV, XLSX}:
                yield name, response
            elif response.streaming:
                response.getvalue()  # which closes the file
    for dataset in datasets():
        for kind in ("csv", "xlsx"):
            url = reverse("open:dump", args=[dataset, kind])
            yield f"{dataset}.{kind}", world.client("anonymous").get(url)


def faults_in(response: HttpResponse) -> Iterator[str]:
    content = response.getvalue()
    if response["Content-Type"].startswith(CSV):
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
            yield from (cell for cell in row if looks_like_formula(cell) and cell[0] != "'")
        return
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets
        yield from (name for name in sheets if b"<f>" in package.read(name))
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.data_type == "f":
                yield f"{cell.coordinate}: {cell.value}"
            is_hostile = isinstance(cell.value, str) and looks_like_formula(cell.value)
            if is_hostile and not cell.quotePrefix:
                yield f"{cell.coordinate} is run when somebody edits it: {cell.value}"


@pytest.mark.django_db
def test_no_export_holds_a_formula(world: World, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    found: list[str] = []
    answered: dict[str, int] = {}
    for name, response in exports(world):
        answered[name] = response.status_code
        found += [f"{name}: {fault!r}" for fault in faults_in(response)]
    assert found == []
    # The plan, the register, the lists of the superior, the sample for staff, the data.
    assert {"workplans:xlsx", "duties:below_xlsx", "teams:staff_template"} <= set(answered)
    assert set(answered.values()) == {200}


@pytest.mark.parametrize("words", [*FORMULAS, "'", "''=1", "কাজ", "-", "ক = খ", "১-২", ""])
def test_guard_is_taken_away_again(words: str) -> None:
    assert unguarded(guarded(words)) == words
    if looks_like_formula(words):
        assert guarded(words)[0] == "'"


def test_numbers_and_days_need_no_guard() -> None:
    assert guarded(-5) == -5
    assert guarded(None) is None


def test_our_own_table_comes_back_without_apostrophes() -> None:
    rows = [["কাজ", "পরিমাপ"], ["=1+1 সেবা", "'উদ্ধৃত'"], ["- প্রশিক্ষণ", "@কেন্দ্র"]]
    written = io.StringIO()
    csv.writer(written).writerows([guarded(cell) for cell in row] for row in rows)
    [sheet] = read_bytes(written.getvalue().encode(), filename="a.csv", max_bytes=10_000)
    cells = [[cell.text for cell in line.cells] for grid in sheet.grids for line in grid.lines]
    assert cells == rows
