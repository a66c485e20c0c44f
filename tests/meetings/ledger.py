"""How meetings, decisions and reminders must stand, by their rules alone, in plain Python.

A `Ledger` is told what happens in some offices and knows nothing of the application; tests
compare the two. Words: a sitting is a meeting, a ruling a decision, a seat a post.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

TEAM, HEADS_BELOW, LISTED = "the team", "the heads below", "the listed group"
# Days after the due date on which somebody hears of it; the last time the head does, too.
OFFSETS = (-7, -1, 1, 7)
STANDING = "ই-নথির ব্যবহার"

About = tuple["Ruling", "Seat", date, str]  # what was heard: of which due date, and by whom
# Of a reminder: the person, the ruling's text, whose seat it is ("" for the person's own), and
# the days since its due date (negative before it).
Line = tuple[str, str, str, int]


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
    def is_untouched(self) -> bool:
        return self.state == "open" and not self.is_discussed


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
    def order(self) -> tuple[date, int]:
        return (self.on, self.number)

    def leaves_over(self, topic: Topic) -> bool:
        """Postponed or not got to; one that was cancelled has got to nothing."""
        if self.state == "cancelled":
            return topic.state != "dropped"
        return topic.state == "postponed" or topic.is_untouched

    @property
    def is_held(self) -> bool:
        return self.state in {"settled", "sent", "confirmed"}

    @property
    def is_sent(self) -> bool:
        return self.state in {"sent", "confirmed"}


@dataclass(eq=False)
class Ruling:
    """A decision given `to` seats, offices or groups.

    `seats` are those that were meant; some have called it done, perhaps before others were named
    in their place.
    """

    text: str
    sitting: Sitting
    to: tuple[str, ...]
    due: date | None
    state: str = "open"  # reported, done, dropped
    seats: list[Seat] = field(default_factory=list)
    called_done_by: set[Seat] = field(default_factory=set)

    @property
    def is_followed(self) -> bool:
        return self.sitting.is_held and self.state in {"open", "reported"}

    def is_owed_by(self, seat: Seat) -> bool:
        return self.is_followed and seat in self.seats and seat not in self.called_done_by

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
        self.heard: dict[About, int] = {}

    # --- Who is where ----------------------------------------------------------------------
    def team(self, office: str) -> list[Seat]:
        return [seat for seat in self.seats.values() if seat.office == office]

    def head(self, office: str) -> Seat:
        return self.seats[f"{office}.head"]

    def seats_of(self, person: str, day: date) -> list[Seat]:
        return [seat for seat in self.seats.values() if seat.holder(day) == person]

    def fan_out(self, ruling: Ruling, day: date) -> list[Seat]:
        """The seats a ruling means on a day."""
        office, found = ruling.sitting.office, []
        for name in ruling.to:
            if name == TEAM:
                found += self.team(office)
            elif name == HEADS_BELOW:
                found += [self.head(one) for one, above in self.above.items() if above == office]
            elif name == LISTED:
                members = [names for since, names in self.listed if since <= day][-1]
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

    def open_agendas(self, office: str) -> list[Sitting]:
        """The drafts never settled before, the soonest first."""
        drafts = [one for one in self.sittings if one.state == "draft" and not one.settled_on]
        return sorted((one for one in drafts if one.office == office), key=lambda one: one.order)

    def last_held_before(self, sitting: Sitting) -> Sitting | None:
        held = [one for one in self.sittings if one.office == sitting.office and one.is_held]
        earlier = [one for one in held if one.order < sitting.order]
        return max(earlier, key=lambda one: one.order, default=None)

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
        owing = {seat.office for seat in ruling.seats if ruling.is_owed_by(seat)}
        return ruling.sitting.is_sent and sitting.office in owing

    def _complete(self, draft: Sitting) -> None:
        """A draft confirms the last minutes and takes up what earlier sittings left over.

        The standing topic stands there already; it is the last sitting's that it goes on with.
        """
        last = self.last_held_before(draft)
        if last and last.state != "confirmed" and not draft.has_confirmed:
            draft.confirms = last
        standing = draft.topics[0]
        previous = None
        for sitting in self._before(draft):
            for topic in sitting.topics:
                if self._is_taken_up(sitting, topic):
                    continue
                if topic.title == STANDING:
                    previous = sitting
                elif sitting.leaves_over(topic):
                    draft.topics.append(Topic(topic.title, topic.put_off + 1, sitting))
        if previous and not standing.left_by and previous.leaves_over(previous.topics[0]):
            standing.put_off, standing.left_by = previous.topics[0].put_off + 1, previous

    def _before(self, draft: Sitting) -> list[Sitting]:
        """Held or cancelled by its day; one cancelled may have been meant for later that month."""
        of_office = [one for one in self.sittings if one.office == draft.office]
        held = [one for one in of_office if one.is_held and one.on <= draft.on]
        cancelled = [one for one in of_office if one.state == "cancelled"]
        until = f"{draft.on:%Y%m}"
        held += [one for one in cancelled if f"{one.on:%Y%m}" <= until]
        return sorted(held, key=lambda one: one.order)

    def _is_taken_up(self, sitting: Sitting, topic: Topic) -> bool:
        later = (one for other in self.sittings for one in other.topics)
        return any(one.left_by is sitting and one.title == topic.title for one in later)

    def _renew(self, sitting: Sitting) -> None:
        for draft in self.open_agendas(sitting.office):
            if draft.on >= sitting.on:
                self._complete(draft)

    def _take_back_left_over(self, sitting: Sitting) -> None:
        """What it had left to drafts goes from them again, if nobody has touched it there."""
        for draft in self.open_agendas(sitting.office):
            for topic in [one for one in draft.topics if one.left_by is sitting]:
                if not topic.is_untouched:
                    continue
                if topic.title == STANDING:
                    topic.put_off, topic.left_by = 0, None
                else:
                    draft.topics.remove(topic)

    # --- The way of minutes ----------------------------------------------------------------
    def cancel(self, sitting: Sitting) -> None:
        sitting.state = "cancelled"
        self._renew(sitting)

    def move(self, sitting: Sitting, on: date) -> None:
        sitting.on = on
        if sitting in self.open_agendas(sitting.office):
            self._complete(sitting)

    def settle(self, sitting: Sitting, day: date) -> None:
        sitting.state, sitting.settled_on = "settled", day
        for ruling in self.rulings:
            if ruling.sitting is sitting:
                ruling.seats = self.fan_out(ruling, sitting.on)
                self._count_reports(ruling)
        for ruling, (outcome, due) in sitting.said.items():
            self._obey(sitting, ruling, outcome, due)
        self._confirm(sitting)
        self._renew(sitting)

    def send(self, sitting: Sitting, day: date) -> None:
        sitting.state, sitting.sent_on = "sent", day
        for later in self.sittings:
            if later.confirms is sitting and later.is_held:
                self._confirm(later)

    def reopen(self, sitting: Sitting) -> None:
        sitting.state = "draft"
        for ruling, (state, due) in sitting.moved.items():
            if self._moved_since(sitting, ruling):
                continue
            if sitting.said[ruling][0] == "extended":
                ruling.due = due
            elif sitting.said[ruling][0] == ruling.state:  # nobody has said otherwise since
                ruling.state = state
                self._count_reports(ruling)
        sitting.moved.clear()
        if sitting.has_confirmed and sitting.confirms and sitting.confirms.state == "confirmed":
            sitting.confirms.state = "sent"
        self._take_back_left_over(sitting)
        self._renew(sitting)

    def _confirm(self, sitting: Sitting) -> None:
        if sitting.has_confirmed and sitting.confirms and sitting.confirms.state == "sent":
            sitting.confirms.state = "confirmed"

    def _obey(self, sitting: Sitting, ruling: Ruling, outcome: str, due: date | None) -> None:
        if outcome == "continue" or not ruling.is_followed or self._moved_since(sitting, ruling):
            return
        if ruling.sitting.office != sitting.office:
            for seat in ruling.seats:
                if seat.office == sitting.office:
                    self.report_done(ruling, seat)
            return
        sitting.moved[ruling] = (ruling.state, ruling.due)
        if outcome == "extended":
            ruling.due = due
        else:
            ruling.state = outcome

    def _moved_since(self, sitting: Sitting, ruling: Ruling) -> bool:
        """Of two sittings the later one's word counts, whichever is settled first."""
        held = [one for one in self.sittings if one.is_held and one.office == sitting.office]
        return any(ruling in one.moved for one in held if one.order > sitting.order)

    # --- Who owes and who hears ------------------------------------------------------------
    def report_done(self, ruling: Ruling, seat: Seat) -> None:
        ruling.called_done_by.add(seat)
        self._count_reports(ruling)

    def _count_reports(self, ruling: Ruling) -> None:
        """Reported is what all who owe it now call done, however the minutes named them."""
        if ruling.state in {"open", "reported"}:
            is_reported = ruling.seats and ruling.called_done_by.issuperset(ruling.seats)
            ruling.state = "reported" if is_reported else "open"

    def resume(self, ruling: Ruling, day: date) -> None:
        """Everybody owes it anew; what was nobody's is given out by the day."""
        ruling.state = "open"
        ruling.called_done_by.clear()
        ruling.seats = ruling.seats or self.fan_out(ruling, day)

    def owed(self) -> Iterator[tuple[Ruling, Seat]]:
        """What is owed and known to be owed today."""
        for ruling in self.rulings:
            for seat in ruling.seats:
                if ruling.is_owed_by(seat) and ruling.is_known_in(seat.office):
                    yield ruling, seat

    def letters(self, day: date, *, arrive: bool = True) -> Counter[Line]:
        """The lines of the morning's reminders. Those that do not `arrive` were never heard."""
        lines: Counter[Line] = Counter()
        for ruling, seat in self.owed():
            for person, due, offset in self._hearers(ruling, seat, day):
                about = (ruling, seat, due, person)
                if self.heard.get(about, min(OFFSETS) - 1) >= offset:
                    continue
                if arrive:
                    self.heard[about] = offset
                    whose = "" if person == seat.holder(day) else seat.name
                    lines[person, ruling.text, whose, (day - due).days] += 1
        return lines

    def _hearers(self, ruling: Ruling, seat: Seat, day: date) -> Iterator[tuple[str, date, int]]:
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
                yield person, ruling.due, passed[-1]

    # --- The account -----------------------------------------------------------------------
    def account(self) -> dict[str, object]:
        """How the minutes, the decisions in force and the agendas of drafts must stand now."""
        account: dict[str, object] = {f"minutes of {one}": one.state for one in self.sittings}
        for one in self.rulings:
            if one.sitting.is_held:
                reports = {seat.name: seat in one.called_done_by for seat in one.seats}
                account[one.text] = (one.state, one.due, reports)
        for draft in self.sittings:
            if draft.state == "draft":
                topics = {(t.title, t.put_off, t.state, t.is_discussed) for t in draft.topics}
                confirms = str(draft.confirms or "")
                # Minutes opened again may lack what has come up since their day.
                asked_after = None if draft.settled_on else self.followed(draft)
                account[f"agenda of {draft}"] = (topics, confirms, asked_after)
        return account

    def readers(self, sitting: Sitting, day: date) -> Counter[str | None]:
        """Who gets the minutes on a day, post by post: the team, and who owes something."""
        seats = set(self.team(sitting.office))
        for ruling in self.rulings:
            if ruling.sitting is sitting:
                seats.update(ruling.seats)
        return Counter(seat.holder(day) for seat in seats)

    def duties(self, person: str, day: date) -> Counter[tuple[str, str]]:
        """What a person owes today, as (ruling, seat): as soon as any of the person's own
        offices knows of it."""
        mine = self.seats_of(person, day)
        return Counter(
            (ruling.text, seat.name)
            for ruling in self.rulings
            for seat in mine
            if ruling.is_owed_by(seat) and any(ruling.is_known_in(one.office) for one in mine)
        )
