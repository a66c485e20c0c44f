"""What the register of activities holds: trainings, workshops, visits, circles and the like."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ideas.models import Visit

from ..enums import ActivityKind, SectionKey
from ..models import Activity
from .figures import ONE, FigureKind, Record, Unit, key_of
from .parts import NUMBER, Part, count_cell, in_words, numbered, span
from .tables import Column, TableKind, listed

if TYPE_CHECKING:
    from .facts import Facts

Finder = Callable[["Facts"], Iterable[Record]]


def each(kind: ActivityKind) -> Finder:
    """Every activity of a kind counts one."""

    def find(facts: Facts) -> Iterator[Record]:
        return (_record(one) for one in facts.activities(kind))

    return find


def summed(kind: ActivityKind, column: str, *, unwritten: int = 0) -> Finder:
    """Every activity of a kind counts what is written in a column.

    Where nothing is written it adds `unwritten` and stands in the list all the same, so that
    whoever looks the number up sees what is missing.
    """

    def find(facts: Facts) -> Iterator[Record]:
        for one in facts.activities(kind):
            written = getattr(one, column)
            yield _record(one, Decimal(unwritten if written is None else written))

    return find


def _record(activity: Activity, amount: Decimal = ONE) -> Record:
    return Record(activity, activity.title, activity.held_on, activity.place, amount)


def visits(facts: Facts) -> Iterator[Record]:
    """Those of the register, and those that were made to pilots."""
    yield from each(ActivityKind.VISIT)(facts)
    for visit in facts.pilot_visits:
        title = visit.pilot.idea.title
        yield Record(visit, title, visit.visited_on, visit.visitor, page=visit.pilot)


# --- Tables -------------------------------------------------------------------------------------
TITLE = Column("title", "বিষয়", "c-words")
DAY = Column("day", "তারিখ", "c-date")
PLACE = Column("place", "স্থান", "c-name")
PARTNER = Column("partner", "আয়োজক/প্রশিক্ষক", "c-name")
RESULT = Column("result", "ফলাফল", "c-words")

Cell = tuple[Column, Callable[[Activity], str]]
CELLS: dict[str, Cell] = {
    "title": (TITLE, lambda one: one.title),
    "day": (DAY, lambda one: span(one.held_on, one.ends_on)),
    "place": (PLACE, lambda one: one.place),
    "batches": (Column("batches", "ব্যাচ", "c-number"), lambda one: count_cell(one.batches)),
    "people": (
        Column("people", "অংশগ্রহণকারী", "c-number"),
        lambda one: count_cell(one.participants),
    ),
    "women": (Column("women", "নারী", "c-number"), lambda one: count_cell(one.women)),
    "quantity": (Column("quantity", "সংখ্যা", "c-number"), lambda one: count_cell(one.quantity)),
    "amount": (Column("amount", "টাকা", "c-number"), lambda one: count_cell(one.amount)),
    "partner": (PARTNER, lambda one: one.partner),
    "source": (Column("source", "অর্থের উৎস", "c-name"), lambda one: one.partner),
    "giver": (Column("giver", "প্রদানকারী", "c-name"), lambda one: one.partner),
    "result": (RESULT, lambda one: one.result),
}


def table(key: str, title: str, kind: ActivityKind, *cells: str) -> TableKind:
    """The activities of a kind, with the named cells."""
    chosen = [CELLS[name] for name in cells]

    def make(facts: Facts) -> dict[str, Any] | None:
        return listed(
            key,
            title,
            (NUMBER, *(column for column, _cell in chosen)),
            (
                (key_of(one), (number, *(cell(one) for _column, cell in chosen)))
                for number, one in numbered(facts.activities(kind))
            ),
        )

    return TableKind(key, make)


def visit_table(facts: Facts) -> dict[str, Any] | None:
    """Both kinds of visits, one after the other as they were made."""
    rows = [_visit_of_register(one) for one in facts.activities(ActivityKind.VISIT)]
    rows += [_visit_to_pilot(one) for one in facts.pilot_visits]
    rows.sort(key=lambda row: row[0])
    return listed(
        "visits",
        "পরিদর্শন",
        (NUMBER, TITLE, DAY, Column("visitor", "পরিদর্শক", "c-name"), RESULT),
        ((key, (number, *cells)) for number, (_day, key, cells) in numbered(rows)),
    )


def _visit_of_register(one: Activity) -> tuple[date, str, tuple[str, ...]]:
    cells = (one.title, span(one.held_on, one.ends_on), one.partner, one.result)
    return one.held_on, key_of(one), cells


def _visit_to_pilot(one: Visit) -> tuple[date, str, tuple[str, ...]]:
    cells = (f"পাইলট: {one.pilot.idea.title}", in_words(one.visited_on), one.visitor, one.advice)
    return one.visited_on, key_of(one), cells


# --- The parts ----------------------------------------------------------------------------------
TRAINING = ActivityKind.TRAINING
WORKSHOP = ActivityKind.WORKSHOP
CIRCLE = ActivityKind.CIRCLE

PARTS: Iterable[Part] = (
    Part(
        SectionKey.TRAINING,
        figures=(
            FigureKind("trainings", _("প্রশিক্ষণ"), Unit.PIECES, each(TRAINING)),
            FigureKind("batches", _("প্রশিক্ষণের ব্যাচ"), Unit.PIECES, summed(TRAINING, "batches")),
            FigureKind(
                "participants",
                _("প্রশিক্ষণার্থী"),
                Unit.PEOPLE,
                summed(TRAINING, "participants"),
            ),
            FigureKind("women", _("নারী প্রশিক্ষণার্থী"), Unit.PEOPLE, summed(TRAINING, "women")),
            FigureKind("workshops", _("কর্মশালা/সেমিনার"), Unit.PIECES, each(WORKSHOP)),
            FigureKind(
                "workshop_participants",
                _("কর্মশালায় অংশগ্রহণকারী"),
                Unit.PEOPLE,
                summed(WORKSHOP, "participants"),
            ),
        ),
        tables=(
            table(
                "trainings",
                "আয়োজিত প্রশিক্ষণ",
                TRAINING,
                *("title", "day", "batches", "people", "women", "partner"),
            ),
            table(
                "workshops",
                "কর্মশালা ও সেমিনার",
                WORKSHOP,
                *("title", "day", "place", "people", "women", "result"),
            ),
        ),
    ),
    Part(
        SectionKey.VISITS,
        figures=(FigureKind("visits", _("পরিদর্শন"), Unit.PIECES, visits),),
        tables=(TableKind("visits", visit_table),),
    ),
    Part(
        SectionKey.CIRCLES,
        figures=(
            FigureKind("circles", _("ইনোভেশন সার্কেল"), Unit.PIECES, each(CIRCLE)),
            FigureKind(
                "participants", _("অংশগ্রহণকারী"), Unit.PEOPLE, summed(CIRCLE, "participants")
            ),
        ),
        tables=(
            table("circles", "ইনোভেশন সার্কেল", CIRCLE, "title", "day", "place", "people", "result"),
        ),
    ),
    Part(
        SectionKey.E_SERVICES,
        figures=(FigureKind("services", _("ই-সেবা"), Unit.PIECES, each(ActivityKind.E_SERVICE)),),
        tables=(
            table("services", "ওয়েবসাইট ও ই-সেবা", ActivityKind.E_SERVICE, "title", "day", "result"),
        ),
    ),
)
