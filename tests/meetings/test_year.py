"""A year of meetings of a division, a district and three upazilas, followed day by day.

What must be true is written down in tests/meetings/ledger.py; the offices act in
tests/meetings/year.py. Here stands what happens.
"""

from collections import Counter
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
    STANDING,
    TEAM,
    Ruling,
    Seat,
    Sitting,
    Topic,
)
from tests.meetings.year import House, at

pytestmark = pytest.mark.django_db

ABOVE = {
    "division": "",
    "district": "division",
    "north": "district",
    "south": "district",
    "east": "district",
}
UPAZILAS = ("north", "south", "east")
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
        for one in ("north", "south", "east")
    },
}
DUE = (14, 25, "পরবর্তী সভার আগে", 6, 45, 30, 18)


def days(first: date, last: date, step: int = 1) -> Iterator[date]:
    for number in range(0, (last - first).days + 1, step):
        yield first + timedelta(days=number)


@pytest.fixture
def house() -> House:
    return House(ABOVE, SEATS, lister="district", listed=["district.clerk", "north.head"])


# --- The application against the ledger ----------------------------------------------------------
def check(house: House) -> None:
    """All decisions in force, the states of all minutes, and every agenda."""
    stands, must_stand = house.account(), house.ledger.account()
    differing = {
        what: (stands.get(what), must_stand.get(what))
        for what in stands | must_stand
        if stands.get(what) != must_stand.get(what)
    }
    assert differing == {}


def check_duties(house: House, day: date) -> None:
    """What each person owes, also those who have left."""
    owed = {name: house.duties(name) for name in house.people}
    assert owed == {name: house.ledger.duties(name, day) for name in house.people}


def settle(house: House, sitting: Sitting) -> None:
    """The settled minutes list every decision that was followed until then."""
    asked_after = house.ledger.followed(sitting)
    assert sorted(house.settle(sitting)) == sorted(asked_after)


def send(house: House, sitting: Sitting, day: date) -> None:
    """A letter to whoever holds each post on that day; none to a vacant one."""
    went = house.send(sitting)
    readers = house.ledger.readers(sitting, day)
    assert went == Counter(
        {house.people[who].email if who else "": n for who, n in readers.items()}
    )


def morning(house: House, day: date, *, times: int = 1, mail_works: bool = True) -> None:
    """The letters of a morning say what the ledger says, to whom it says."""
    arrived = house.morning(times=times, mail_works=mail_works)
    assert arrived == house.ledger.letters(day, arrive=mail_works)


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
    by_month["east", 6].called = date(2027, 5, 10)
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

    def live(self, day: date) -> bool:
        """Do all that is to be done on a day; whether anything was."""
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
        return self.report(day) or acted

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
        settle(self.house, self.sitting(one))

    def send(self, one: Round) -> None:
        send(self.house, self.sitting(one), one.sent)

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
            fate = ("discuss", "leave")[sitting.on.month % 2]
        else:
            kind = int(topic.title.rpartition(" ")[2]) % 4
            fates = (["discuss"], ["leave", "discuss"], ["postpone", "postpone", "discuss"])
            manner = (*fates, ["leave", "drop"])[kind]
            # A cancelled meeting puts off too, beyond what was meant.
            fate = manner[min(topic.put_off, len(manner) - 1)]
        if fate == "discuss":
            self.house.discuss(sitting, topic)
        elif fate == "drop":
            self.house.put(sitting, topic, "dropped")
        elif fate == "postpone":
            if topic.put_off:  # a word was said about it all the same
                self.house.discuss(sitting, topic)
            self.house.put(sitting, topic, "postponed")

    def follow(self, sitting: Sitting, ruling: Ruling) -> None:
        """What was reported is done; what is late gets one more chance. Of what came from
        above, a third is reported up by the meeting."""
        if ruling.sitting.office != sitting.office:
            if self.numbers[ruling] % 3 == 0:
                self.house.say(sitting, ruling, "done")
        elif ruling.state == "reported" or self.has_no_day_for_long(sitting, ruling):
            self.house.say(sitting, ruling, "done")
        elif ruling.due and ruling.due < sitting.on:
            if ruling in self.extended:
                self.house.say(sitting, ruling, "dropped")
            else:
                self.house.say(sitting, ruling, "extended", sitting.on + timedelta(days=20))
                self.extended.add(ruling)
        else:
            self.house.say(sitting, ruling, "continue")

    def has_no_day_for_long(self, sitting: Sitting, ruling: Ruling) -> bool:
        return ruling.due is None and (sitting.on - ruling.sitting.on).days > 50

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
    def report(self, day: date) -> bool:
        """Of four who owe something one reports in time, one in two steps, one late, and one
        never."""
        acted = False
        for ruling, seat in list(self.ledger.owed()):
            known_on = ruling.known_on(seat)
            said = self.said_on(ruling, seat, day, age=(day - (known_on or day)).days)
            if said is not None and seat.holder(day):
                self.house.report(ruling, seat, done=said)
                acted = True
        return acted

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
        house.discuss(sitting, next(one for one in sitting.topics if one.is_left_over))
        year.decide(sitting, sitting.topics[-1])

    def closed(state: str) -> Ruling:
        return next(one for one in ledger.rulings if one.state == state and one.owed)

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
        date(2027, 1, 14): lambda: settle(house, year.of("south", 1)),
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
                morning(house, day, times=runs, mail_works=day not in SILENT)
        with at(day, 11):
            if event := happens.get(day):
                event()
            if year.live(day) or event:
                check(house)
            if (day + timedelta(days=1)).day == 1:
                check_duties(house, day)
