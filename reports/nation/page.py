"""The page of the nation, put together from counts; every figure carries the list behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.enums import Tier
from teams.templatetags.bangla_tags import digits
from workplans.periods import Period

from . import tiles
from .figures import BY_KEY, KEPT, Kept, Total, totals, values_of
from .ground import REST, By, Ground, Place
from .listing import Asked
from .periods import Calendar
from .standing import OWNERS, Standing, standings
from .tally import (
    BANDS,
    SHOWS,
    Stay,
    Tally,
    plain,
    stays,
    tallies,
    tally_of,
    unsent_by_lateness,
)

UNSENT_SHOWN = 10
LEADERS = 5
# A group of fewer offices leads by chance.
LEAST_IN_GROUP = 3
LEAGUE_FIGURES = ("ideas.received", "projects.saved_visits", "replication.in_use")


@dataclass(frozen=True, slots=True)
class Linked:
    """A number and the address of the list it is counted from; None where there is nothing."""

    value: int | Decimal | None
    url: str


@dataclass(frozen=True, slots=True)
class YearCell:
    """A group's rates in one year."""

    year: str
    rate: Linked
    on_time: Linked


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in the table of rates: this period's counts, and all years side by side."""

    label: str
    tally: Tally
    due: str
    sent: str
    unsent: str
    on_time: str
    settled: str
    scored: str
    years: list[YearCell]


@dataclass(frozen=True, slots=True)
class StayRow:
    stay: Stay
    owner: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A figure's sums with the lists behind them, in the order of the years."""

    kept: Kept
    sums: list[tuple[str, Total | None, str]]


@dataclass(frozen=True, slots=True)
class Tile:
    """A district on the map; `mark` is the class of its colour and `words` say the same."""

    short: str
    name: str
    rate: int | None
    mark: str
    words: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class Leader:
    name: str
    value: Decimal | int
    url: str


@dataclass(frozen=True, slots=True)
class League:
    """Who leads in something; `condition` says who was compared."""

    title: str | Promise
    unit: str | Promise
    condition: str | Promise
    leaders: list[Leader]


@dataclass(frozen=True, slots=True)
class Late:
    """An office that has not sent."""

    standing: Standing
    days_late: int
    tier: str


@dataclass(frozen=True, slots=True)
class NationPage:
    """Everything the page shows."""

    asked: Asked
    due_on: date | None
    years: list[str]
    ways: list[By]
    all: GroupRow
    groups: list[GroupRow]
    stays: list[StayRow]
    unsent: list[Late]
    bands: list[tuple[str | Promise, Linked, int]]
    totals: list[TotalRow]
    leagues: list[League]
    map: list[list[Tile | None]]


def nation_page(ground: Ground, asked: Asked) -> NationPage:
    """Count everything; a fixed number of queries whatever there is to count."""
    today = timezone.localdate()
    years = Calendar(asked.kind).beside(asked.period)
    by_year = standings(ground, asked.kind, years)
    now, before = by_year[years[0]], by_year[years[1]]
    return NationPage(
        asked=asked,
        due_on=_usual_day(now),
        years=[short_label(year) for year in years],
        ways=ground.spread(),
        all=_row(_("মোট"), asked, "", [tally_of(by_year[year]) for year in years], years),
        groups=_groups(ground, asked, by_year, years),
        stays=[_stay(stay, asked) for stay in stays(now, today)],
        unsent=[
            Late(standing, standing.days_late(today), str(Tier(standing.place.tier).label))
            for standing in unsent_by_lateness(now, today)[:UNSENT_SHOWN]
        ],
        bands=_bands(now, asked),
        totals=_totals(ground, asked, years),
        leagues=_leagues(ground, asked, now, before),
        map=_map(asked, tallies(now, By.DISTRICT), ground),
    )


def _usual_day(now: list[Standing]) -> date | None:
    """The day most offices had to send by; a few were given more time."""
    days = Counter(standing.due_on for standing in now if standing.due_on)
    return days.most_common(1)[0][0] if days else None


# --- Rates -------------------------------------------------------------------------------------
def _groups(
    ground: Ground, asked: Asked, by_year: dict[Period, list[Standing]], years: list[Period]
) -> list[GroupRow]:
    """A row for each group there is in any year, in the order of the tree; the rest comes last."""
    counted = [tallies(by_year[year], asked.by) for year in years]
    return [
        _row(
            ground.label(asked.by, group),
            asked,
            group,
            [tally.get(group, Tally()) for tally in counted],
            years,
        )
        for group in order_of_groups(by_year.values(), asked.by)
    ]


def order_of_groups(standings_: Iterable[list[Standing]], by: str) -> list[str]:
    """The groups that hold anybody, as the tree has them; tiers from above, the rest last."""
    found: dict[str, int] = {}
    for listed in standings_:
        for standing in listed:
            found.setdefault(standing.place.group(by), len(found))
    if by == By.TIER:
        return sorted(found, key=Tier.values.index)
    return sorted(found, key=lambda group: (group == REST, found[group]))


def _row(label: str, asked: Asked, group: str, tally: list[Tally], years: list[Period]) -> GroupRow:
    here = {
        show: asked.behind(show, group)
        for show in ("due", "sent", "unsent", "on_time", "settled", "scored")
    }
    cells = []
    for count, year in zip(tally, years, strict=True):
        then = Asked(asked.kind, year, asked.by)
        cells.append(
            YearCell(
                short_label(year),
                Linked(count.rate, then.behind("sent", group)),
                Linked(count.on_time_rate, then.behind("on_time", group)),
            )
        )
    return GroupRow(label, tally[0], years=cells, **here)


