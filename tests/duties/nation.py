"""A country of many teams that do what they owe in time, late or never, over two years.

`Nation` writes rows as the application's own actions leave them, by the thousand; `expected` works
out, debt by debt and without any code of the application, which reminders must have been sent.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from meetings.enums import MeetingStatus
from meetings.models import Meeting, NoMeeting
from reports.enums import ReportStatus
from reports.models import Report
from teams.enums import Role, Tier
from teams.models import Extension, Office, Post, PostHolding, User
from workplans.enums import PlanStatus
from workplans.models import WorkPlan

DHAKA = ZoneInfo("Asia/Dhaka")
FIRST, LAST = date(2026, 11, 22), date(2028, 11, 21)
SINCE = date(2020, 1, 1)
REVIEW_DAYS = 15
DAY = timedelta(days=1)

# What the rules that come with the system say: days after the due date, and how far up.
YEARLY = {-30: "owner", -7: "owner", -1: "owner", 1: "head", 7: "superior", 30: "superior"}
MONTHLY = {-7: "owner", -1: "owner", 1: "head", 7: "superior"}
DAYS = {
    "annual_report": YEARLY,
    "half_year": YEARLY,
    "plan": YEARLY,
    "meeting": MONTHLY,
    "resubmission": MONTHLY,
    "review": MONTHLY,
}
# kind, first and last day of the period, due day; one year was over before the two began.
PERIODS = [
    ("annual_report", date(2025, 7, 1), date(2026, 6, 30), date(2026, 7, 31)),
    ("annual_report", date(2026, 7, 1), date(2027, 6, 30), date(2027, 7, 31)),
    ("annual_report", date(2027, 7, 1), date(2028, 6, 30), date(2028, 7, 31)),
    ("half_year", date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 31)),
    ("half_year", date(2027, 1, 1), date(2027, 6, 30), date(2027, 7, 31)),
    ("half_year", date(2027, 7, 1), date(2027, 12, 31), date(2028, 1, 31)),
    ("half_year", date(2028, 1, 1), date(2028, 6, 30), date(2028, 7, 31)),
    ("plan", date(2026, 7, 1), date(2027, 6, 30), date(2026, 7, 31)),
    ("plan", date(2027, 7, 1), date(2028, 6, 30), date(2027, 7, 31)),
    ("plan", date(2028, 7, 1), date(2029, 6, 30), date(2028, 7, 31)),
]


def months() -> Iterator[tuple[str, date, date, date]]:
    first = date(2026, 7, 1)
    while first <= LAST:
        following = (first + 31 * DAY).replace(day=1)
        yield "meeting", first, following - DAY, following - DAY
        first = following


def dhaka(day: date, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """A moment by the clock in Dhaka."""
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=DHAKA).astimezone(
        UTC
    )


def day_of(moment: datetime) -> date:
    """The day in Dhaka, which is six hours ahead."""
    return (moment + timedelta(hours=6)).date()


# --- What is owed, as the test sees it ---------------------------------------------------------
@dataclass
class Debt:
    """`dues`: from which moment on it was due on which day (None: let off), and from which day
    on one could know."""

    kind: str
    key: str
    office: int
    starts_on: date
    ends_on: date
    dues: list[tuple[datetime, date | None, date]]
    done_at: datetime | None = None

    def due_at(self, moment: datetime) -> tuple[date | None, date]:
        return [(due, known) for since, due, known in self.dues if since <= moment][-1]

    @property
    def is_late(self) -> bool | None:
        """Of what is done: whether it came after its day."""
        if self.done_at is None:
            return None
        due, _known = self.due_at(self.done_at)
        return due is not None and day_of(self.done_at) > due


@dataclass(frozen=True, order=True)
class Told:
    """One person was told of one debt on one day."""

    day: date
    person: int
    matter: str
    due_on: date
    offset: int


@dataclass
class Stay:
    """A person on a post, from a day to a day."""

    person: int
    since: date
    until: date | None


@dataclass
class Team:
    """An office as the test knows it."""

    pk: int
    parent: int | None
    behaviour: str
    posts: dict[str, list[Stay]] = field(default_factory=dict)  # "head", "officer", "reviewer 1"

    def on_post(self, name: str, day: date) -> int | None:
        for stay in self.posts.get(name, []):
            if stay.since <= day and (stay.until is None or day <= stay.until):
                return stay.person
        return None

    def changes(self) -> set[date]:
        """Days on which somebody comes, and the days after somebody's last."""
        stays = [stay for stays in self.posts.values() for stay in stays]
        return {stay.since for stay in stays} | {stay.until + DAY for stay in stays if stay.until}


