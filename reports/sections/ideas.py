"""Ideas that came in and what became of them, and the pilots of those that were tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from ideas.enums import IdeaChannel, MeasureKind, MeasureUnit, PilotStatus
from ideas.models import Idea, Pilot, Replication
from ideas.national import savings_of
from ideas.savings import IN_BASE, Total

from ..enums import SectionKey
from .facts import Facts, day_of, ended_on
from .figures import FigureKind, Record, Unit, key_of, to_cents
from .parts import NUMBER, Part, count_cell, in_words, numbered, span
from .tables import Column, TableKind, listed

Finder = Callable[[Facts], Iterable[Record]]
MINUTES_A_DAY = IN_BASE[MeasureUnit.DAY]


# --- Ideas --------------------------------------------------------------------------------------
def is_from_staff(idea: Idea) -> bool:
    """By word of mouth, at a meeting, or online under an officer's account."""
    if idea.channel == IdeaChannel.ONLINE:
        return idea.submitted_by_id is not None
    return idea.channel in {IdeaChannel.STAFF, IdeaChannel.MEETING}


def is_from_citizens(idea: Idea) -> bool:
    """From outside: all other ways but a showcase, where both meet."""
    return idea.channel != IdeaChannel.SHOWCASE and not is_from_staff(idea)


def received(wanted: Callable[[Idea], bool] = lambda idea: True) -> Finder:
    def find(facts: Facts) -> Iterator[Record]:
        return (
            Record(one, one.title, one.received_on, str(one.get_channel_display()))
            for one in facts.ideas_received
            if wanted(one)
        )

    return find


def shortlisted(facts: Facts) -> Iterator[Record]:
    return (_step(one, one.shortlisted_at) for one in facts.ideas_shortlisted)


def approved(facts: Facts) -> Iterator[Record]:
    return (_step(one, one.approved_at) for one in facts.ideas_approved)


def declined(facts: Facts) -> Iterator[Record]:
    return (_step(one, one.declined_at) for one in facts.ideas_declined)


def _step(idea: Idea, at: datetime | None) -> Record:
    return Record(idea, idea.title, day_of(at) if at else None, idea.reference)


# --- Pilots -------------------------------------------------------------------------------------
def started(facts: Facts) -> Iterator[Record]:
    return (_pilot(one, one.begun_at) for one in facts.pilots if facts.happened(one.begun_at))


def running(facts: Facts) -> Iterator[Record]:
    return (_pilot(one, one.begun_at) for one in facts.pilots_running)


def succeeded(facts: Facts) -> Iterator[Record]:
    return (_pilot(one, one.finished_at) for one in facts.pilots if facts.happened(one.finished_at))


def stopped(facts: Facts) -> Iterator[Record]:
    return (_pilot(one, one.halted_at) for one in facts.pilots if facts.happened(one.halted_at))


def budgets(facts: Facts) -> Iterator[Record]:
    """The budgets of the pilots that began in the period."""
    for one in facts.pilots:
        if facts.happened(one.begun_at):
            yield _pilot(one, one.begun_at, Decimal(one.budget or 0))


def _pilot(pilot: Pilot, at: datetime | None, amount: Decimal = Decimal(1)) -> Record:
    return Record(pilot, pilot.idea.title, day_of(at) if at else None, pilot.place, amount)


# --- What the changed services save in a year -----------------------------------------------------
def saved(kind: MeasureKind, per: Decimal = Decimal(1)) -> Finder:
    """The yearly saving of every pilot that went well and every replication in use by the last
    day, in minutes, taka or visits, each divided by `per` and rounded to two places: what the
    list shows adds up to the number."""

    def find(facts: Facts) -> Iterator[Record]:
        totals = savings_of([*facts.pilots_proven, *facts.replications_in_use])
        total: Total = next(one for one in totals if one.kind == kind)
        for term in total.terms:
            yield _saving(term.source.thing, to_cents(term.amount / per))

    return find


def _saving(thing: Pilot | Replication, amount: Decimal) -> Record:
    if isinstance(thing, Pilot):
        return _pilot(thing, thing.finished_at, amount)
    day = day_of(thing.adopted_at) if thing.adopted_at else None
    return Record(thing, thing.idea.public_title, day, thing.idea.office.name, amount)


