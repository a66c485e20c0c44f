"""A year of one office, driven through the application, and a ledger of what must be reported.

Whatever a `Year` does it also writes down as it happens: for which number it counts, how much,
and on which day. The ledger knows nothing of the tables or of how they are asked.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from uuid import uuid4
from zoneinfo import ZoneInfo

import time_machine
from django.db.models import Model

from ideas.actions import (
    AwardText,
    EventText,
    HandIn,
    InitiativeText,
    MeasureRow,
    People,
    PilotPlan,
    VisitText,
    add_entry,
    add_visit,
    adopt_replication,
    create_event,
    create_initiative,
    drop_replication,
    finish_pilot,
    give_award,
    hand_in_idea,
    move_idea,
    publish_initiative,
    save_measures,
    stop_pilot,
    take_initiative,
    update_pilot,
)
from ideas.enums import APPROVE, SHORTLIST, START_PILOT
from ideas.models import Award, Event, Idea, Initiative, Pilot, Replication
from meetings.actions import (
    add_decision,
    add_item,
    create_meeting,
    finalise_minutes,
    update_item,
    write_follow_up,
)
from meetings.enums import MeetingKind
from meetings.models import Decision, Meeting
from reports.models import Activity
from teams.models import Office, User
from tests.factories import Country
from tests.ideas.register import make_idea
from tests.meetings.rows import decided
from tests.reports.activities import make_activity
from workplans.actions import add_progress
from workplans.models import Task, WorkPlan

DHAKA = ZoneInfo("Asia/Dhaka")
OURS = "upazila"
MINUTES = {"minute": 1, "hour": 60, "day": 1440}
# Numbers of what lasts: told as they stood on the last day.
LASTING = {
    "projects.pilots_running",
    "projects.saved_days",
    "projects.saved_taka",
    "projects.saved_visits",
}


@contextmanager
def at(day: date, clock: time = time(11)) -> Iterator[None]:
    """A moment of a day in Dhaka, at which the clock stands still."""
    with time_machine.travel(datetime.combine(day, clock, tzinfo=DHAKA), tick=False):
        yield


@dataclass
class Entry:
    """Something that counts: `known_by` when it had come true, `until` when it ended."""

    thing: str
    day: date
    amount: Decimal = Decimal(1)
    known_by: date | None = None
    until: date | None = None


@dataclass
class Work:
    """A task of a plan, with what was reported on it. `days` are those on which it comes back."""

    thing: str
    starts_on: date | None
    ends_on: date | None
    days: tuple[date, ...] = ()
    progress: list[tuple[date, int]] = field(default_factory=list)

    def percent(self, last: date) -> int:
        told = [one for one in self.progress if one[0] <= last]
        return max(told)[1] if told else 0

    def is_late(self, last: date) -> bool:
        """Past its end; of what comes back, more days are past than its per cent speak for."""
        if self.days:
            past = sum(day <= last for day in self.days)
            return past > len(self.days) * self.percent(last) // 100
        return self.percent(last) < 100 and self.ends_on is not None and self.ends_on <= last


class Ledger:
    """What must be reported of an office, number by number."""

    def __init__(self) -> None:
        self.entries: defaultdict[str, list[Entry]] = defaultdict(list)
        self.plan: list[Work] = []
        self.next_plan: list[Work] = []

    def note(
        self, figure: str, thing: Model | str, day: date, amount: object = 1, **when: date | None
    ) -> Entry:
        entry = Entry(name(thing), day, Decimal(str(amount)), **when)
        self.entries[figure].append(entry)
        return entry

    def of(self, figure: str, first: date, last: date) -> dict[str, Decimal]:
        """The things behind a number with what each adds to it."""
        if figure.startswith("plan."):
            return self._of_plan(figure, first, last)
        if figure == "next_plan.tasks":
            after = (last + timedelta(days=1), last + timedelta(days=184))
            rows = self.next_plan or [one for one in self.plan if touches(one, *after)]
            return {one.thing: Decimal(1) for one in rows}
        return {
            entry.thing: entry.amount
            for entry in self.entries[figure]
            if (figure in LASTING or first <= entry.day)
            and entry.day <= last
            and (entry.known_by is None or entry.known_by <= last)
            and (entry.until is None or entry.until > last)
        }

    def _of_plan(self, figure: str, first: date, last: date) -> dict[str, Decimal]:
        rows = [one for one in self.plan if touches(one, first, last)]
        amounts = {
            "plan.tasks": lambda one: 1,
            "plan.done": lambda one: one.percent(last) == 100,
            "plan.late": lambda one: one.is_late(last),
            "plan.percent": lambda one: one.percent(last),
        }[figure]
        is_mean = figure == "plan.percent"
        return {one.thing: Decimal(amounts(one)) for one in rows if is_mean or amounts(one)}

    def total(self, figure: str, first: date, last: date) -> Decimal:
        rows = self.of(figure, first, last)
        whole = sum(rows.values(), Decimal(0))
        if figure == "plan.percent":
            return Decimal(round(Fraction(whole) / len(rows))) if rows else Decimal(0)
        return whole


def touches(work: Work, first: date, last: date) -> bool:
    return (work.starts_on or first) <= last and (work.ends_on or last) >= first


def name(thing: Model | str) -> str:
    return thing if isinstance(thing, str) else f"{type(thing).__name__.lower()}:{thing.pk}"


class Year:
    """What the offices of a country do; the ledger holds what counts for `OURS`."""

    def __init__(self, country: Country) -> None:
        self.country = country
        self.ledger = Ledger()
        self.numbers = itertools.count(1)

    def office(self, of: str) -> Office:
        return getattr(self.country, of)

    def head(self, of: str) -> User:
        """As the log-in reads them: with the posts of today."""
        return User.objects.get(pk=self.country[f"{of}.head"].pk)

    def note(
        self, of: str, figure: str, thing: Model | str, day: date, amount: object = 1, **when: date
    ) -> Entry | None:
        return self.ledger.note(figure, thing, day, amount, **when) if of == OURS else None

    # --- Meetings ---------------------------------------------------------------------------
    def meet(
        self,
        on: date,
        *,
        of: str = OURS,
        decisions: int = 2,
        settled: date | None = None,
        is_special: bool = False,
        found_done: tuple[Decision, ...] = (),
        is_settled: bool = True,
        now: date | None = None,
    ) -> list[Decision]:
        """A meeting with its decisions, settled on a day; `found_done` are older decisions that
        it finds carried out. `now` is when all of it is typed, if not on the day."""
        kind = MeetingKind.SPECIAL if is_special else MeetingKind.MONTHLY
        with at(now or on):
            by = self.head(of)
            meeting = create_meeting(
                office=self.office(of),
                month=on,
                kind=kind,
                by=by,
                fields={"held_on": on, "starts_at": time(9), "place": "সম্মেলন কক্ষ"},
            )
            item = add_item(meeting=meeting, topic="সেবা সহজীকরণ", by=by)
            words = {"discussion": "পর্যালোচনা হলো।"}
            update_item(item=item, version=item.version, fields=words, by=by)
            taken = [
                add_decision(
                    item=item,
                    words=decided(text=f"সিদ্ধান্ত {next(self.numbers)}", due=""),
                    by=by,
                )
                for _number in range(decisions)
            ]
            for decision in found_done:
                write_follow_up(
                    meeting=meeting,
                    decision=decision,
                    version=0,
                    note="সভায় জানা গেল",
                    outcome="done",
                    new_due_on=None,
                    by=by,
                )
        if is_settled:
            self._settle(meeting, settled or now or on, of)
            self._note_meeting(meeting, taken, of)
            for decision in found_done:
                self.done(decision, on, of)
        return taken

    def _settle(self, meeting: Meeting, on: date, of: str) -> None:
        with at(on, time(15)):
            meeting = Meeting.objects.select_related("office").get(pk=meeting.pk)
            finalise_minutes(meeting=meeting, by=self.head(of), memo=None, issued_on=on)

    def _note_meeting(self, meeting: Meeting, taken: list[Decision], of: str) -> None:
        on = meeting.held_on
        self.note(of, "meetings.held", meeting, on)
        if meeting.kind == MeetingKind.MONTHLY:
            self.note(of, "meetings.monthly", meeting, on)
        for decision in taken:
            self.note(of, "meetings.decisions", decision, on)

    def done(self, decision: Decision, on: date, of: str = OURS) -> None:
        """Write down that a decision was carried out; it counts for the year it was taken in."""
        day = decision.meeting.held_on
        self.note(of, "meetings.decisions_done", decision, day, known_by=on)

    # --- Activities -------------------------------------------------------------------------
    def act(
        self, kind: str, on: date, *, of: str = OURS, now: date | None = None, **said: object
    ) -> Activity:
        # Somebody writes it down a week later.
        with at(now or on + timedelta(days=7)):
            one = make_activity(self.office(of), by=self.head(of), kind=kind, held_on=on, **said)
        counted = {
            "training": {
                "training.trainings": 1,
                "training.batches": said.get("batches", 1),
                "training.participants": said.get("participants", 0),
                "training.women": said.get("women", 0),
            },
            "workshop": {
                "training.workshops": 1,
                "training.workshop_participants": said.get("participants", 0),
            },
            "visit": {"visits.visits": 1},
            "circle": {
                "circles.circles": 1,
                "circles.participants": said.get("participants", 0),
            },
            "social_media": {"social_media.posts": said.get("quantity", 1)},
            "e_service": {"e_services.services": 1},
            "funding": {"finance.funds": said.get("amount", 0)},
            "recognition": {"showcase.recognitions": 1},
        }[kind]
        for figure, amount in counted.items():
            self.note(of, figure, one, on, amount)
        return one

    # --- Ideas ------------------------------------------------------------------------------
    def receive(self, channel: str, on: date, *, of: str = OURS) -> Idea:
        with at(on):
            idea = make_idea(
                self.office(of),
                by=self.head(of),
                channel=channel,
                received_on=on,
                title=f"আইডিয়া {next(self.numbers)}",
            )
        self._note_idea(idea, channel, on, of)
        return idea

    def hand_in(self, on: date, *, by: User | None = None, held_for: str = "") -> Idea:
        """On the public page, with an account or without."""
        with at(on):
            idea = hand_in_idea(
                office=self.office(OURS),
                hand_in=HandIn(description="হাটের দিনে ফরম পূরণে সহায়তা"),
                by=by,
                form_key=uuid4(),
                admit=lambda: held_for,
            )
        if not held_for:
            self._note_idea(idea, "staff" if by else "online", on, OURS)
        return idea

    def _note_idea(self, idea: Idea, channel: str, on: date, of: str) -> None:
        self.note(of, "ideas.received", idea, on)
        if channel in {"staff", "meeting"}:
            self.note(of, "ideas.from_staff", idea, on)
        elif channel != "showcase":
            self.note(of, "ideas.from_citizens", idea, on)
        if channel == "social_media":
            self.note(of, "social_media.ideas", idea, on)

    def move(
        self, idea: Idea, on: date, *steps: str, of: str = OURS, clock: time = time(11)
    ) -> Idea:
        """The plain steps on the way to a pilot."""
        ways = {"shortlist": SHORTLIST, "approve": APPROVE, "pilot": START_PILOT}
        idea = Idea.objects.select_related("office").get(pk=idea.pk)
        with at(on, clock):
            for step in steps:
                move_idea(idea=idea, step=ways[step], by=self.head(of))
        figures = {
            "shortlist": ("ideas.shortlisted",),
            "approve": ("ideas.approved", "projects.approved"),
            "pilot": (),
        }
        for step in steps:
            for figure in figures[step]:
                self.note(of, figure, idea, on)
        return idea

    # --- Pilots -----------------------------------------------------------------------------
    def pilot(
        self,
        begun: date,
        *,
        of: str = OURS,
        budget: int | None = None,
        clock: time = time(11),
        received: date | None = None,
    ) -> Pilot:
        """A pilot of an idea that came in and was approved on the same day, or earlier."""
        idea = self.receive("staff", received or begun, of=of)
        self.move(idea, received or begun, "shortlist", "approve", of=of)
        self.move(idea, begun, "pilot", of=of, clock=clock)
        pilot = Pilot.objects.select_related("idea__office").get(idea=idea)
        if budget is not None:
            with at(begun):
                plan = PilotPlan(place="বক্তারপুর ইউনিয়ন", budget=budget)
                update_pilot(pilot=pilot, version=pilot.version, plan=plan, by=self.head(of))
        self.note(of, "projects.pilots_started", pilot, begun)
        self.note(of, "finance.pilot_budget", pilot, begun, budget or 0)
        self.note(of, "projects.pilots_running", pilot, begun)
        return self.fresh(pilot)

    def fresh(self, pilot: Pilot) -> Pilot:
        return Pilot.objects.select_related("idea__office").get(pk=pilot.pk)

    def measure(self, pilot: Pilot, rows: tuple[MeasureRow, ...], people: int | None) -> None:
        with at(pilot.begun_at.astimezone(DHAKA).date() + timedelta(days=1)):
            by = self.head(pilot.idea.office.code)
            save_measures(of=pilot, rows=rows, people=People(people, "সেবা রেজিস্টার"), by=by)

    def finish(
        self,
        pilot: Pilot,
        on: date,
        *,
        rows: tuple[MeasureRow, ...] = (),
        people: int | None = None,
        clock: time = time(11),
        lessons: str = "",
    ) -> None:
        of = pilot.idea.office.code
        if rows:
            self.measure(pilot, rows, people)
        with at(on, clock):
            finish_pilot(
                pilot=self.fresh(pilot),
                results="কাজ হয়েছে",
                lessons=lessons,
                by=self.head(of),
                unmeasured_reason="পরে মাপা হবে",
            )
        self.note(of, "projects.pilots_succeeded", pilot, on)
        self._stops_running(pilot, on)
        self._note_savings(of, pilot, on, rows, people)

    def stop(self, pilot: Pilot, on: date, lessons: str = "যন্ত্র ছাড়া চলে না") -> None:
        of = pilot.idea.office.code
        with at(on):
            stop_pilot(pilot=self.fresh(pilot), lessons=lessons, by=self.head(of))
        self.note(of, "projects.pilots_stopped", pilot, on)
        self._stops_running(pilot, on)

    def visit(self, pilot: Pilot, on: date) -> None:
        of = pilot.idea.office.code
        words = VisitText(visited_on=on, visitor="তানিয়া আক্তার", notes="৪১ জন এসেছেন")
        with at(on + timedelta(days=2)):
            visit = add_visit(pilot=self.fresh(pilot), words=words, by=self.head(of))
        self.note(of, "visits.visits", visit, on)

    def _stops_running(self, pilot: Pilot, on: date) -> None:
        for entry in self.ledger.entries["projects.pilots_running"]:
            if entry.thing == name(pilot):
                entry.until = on

    def _note_savings(
        self, of: str, thing: Model, on: date, rows: tuple[MeasureRow, ...], people: int | None
    ) -> list[Entry]:
        """What one thing saves in a year, with our own arithmetic."""
        noted = []
        figures = {"time": "saved_days", "cost": "saved_taka", "visits": "saved_visits"}
        for row in rows:
            if row.after is None or people is None:
                continue
            saved = (Fraction(row.before) - Fraction(row.after)) * people
            if row.kind == "time":
                saved = saved * MINUTES[row.unit] / 1440
            rounded = Decimal(saved.numerator) / Decimal(saved.denominator)
            amount = rounded.quantize(Decimal("0.01"), ROUND_HALF_UP)
            noted.append(self.note(of, f"projects.{figures[row.kind]}", thing, on, amount))
        return [one for one in noted if one]

    # --- Showing and spreading --------------------------------------------------------------
    def publish(self, pilot: Pilot, on: date) -> Initiative:
        of = pilot.idea.office.code
        idea = Idea.objects.select_related("office", "pilot").get(pk=pilot.idea_id)
        with at(on):
            text = InitiativeText(title=f"উদ্যোগ {idea.pk}", summary="এক নজরে")
            page = create_initiative(idea=idea, text=text, by=self.head(of))
            publish_initiative(initiative=page, by=self.head(of))
        return page

    def show(self, on: date, *pages: Initiative, of: str = OURS) -> Event:
        with at(on - timedelta(days=10)):
            text = EventText(title=f"শোকেসিং {on}", held_on=on, place="মাঠ")
            event = create_event(office=self.office(of), text=text, by=self.head(of))
            for page in pages:
                add_entry(event=event, initiative=page, by=self.head(of))
        self.note(of, "showcase.events", event, on)
        for page in pages:
            self.note(of, "showcase.initiatives", page, on)
        return event

    def award(self, on: date, *, of: str = OURS) -> Award:
        text = AwardText(
            title="শ্রেষ্ঠ উদ্যোগ", recipient_name="শাহিনুর বেগম", citation="যাতায়াত কমানোয়", given_on=on
        )
        with at(on):
            award = give_award(office=self.office(of), text=text, memo=None, by=self.head(of))
        self.note(of, "showcase.awards", award, on)
        return award

    def take(
        self, page: Initiative, on: date, *, of: str = OURS, clock: time = time(11)
    ) -> Replication:
        idea = Idea.objects.select_related("office").get(pk=page.idea_id)
        with at(on, clock):
            one = take_initiative(idea=idea, office=self.office(of), by=self.head(of))
        self.note(of, "replication.taken", one, on)
        self.note(idea.office.code, "replication.by_others", one, on)
        return one

    def adopt(
        self,
        one: Replication,
        on: date,
        *,
        rows: tuple[MeasureRow, ...] = (),
        people: int | None = None,
    ) -> None:
        of = one.office.code
        with at(on):
            adopt_replication(
                replication=self.replication(one),
                by=self.head(of),
                rows=rows,
                people=People(people, "সেবা রেজিস্টার"),
                is_unmeasured=not rows,
            )
        self.note(of, "replication.in_use", one, on)
        self._note_savings(of, one, on, rows, people)

    def drop(self, one: Replication, on: date) -> None:
        with at(on):
            by = self.head(one.office.code)
            drop_replication(replication=self.replication(one), reason="যন্ত্র নেই", by=by)
        for entries in self.ledger.entries.values():
            for entry in entries:
                if entry.thing == name(one):
                    entry.until = on

    def replication(self, one: Replication) -> Replication:
        return Replication.objects.select_related("office", "idea__office").get(pk=one.pk)

    # --- Plans ------------------------------------------------------------------------------
    def plan(
        self,
        plan: WorkPlan,
        *,
        is_next: bool = False,
        days: Mapping[str, tuple[date, ...]] | None = None,
    ) -> list[Work]:
        """Put a plan's tasks into the ledger; `days` has those of words that come back."""
        rows = self.ledger.next_plan if is_next else self.ledger.plan
        for task in plan.tasks.kept().order_by("pk"):
            found = (days or {}).get(task.start_text, ())
            rows.append(Work(name(task), task.starts_on, task.ends_on, found))
        return rows

    def progress(self, task: Task, on: date, percent: int, *, told: date | None = None) -> None:
        """Progress as of a day, told on that day or later."""
        with at(told or on):
            add_progress(task=task, by=self.head(OURS), on=on, text="এগিয়েছে", percent=percent)
        work = next(one for one in self.ledger.plan if one.thing == name(task))
        work.progress.append((on, percent))
