"""How meetings, decisions and reminders must stand, by their rules alone, in plain Python.

A `Ledger` is told what happens in some offices and knows nothing of the application; tests
compare the two. Words: a sitting is a meeting, a ruling a decision, a seat a post.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bangla.digits import to_bangla

TEAM, HEADS_BELOW, LISTED = "the team", "the heads below", "the listed group"
# Days after the due date on which somebody hears of it; the last time the head does, too.
OFFSETS = (-7, -1, 1, 7)
STANDING = "ই-নথির ব্যবহার"

About = tuple["Ruling", "Seat", date, str]  # what a person has heard of: ruling, seat, due date


@dataclass(eq=False)
class Seat:
    """A post, such as "north.head", and who held it: (person, first day, last day)."""

    name: str
    holdings: list[tuple[str, date, date | None]] = field(default_factory=list)

    @property
    def office(self) -> str:
        return self.name.partition(".")[0]

    def holder(self, day: date) -> str | None:
        held = (who for who, since, until in self.holdings if since <= day <= (until or day))
        return next(held, None)


@dataclass(eq=False)
class Topic:
    """A topic of one sitting; `left_by` is the sitting that left it over."""

    title: str
    put_off: int = 0
    left_by: Sitting | None = None
    state: str = "open"
    is_discussed: bool = False

    @property
    def is_left_over(self) -> bool:
        return self.state == "postponed" or (self.state == "open" and not self.is_discussed)


@dataclass(eq=False)
class Sitting:
    """A meeting; `said` is what it says of earlier rulings, `moved` how they stood before."""

    number: int
    office: str
    on: date
    state: str = "draft"  # settled, sent, confirmed, cancelled
    settled_on: date | None = None
    sent_on: date | None = None
    topics: list[Topic] = field(default_factory=list)
    confirms: Sitting | None = None
    has_confirmed: bool = False
    said: dict[Ruling, tuple[str, date | None]] = field(default_factory=dict)
    moved: dict[Ruling, tuple[str, date | None]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.office} {self.number}"

    @property
    def is_held(self) -> bool:
        return self.state in {"settled", "sent", "confirmed"}

    @property
    def is_sent(self) -> bool:
        return self.state in {"sent", "confirmed"}


@dataclass(eq=False)
class Ruling:
    """A decision given `to` seats, offices or groups; `owed` says which seat has called it done."""

    text: str
    sitting: Sitting
    to: tuple[str, ...]
    due: date | None
    state: str = "open"  # reported, done, dropped
    owed: dict[Seat, bool] = field(default_factory=dict)

    @property
    def is_followed(self) -> bool:
        return self.sitting.is_held and self.state in {"open", "reported"}

    def is_known_in(self, office: str) -> bool:
        return self.sitting.is_sent or (self.sitting.is_held and self.sitting.office == office)

    def known_on(self, seat: Seat) -> date | None:
        is_own = seat.office == self.sitting.office
        return self.sitting.settled_on if is_own else self.sitting.sent_on


class Ledger:
    """The account of the offices in `above` (each with its superior, or ""), and of their seats."""

    def __init__(self, above: Mapping[str, str], seats: Sequence[str]) -> None:
        self.above = dict(above)
        self.seats = {name: Seat(name) for name in seats}
        self.sittings: list[Sitting] = []
        self.rulings: list[Ruling] = []
        self.listed: list[tuple[date, tuple[str, ...]]] = []  # the group from a day on
        self.left: list[tuple[Sitting, Topic]] = []  # waits for a next sitting
        self.heard: dict[About, int] = {}

    # --- Who is where ----------------------------------------------------------------------
    def team(self, office: str) -> list[Seat]:
        return [seat for seat in self.seats.values() if seat.office == office]

    def head(self, office: str) -> Seat:
        return self.seats[f"{office}.head"]

    def seats_of(self, person: str, day: date) -> list[Seat]:
        return [seat for seat in self.seats.values() if seat.holder(day) == person]

    def fan_out(self, ruling: Ruling) -> list[Seat]:
        """The seats a ruling meant on the day of its sitting."""
        office, found = ruling.sitting.office, []
        for name in ruling.to:
            if name == TEAM:
                found += self.team(office)
            elif name == HEADS_BELOW:
                found += [self.head(one) for one, above in self.above.items() if above == office]
            elif name == LISTED:
                members = [names for since, names in self.listed if since <= ruling.sitting.on][-1]
                found += [self.seats[one] for one in members]
            else:
                found.append(self.head(name) if name in self.above else self.seats[name])
        return list(dict.fromkeys(found))

    # --- Agendas ---------------------------------------------------------------------------
    def call(self, office: str, on: date) -> Sitting:
        sitting = Sitting(len(self.sittings) + 1, office, on, topics=[Topic(STANDING)])
        self.sittings.append(sitting)
        self._complete(sitting)
        return sitting

    def drafts(self, office: str) -> list[Sitting]:
        """Those whose agenda still writes itself, the soonest first.

        Minutes that were opened again had theirs.
        """
        of_office = [one for one in self.sittings if one.office == office and not one.settled_on]
        found = [one for one in of_office if one.state == "draft"]
        return sorted(found, key=lambda one: (one.on, one.number))

    def last_held_before(self, sitting: Sitting) -> Sitting | None:
        of_office = [one for one in self.sittings if one.office == sitting.office and one.is_held]
        earlier = [one for one in of_office if (one.on, one.number) < (sitting.on, sitting.number)]
        return max(earlier, key=lambda one: (one.on, one.number), default=None)

    def followed(self, sitting: Sitting) -> set[str]:
        """The rulings this sitting has to ask after: own ones, and received ones not yet done."""
        return {
            ruling.text
            for ruling in self.rulings
            if ruling.is_followed
            and ruling.sitting is not sitting
            and ruling.sitting.on <= sitting.on
            and (ruling.sitting.office == sitting.office or self._has_received(sitting, ruling))
        }

    def _has_received(self, sitting: Sitting, ruling: Ruling) -> bool:
        owing = (seat for seat, is_done in ruling.owed.items() if not is_done)
        return ruling.sitting.is_sent and any(seat.office == sitting.office for seat in owing)

    def _complete(self, draft: Sitting) -> None:
        """A draft confirms the last minutes and takes up what waits for it."""
        last = self.last_held_before(draft)
        if last and last.state != "confirmed" and not draft.has_confirmed:
            draft.confirms = last
        for left_by, topic in list(self.left):
            if self._comes_to(draft, left_by) and self._take_up(draft, left_by, topic):
                self.left.remove((left_by, topic))

    def _comes_to(self, draft: Sitting, left_by: Sitting) -> bool:
        """A cancelled sitting may be called again for an earlier day of its month."""
        again = left_by.state == "cancelled" and f"{left_by.on:%Y%m}" <= f"{draft.on:%Y%m}"
        return left_by.office == draft.office and (left_by.on <= draft.on or again)

    def _take_up(self, draft: Sitting, left_by: Sitting, topic: Topic) -> bool:
        there = next((one for one in draft.topics if one.title == topic.title == STANDING), None)
        if there and there.left_by:
            return False
        if there is None:
            there = Topic(topic.title)
            draft.topics.append(there)
        there.put_off, there.left_by = topic.put_off + 1, left_by
        return True

    def _leave_over(self, sitting: Sitting) -> None:
        taken = {
            topic.title for one in self.sittings for topic in one.topics if topic.left_by is sitting
        }
        self.left += [
            (sitting, topic)
            for topic in sitting.topics
            if topic.is_left_over and topic.title not in taken
        ]
        for draft in self.drafts(sitting.office):
            if draft.on >= sitting.on:
                self._complete(draft)

    def _take_back_left_over(self, sitting: Sitting) -> None:
        """What it had left to drafts goes from them again, if nobody has touched it there."""
        self.left = [(by, topic) for by, topic in self.left if by is not sitting]
        for draft in self.drafts(sitting.office):
            for topic in [one for one in draft.topics if one.left_by is sitting]:
                if not topic.is_left_over or topic.state != "open":
                    continue
                if topic.title == STANDING:
                    topic.put_off, topic.left_by = 0, None
                else:
                    draft.topics.remove(topic)

    # --- The way of minutes ----------------------------------------------------------------
    def cancel(self, sitting: Sitting) -> None:
        sitting.state = "cancelled"
        self._leave_over(sitting)

    def move(self, sitting: Sitting, on: date) -> None:
        sitting.on = on
        self._complete(sitting)

    def settle(self, sitting: Sitting, day: date) -> None:
        sitting.state, sitting.settled_on = "settled", day
        for ruling in self.rulings:
            if ruling.sitting is sitting:
                ruling.owed = {one: ruling.owed.get(one, False) for one in self.fan_out(ruling)}
        for ruling, (outcome, due) in sitting.said.items():
            self._obey(sitting, ruling, outcome, due)
        self._confirm(sitting)
        self._leave_over(sitting)

    def send(self, sitting: Sitting, day: date) -> None:
        sitting.state, sitting.sent_on = "sent", day
        for later in self.sittings:
            if later.confirms is sitting and later.is_held:
                self._confirm(later)

    def reopen(self, sitting: Sitting) -> None:
        sitting.state = "draft"
        for ruling, (state, due) in sitting.moved.items():
            ruling.state, ruling.due = state, due
        sitting.moved.clear()
        if sitting.has_confirmed and sitting.confirms and sitting.confirms.state == "confirmed":
            sitting.confirms.state = "sent"
        self._take_back_left_over(sitting)
        for draft in self.drafts(sitting.office):
            if draft.on >= sitting.on:
                self._complete(draft)

    def _confirm(self, sitting: Sitting) -> None:
        if sitting.has_confirmed and sitting.confirms and sitting.confirms.state == "sent":
            sitting.confirms.state = "confirmed"

    def _obey(self, sitting: Sitting, ruling: Ruling, outcome: str, due: date | None) -> None:
        if not ruling.is_followed or outcome == "continue":
            return
        if ruling.sitting.office != sitting.office:
            for seat in ruling.owed:
                if seat.office == sitting.office and outcome == "done":
                    self.report_done(ruling, seat)
            return
        sitting.moved[ruling] = (ruling.state, ruling.due)
        if outcome == "extended":
            ruling.due = due
        else:
            ruling.state = outcome

    # --- Who owes and who hears ------------------------------------------------------------
    def report_done(self, ruling: Ruling, seat: Seat) -> None:
        ruling.owed[seat] = True
        if all(ruling.owed.values()):
            ruling.state = "reported"

    def resume(self, ruling: Ruling) -> None:
        ruling.state = "open"
        ruling.owed = dict.fromkeys(ruling.owed, False)

    def owed(self) -> Iterator[tuple[Ruling, Seat]]:
        """What is owed and known to be owed today."""
        for ruling in self.rulings:
            for seat, is_done in ruling.owed.items():
                if ruling.is_followed and not is_done and ruling.is_known_in(seat.office):
                    yield ruling, seat

    def letters(self, day: date, *, arrive: bool = True) -> Counter[tuple[str, ...]]:
        """The lines of the morning's reminders: (person, ruling, whose it is, how long).

        "Whose" is empty for one's own seat. Lines that do not `arrive` were never heard.
        """
        lines: Counter[tuple[str, ...]] = Counter()
        for ruling, seat in self.owed():
            for person, offset in self._hearers(ruling, seat, day):
                about = (ruling, seat, ruling.due, person)
                if self.heard.get(about, min(OFFSETS) - 1) >= offset:
                    continue
                if arrive:
                    self.heard[about] = offset
                    whose = "" if person == seat.holder(day) else seat.name
                    lines[person, ruling.text, whose, _how_long(ruling.due, day)] += 1
        return lines

    def _hearers(self, ruling: Ruling, seat: Seat, day: date) -> Iterator[tuple[str, int]]:
        """Whoever holds the seat; its head, when it is vacant and the last time."""
        known_on = ruling.known_on(seat)
        if ruling.due is None or known_on is None:
            return
        passed = [n for n in OFFSETS if known_on <= ruling.due + timedelta(days=n) <= day]
        if not passed:
            return
        holder, head = seat.holder(day), self.head(seat.office).holder(day)
        with_head = holder is None or passed[-1] == OFFSETS[-1]
        for person in {holder, head} if with_head else {holder}:
            if person:
                yield person, passed[-1]

    # --- The account -----------------------------------------------------------------------
    def account(self) -> dict[str, object]:
        """How the minutes, the decisions in force and the agendas of drafts must stand now."""
        account: dict[str, object] = {f"minutes of {one}": one.state for one in self.sittings}
        for one in self.rulings:
            if one.sitting.is_held:
                owed = {seat.name: is_done for seat, is_done in one.owed.items()}
                account[one.text] = (one.state, one.due, owed)
        for draft in self.sittings:
            if draft.state == "draft":
                topics = {(t.title, t.put_off, t.state, t.is_discussed) for t in draft.topics}
                confirms = str(draft.confirms or "")
                account[f"agenda of {draft}"] = (topics, confirms, self.followed(draft))
        return account

    def readers(self, sitting: Sitting, day: date) -> Counter[str | None]:
        """Who gets the minutes on a day, post by post: the team, and who owes something."""
        seats = set(self.team(sitting.office))
        for ruling in self.rulings:
            if ruling.sitting is sitting:
                seats |= ruling.owed.keys()
        return Counter(seat.holder(day) for seat in seats)

    def duties(self, person: str, day: date) -> Counter[tuple[str, str]]:
        """What a person owes today, as (ruling, seat)."""
        mine = self.seats_of(person, day)
        return Counter((ruling.text, seat.name) for ruling, seat in self.owed() if seat in mine)


def _how_long(due: date, day: date) -> str:
    days = (due - day).days
    if days == 0:
        return "আজই শেষ দিন"
    return f"আর {to_bangla(days)} দিন" if days > 0 else f"{to_bangla(-days)} দিন দেরি"
