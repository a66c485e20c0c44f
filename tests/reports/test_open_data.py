"""Open data: what is published, to the last field, and nothing else, whatever is asked."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis.errors import Unsatisfiable
from pytest_django import DjangoAssertNumQueries, Settings
from schemathesis import GenerationMode

from config.wsgi import application
from reports.actions import withdraw_report
from reports.models import Activity, Publication, Report
from reports.open_data.datasets import datasets
from tests.factories import Country, make_country, make_plan, make_task
from tests.reports.build import YEAR, make_report, take_report_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

PHONE, EMAIL = "01712345678", "hidden.person@office.test"
SECRET = "অপ্রকাশিতকথা"


@pytest.fixture
def country() -> Country:
    return make_country()


def write(report: Report, words: str) -> None:
    report.sections.filter(key="introduction").update(words=words, is_own_words=True)


@pytest.fixture
def published(country: Country) -> Report:
    """A published report with a training, whose words name a phone and an address."""
    head = country["upazila.head"]
    Activity.objects.create(
        office=country.upazila,
        kind="training",
        title='=HYPERLINK("http://evil.example")',
        held_on="2025-10-10",
        participants=41,
        created_by=head,
    )
    report = make_report(country.upazila, by=head)
    write(report, f"যোগাযোগ: {PHONE}, {EMAIL}। ভালো বছর।")
    return take_report_to(report, "published", by=head, reviewer=country["reviewer"])


@pytest.fixture
def hidden(country: Country) -> list[Report]:
    """Reports in every state that is not public, with words that must not get out."""
    reports = []
    for status, year in (
        ("draft", "2019-2020"),
        ("submitted", "2020-2021"),
        ("returned", "2021-2022"),
        ("accepted", "2022-2023"),
        ("withdrawn", "2023-2024"),
    ):
        report = make_report(country.sibling, by=country["sibling.head"], period=year)
        write(report, SECRET)
        take_report_to(report, status, by=country["sibling.head"], reviewer=country["reviewer"])
        reports.append(report)
    return reports


def got(name: str, *args: object, **query: object) -> Any:
    answer = Client().get(reverse(f"api:{name}", args=args), query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def dump_of(dataset: str, extension: str, **query: object) -> bytes:
    answer = Client().get(reverse("open:dump", args=[dataset, extension]), query)
    assert answer.status_code == 200
    return answer.getvalue()


def everything() -> str:
    """All that is open to machines, as one text."""
    texts = [
        json.dumps(got(name, limit=100), ensure_ascii=False)
        for name in (
            "list_offices",
            "list_reports",
            "list_plans",
            "list_decisions",
            "list_initiatives",
        )
    ]
    texts += [
        json.dumps(got("get_report", publication.pk), ensure_ascii=False)
        for publication in Publication.objects.public().filter(kind="report")
    ]
    texts += [dump_of(name, kind).decode() for name in datasets() for kind in ("csv", "json")]
    return "\n".join(texts)


def test_published_report_is_there_with_its_figures(country: Country, published: Report) -> None:
    (row,) = got("list_reports")["items"]
    submission = published.submissions.get()
    assert (row["office"], row["period"], row["kind"]) == ("upazila", YEAR, "annual")
    assert row["fingerprint"] == submission.fingerprint
    figures = {one["key"]: float(one["value"]) for one in row["figures"]}
    assert figures["training.participants"] == 41
    assert figures == {one.key: float(one.value) for one in submission.figures.all()}
    whole = got("get_report", row["id"])
    assert [part["key"] for part in whole["content"]["sections"]] == [
        part["key"] for part in submission.content["sections"]
    ]
    assert "ভালো বছর" in json.dumps(whole, ensure_ascii=False)


def test_nothing_unpublished_and_nobodys_contact_gets_out(
    country: Country, published: Report, hidden: list[Report]
) -> None:
    plan = make_plan(country.sibling, by=country["sibling.head"], status="approved")
    make_task(
        make_plan(country.sibling, by=country["sibling.head"], period="2024-2025"),
        by=country["sibling.head"],
        title=SECRET,
    )
    assert plan.status == "approved"
    text = everything()
    assert "ভালো বছর" in text
    for marked in (SECRET, PHONE, EMAIL, *(str(user.email) for user in country.people.values())):
        assert marked not in text
    for user in country.people.values():
        assert user.mobile not in text


def test_withdrawn_report_is_gone_at_once(country: Country, published: Report) -> None:
    publication = Publication.objects.get(kind="report")
    withdraw_report(report=published, by=country["reviewer"], reason="ভুল সংখ্যা")
    assert got("list_reports") == {"items": [], "count": 0}
    gone = Client().get(reverse("api:get_report", args=[publication.pk]))
    assert gone.status_code == 404
    assert "ভালো" not in dump_of("reports", "json").decode()


def test_lists_can_be_asked_by_year_office_and_branch(country: Country, published: Report) -> None:
    assert got("list_reports", year=YEAR)["count"] == 1
    assert got("list_reports", year="২০২৫-২৬")["count"] == 1
    assert got("list_reports", year="2019-2020")["count"] == 0
    assert got("list_reports", office="upazila")["count"] == 1
    assert got("list_reports", office="sibling")["count"] == 0
    assert got("list_reports", below="division")["count"] == 1
    assert got("list_reports", below="elsewhere")["count"] == 0
    assert got("list_reports", kind="half_yearly")["count"] == 0
    wrong = Client().get(reverse("api:list_reports"), {"year": "যে বছর"})
    assert wrong.status_code == 422


def test_pages_follow_each_other(country: Country) -> None:
    first = got("list_offices", limit=4)
    rest = got("list_offices", limit=100, offset=4)
    assert first["count"] == rest["count"] == len(first["items"]) + len(rest["items"]) == 6
    codes = [one["office"] for one in (*first["items"], *rest["items"])]
    assert len(set(codes)) == 6


def test_three_formats_say_the_same(country: Country, published: Report) -> None:
    fields = [field.key for field in datasets()["reports"].fields]
    (row,) = csv.DictReader(io.StringIO(dump_of("reports", "csv").decode("utf-8-sig")))
    assert list(row) == fields
    document = json.loads(dump_of("reports", "json"))
    assert [field["key"] for field in document["fields"]] == fields
    (same,) = document["rows"]
    book = openpyxl.load_workbook(io.BytesIO(dump_of("reports", "xlsx")))
    head, cells = book["reports"].iter_rows(values_only=True)
    assert list(head) == fields
    sheet = dict(zip(head, cells, strict=True))
    assert row["training.participants"] == "41"
    assert same["training.participants"] == sheet["training.participants"] == 41
    assert row["office_bn"] == same["office_bn"] == sheet["office_bn"] == country.upazila.name_bn


def test_dictionary_explains_every_field_in_both_languages() -> None:
    for dataset in got("dictionary"):
        assert dataset["fields"]
        for field in dataset["fields"]:
            assert all((field["bn"], field["en"])), (dataset["key"], field["key"])


def test_no_cell_is_a_formula(country: Country) -> None:
    country.upazila.name_bn = "=1+1"
    country.upazila.save()
    assert "\n=1" not in dump_of("offices", "csv").decode()
    assert "'=1+1" in dump_of("offices", "csv").decode()
    book = openpyxl.load_workbook(io.BytesIO(dump_of("offices", "xlsx")))
    kinds = {cell.data_type for row in book["offices"].iter_rows() for cell in row}
    assert "f" not in kinds


def test_hasty_program_is_asked_to_wait(country: Country, settings: Settings) -> None:
    settings.OPEN_DATA_PER_MINUTE = 3
    client = Client(REMOTE_ADDR="203.0.113.9")
    answers = [client.get(reverse("api:list_offices")).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]


@pytest.mark.parametrize("name", ["list_reports", "list_offices"])
def test_list_asks_as_often_for_many(
    name: str,
    country: Country,
    published: Report,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(3 if name == "list_reports" else 2):
        got(name)
    for number, office in enumerate(("sibling", "district", "division"), start=1):
        head = country[f"{office}.head"]
        make_report(
            getattr(country, office), by=head, reviewer=country["reviewer"], status="published"
        )
        assert Publication.objects.count() == number + 1
    with django_assert_num_queries(3 if name == "list_reports" else 2):
        got(name)


# --- Odd questions -------------------------------------------------------------------------------
@pytest.fixture
def one_connection() -> Iterator[None]:
    """The test's own transaction for requests that come in through WSGI, as for Django's client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("published", "hidden", "one_connection")
def test_api_answers_as_it_says_whatever_is_asked() -> None:
    """Questions that fit the description and questions that do not, to every address of it."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == 7
    for operation in operations:
        for mode in GenerationMode:
            ask(operation, mode)


def ask(operation: Any, mode: GenerationMode) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @hypothesis_settings(
        max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    def answers(case: Any) -> None:
        answer = case.call(headers={"Accept-Encoding": "identity"})
        assert answer.status_code < 500
        case.validate_response(answer)
        for marked in (SECRET, PHONE, EMAIL):
            assert marked not in answer.text

    try:
        answers()
    except Unsatisfiable:
        # An address without parameters cannot be asked wrongly.
        assert not list(operation.iter_parameters())
