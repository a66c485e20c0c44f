"""A year of meetings of a division, a district and three upazilas, followed day by day.

What must be true is written down in tests/meetings/ledger.py; the offices act in
tests/meetings/year.py. Here stands what happens.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

import pytest

from meetings.actions import explain_no_meeting
from teams.enums import HoldingKind
from tests.meetings.ledger import (
    HEADS_BELOW,
    LISTED,
    OFFSETS,
    STANDING,
    TEAM,
    Ruling,
    Seat,
    Sitting,
    Topic,
)
from tests.meetings.year import House, at

pytestmark = pytest.mark.django_db

UPAZILAS = ("north", "south", "east")
ABOVE = {"division": "", "district": "division"} | dict.fromkeys(UPAZILAS, "district")
SEATS = (
    "division.head",
    "division.officer",
    "district.head",
    "district.officer",
    "district.clerk",
    "district.engineer",
    *(f"{one}.{seat}" for one in UPAZILAS for seat in ("head", "officer", "clerk")),
)
FIRST, LAST = date(2026, 7, 1), date(2027, 6, 30)
# The day of the month on which each office meets.
MEETS_ON = {"north": 8, "south": 10, "district": 12, "east": 16, "division": 22}
# To whom decisions are given, and until when (days after the meeting, or words that are no day).
GIVEN_TO = {
    "division": [("district",), (TEAM,), ("division.head", "district")],
    "district": [
        (HEADS_BELOW,),
        ("district.clerk",),
        (LISTED,),
        (TEAM,),
        ("north", "south", "district.head"),
        ("district.engineer", "east"),
    ],
    **{
        one: [(f"{one}.clerk",), (TEAM,), (f"{one}.officer", f"{one}.clerk"), (f"{one}.head",)]
        for one in UPAZILAS
    },
}
# What becomes of a proposal the first time it stands on an agenda, the second and the third.
FATES = (
    ("discuss",),
    ("leave", "discuss"),
    ("postpone", "postpone", "discuss"),
    ("leave", "drop"),
)
DUE = (14, 25, "পরবর্তী সভার আগে", 6, 45, 30, 18)


def days(first: date, last: date, step: int = 1) -> Iterator[date]:
    for number in range(0, (last - first).days + 1, step):
        yield first + timedelta(days=number)


@pytest.fixture
def house() -> House:
    return House(ABOVE, SEATS, lister="district", listed=["district.clerk", "north.head"])


# --- The routine -----------------------------------------------------------------------------
@dataclass
class Round:
    """One meeting of an office: the days on which something is done about it."""

    office: str
    on: date
    called: date
    settled: date
    sent: date
    cancelled: date | None = None
    sitting: Sitting | None = None


def rounds() -> list[Round]:
    """Each office's meetings of the year, with what was out of the ordinary."""
    usual = [
        round_of(office, date(2026 + (month < 7), month, day))
        for office, day in MEETS_ON.items()
        for month in range(1, 13)
    ]
    by_month = {(one.office, one.on.month): one for one in usual}
    # Not at all; an excuse is written down afterwards.
    del by_month["east", 10]
    # Cancelled, and called again for a later and for an earlier day of the month.
    by_month["south", 9].cancelled = date(2026, 9, 5)
    by_month["division", 2].cancelled = date(2027, 2, 16)
    again = [
        round_of("south", date(2026, 9, 24), called=date(2026, 9, 7)),
        round_of("division", date(2027, 2, 19), called=date(2027, 2, 17)),
    ]
    # Put off (see the year's events) and therefore written up later.
    by_month["north", 11].settled = date(2026, 11, 28)
    by_month["north", 11].sent = date(2026, 11, 30)
    # Sent only after the next meeting.
    by_month["district", 12].sent = date(2027, 1, 20)
    # Settled only after the next meeting was called.
    by_month["north", 3].settled, by_month["north", 3].sent = date(2027, 4, 4), date(2027, 4, 5)
    # Called before the meeting of the month before was held: two drafts side by side.
    by_month["south", 2].called = date(2027, 1, 6)
    by_month["east", 5].called = date(2027, 4, 10)
    by_month["east", 6].called = date(2027, 4, 12)
    return [*by_month.values(), *again]


