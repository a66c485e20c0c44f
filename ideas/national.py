"""What all proven initiatives save the country in a year, and where the figures come from.

Counted is what is public and has happened: the pilots that succeeded, of initiatives whose page
is published, and the replications of those that are in use. Everything that is not counted is
listed with the reason.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.functional import Promise

from teams.enums import Tier
from teams.models import Office

from .enums import PilotStatus, ReplicationStatus
from .models import Initiative, Measure, Pilot, Replication
from .savings import Totals, totals

# A row of `savings.totals`: what is summed over, its measures, the people in a year.
Part = tuple["Source", Sequence[Measure], int | None]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a saving was measured: the pilot of an initiative, or a replication of it."""

    thing: Pilot | Replication
    office: Office

    @property
    def is_pilot(self) -> bool:
        return isinstance(self.thing, Pilot)

    @property
    def people_source(self) -> str:
        return self.thing.people_source

    @property
    def is_counted(self) -> bool:
        """It has happened: the pilot went well, the replication is in use."""
        return self.thing.status in (PilotStatus.SUCCEEDED, ReplicationStatus.IN_USE)

    def part(self) -> Part:
        return (self, list(self.thing.measures.all()), self.thing.people_per_year)


def source_of(thing: Pilot | Replication) -> Source:
    """A pilot with its idea's office loaded, or a replication with its office."""
    return Source(thing, thing.idea.office if isinstance(thing, Pilot) else thing.office)


def savings_of(things: Iterable[Pilot | Replication]) -> Totals:
    """The savings of these pilots and replications, their measures loaded."""
    return totals(source_of(thing).part() for thing in things)


@dataclass(frozen=True, slots=True)
class OfInitiative:
    """One line: an initiative with its sum and the number of offices in which it is in use."""

    initiative: Initiative
    totals: Totals
    in_use: int


@dataclass(frozen=True, slots=True)
class OfDivision:
    """One line: a division's offices with their sum; `division` None is for central offices."""

    division: Office | None
    totals: Totals
    sources: int


@dataclass(frozen=True, slots=True)
class Nation:
    """The whole page. `reasons` tell what is not counted and how often."""

    totals: Totals
    initiatives: list[OfInitiative]
    divisions: list[OfDivision]
    reasons: list[tuple[str | Promise, int]]
    unfinished: int


def nation() -> Nation:
    """Everything that is public, summed up (a fixed number of queries)."""
    sources = _public_sources()
    parts = [source.part() for source in sources]
    divisions = {one.code: one for one in Office.objects.filter(tier=Tier.DIVISION).order_by("pk")}
    by_initiative: dict[int, list[Part]] = defaultdict(list)
    by_division: dict[Office | None, list[Part]] = {one: [] for one in divisions.values()}
    by_division[None] = []
    for part in parts:
        source = part[0]
        by_initiative[source.thing.idea_id].append(part)
        codes = source.office.path_codes
        by_division[next((divisions[code] for code in codes if code in divisions), None)].append(
            part
        )
    whole = totals(parts)
    return Nation(
        totals=whole,
        initiatives=_in_order(_of_initiative(rows) for rows in by_initiative.values()),
        divisions=[
            OfDivision(division, totals(rows), len(rows)) for division, rows in by_division.items()
        ],
        reasons=Counter(one.reason for one in whole.uncounted).most_common(),
        unfinished=_unfinished(),
    )


def _public_sources() -> list[Source]:
    pilots = (
        Pilot.objects.filter(
            status=PilotStatus.SUCCEEDED, idea__in=Initiative.objects.published().values("idea_id")
        )
        .select_related("idea__office", "idea__initiative")
        .prefetch_related("measures")
    )
    replications = (
        Replication.objects.in_use()
        .filter(idea__in=Initiative.objects.published().values("idea_id"))
        .select_related("office", "idea__initiative")
        .prefetch_related("measures")
    )
    return [*map(source_of, pilots), *map(source_of, replications)]


def _unfinished() -> int:
    """Public pilots and replications that are still under way, and so not counted yet."""
    found = Initiative.objects.published().aggregate(
        pilots=Count(
            "idea__pilot",
            filter=Q(idea__pilot__status__in=(PilotStatus.PLANNED, PilotStatus.RUNNING)),
            distinct=True,
        ),
        replications=Count(
            "idea__replications",
            filter=Q(
                idea__replications__status__in=(
                    ReplicationStatus.TAKEN,
                    ReplicationStatus.RUNNING,
                )
            ),
            distinct=True,
        ),
    )
    return found["pilots"] + found["replications"]


def _of_initiative(parts: list[Part]) -> OfInitiative:
    initiative = parts[0][0].thing.idea.initiative
    in_use = sum(1 for source, _measures, _people in parts if not source.is_pilot)
    return OfInitiative(initiative, totals(parts), in_use)


def _in_order(lines: Iterable[OfInitiative]) -> list[OfInitiative]:
    """The widest spread first; then as they were published."""
    return sorted(lines, key=lambda line: (-line.in_use, -line.initiative.pk))
