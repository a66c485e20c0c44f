"""The open data as an API: read only, paged, held to a pace, described by OpenAPI."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, NinjaAPI, Path, Query, Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate
from ninja.throttling import AnonRateThrottle

from ideas.models import Initiative
from teams.enums import Tier
from teams.models import Office
from teams.requests import client_address
from workplans.periods import Period, PeriodError

from ..enums import PublicationKind, ReportKind
from ..models import Publication
from ..publishing.contacts import open_content
from . import datasets
from .datasets import Row

VERSION = "1.0.0"
MOST_AT_ONCE = 100
FURTHEST = 1_000_000
LARGEST = 2**62  # a number that no database refuses
# Not there, a question that cannot be read, too many questions.
PROBLEMS = frozenset({404, 422, 429})
# The ways of writing a period that workplans.periods reads, in either script's digits.
_YEAR, _TWO = "[0-9০-৯]{4}", "[0-9০-৯]{2}"
YEAR = rf"^(|{_YEAR}|{_YEAR}-({_TWO}|{_YEAR})|{_YEAR}-{_TWO}\.\.{_YEAR}-{_TWO})$"
MINUTE = 60


class Pace(AnonRateThrottle):
    """So many questions a minute from one address; a whole upazila may share one."""

    scope = "open-data"

    def __init__(self) -> None:
        super().__init__(f"{settings.OPEN_DATA_PER_MINUTE}/m")

    def get_ident(self, request: HttpRequest) -> str:
        return client_address(request)

    def allow_request(self, request: HttpRequest) -> bool:
        self.num_requests, self.duration = settings.OPEN_DATA_PER_MINUTE, MINUTE
        try:
            return bool(super().allow_request(request))
        except Exception:  # each cache raises its own kinds; without one nobody is counted
            return True


class Pages(LimitOffsetPagination):
    """`limit` and `offset`, within what a database should be asked for at once."""

    class Input(Schema):
        limit: int = Field(50, ge=1, le=MOST_AT_ONCE)
        offset: int = Field(0, ge=0, le=FURTHEST)


class Rows:
    """Found records that become rows of the API when a page of them is asked for."""

    def __init__(self, found: QuerySet[Any], convert: Callable[[list[Any]], list[Row]]) -> None:
        self._found, self._convert = found, convert

    def all(self) -> "Rows":
        return self

    def count(self) -> int:
        return self._found.count()

    def __getitem__(self, part: slice) -> list[Row]:
        return self._convert(list(self._found[part]))


class OfficeOut(Schema):
    office: str
    office_bn: str
    office_en: str
    tier: Tier
    parent: str
    team_formed_on: date | None
    team_memo: str


class FigureOut(Schema):
    key: str
    value: Decimal


class ReportOut(Schema):
    id: int
    office: str
    office_bn: str
    office_en: str
    tier: Tier
    kind: ReportKind
    period: str
    starts_on: date
    ends_on: date
    sent_on: date
    due_on: date | None
    on_time: bool | None
    fingerprint: str
    pdf_sha256: str
    published_on: date
    url: str
    figures: list[FigureOut]


class ReportContentOut(ReportOut):
    content: dict[str, Any]


class TaskOut(Schema):
    subject: str
    serial: str
    task: str
    start: str
    end: str
    span: str
    responsible: str
    expected_result: str
    measure: str


class PlanOut(Schema):
    id: int
    office: str
    office_bn: str
    office_en: str
    tier: Tier
    period: str
    starts_on: date
    ends_on: date
    published_on: date
    url: str
    tasks: list[TaskOut]


class DecisionOut(Schema):
    serial: str
    topic: str
    decision: str
    implementer: str
    due: str


class DecisionsOut(Schema):
    id: int
    office: str
    office_bn: str
    office_en: str
    tier: Tier
    meeting: str
    held_on: date
    published_on: date
    url: str
    decisions: list[DecisionOut]


class InitiativeOut(Schema):
    id: int
    office: str
    office_bn: str
    office_en: str
    tier: Tier
    title: str
    summary: str
    before: str
    after: str
    state: str
    received_on: date
    published_on: date | None
    url: str


class FieldOut(Schema):
    key: str
    type: str
    bn: str
    en: str


class DatasetOut(Schema):
    key: str
    bn: str
    en: str
    fields: list[FieldOut]


class Problem(Schema):
    """What was wrong with the question: a sentence, or each part of it that was."""

    detail: Any


class Wanted(Schema):
    """What is looked for; every part may be left out."""

    office: str = Field("", max_length=80, description="Code of an office; of it alone")
    below: str = Field("", max_length=80, description="Code of an office; of it and those below")
    year: str = Field(
        "",
        pattern=YEAR,
        description="2025-2026 or 2025-26 for a fiscal year, 2016, or 2017-01..2017-06",
    )


router = Router(throttle=[Pace()])


@router.get("/offices", response={200: list[OfficeOut], PROBLEMS: Problem}, summary="Offices")
@paginate(Pages)
def list_offices(request: HttpRequest, tier: Tier | None = None) -> Any:
    found = datasets.with_team(Office.objects.active()).order_by("path")
    return Rows(found.filter(tier=tier) if tier else found, office_items)


@router.get(
    "/reports", response={200: list[ReportOut], PROBLEMS: Problem}, summary="Published reports"
)
@paginate(Pages)
def list_reports(
    request: HttpRequest, wanted: Query[Wanted], kind: ReportKind | None = None
) -> Any:
    found = datasets.with_papers(_found(PublicationKind.REPORT, wanted))
    return Rows(found.filter(content__kind=kind.value) if kind else found, report_items)


@router.get(
    "/reports/{pk}",
    response={200: ReportContentOut, PROBLEMS: Problem},
    summary="A whole report",
)
def get_report(request: HttpRequest, pk: int = Path(..., ge=1, le=LARGEST)) -> Row:
    found = datasets.with_papers(datasets.standing(PublicationKind.REPORT))
    publication = get_object_or_404(found, pk=pk)
    content, _withheld = open_content(publication.content)
    return {**report_items([publication])[0], "content": content}


@router.get("/plans", response={200: list[PlanOut], PROBLEMS: Problem}, summary="Released plans")
@paginate(Pages)
def list_plans(request: HttpRequest, wanted: Query[Wanted]) -> Any:
    return Rows(_found(PublicationKind.PLAN, wanted), plan_items)


@router.get(
    "/decisions",
    response={200: list[DecisionsOut], PROBLEMS: Problem},
    summary="Released decisions of meetings",
)
@paginate(Pages)
def list_decisions(request: HttpRequest, wanted: Query[Wanted]) -> Any:
    return Rows(_found(PublicationKind.DECISIONS, wanted), decision_items)


@router.get(
    "/initiatives", response={200: list[InitiativeOut], PROBLEMS: Problem}, summary="Initiatives"
)
@paginate(Pages)
def list_initiatives(
    request: HttpRequest, office: str = Query("", max_length=80, description="Code of an office")
) -> Any:
    found = Initiative.objects.published().select_related("idea__office")
    found = found.order_by("published_at", "pk")
    if office:
        found = found.filter(idea__office__code=_clean(office))
    return Rows(found, initiative_items)


@router.get(
    "/dictionary",
    response={200: list[DatasetOut], PROBLEMS: Problem},
    summary="What every field means",
)
def dictionary(request: HttpRequest) -> list[Row]:
    return [
        {
            "key": dataset.key,
            "bn": dataset.bn,
            "en": dataset.en,
            "fields": [
                {"key": field.key, "type": field.kind, "bn": field.bn, "en": field.en}
                for field in dataset.fields
            ],
        }
        for dataset in datasets.datasets().values()
    ]


# --- Records to rows -----------------------------------------------------------------------------
def office_items(offices: list[Office]) -> list[Row]:
    return [datasets.office_item(one) for one in offices]


def plan_items(publications: list[Publication]) -> list[Row]:
    return [
        {**_head(one), **datasets.period_row(one), "tasks": list(datasets.tasks_of(one))}
        for one in publications
    ]


def decision_items(publications: list[Publication]) -> list[Row]:
    return [
        {
            **_head(one),
            "meeting": one.content["meeting"],
            "held_on": one.starts_on,
            "decisions": list(datasets.decisions_of(one)),
        }
        for one in publications
    ]


def initiative_items(initiatives: list[Initiative]) -> list[Row]:
    return [{**datasets.initiative_row(one), "id": one.pk} for one in initiatives]


def report_items(publications: list[Publication]) -> list[Row]:
    """Reports with their figures, in their order (a query for all figures)."""
    figures = datasets.figures_of(publications)
    return [
        {
            "id": publication.pk,
            **datasets.report_row(publication),
            "figures": [
                {"key": key, "value": value}
                for key, value in figures[publication.submission_id or 0].items()
            ],
        }
        for publication in publications
    ]


def _head(publication: Publication) -> Row:
    return {
        "id": publication.pk,
        **datasets.office_row(publication.office),
        **datasets.published_row(publication),
    }


def _found(kind: PublicationKind, wanted: Wanted) -> Any:
    """A year that is none, such as 2025-2027, has nothing."""
    try:
        year = Period.parse(_clean(wanted.year)) if wanted.year else None
    except PeriodError:
        return datasets.standing(kind).none()
    found = datasets.standing(kind, year)
    if wanted.office:
        found = found.filter(office__code=_clean(wanted.office))
    if wanted.below:
        above = Office.objects.filter(code=_clean(wanted.below)).first()
        found = found.filter(office__path__startswith=above.path) if above else found.none()
    return found


def _clean(text: str) -> str:
    """PostgreSQL refuses a NUL; no code and no year has one."""
    return text.replace("\x00", "")


api = NinjaAPI(
    title="Udbhabon open data",
    version=VERSION,
    description=(
        "What Bangladesh's government innovation teams have published: reports with their "
        "figures, plans, decisions, initiatives. Read only. No contact data of persons."
    ),
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", router)
