"""The datasets: what a row is, what each field means in both languages, and where rows come from.

Only what is laid open is here: publications that stand and initiatives with a published page.
Texts pass through `publishing.contacts` once more, so that no contact of anybody gets out even if
a page shows one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone, translation

from ideas.models import Initiative
from teams.models import Office, OfficeQuerySet, Team
from workplans.periods import Period

from ..enums import PublicationKind
from ..models import Publication, PublicationQuerySet, ReportFigure, Submission
from ..publishing.contacts import open_words
from ..sections import FIGURES

Row = dict[str, Any]
TEXT, DAY, NUMBER, YES_NO = "text", "date", "number", "boolean"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its key, its kind (text, date, number, boolean) and what it means."""

    key: str
    kind: str
    bn: str
    en: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table anybody may take away.

    `rows` gives its rows for one year (by the first day of the period), or all without one.
    """

    key: str
    bn: str
    en: str
    fields: tuple[Field, ...]
    rows: Callable[[Period | None], Iterator[Row]]

    @property
    def name(self) -> str:
        return self.bn if translation.get_language() == "bn" else self.en


OFFICE = (
    Field("office", TEXT, "দপ্তরের কোড", "Code of the office"),
    Field("office_bn", TEXT, "দপ্তরের নাম (বাংলা)", "Name of the office in Bengali"),
    Field("office_en", TEXT, "দপ্তরের নাম (ইংরেজি)", "Name of the office in English"),
    Field("tier", TEXT, "পর্যায়", "Tier: cabinet, ministry, agency, division, district, upazila"),
)
PERIOD = (
    Field("period", TEXT, "সময়কাল", "Period, such as 2025-2026 for a fiscal year"),
    Field("starts_on", DAY, "সময়কালের প্রথম দিন", "First day of the period"),
    Field("ends_on", DAY, "সময়কালের শেষ দিন", "Last day of the period"),
)
PUBLISHED = (
    Field("published_on", DAY, "প্রকাশের তারিখ", "Day of publication"),
    Field("url", TEXT, "পাতার ঠিকানা", "Address of the public page"),
)


def office_row(office: Office) -> Row:
    return {
        "office": office.code,
        "office_bn": office.name_bn,
        "office_en": office.name_en,
        "tier": office.tier,
    }


def published_row(publication: Publication) -> Row:
    return {
        "published_on": timezone.localdate(publication.published_at),
        "url": address_of(publication.get_absolute_url()),
    }


def period_row(publication: Publication) -> Row:
    return {
        "period": publication.content.get("period_code", ""),
        "starts_on": publication.starts_on,
        "ends_on": publication.ends_on,
    }


def address_of(path: str) -> str:
    """The whole address of a page of ours."""
    return settings.SITE_URL.rstrip("/") + path


def standing(kind: PublicationKind, year: Period | None = None) -> PublicationQuerySet:
    """Publications of a kind that stand, of the year if one is given, in a steady order."""
    found = Publication.objects.public().filter(kind=kind).select_related("office")
    if year is not None:
        found = found.filter(starts_on__gte=year.starts_on, starts_on__lte=year.ends_on)
    return found.order_by("office__path", "starts_on", "pk")


# --- Offices -----------------------------------------------------------------------------------
def with_team(offices: OfficeQuerySet) -> OfficeQuerySet:
    """The offices as `office_item` wants them: with the office above and the team in force."""
    team = Team.objects.in_force().filter(office=OuterRef("pk"))
    return offices.select_related("parent").annotate(
        team_formed_on=Subquery(team.values("formed_on")),
        team_memo=Subquery(team.values("memo_number")),
    )


def office_item(office: Office) -> Row:
    """A row of an office fetched through `with_team`."""
    return {
        **office_row(office),
        "parent": office.parent.code if office.parent else "",
        "team_formed_on": office.team_formed_on,  # type: ignore[attr-defined]
        "team_memo": office.team_memo or "",  # type: ignore[attr-defined]
    }


def offices(_year: Period | None) -> Iterator[Row]:
    for office in with_team(Office.objects.active()).order_by("path"):
        yield office_item(office)


# --- Reports -----------------------------------------------------------------------------------
FIGURE_FIELDS = tuple(
    Field(f"{section}.{figure.key}", NUMBER, "", "")
    for section, figures in FIGURES.items()
    for figure in figures
)


def figure_fields() -> tuple[Field, ...]:
    """The numbers of reports as columns, named in both languages from the interface's own."""
    found = []
    for section, figures in FIGURES.items():
        for figure in figures:
            names = {}
            for language in ("bn", "en"):
                with translation.override(language):
                    names[language] = f"{figure.label} ({figure.unit})"
            found.append(Field(f"{section}.{figure.key}", NUMBER, names["bn"], names["en"]))
    return tuple(found)


