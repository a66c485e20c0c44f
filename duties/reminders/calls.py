"""Who is to be told of what today."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from teams.enums import DueKind

from ..enums import Reach
from ..matters import Matter, decisions_owed, matters, tasks_owed
from ..seats import Seat, Seats
from .occasions import Occasion, Occasions

About = tuple[str, date, int]  # (matter, due day, person)


class Why(Enum):
    """Why this person is told; each is a part of the letter."""

    OWN = "own"  # holds the post that owes it
    VACANT = "vacant"  # heads the office in which nobody is on that post
    OFFICE = "office"  # heads the office, and it is late
    BELOW = "below"  # is answerable for the office above, and it is very late


@dataclass(frozen=True, slots=True)
class Call:
    """One thing that one person is to be told."""

    matter: Matter
    occasion: Occasion
    post_id: int
    person_id: int
    why: Why

    @property
    def about(self) -> About:
        return (self.matter.key, self.occasion.due_on, self.person_id)


def calls_of(
    occasions: Occasions, seats: Seats, *, offices: Collection[int] | None = None
) -> list[Call]:
    """What everybody is to be told of what these offices (None: all) owe and have not done."""
    until = occasions.until
    owed: Iterable[Matter] = (
        *decisions_owed(until=until, offices=offices),
        *matters(today=occasions.today, until=until, offices=offices),
        *tasks_owed(today=occasions.today, until=until, offices=offices),
    )
    calls: dict[About, Call] = {}  # a task may be owed by two posts that one person holds
    for matter in owed:
        if not matter.due_on:
            continue
        if occasion := occasions.of(matter.kind, matter.due_on, matter.known_on):
            for call in _calls_of(matter, occasion, seats):
                calls.setdefault(call.about, call)
    return list(calls.values())


def _calls_of(matter: Matter, occasion: Occasion, seats: Seats) -> Iterator[Call]:
    """Each person once, for the nearest of the reasons."""
    told: set[int] = set()
    for seat, why in _seats_of(matter, occasion, seats):
        if seat.person_id is not None and seat.person_id not in told:
            told.add(seat.person_id)
            yield Call(matter, occasion, seat.post_id, seat.person_id, why)


def _seats_of(matter: Matter, occasion: Occasion, seats: Seats) -> Iterator[tuple[Seat, Why]]:
    owners = owners_of(matter, seats)
    held = [seat for seat in owners if seat.person_id]
    yield from ((seat, Why.OWN) for seat in held)
    home = _home_of(matter, owners)
    head = seats.head(home)
    if head and (not held or occasion.reaches(Reach.HEAD)):
        yield head, Why.OFFICE if held else Why.VACANT
    nobody_is_there = not held and head is not None and head.person_id is None
    if nobody_is_there or (occasion.reaches(Reach.SUPERIOR) and seats.has_leads(home)):
        yield from ((seat, Why.BELOW) for seat in seats.superiors(home))


def owners_of(matter: Matter, seats: Seats) -> list[Seat]:
    """The posts that owe it, vacant ones too."""
    if matter.kind == DueKind.DECISION or (matter.kind == DueKind.TASK and matter.post_id):
        seat = seats.of_post(matter.post_id) if matter.post_id else None
        return [seat] if seat else []
    if matter.kind == DueKind.REVIEW:
        # Nothing hangs: what nobody has taken on, or whoever did has left, waits for all of them.
        seat = seats.of_post(matter.post_id) if matter.post_id else None
        return [seat] if seat and seat.person_id else seats.reviewers
    officers = seats.officers(matter.office_id)
    if matter.kind == DueKind.RESUBMISSION and (head := seats.head(matter.office_id)):
        return [head, *officers]
    return officers


def _home_of(matter: Matter, owners: Collection[Seat]) -> int:
    """The office whose head is answerable: of a review not that of the report."""
    if matter.kind == DueKind.REVIEW:
        return next((seat.office_id for seat in owners), matter.office_id)
    return matter.office_id