def round_of(office: str, on: date, called: date | None = None) -> Round:
    return Round(
        office,
        on,
        called=called or on - timedelta(days=7),
        settled=on + timedelta(days=2),
        sent=on + timedelta(days=4),
    )


class Year:
    """The routine of the offices. What varies follows from running numbers, never from chance."""

    def __init__(self, house: House) -> None:
        self.house, self.ledger = house, house.ledger
        self.rounds = rounds()
        self.topics, self.decisions = count(), count()
        self.numbers: dict[Ruling, int] = {}
        self.extended: set[Ruling] = set()

    def work(self, day: date) -> bool:
        """Do what a day brings for the meetings; whether there was anything."""
        acted = False
        for one in self.rounds:
            for due, act in (
                (one.called, self.call),
                (one.cancelled, self.cancel),
                (one.on, self.hold),
                (one.settled, self.settle),
                (one.sent, self.send),
            ):
                is_off = one.cancelled is not None and day > one.cancelled
                if due == day and not is_off:
                    act(one)
                    acted = True
        return acted

    # --- A meeting -------------------------------------------------------------------------
    def call(self, one: Round) -> None:
        one.sitting = self.house.call(one.office, one.on)
        self.house.raise_topic(one.sitting, f"প্রস্তাব {next(self.topics)}")

    def cancel(self, one: Round) -> None:
        self.house.cancel(self.sitting(one))

    def hold(self, one: Round) -> None:
        sitting = self.sitting(one)
        for topic in list(sitting.topics):
            self.treat(sitting, topic)
        self.house.confirm(sitting)
        asked_after = self.ledger.followed(sitting)
        for ruling in [one for one in self.ledger.rulings if one.text in asked_after]:
            self.follow(sitting, ruling)
        topic = self.house.raise_topic(sitting, f"কাজ {sitting.number}")
        for _number in range(2):
            self.decide(sitting, topic)

    def settle(self, one: Round) -> None:
        self.house.settle(self.sitting(one))

    def send(self, one: Round) -> None:
        self.house.send(self.sitting(one))

    def sitting(self, one: Round) -> Sitting:
        assert one.sitting, f"{one.office} was not called for {one.on}"
        return one.sitting

    def of(self, office: str, month: int) -> Sitting:
        """The office's last called meeting of a month."""
        found = [one for one in self.rounds if (one.office, one.on.month) == (office, month)]
        return self.sitting(found[-1])

    # --- What is said in it ----------------------------------------------------------------
    def treat(self, sitting: Sitting, topic: Topic) -> None:
        """A quarter of the proposals is discussed at once, a quarter when it comes back; a
        quarter is postponed twice, and a quarter dropped when it comes back."""
        if topic.title == STANDING:
            fate = ("discuss", "leave", "leave")[sitting.on.month % 3]
        else:
            kind = int(topic.title.rpartition(" ")[2]) % 4
            fate = FATES[kind][min(topic.put_off, len(FATES[kind]) - 1)]
        if fate == "discuss":
            self.house.discuss(sitting, topic)
        elif fate == "drop":
            self.house.put(sitting, topic, "dropped")
        elif fate == "postpone":
            if topic.put_off:  # a word was said about it all the same
                self.house.discuss(sitting, topic)
            self.house.put(sitting, topic, "postponed")

    def follow(self, sitting: Sitting, ruling: Ruling) -> None:
        """Say what the meeting says of an earlier decision."""
        is_late = ruling.due is not None and ruling.due < sitting.on
        is_old = (sitting.on - ruling.sitting.on).days > 50
        if ruling.sitting.office != sitting.office:
            # Of what came from above, a third is reported up by the meeting.
            outcome = "continue" if self.numbers[ruling] % 3 else "done"
        elif ruling.state == "reported" or (ruling.due is None and is_old):
            outcome = "done"
        elif is_late:  # one more chance
            outcome = "dropped" if ruling in self.extended else "extended"
        else:
            outcome = "continue"
        if outcome == "extended":
            self.extended.add(ruling)
            self.house.say(sitting, ruling, outcome, sitting.on + timedelta(days=20))
        else:
            self.house.say(sitting, ruling, outcome)

    def decide(self, sitting: Sitting, topic: Topic) -> Ruling:
        number = next(self.decisions)
        choices = GIVEN_TO[sitting.office]
        due = DUE[number % len(DUE)]
        ruling = self.house.decide(
            sitting,
            topic,
            f"সিদ্ধান্ত {number}: সেবার ফরম এক পাতায় আনতে হবে।",
            choices[number % len(choices)],
            due if isinstance(due, str) else sitting.on + timedelta(days=due),
        )
        self.numbers[ruling] = number
        return ruling

    # --- What is done about it -------------------------------------------------------------
    def report(self, day: date) -> None:
        """Of four who owe something one reports in time, one in two steps, one late, and one
        never."""
        for ruling, seat in list(self.ledger.owed()):
            known_on = ruling.known_on(seat)
            said = self.said_on(ruling, seat, day, age=(day - (known_on or day)).days)
            if said is not None and seat.holder(day):
                self.house.report(ruling, seat, done=said)

    def said_on(self, ruling: Ruling, seat: Seat, day: date, *, age: int) -> bool | None:
        """Whether it is called done on this day; None when nothing is reported."""
        manner = (self.numbers[ruling] + SEATS.index(seat.name)) % 4
        if manner == 0:
            return {5: True}.get(age)
        if manner == 1:
            return {3: False, 9: True}.get(age)
        if manner == 2:
            last_day = ruling.due + timedelta(days=2) if ruling.due else None
            return True if (day == last_day if last_day else age == 20) else None
        return None