def report_row(publication: Publication) -> Row:
    """One report, without its figures. Its submission and that one's job's document are loaded."""
    submission = cast(Submission, publication.submission)
    document = submission.job.document if submission.job else None
    sent_on = timezone.localdate(submission.created_at)
    return {
        **office_row(publication.office),
        "kind": publication.content["kind"],
        **period_row(publication),
        "sent_on": sent_on,
        "due_on": submission.due_on,
        "on_time": sent_on <= submission.due_on if submission.due_on else None,
        "fingerprint": submission.fingerprint,
        "pdf_sha256": document.sha256 if document else "",
        **published_row(publication),
    }


def figures_of(publications: Iterable[Publication]) -> dict[int, Row]:
    """The figures of each of these reports, by the primary key of its submission (a query)."""
    submissions = [publication.submission_id for publication in publications]
    found: dict[int, Row] = {pk: {} for pk in submissions if pk is not None}
    rows = ReportFigure.objects.filter(submission__in=submissions).order_by("pk")
    for submission, key, value in rows.values_list("submission_id", "key", "value"):
        found[submission][key] = value
    return found


def with_papers(publications: PublicationQuerySet) -> PublicationQuerySet:
    return publications.select_related("office", "submission__job__document")


def _chunks(publications: PublicationQuerySet, size: int = 200) -> Iterator[list[Publication]]:
    """The whole in pieces, so that a year of a thousand long reports is never in memory at once."""
    keys = list(publications.values_list("pk", flat=True))
    for start in range(0, len(keys), size):
        yield list(publications.filter(pk__in=keys[start : start + size]))


def reports(year: Period | None) -> Iterator[Row]:
    for some in _chunks(with_papers(standing(PublicationKind.REPORT, year))):
        figures = figures_of(some)
        for publication in some:
            yield {**report_row(publication), **figures[publication.submission_id or 0]}


def figures(year: Period | None) -> Iterator[Row]:
    for row in reports(year):
        for field in FIGURE_FIELDS:
            if field.key in row:
                yield {
                    **{name: row[name] for name in ("office", "kind", "period")},
                    "figure": field.key,
                    "value": row[field.key],
                }


# --- Plans and decisions -----------------------------------------------------------------------
PLAN_CELLS = ("title", "start", "end", "period", "responsible", "expected_result", "measure")


def tasks(year: Period | None) -> Iterator[Row]:
    for some in _chunks(standing(PublicationKind.PLAN, year)):
        for publication in some:
            yield from tasks_of(publication)


def tasks_of(publication: Publication) -> Iterator[Row]:
    """The rows of a released plan."""
    for section in publication.content["sections"]:
        for table in section["tables"]:
            for group in table["groups"]:
                for row in group["rows"]:
                    yield {
                        **office_row(publication.office),
                        **period_row(publication),
                        "subject": open_words(group["subject"]),
                        "serial": row["serial"],
                        "task": open_words(row["title"]),
                        "start": row.get("start", ""),
                        "end": row.get("end", ""),
                        "span": row.get("period", ""),
                        "responsible": open_words(row.get("responsible", "")),
                        "expected_result": open_words(row.get("expected_result", "")),
                        "measure": open_words(row.get("measure", "")),
                        **published_row(publication),
                    }


def decisions(year: Period | None) -> Iterator[Row]:
    for some in _chunks(standing(PublicationKind.DECISIONS, year)):
        for publication in some:
            yield from decisions_of(publication)


def decisions_of(publication: Publication) -> Iterator[Row]:
    """The released decisions of one meeting."""
    for decision in publication.content["decisions"]:
        yield {
            **office_row(publication.office),
            "meeting": publication.content["meeting"],
            "held_on": publication.starts_on,
            "serial": decision["serial"],
            "topic": open_words(decision["topic"]),
            "decision": open_words(decision["text"]),
            "implementer": open_words(decision["implementer"]),
            "due": decision["due"],
            **published_row(publication),
        }


# --- Initiatives -------------------------------------------------------------------------------
def initiatives(year: Period | None) -> Iterator[Row]:
    found = Initiative.objects.published().select_related("idea__office")
    if year is not None:
        found = found.filter(idea__received_on__range=(year.starts_on, year.ends_on))
    for initiative in found.order_by("published_at", "pk"):
        yield initiative_row(initiative)


def initiative_row(initiative: Initiative) -> Row:
    """One initiative as its public page tells it, but for the contact."""
    published_at = initiative.published_at
    return {
        **office_row(initiative.idea.office),
        "title": open_words(initiative.title),
        "summary": open_words(initiative.summary),
        "before": open_words(initiative.before),
        "after": open_words(initiative.after),
        "state": initiative.idea.status,
        "received_on": initiative.idea.received_on,
        "published_on": timezone.localdate(published_at) if published_at else None,
        "url": address_of(initiative.get_absolute_url()),
    }