def short_label(period: Period) -> str:
    """The period where a column has little room: "২০২৫–২৬"; a half-year is said whole."""
    if period.kind != "fiscal":
        return period.label
    return digits(f"{period.starts_on.year}–{period.ends_on.year % 100:02}")


# --- Where it stays, scores ----------------------------------------------------------------------
def _stay(stay: Stay, asked: Asked) -> StayRow:
    return StayRow(stay, OWNERS.get(stay.state, ""), asked.behind(stay.state))


def _bands(now: list[Standing], asked: Asked) -> list[tuple[str | Promise, Linked, int]]:
    """How the scores are spread: each band with its count, and the count of all that have one."""
    scored = sum(SHOWS["scored"].picks(standing) for standing in now)
    return [
        (
            SHOWS[key].label,
            Linked(sum(SHOWS[key].picks(standing) for standing in now), asked.behind(key)),
            scored,
        )
        for key, _low, _high in BANDS
    ]


# --- Sums and leagues ----------------------------------------------------------------------------
def _totals(ground: Ground, asked: Asked, years: list[Period]) -> list[TotalRow]:
    sums = totals(ground, asked.kind, years)
    return [
        TotalRow(
            kept,
            [
                (
                    short_label(year),
                    sums.get((kept.key, year.starts_on)),
                    Asked(asked.kind, year).holding(kept.key),
                )
                for year in years
            ],
        )
        for kept in KEPT
    ]


def _leagues(
    ground: Ground, asked: Asked, now: list[Standing], before: list[Standing]
) -> list[League]:
    """Tables of the first few, each with the condition for being compared; empty ones are left
    out."""
    by_score = {s.place.pk: s.score for s in now if s.score is not None}
    last = {s.place.pk: s.score for s in before if s.score is not None}
    better = {
        pk: score - last[pk] for pk, score in by_score.items() if pk in last and score > last[pk]
    }
    values = values_of(ground, asked.kind, asked.period, LEAGUE_FIGURES)
    told = [
        League(
            _("সবচেয়ে বেশি নম্বর"),
            "",
            _("গৃহীত ও নম্বর পাওয়া প্রতিবেদন"),
            _leaders(ground, asked, by_score),
        ),
        League(
            _("সবচেয়ে বেশি উন্নতি"),
            _("নম্বর বেড়েছে"),
            _("দুই বছরেই নম্বর পাওয়া দপ্তর"),
            _leaders(ground, asked, better),
        ),
        _league_of_districts(ground, asked, now),
        *(
            League(
                BY_KEY[key].label,
                BY_KEY[key].unit,
                _("গৃহীত প্রতিবেদনের সংখ্যা"),
                _leaders(ground, asked, {pk: value for pk, value in values[key].items() if value}),
            )
            for key in LEAGUE_FIGURES
        ),
    ]
    return [league for league in told if league.leaders]


def _leaders(ground: Ground, asked: Asked, values: dict[int, Decimal]) -> list[Leader]:
    """The highest values; of equals, those first in the tree."""
    first = sorted(
        (place for place in ground.places if place.pk in values),
        key=lambda place: (-values[place.pk], place.path),
    )[:LEADERS]
    return [
        Leader(p.name, plain(values[p.pk]), asked.behind("settled", p.code, by=By.OFFICE))
        for p in first
    ]


def _league_of_districts(ground: Ground, asked: Asked, now: list[Standing]) -> League:
    counted = [
        (code, tally)
        for code, tally in tallies(now, By.DISTRICT).items()
        if code != REST and tally.due >= LEAST_IN_GROUP and tally.on_time
    ]
    counted.sort(key=lambda one: (-one[1].on_time / one[1].due, ground.known[one[0]].path))
    return League(
        _("সময়মতো পাঠানোয় এগিয়ে থাকা জেলা"),
        "%",
        _("জেলায় অন্তত ৩টি দপ্তরের পাঠানোর কথা"),
        [
            Leader(
                ground.known[code].short,
                tally.on_time_rate or 0,
                asked.behind("on_time", code, by=By.DISTRICT),
            )
            for code, tally in counted[:LEADERS]
        ],
    )


# --- The map -------------------------------------------------------------------------------------
GOOD = gettext_lazy("ভালো")
MIDDLING = gettext_lazy("মাঝারি")
LOW = gettext_lazy("কম")
NOTHING = gettext_lazy("পাঠানোর কথা নেই")


def _map(asked: Asked, counted: dict[str, Tally], ground: Ground) -> list[list[Tile | None]]:
    """The rows of the map; empty unless more than one district of the map is counted."""
    rows = [
        [
            _tile(asked, ground.known[code], counted[code])
            if code in counted and code in ground.known
            else None
            for code in row
        ]
        for row in tiles.rows()
    ]
    shown = sum(tile is not None for row in rows for tile in row)
    return [row for row in rows if any(row)] if shown > 1 else []


def _tile(asked: Asked, place: Place, tally: Tally) -> Tile:
    mark, words = _mark(tally.rate)
    return Tile(
        tiles.short_name(place.code),
        place.short,
        tally.rate,
        mark,
        words,
        asked.behind("sent", place.code, by=By.DISTRICT),
    )


def _mark(rate: int | None) -> tuple[str, str | Promise]:
    if rate is None:
        return "none", NOTHING
    if rate >= tiles.GOOD:
        return "done", GOOD
    if rate >= tiles.MIDDLING:
        return "risk", MIDDLING
    return "late", LOW