# --- The year ----------------------------------------------------------------------------------
def events(year: Year) -> dict[date, Callable[[], object]]:
    """What happened that year besides the routine."""
    house, ledger = year.house, year.ledger

    def put_off() -> None:
        late = next(one for one in year.rounds if one.sitting is year.of("north", 11))
        late.on = date(2026, 11, 26)
        house.move(year.of("north", 11), late.on)

    def excuse() -> None:
        office = house.offices["east"]
        by = house.lead("east")
        explain_no_meeting(office=office, month=date(2026, 10, 1), reason="নির্বাচন", by=by)

    def mend() -> None:
        """Opened again: another thing is said of an old decision, one left-over topic was
        discussed after all, and one decision was forgotten."""
        sitting = year.of("south", 1)
        house.reopen(sitting)
        ruling = next(one for one, (said, _due) in sitting.said.items() if said != "done")
        house.say(sitting, ruling, "dropped")
        house.discuss(sitting, next(one for one in sitting.topics if one.is_untouched))
        year.decide(sitting, sitting.topics[-1])

    def closed(state: str) -> Ruling:
        return next(one for one in ledger.rulings if one.state == state and one.seats)

    return {
        # A clerk is transferred in the middle of a month; the successor comes a week later.
        date(2026, 8, 17): lambda: house.leave("north.clerk", date(2026, 8, 17)),
        date(2026, 8, 25): lambda: house.join("north.clerk", "নাসরিন", date(2026, 8, 25)),
        # A seat in additional charge of an officer of another office, then filled.
        date(2026, 9, 30): lambda: house.leave("district.officer", date(2026, 9, 30)),
        date(2026, 10, 1): lambda: house.join(
            "district.officer", "north.officer", date(2026, 10, 1), HoldingKind.ADDITIONAL
        ),
        date(2026, 10, 31): lambda: house.leave("district.officer", date(2026, 10, 31)),
        date(2026, 11, 1): lambda: (
            house.join("district.officer", "কামাল", date(2026, 11, 1)),
            excuse(),
        ),
        date(2026, 11, 7): put_off,
        # The head leaves; for a week nobody heads the office.
        date(2026, 11, 15): lambda: house.leave("south.head", date(2026, 11, 15)),
        date(2026, 11, 23): lambda: house.join("south.head", "শিরীন", date(2026, 11, 23)),
        # One person on two seats of an office.
        date(2026, 11, 30): lambda: house.leave("district.engineer", date(2026, 11, 30)),
        date(2026, 12, 1): lambda: house.join(
            "district.engineer", "district.clerk", date(2026, 12, 1), HoldingKind.ADDITIONAL
        ),
        # Between meetings the team itself says what is done and what is not.
        date(2026, 12, 5): lambda: house.close(closed("reported"), "done"),
        date(2026, 12, 20): lambda: house.resume(closed("done")),
        date(2026, 12, 28): lambda: house.close(closed("open"), "dropped"),
        date(2027, 1, 5): lambda: house.regroup(
            date(2027, 1, 5), "district.clerk", "south.head", "east.clerk"
        ),
        date(2027, 1, 13): mend,
        date(2027, 1, 14): lambda: house.settle(year.of("south", 1)),
        # From one office to another; the old seat stays vacant for weeks.
        date(2027, 3, 8): lambda: house.leave("east.clerk", date(2027, 3, 8)),
        date(2027, 3, 10): lambda: house.leave("north.clerk", date(2027, 3, 10)),
        date(2027, 3, 15): lambda: house.join("east.clerk", "নাসরিন", date(2027, 3, 15)),
        date(2027, 4, 25): lambda: house.join("north.clerk", "রহিম", date(2027, 4, 25)),
        date(2027, 4, 1): lambda: (
            house.leave("division.head", date(2027, 3, 31)),
            house.join(
                "division.head", "division.officer", date(2027, 4, 1), HoldingKind.IN_CHARGE
            ),
        ),
    }