class Ledger:
    """Which reminders must be sent, debt by debt."""

    def __init__(self, teams: dict[int, Team], runs: list[datetime]) -> None:
        self.teams = teams
        self.runs = {day_of(run): run for run in runs}
        self.days = sorted(self.runs)
        self.root = next(team for team in teams.values() if team.parent is None)

    def expected(self, debts: Iterable[Debt]) -> set[Told]:
        return {told for debt in debts for told in self._of(debt)}

    def _of(self, debt: Debt) -> Iterator[Told]:
        heard: dict[tuple[date, int], int] = {}
        for day in self._days_to_look(debt):
            run = self.runs[day]
            if debt.done_at and debt.done_at <= run:
                return
            if debt.dues[0][0] > run:
                continue
            due, known = debt.due_at(run)
            if due is None or due < day - 365 * DAY:
                continue
            came = [
                days for days in DAYS[debt.kind] if max(known, FIRST) <= due + days * DAY <= day
            ]
            if not came:
                continue
            last = max(came)
            for person in self._readers(debt, DAYS[debt.kind][last], day):
                if heard.get((due, person), -99) < last:
                    heard[due, person] = last
                    yield Told(day, person, debt.key, due, last)

    def _days_to_look(self, debt: Debt) -> list[date]:
        """The mornings on which something can have changed for this debt."""
        days = {
            due + offset * DAY for _at, due, _k in debt.dues if due for offset in DAYS[debt.kind]
        }
        days |= {day_of(moment) + extra * DAY for moment, _due, _k in debt.dues for extra in (0, 1)}
        line: int | None = debt.office
        while line is not None:
            days |= self.teams[line].changes()
            line = self.teams[line].parent
        days |= self.root.changes()
        found = {bisect_left(self.days, day) for day in days}
        return [self.days[at] for at in sorted(found) if at < len(self.days)]

    def _readers(self, debt: Debt, reach: str, day: date) -> list[int]:
        """Who is told: the owners; the head when it is late or the post is vacant; those above
        when it is very late or the head's post is vacant, too."""
        team = self.teams[debt.office]
        names = {"resubmission": ["head", "officer"]}.get(debt.kind, ["officer"])
        if debt.kind == "review":
            team, names = self.root, [name for name in self.root.posts if "reviewer" in name]
        found = [person for name in names if (person := team.on_post(name, day))]
        is_owned, head = bool(found), team.on_post("head", day)
        if head and (reach != "owner" or not is_owned):
            found.append(head)
        if reach == "superior" or not (is_owned or head):
            found += self._above(team, day)
        return list(dict.fromkeys(found))

    def _above(self, team: Team, day: date) -> list[int]:
        while team.parent is not None:
            team = self.teams[team.parent]
            if person := team.on_post("officer", day) or team.on_post("head", day):
                return [person]
        return []


# --- The country -------------------------------------------------------------------------------
BEHAVIOURS = (
    ("in time", 86),
    ("late", 4),
    ("never", 2),
    ("extended", 3),
    ("exempt", 2),
    ("transferred", 2),
    ("vacant", 1),
)


