"""Two positions that the access table has no column for, and every paper in each of its states.

tests/test_access.py walks every address with the people of an office, those above it, beside it
and elsewhere. Here an office one level higher stands in its place: somebody of an office *below*
asks for what is the superior's, and somebody of the same office who is *not in its team*.
docs/access.md is the table of who reads which paper in which state; it is walked as it stands.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.db import transaction
from django.db.models import Q
from pytest_django import DjangoDbBlocker, Settings

from ideas.models.ideas import IdeaQuerySet
from meetings.models.meetings import MeetingQuerySet
from reports.models.reports import ReportQuerySet
from teams.enums import Role, Tier
from teams.models.handovers import HandoverQuerySet
from teams.models.people import PostQuerySet
from teams.models.teams import TeamDocumentQuerySet, TeamQuerySet
from teams.scope import Scope
from tests.access_papers import Shown, papers
from tests.access_rules import NO, OK, Outcome
from tests.access_table import ADDRESSES
from tests.access_world import World, build_world, leads_to_login, log_in, records
from tests.factories import make_country, make_office, make_officer
from tests.test_access import complaints, outcome, read
from workplans.models import WorkPlanQuerySet

pytestmark = pytest.mark.django_db

# In place of the division, the district and the upazila of the access table.
ONE_HIGHER = (Tier.MINISTRY, Tier.DIVISION, Tier.DISTRICT)
ROOMS = ("workplans", "ideas", "meetings", "reports", "teams", "duties", "public", "open")
PAGE = Path(project.BASE_DIR) / "docs" / "access.md"

# --- What those below and those outside the team get -------------------------------------------
# Whoever heads an office below gets what the head of a sister office gets, who has a team too.
# Whoever is not in the team gets what somebody without any post gets.
LIKE = {"below": "sibling_head", "staff": "nobody"}
# One's own office and those above it are no secret; their people, codes and lists are.
IN_ONES_LINE: dict[str, Outcome] = {
    "teams:office_detail": OK,
    "teams:invitation_office": NO,
    "teams:invitation_create": NO,
    "teams:staff_upload": NO,
    "teams:staff_template": NO,
}
# The head of the sister office hands over a post of this office; nobody below does.
HEADS_HANDOVER = {
    f"duties:handover_{step}" for step in ("detail", "note", "give", "take", "settle")
}
# The columns of docs/access.md, each with who stands for it.
COLUMNS = {
    "Head": "head",
    "Team": "member",
    "Outside the team": "staff",
    "Below": "below_officer",
    "Beside": "sibling_head",
    "Above": "district_head",
    "Reviewer": "reviewer",
    "Administrator": "administrator",
    "Elsewhere": "elsewhere_head",
    "No post": "nobody",
    "No log-in": "anonymous",
}
# What is not there, or no more.
UNFOUND = frozenset({404, 410})
# Where one check is gone, the one behind it may refuse in words (an answer to a remark).
UNFOUND_OR_REFUSED = UNFOUND | {403}
Key = tuple[str, str, str]


# --- The world, built once ---------------------------------------------------------------------
@pytest.fixture(scope="module")
def _built(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[World, dict[tuple[str, str], Shown]]]:
    """The world of the access table about a district with an upazila below it, and its papers."""
    with django_db_blocker.unblock(), transaction.atomic():
        country = make_country(ONE_HIGHER)
        world = build_world(country)
        below = make_office("below", Tier.UPAZILA, country.upazila)
        for name, office, role in (
            ("below", below, Role.HEAD),
            ("below_officer", below, Role.INNOVATION_OFFICER),
            ("staff", country.upazila, Role.STAFF),
        ):
            world.sessions[name] = log_in(make_officer(office, role))
        shown = papers(world)
        world.records = records()
        yield world, shown
        transaction.set_rollback(True)


@pytest.fixture
def world(_built: tuple[World, Any], settings: Settings) -> World:
    # The walk asks the log-in page more often than a person may.
    settings.ACCOUNT_RATE_LIMITS = False
    return _built[0]


@pytest.fixture
def shown(_built: tuple[Any, dict[tuple[str, str], Shown]]) -> dict[tuple[str, str], Shown]:
    return _built[1]


# --- Every address, from below and from outside the team ----------------------------------------
def said(name: str, method: str, state: str, person: str) -> Outcome | None:
    """What the table says of the person, read by the rule above."""
    like = "nobody" if name in HEADS_HANDOVER else LIKE[person]
    plain = ADDRESSES[name].outcome(method, state, like)
    # Who sees the office is refused in words; a method it does not have is refused as ever.
    return IN_ONES_LINE[name] if name in IN_ONES_LINE and plain == 404 else plain


def leaks(world: World, names: list[str], person: str) -> list[str]:
    return [leak for name in names for leak in complaints(world, name, (person,), said)]


@pytest.mark.parametrize("person", LIKE)
@pytest.mark.parametrize("room", ROOMS)
def test_nothing_opens_from_below_or_outside_the_team(world: World, room: str, person: str) -> None:
    names = [name for name in ADDRESSES if name.startswith(f"{room}:")]
    assert names
    assert leaks(world, names, person) == []


# --- Every paper in each of its states ----------------------------------------------------------
def table() -> dict[Key, set[str]]:
    """docs/access.md: (paper, what of it, state) -> the columns that read it."""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in PAGE.read_text().splitlines()
        if line.startswith("|") and not line.startswith("| ---")
    ]
    head, *body = rows
    assert head == ["Paper", "What of it", "In which states", *COLUMNS]
    found: dict[Key, set[str]] = {}
    for paper, what, states, *cells in body:
        assert set(cells) <= {"reads", ""}
        for state in states.split(", "):
            assert (paper, what, state) not in found, "said twice"
            found[paper, what, state] = {
                column for column, cell in zip(COLUMNS, cells, strict=True) if cell
            }
    return found


def readers(
    world: World, addresses: list[str], columns: dict[str, str], unfound: frozenset[int]
) -> dict[str, set[str]]:
    """Address -> the columns that it opens to; whoever it does not open to finds nothing there,
    which the statuses `unfound` say."""
    found: dict[str, set[str]] = {address: set() for address in addresses}
    for column, person in columns.items():
        client = world.client(person)
        for address in addresses:
            response = read(client.get(address))
            if leads_to_login(response):
                assert person == "anonymous"
            elif response.status_code in (200, 302):
                found[address].add(column)
            else:
                assert response.status_code in unfound, (address, person, response.status_code)
    return found


def differences(
    world: World,
    shown: dict[tuple[str, str], Shown],
    kind: str,
    columns: dict[str, str] = COLUMNS,
    unfound: frozenset[int] = UNFOUND,
) -> list[str]:
    """Where the papers of a kind are read by others than docs/access.md says."""
    said_of = table()
    return [
        f"{kind}, {what}, {state}: {column} at {address}"
        for (paper, what), states in shown.items()
        if paper == kind
        for state, addresses in states.items()
        for address, opens_to in readers(world, addresses, columns, unfound).items()
        for column in sorted(opens_to ^ (said_of[paper, what, state] & set(columns)))
    ]


def test_table_names_every_paper_in_every_state(shown: dict[tuple[str, str], Shown]) -> None:
    assert set(table()) == {
        (paper, what, state) for (paper, what), states in shown.items() for state in states
    }


KINDS = sorted({paper for paper, _what, _state in table()})


@pytest.mark.parametrize("kind", KINDS)
def test_paper_is_read_by_whom_the_table_says(
    world: World, shown: dict[tuple[str, str], Shown], kind: str
) -> None:
    assert differences(world, shown, kind) == []


# --- With a check removed the walks above do not pass --------------------------------------------
@pytest.mark.parametrize(
    ("kind", "queryset", "check", "leak"),
    [
        ("Plan", WorkPlanQuerySet, "visible_to", "rows, evidence, prints, Excel, draft"),
        ("Meeting", MeetingQuerySet, "visible_to", "minutes, decisions, prints, Word, draft"),
        ("Meeting", MeetingQuerySet, "own_of", "letters, attendance, versions, calendar, draft"),
        ("Idea", IdeaQuerySet, "own_of", "words, files, held"),
        ("Pilot", IdeaQuerySet, "own_of", "plan, visits, pictures, planned"),
        ("Report", ReportQuerySet, "own_of", "what is being written, its prints, draft"),
        ("Report", ReportQuerySet, "visible_to", "what was sent, its receipt, submitted"),
        ("Team and its order", TeamQuerySet, "visible_to", "members, order, print, Word, draft"),
        ("Team and its order", TeamDocumentQuerySet, "visible_to", "print of the draft, issued"),
        ("Handover", HandoverQuerySet, "visible_to", "the list, the note, the signatures, open"),
    ],
)
def test_walk_notices_a_check_that_is_gone(
    world: World,
    shown: dict[tuple[str, str], Shown],
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    queryset: type,
    check: str,
    leak: str,
) -> None:
    monkeypatch.setattr(queryset, check, lambda self, user: self.all())
    columns = {column: COLUMNS[column] for column in ("Below", "Outside the team")}
    found = differences(world, shown, kind, columns, UNFOUND_OR_REFUSED)
    for column in columns:
        assert any(one.startswith(f"{kind}, {leak}: {column} at") for one in found), column


def test_walk_notices_that_what_was_sent_is_read_from_below(
    world: World, shown: dict[tuple[str, str], Shown], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if every office stood below one's own."""
    monkeypatch.setattr(Scope, "below", lambda self, prefix="": Q(pk__gt=0))
    below = {"Below": COLUMNS["Below"]}
    for kind, leak in (
        ("Plan", "rows, evidence, prints, Excel, submitted"),
        ("Meeting", "minutes, decisions, prints, Word, circulated"),
        ("Report", "what was sent, its receipt, submitted"),
        ("Team and its order", "members, order, print, Word, issued"),
    ):
        found = differences(world, shown, kind, below, UNFOUND_OR_REFUSED)
        assert any(one.startswith(f"{kind}, {leak}") for one in found), kind
        assert not any(", draft: " in one for one in found)


@pytest.mark.parametrize("name", ["teams:post_detail", "duties:post_work"])
def test_post_has_two_checks_and_each_is_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """`visible_to` lets the whole line through; who may look at people is asked after it."""
    views = "teams.views.posts" if name.startswith("teams") else "duties.views.handovers"
    with monkeypatch.context() as gone:
        gone.setattr(PostQuerySet, "visible_to", lambda self, user: self.all())
        assert leaks(world, [name], "below") == []
    monkeypatch.setattr(f"{views}.can_see_people", lambda user, office: True)
    for person in LIKE:
        assert leaks(world, [name], person) == [
            f"GET {name} (draft) by {person}: expected 404, got ok"
        ]
    assert outcome(world, name, "GET", "draft", "sibling_head") == (404, False)
    monkeypatch.setattr(PostQuerySet, "visible_to", lambda self, user: self.all())
    assert outcome(world, name, "GET", "draft", "sibling_head") == (OK, False)