def runs_on(day: date) -> int:
    """How often the clock reminds: twice on Sundays, not at all for a week in October."""
    if date(2026, 10, 18) <= day <= date(2026, 10, 24):
        return 0
    return 2 if day.weekday() == 6 else 1


# The mail server does not answer on these two days.
SILENT = {date(2027, 1, 19), date(2027, 1, 20)}


def test_year_of_five_offices_is_followed_to_the_letter(house: House) -> None:
    year = Year(house)
    happens = events(year)
    for day in days(FIRST, LAST):
        with at(day, 7):
            house.carry()
            if runs := runs_on(day):
                house.morning(times=runs, mail_works=day not in SILENT)
        with at(day, 11):
            if event := happens.get(day):
                event()
            if year.work(day) or event:
                house.check()
            year.report(day)
            if (day + timedelta(days=1)).day == 1:
                house.check_duties()
    house.check()
    check_reminders(house)
    check_variety(year)


def check_reminders(house: House) -> None:
    """By the letters alone: nobody hears the same twice, and nobody of an office left behind."""
    mornings = defaultdict(set)
    for day, (person, text, whose, days) in house.heard:
        offset = max(one for one in OFFSETS if one <= days)
        mornings[person, text, whose, day - timedelta(days=days), offset].add(day)
        ruling = next(one for one in house.ledger.rulings if one.text == text)
        held = house.ledger.seats_of(person, day)
        assert {seat.office for seat in held} & {seat.office for seat in ruling.seats}
    assert {len(days) for days in mornings.values()} == {1}


def check_variety(year: Year) -> None:
    """The year was as full as it is meant to be."""
    ledger, heard = year.ledger, [line for _day, line in year.house.heard]
    states = Counter(one.state for one in ledger.rulings)
    assert min(states["open"], states["done"], states["dropped"], len(year.extended)) > 5
    assert {one.state for one in ledger.sittings} >= {"cancelled", "confirmed"}
    assert {topic.put_off for one in ledger.sittings for topic in one.topics} >= {0, 1, 2}
    assert {days for _person, _text, _whose, days in heard} > set(OFFSETS)
    assert len([1 for _person, _text, whose, _days in heard if whose]) > 10