# --- Tables -------------------------------------------------------------------------------------
def idea_table(facts: Facts) -> dict[str, Any] | None:
    """The ideas that were selected in the period, whenever they came in."""
    approved = {idea.pk for idea in facts.ideas_approved}
    chosen = {idea.pk: idea for idea in (*facts.ideas_shortlisted, *facts.ideas_approved)}
    return listed(
        "ideas",
        "বাছাইকৃত আইডিয়া",
        (
            NUMBER,
            Column("title", "আইডিয়া", "c-words"),
            Column("day", "প্রাপ্তির তারিখ", "c-date"),
            Column("channel", "যেভাবে এসেছে"),
            Column("state", "সিদ্ধান্ত"),
        ),
        (
            (
                key_of(idea),
                (
                    number,
                    idea.title,
                    in_words(idea.received_on),
                    idea.get_channel_display(),
                    "অনুমোদিত" if idea.pk in approved else "বাছাইকৃত",
                ),
            )
            for number, idea in numbered(chosen.values())
        ),
    )


def pilot_table(facts: Facts) -> dict[str, Any] | None:
    """The pilots that ran on some day of the period."""
    return listed(
        "pilots",
        "পাইলট কার্যক্রম",
        (
            NUMBER,
            Column("title", "উদ্যোগ", "c-words"),
            Column("place", "পাইলটের স্থান", "c-name"),
            Column("time", "সময়কাল", "c-words"),
            Column("budget", "বাজেট (টাকা)", "c-number"),
            Column("state", "অবস্থা"),
            Column("result", "ফলাফল বা শিক্ষা", "c-words"),
        ),
        (
            (
                key_of(pilot),
                (
                    number,
                    pilot.idea.title,
                    pilot.place,
                    _time(pilot, facts),
                    count_cell(pilot.budget),
                    *_outcome(pilot, facts),
                ),
            )
            for number, pilot in numbered(facts.pilots_at_work)
        ),
    )


def _time(pilot: Pilot, facts: Facts) -> str:
    began = day_of(pilot.begun_at) if pilot.begun_at else None
    if began is None:
        return ""
    end = ended_on(pilot)
    if end is None or end > facts.coverage.last_day:
        return f"{in_words(began)} থেকে চলমান"
    return span(began, end)


def _outcome(pilot: Pilot, facts: Facts) -> tuple[str, str]:
    """How it stood on the last day, and what had come of it by then."""
    end = ended_on(pilot)
    if end is None or end > facts.coverage.last_day:
        return str(PilotStatus.RUNNING.label), ""
    if pilot.finished_at:
        return str(PilotStatus.SUCCEEDED.label), pilot.results
    return str(PilotStatus.STOPPED.label), pilot.lessons


PARTS: Iterable[Part] = (
    Part(
        SectionKey.PROJECTS,
        figures=(
            FigureKind("approved", _("অনুমোদিত উদ্যোগ"), Unit.PIECES, approved),
            FigureKind("pilots_started", _("শুরু হওয়া পাইলট"), Unit.PIECES, started),
            FigureKind("pilots_running", _("চলমান পাইলট"), Unit.PIECES, running),
            FigureKind("pilots_succeeded", _("সফলভাবে সমাপ্ত পাইলট"), Unit.PIECES, succeeded),
            FigureKind("pilots_stopped", _("বন্ধ হওয়া পাইলট"), Unit.PIECES, stopped),
            FigureKind(
                "saved_days",
                _("বছরে সাশ্রয় হওয়া সময়"),
                Unit.DAYS,
                saved(MeasureKind.TIME, per=MINUTES_A_DAY),
            ),
            FigureKind("saved_taka", _("বছরে সাশ্রয় হওয়া খরচ"), Unit.TAKA, saved(MeasureKind.COST)),
            FigureKind(
                "saved_visits", _("বছরে সাশ্রয় হওয়া যাতায়াত"), Unit.TIMES, saved(MeasureKind.VISITS)
            ),
        ),
        tables=(TableKind("pilots", pilot_table),),
    ),
    Part(
        SectionKey.IDEAS,
        figures=(
            FigureKind("received", _("প্রাপ্ত আইডিয়া"), Unit.PIECES, received()),
            FigureKind(
                "from_staff", _("কর্মকর্তা-কর্মচারীদের আইডিয়া"), Unit.PIECES, received(is_from_staff)
            ),
            FigureKind(
                "from_citizens", _("নাগরিকদের আইডিয়া"), Unit.PIECES, received(is_from_citizens)
            ),
            FigureKind("shortlisted", _("বাছাইকৃত আইডিয়া"), Unit.PIECES, shortlisted),
            FigureKind("approved", _("অনুমোদিত আইডিয়া"), Unit.PIECES, approved),
            FigureKind("declined", _("গৃহীত না হওয়া আইডিয়া"), Unit.PIECES, declined),
        ),
        tables=(TableKind("ideas", idea_table),),
    ),
)