# --- The list ------------------------------------------------------------------------------------
def datasets() -> dict[str, Dataset]:
    """All of them by key."""
    report_fields = (
        *OFFICE,
        Field("kind", TEXT, "প্রতিবেদনের ধরন", "Kind: annual or half_yearly"),
        *PERIOD,
        Field("sent_on", DAY, "পাঠানোর তারিখ", "Day on which it was sent"),
        Field("due_on", DAY, "শেষ তারিখ", "Day by which it was due"),
        Field("on_time", YES_NO, "সময়মতো কি না", "Whether it was sent in time"),
        Field("fingerprint", TEXT, "বিষয়বস্তুর SHA-256", "SHA-256 of the content"),
        Field("pdf_sha256", TEXT, "PDF ফাইলের SHA-256", "SHA-256 of the PDF file"),
        *PUBLISHED,
    )
    listed = (
        Dataset(
            "offices",
            "দপ্তরসমূহ",
            "Offices",
            (
                *OFFICE,
                Field("parent", TEXT, "ঊর্ধ্বতন দপ্তরের কোড", "Code of the office above"),
                Field(
                    "team_formed_on",
                    DAY,
                    "বলবৎ ইনোভেশন টিমের অফিস আদেশের তারিখ",
                    "Day of the office order of the innovation team in force",
                ),
                Field(
                    "team_memo",
                    TEXT,
                    "সেই আদেশের স্মারক নম্বর",
                    "Memo number of that order",
                ),
            ),
            offices,
        ),
        Dataset(
            "reports",
            "প্রকাশিত প্রতিবেদন ও সংখ্যা",
            "Published reports with their figures",
            (*report_fields, *figure_fields()),
            reports,
        ),
        Dataset(
            "figures",
            "প্রতিবেদনের সংখ্যা (এক সারিতে একটি)",
            "Figures of reports, one a row",
            (
                OFFICE[0],
                Field("kind", TEXT, "প্রতিবেদনের ধরন", "Kind of the report"),
                PERIOD[0],
                Field("figure", TEXT, "সংখ্যার নাম", "Key of the figure, as in the reports table"),
                Field("value", NUMBER, "মান", "Value"),
            ),
            figures,
        ),
        Dataset(
            "tasks",
            "প্রকাশিত কর্মপরিকল্পনার কাজ",
            "Tasks of released plans",
            (
                *OFFICE,
                *PERIOD,
                Field("subject", TEXT, "বিষয়", "Subject"),
                Field("serial", TEXT, "ক্রমিক", "Serial number"),
                Field("task", TEXT, "গৃহীতব্য কাজ", "Task"),
                Field("start", TEXT, "শুরুর তারিখ, যেভাবে লেখা", "Start, as written"),
                Field("end", TEXT, "সমাপ্তির তারিখ, যেভাবে লেখা", "End, as written"),
                Field("span", TEXT, "বাস্তবায়নকাল, যেভাবে লেখা", "Period of work, as written"),
                Field("responsible", TEXT, "দায়িত্বপ্রাপ্ত কর্মকর্তা (পদবি)", "Responsible post"),
                Field("expected_result", TEXT, "প্রত্যাশিত ফলাফল", "Expected result"),
                Field("measure", TEXT, "পরিমাপ", "Measure"),
                *PUBLISHED,
            ),
            tasks,
        ),
        Dataset(
            "decisions",
            "প্রকাশিত সভার সিদ্ধান্ত",
            "Released decisions of meetings",
            (
                *OFFICE,
                Field("meeting", TEXT, "সভা", "Meeting"),
                Field("held_on", DAY, "সভার তারিখ", "Day of the meeting"),
                Field("serial", TEXT, "ক্রমিক", "Serial number"),
                Field("topic", TEXT, "আলোচ্য বিষয়", "Topic"),
                Field("decision", TEXT, "সিদ্ধান্ত", "Decision"),
                Field("implementer", TEXT, "বাস্তবায়নকারী", "Who carries it out"),
                Field("due", TEXT, "শেষ তারিখ, যেভাবে লেখা", "Due, as written"),
                *PUBLISHED,
            ),
            decisions,
        ),
        Dataset(
            "initiatives",
            "উদ্ভাবনী উদ্যোগ",
            "Initiatives",
            (
                *OFFICE,
                Field("title", TEXT, "উদ্যোগের নাম", "Name of the initiative"),
                Field("summary", TEXT, "এক নজরে", "Summary"),
                Field("before", TEXT, "আগে যেমন ছিল", "Before"),
                Field("after", TEXT, "এখন যেমন", "After"),
                Field("state", TEXT, "অবস্থা: showcased বা replicated", "showcased or replicated"),
                Field("received_on", DAY, "আইডিয়া পাওয়ার তারিখ", "Day the idea came in"),
                *PUBLISHED,
            ),
            initiatives,
        ),
    )
    return {dataset.key: dataset for dataset in listed}


def years() -> list[Period]:
    """The fiscal years of which something of a period is published, the latest first (a query)."""
    days: Iterable[date] = (
        Publication.objects.public().order_by().values_list("starts_on", flat=True).distinct()
    )
    found = {Period.fiscal_year_of(day) for day in days}
    return sorted(found, key=lambda period: period.starts_on, reverse=True)
