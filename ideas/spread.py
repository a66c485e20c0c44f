"""Where an initiative has gone: the tree of who took it from whom, and the map of districts.

What everybody may see of another office's replication: that it is under way or in use, since
when, and what it saves once it is in use. Not its plan, its words, or why it was dropped.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from teams.enums import Tier
from teams.models import Office

from .enums import ReplicationStatus
from .models import Initiative, Pilot, Replication
from .national import savings_of, source_of
from .savings import Totals, totals

UNDER_WAY = frozenset({ReplicationStatus.TAKEN, ReplicationStatus.RUNNING})

# The divisions as they lie: three rows of three from the north-west, with room at the end for
# the offices that stand in no district.
ON_THE_MAP = (
    *("rangpur-division", "mymensingh-division", "sylhet-division"),
    *("rajshahi-division", "dhaka-division", "chattogram-division"),
    *("khulna-division", "barishal-division"),
)


# --- The tree --------------------------------------------------------------------------------
@dataclass(slots=True)
class Branch:
    """One office in the tree; `depth` counts from 1 below the first office.

    `opens` says that it begins a list inside the branch before it, `closes` how many lists end
    after it: a template draws the nested lists from the flat row of branches, however deep.
    """

    replication: Replication
    depth: int
    totals: Totals
    opens: bool = False
    closes: int = 0
    has_inner: bool = False

    @property
    def is_dropped(self) -> bool:
        return self.replication.status == ReplicationStatus.DROPPED

    @property
    def is_in_use(self) -> bool:
        return self.replication.status == ReplicationStatus.IN_USE

    @property
    def since(self) -> datetime:
        """When it came into use; until then, when it was taken."""
        return self.replication.adopted_at or self.replication.taken_at

    @property
    def ends(self) -> str:
        """One letter for each list that ends here, for a loop in a template."""
        return "." * self.closes


def tree_of(rows: Collection[Replication], *, shown: Collection[int] = ()) -> list[Branch]:
    """The replications of one idea as a tree, flat and in order.

    `rows` with their offices and measures loaded. A dropped one appears where others learnt from
    it, so that the line is not broken, and where it is among `shown`.
    """
    children: dict[int | None, list[Replication]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: (one.taken_at, one.pk)):
        children[row.taken_from_id].append(row)
    kept = _kept(rows, shown)
    branches: list[Branch] = []
    waiting = [(row, 1) for row in reversed(children[None])]
    while waiting:
        row, depth = waiting.pop()
        if row.pk not in kept:
            continue
        counted = savings_of([row]) if row.status == ReplicationStatus.IN_USE else Totals()
        branches.append(Branch(row, depth, counted))
        waiting += [(child, depth + 1) for child in reversed(children[row.pk])]
    _nest(branches)
    return branches


def _kept(rows: Collection[Replication], shown: Collection[int]) -> set[int]:
    """Those in the tree: all that go on, and the way from each to the first office."""
    parents = {row.pk: row.taken_from_id for row in rows}
    kept: set[int] = set()
    for row in rows:
        if row.status == ReplicationStatus.DROPPED and row.pk not in shown:
            continue
        at: int | None = row.pk
        while at is not None and at not in kept:
            kept.add(at)
            at = parents.get(at)
    return kept


def _nest(branches: list[Branch]) -> None:
    """Work out where the lists begin and end."""
    for number, branch in enumerate(branches):
        before = branches[number - 1].depth if number else 0
        after = branches[number + 1].depth if number + 1 < len(branches) else 1
        branch.opens = branch.depth > before and branch.depth > 1
        branch.has_inner = after > branch.depth
        branch.closes = max(0, branch.depth - after)


# --- The map ---------------------------------------------------------------------------------
@dataclass(slots=True)
class Place:
    """A district, or an office outside the districts, with what is going on there.

    A district counts its own office and those of its upazilas.
    """

    office: Office
    is_origin: bool = False
    in_use: int = 0
    under_way: int = 0

    @property
    def state(self) -> str:
        """The strongest of what can be said of the place; "" for nothing."""
        if self.in_use:
            return "in-use"
        if self.under_way:
            return "under-way"
        return "origin" if self.is_origin else ""

    @property
    def count(self) -> int:
        return self.in_use + self.under_way


@dataclass(slots=True)
class Area:
    """A division with its districts in the order of the gazette."""

    division: Office
    own: Place
    districts: list[Place]

    def __iter__(self) -> Iterator[Place]:
        return iter((self.own, *self.districts))


@dataclass(slots=True)
class Spread:
    """The whole country; `central` are ministries and agencies that have it."""

    areas: list[Area]
    central: list[Place]

    @property
    def districts(self) -> list[Place]:
        return [place for area in self.areas for place in area.districts]

    @property
    def touched_districts(self) -> int:
        return sum(1 for place in self.districts if place.state)

    @property
    def touched(self) -> list[Place]:
        """Every place that has it, for the table under the map."""
        return [place for area in self.areas for place in area if place.state] + self.central


def map_of(origin: Office, rows: Collection[Replication]) -> Spread:
    """The map of an initiative: two queries for the offices that are drawn."""
    active = Office.objects.active().order_by("pk")
    divisions = [Place(office) for office in active.filter(tier=Tier.DIVISION)]
    districts = [Place(office) for office in active.filter(tier=Tier.DISTRICT)]
    places = {place.office.path: place for place in (*divisions, *districts)}
    outside: dict[str, Place] = {}
    _place_at(origin, places, outside).is_origin = True
    for row in rows:
        place = _place_at(row.office, places, outside)
        place.in_use += row.status == ReplicationStatus.IN_USE
        place.under_way += row.status in UNDER_WAY
    areas = [
        Area(
            division=own.office,
            own=own,
            districts=[one for one in districts if one.office.path.startswith(own.office.path)],
        )
        for own in divisions
    ]
    return Spread(
        areas=sorted(areas, key=lambda area: _on_the_map(area.division)),
        central=[place for place in outside.values() if place.state],
    )


def _place_at(office: Office, places: dict[str, Place], outside: dict[str, Place]) -> Place:
    """The district in which an office stands; else its division, else the office itself."""
    codes = office.path_codes
    for depth in range(len(codes), 0, -1):
        path = "".join(f"{code}/" for code in codes[:depth])
        if path in places:
            return places[path]
    return outside.setdefault(office.path, Place(office))


def _on_the_map(division: Office) -> tuple[int, int]:
    known = division.code in ON_THE_MAP
    return (ON_THE_MAP.index(division.code) if known else len(ON_THE_MAP), division.pk)


# --- One initiative --------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class InitiativeSpread:
    """All that the page shows; `in_use` and `under_way` count offices."""

    initiative: Initiative
    origin_totals: Totals
    branches: list[Branch]
    map: Spread
    totals: Totals
    in_use: int
    under_way: int


def spread_of(initiative: Initiative) -> InitiativeSpread:
    """The page of one initiative, with its idea, office and pilot (a fixed number of queries)."""
    rows = rows_of_idea(initiative.idea_id)
    kept = [row for row in rows if row.status != ReplicationStatus.DROPPED]
    pilot: Pilot | None = getattr(initiative.idea, "pilot", None)
    began = [source_of(pilot)] if pilot else []
    sources = [*began, *map(source_of, kept)]
    in_use = sum(1 for row in kept if row.status == ReplicationStatus.IN_USE)
    return InitiativeSpread(
        initiative=initiative,
        origin_totals=totals(one.part() for one in began if one.is_counted),
        branches=tree_of(rows),
        map=map_of(initiative.idea.office, kept),
        totals=totals(one.part() for one in sources if one.is_counted),
        in_use=in_use,
        under_way=len(kept) - in_use,
    )


def rows_of_idea(idea_id: int) -> list[Replication]:
    """All replications of an idea as the tree and the map want them (two queries)."""
    rows = Replication.objects.filter(idea=idea_id).select_related("office")
    return list(rows.prefetch_related("measures"))