class Nation:
    """`teams` offices below the Cabinet Division, what each will do and when."""

    def __init__(self, teams: int, *, seed: int = 31) -> None:
        self.chance = Random(seed)
        self.teams: dict[int, Team] = {}
        self.debts: list[Debt] = []
        # What happens at a moment: ("sent", Report), ("accepted", pk) …
        self.deeds: list[tuple[datetime, str, object]] = []
        self._report_pk = 1_000_000
        self._make_offices(teams)
        self._make_people()
        for team in list(self.teams.values()):
            self._plan_for(team)
        self.deeds.sort(key=lambda deed: deed[0])

    # --- Offices and people --------------------------------------------------------------------
    def _make_offices(self, count: int) -> None:
        root = Office.objects.create(
            code="nation", tier=Tier.CABINET, name_bn="মন্ত্রিপরিষদ বিভাগ", name_en="Cabinet"
        )
        divisions = self._offices(max(1, count // 125), Tier.DIVISION, [root])
        districts = self._offices(max(1, count // 15), Tier.DISTRICT, divisions)
        left = count - len(divisions) - len(districts)
        upazilas = self._offices(left, Tier.UPAZILA, districts)
        names = [name for name, _weight in BEHAVIOURS]
        weights = [weight for _name, weight in BEHAVIOURS]
        for number, office in enumerate([root, *divisions, *districts, *upazilas]):
            # Each behaviour at least once, however small the country.
            chosen = names[number] if 0 < number < len(names) else None
            behaviour = chosen or self.chance.choices(names, weights)[0]
            if number == 0:
                behaviour = "in time"
            self.teams[office.pk] = Team(office.pk, office.parent_id, behaviour)

    def _offices(self, count: int, tier: Tier, parents: list[Office]) -> list[Office]:
        offices = []
        for number in range(count):
            parent, code = parents[number % len(parents)], f"{tier}-{number}"
            name = f"{tier.label} {number}"
            offices.append(
                Office(
                    code=code,
                    tier=tier,
                    parent=parent,
                    path=f"{parent.path}{code}/",
                    name_bn=name,
                    name_en=code,
                )
            )
        return Office.objects.bulk_create(offices)

    def _make_people(self) -> None:
        wanted: list[tuple[Team, str, date, date | None]] = []
        for team in self.teams.values():
            wanted += [(team, *stay) for stay in self._stays(team)]
        people = User.objects.bulk_create(
            User(
                login=f"officer{number}@nation.test",
                email=f"officer{number}@nation.test",
                name_bn=f"কর্মকর্তা {number}",
            )
            for number in range(len(wanted))
        )
        named = sorted({(team.pk, name) for team, name, _since, _until in wanted})
        roles = {"head": Role.HEAD, "officer": Role.INNOVATION_OFFICER}
        posts = Post.objects.bulk_create(
            Post(
                office_id=pk,
                role=roles.get(name, Role.CABINET_REVIEWER),
                designation_bn=name,
                position=number % 1000,
            )
            for number, (pk, name) in enumerate(named)
        )
        by_name = dict(zip(named, posts, strict=True))
        holdings = []
        for person, (team, name, since, until) in zip(people, wanted, strict=True):
            team.posts.setdefault(name, []).append(Stay(person.pk, since, until))
            post = by_name[team.pk, name]
            holdings.append(PostHolding(post=post, person=person, starts_on=since, ends_on=until))
        PostHolding.objects.bulk_create(holdings)

    def _stays(self, team: Team) -> Iterator[tuple[str, date, date | None]]:
        if team.parent is None:
            yield from (("reviewer 1", SINCE, None), ("reviewer 2", SINCE, None))
        head_leaves = team.behaviour == "vacant" and self.chance.random() < 0.5
        if head_leaves:
            yield "head", SINCE, date(2027, 6, 25)
            yield "head", date(2027, 8, 10), None
        else:
            yield "head", SINCE, None
        if team.behaviour == "vacant":
            yield "officer", SINCE, date(2027, 6, 20)
            yield "officer", date(2027, 9, 15), None
        elif team.behaviour == "transferred":
            last = date(2027, 7, 14) + self.chance.randrange(20) * DAY
            yield "officer", SINCE, last
            yield "officer", last + self.chance.choice((1, 1, 6)) * DAY, date(2028, 2, 9)
            yield "officer", date(2028, 2, 10), None
        else:
            yield "officer", SINCE, None

    @property
    def _reviewer(self) -> int:
        root = next(team for team in self.teams.values() if team.parent is None)
        return root.posts["reviewer 1"][0].person

    # --- What each does ------------------------------------------------------------------------
    def _plan_for(self, team: Team) -> None:
        for kind, starts_on, ends_on, due_on in (*PERIODS, *months()):
            debt = Debt(
                kind=kind,
                key=f"{kind}:{team.pk}:{starts_on:%Y-%m-%d}",
                office=team.pk,
                starts_on=starts_on,
                ends_on=ends_on,
                dues=[(dhaka(SINCE), due_on, date.min)],
            )
            self.debts.append(debt)
            debt.done_at = self._moment_of(team, debt, due_on)
            if team.behaviour in ("extended", "exempt") and due_on >= FIRST:
                self._grant(team, debt, due_on)
            if debt.done_at:
                self._do(debt, debt.done_at)

    def _moment_of(self, team: Team, debt: Debt, due_on: date) -> datetime | None:
        """When the team does it, if ever."""
        if due_on < FIRST - 8 * DAY:  # before the two years
            return None if team.behaviour == "never" else dhaka(due_on, 12)
        if team.behaviour == "never":
            return None
        if team.behaviour in ("late", "transferred", "vacant"):
            if self.chance.random() < 0.25:
                return dhaka(due_on + DAY)  # one second too late
            return dhaka(due_on + self.chance.randrange(1, 60) * DAY, 15)
        if self.chance.random() < 0.1:
            return dhaka(due_on, 23, 59)
        return self._in_good_time(debt, due_on)

    def _in_good_time(self, debt: Debt, due_on: date) -> datetime:
        if debt.kind == "meeting":
            return dhaka(debt.starts_on + self.chance.choices((8, 20, 26), (7, 2, 1))[0] * DAY, 16)
        before = self.chance.choices((29, 20, 5, 0), (3, 4, 2, 1))[0]
        return dhaka(due_on - before * DAY, self.chance.choice((1, 6, 11, 21)), 30)

    def _grant(self, team: Team, debt: Debt, due_on: date) -> None:
        """More time, or none of it owed; some of it is taken back."""
        if debt.kind == "meeting" and self.chance.random() < 0.7:
            return
        at = dhaka(due_on - 11 * DAY, 14)
        # One of them is thirty days from the day on which it was granted.
        more = self.chance.choice((19, 25)) * DAY
        new = due_on + more if team.behaviour == "extended" else None
        debt.dues.append((at, new, day_of(at)))
        grant = Extension(
            office_id=team.pk,
            kind=debt.kind,
            starts_on=debt.starts_on,
            new_due_on=new,
            reason="বন্যা",
            granted_at=at,
            granted_by_id=self._reviewer,
        )
        self.deeds.append((at, "granted", grant))
        debt.done_at = None if new is None else dhaka(new + self.chance.randint(-20, 12) * DAY, 17)
        if self.chance.random() < 0.3:
            back = dhaka(due_on + 10 * DAY, 18)
            debt.dues.append((back, due_on, date.min))
            self.deeds.append((back, "revoked", grant))
            if debt.done_at is None:
                debt.done_at = dhaka(due_on + 20 * DAY, 9)

    def _do(self, debt: Debt, at: datetime) -> None:
        team = self.teams[debt.office]
        by = {"person": team.posts["head"][0].person}
        if debt.kind == "meeting":
            self.deeds.append((at, *self._meeting(debt, at, by["person"])))
        elif debt.kind == "plan":
            self.deeds.append((at, "planned", _plan_row(debt, at, by["person"])))
        else:
            self._send(debt, at, by["person"])

    def _meeting(self, debt: Debt, at: datetime, by: int) -> tuple[str, object]:
        if self.chance.random() < 0.1:
            return "explained", NoMeeting(
                office_id=debt.office,
                month=debt.starts_on,
                reason="নির্বাচনের কাজ",
                recorded_at=at,
                recorded_by_id=by,
            )
        year = debt.starts_on.year - (debt.starts_on.month < 7)
        return "held", Meeting(
            office_id=debt.office,
            month=debt.starts_on,
            year_starts_on=date(year, 7, 1),
            number=(debt.starts_on.month - 7) % 12 + 1,
            held_on=debt.starts_on + 4 * DAY,
            starts_at=time(11),
            place="সম্মেলন কক্ষ",
            status=MeetingStatus.FINALISED,
            issued_on=day_of(at),
            finalised_at=at,
            finalised_by_id=by,
        )

    # --- Reports and their review --------------------------------------------------------------
    def _send(self, debt: Debt, at: datetime, by: int) -> None:
        self._report_pk += 1
        pk = self._report_pk
        is_annual = debt.kind == "annual_report"
        report = Report(
            pk=pk,
            office_id=debt.office,
            kind="annual" if is_annual else "half_yearly",
            period_kind="fiscal" if is_annual else "half",
            starts_on=debt.starts_on,
            ends_on=debt.ends_on,
            status=ReportStatus.SUBMITTED,
            first_sent_at=at,
            submitted_at=at,
            submitted_by_id=by,
        )
        self.deeds.append((at, "sent", report))
        if at < dhaka(FIRST):
            self.deeds.append((at + DAY, "accepted", pk))
            self._review(debt, pk, at, at + DAY)
            return
        ended = at + self.chance.randrange(1, 26) * DAY
        self._review(debt, pk, at, ended)
        if self.chance.random() > 0.12:
            self.deeds.append((ended, "accepted", pk))
            return
        resubmit_by = day_of(ended) + self.chance.choice((7, 10)) * DAY
        self.deeds.append((ended, "returned", (pk, resubmit_by)))
        again = ended + self.chance.randrange(1, 22) * DAY
        self.debts.append(
            Debt(
                kind="resubmission",
                key=f"resubmission:{pk}",
                office=debt.office,
                starts_on=debt.starts_on,
                ends_on=debt.ends_on,
                dues=[(ended, resubmit_by, day_of(ended))],
                done_at=again,
            )
        )
        self.deeds.append((again, "sent again", pk))
        self._review(debt, pk, again, again + 3 * DAY)
        self.deeds.append((again + 3 * DAY, "accepted", pk))

    def _review(self, debt: Debt, pk: int, sent: datetime, ended: datetime) -> None:
        due = day_of(sent) + REVIEW_DAYS * DAY
        self.debts.append(
            Debt(
                kind="review",
                key=f"review:{pk}",
                office=debt.office,
                starts_on=debt.starts_on,
                ends_on=debt.ends_on,
                dues=[(sent, due, day_of(sent))],
                done_at=ended,
            )
        )

    # --- Living through it ---------------------------------------------------------------------
    def live_until(self, moment: datetime) -> None:
        """Let everything happen that happens up to a moment and has not happened yet."""
        due: dict[str, list[tuple[datetime, object]]] = defaultdict(list)
        while self.deeds and self.deeds[0][0] <= moment:
            at, what, thing = self.deeds.pop(0)
            due[what].append((at, thing))
        for model, what in (
            (Extension, "granted"),
            (WorkPlan, "planned"),
            (Meeting, "held"),
            (NoMeeting, "explained"),
            (Report, "sent"),
        ):
            model._default_manager.bulk_create([thing for _at, thing in due[what]])
        for at, grant in due["revoked"]:
            Extension.objects.filter(pk=grant.pk).update(  # type: ignore[attr-defined]
                revoked_at=at, revoked_by_id=self._reviewer
            )
        for at, (pk, day) in due["returned"]:  # type: ignore[misc]
            Report.objects.filter(pk=pk).update(
                status=ReportStatus.RETURNED,
                returned_at=at,
                returned_by_id=self._reviewer,
                return_reason="উৎস দিন",
                resubmit_by=day,
            )
        for at, pk in due["sent again"]:
            Report.objects.filter(pk=pk).update(status=ReportStatus.SUBMITTED, submitted_at=at)
        for at, pk in due["accepted"]:
            Report.objects.filter(pk=pk).update(
                status=ReportStatus.ACCEPTED,
                accepted_at=at,
                accepted_by_id=self._reviewer,
                resubmit_by=None,
            )


def _plan_row(debt: Debt, at: datetime, by: int) -> WorkPlan:
    return WorkPlan(
        office_id=debt.office,
        period_kind="fiscal",
        starts_on=debt.starts_on,
        ends_on=debt.ends_on,
        status=PlanStatus.APPROVED,
        submitted_at=at,
        submitted_by_id=by,
        approved_at=at,
        approved_by_id=by,
        meeting_on=at.date(),
    )
