"""Nobody learns how another member scored before the round is over.

One member gives marks and a note that stand out. Then every page, file and answer of the
application is fetched by others, and every record read: neither the note nor the total may be
there. And because a count, an order or a rounding gives marks away without naming them, the team
fetches everything once more after the marks were turned round: nothing at all may differ.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

import pypdfium2
import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponse
from pytest_django import DjangoDbBlocker, Settings

from ideas.actions import close_screening
from ideas.models import MOST_POINTS, Idea, Mark, Score, Screening
from teams.enums import Role
from teams.models import User
from tests.access_rules import GROUPS, METHOD
from tests.access_table import ADDRESSES
from tests.access_world import World, build_world, records, undone
from tests.factories import client_of, make_officer
from tests.ideas.scores import give_score, make_criteria

pytestmark = pytest.mark.django_db

TEAM = GROUPS["team"]
OUTSIDERS = ("district_head", "reviewer", "sibling_head", "administrator")
# With these weights the member's marks come to 49.20, which stands nowhere by chance.
WEIGHTS, MARKS, POOR = (37, 23, 17, 13, 10), (3, 4, 1, 2, 0), (0, 1, 0, 1, 1)
NOTE = "অনন্য-মন্তব্য-৭৩১"
SECRETS = (NOTE, "৪৯.২০", "49.20")
# What differs between two answers that say the same.
PASSING = re.compile(
    r"(csrfmiddlewaretoken|\"ticket\")[^>]*|X-CSRFToken[^}]*|nonce[-=]\S*|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
)

# Pages that offer a new secret each time they are asked for.
DICE = {
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_login_webauthn",
}


@pytest.fixture(scope="module")
def _world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    noon = time_machine.travel(datetime(2026, 11, 21, 6, tzinfo=UTC), tick=False)
    with noon, django_db_blocker.unblock(), transaction.atomic():
        make_criteria(date(2024, 1, 1), WEIGHTS)
        world = build_world()
        author = make_officer(world.country.upazila, Role.MEMBER)
        world.country.people["author"] = author
        (shown,) = world.things["draft"].addresses["screening"]
        waiting = Idea.objects.filter(office=world.country.upazila).waiting_for_screening()
        for number, idea in enumerate(waiting):
            # Good and poor by turns, so that turning the marks round would turn an order round.
            stands_out = number % 2 or idea.screenings.filter(pk=shown).exists()
            give_score(idea, by=author, points=MARKS if stands_out else POOR, note=NOTE)
        assert not Screening.objects.closed().exists()
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(_world: World, settings: Settings) -> World:
    settings.ACCOUNT_RATE_LIMITS = False
    return _world


# --- Fetching everything -------------------------------------------------------------------
def addresses(world: World, person: str) -> Iterator[tuple[str, str]]:
    """Each address of the application with something real, as a name and a URL.

    The team reads its papers as drafts, others what was sent.
    """
    for name, address in ADDRESSES.items():
        state = address.draft if person in TEAM else address.settled
        if address.outcome("GET", state, person) != METHOD:  # which would tell nobody anything
            yield name, world.url(name, address.about, state)


def text_of(response: HttpResponse) -> str:
    """All that is in an answer: its headers, its page, the words of its file."""
    body = response.getvalue() if response.streaming else response.content
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return head + "".join(
                parts.read(name).decode(errors="replace") for name in parts.namelist()
            )
    if body.startswith(b"%PDF") and body.rstrip().endswith(b"%%EOF"):
        return head + "".join(
            page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(body)
        )
    return head + body.decode(errors="replace")


def fetched(world: World, person: str) -> dict[str, str]:
    """Everything that this person is answered."""
    with undone():
        return {
            name: text_of(world.client(person).get(url)) for name, url in addresses(world, person)
        }


def leaks(texts: dict[str, str]) -> list[str]:
    """Where one of the secrets stands."""
    return [
        f"{name}: {secret}" for name, text in texts.items() for secret in SECRETS if secret in text
    ]


def close_all(world: World, but: Sequence[int] = ()) -> None:
    head: User = world.country["upazila.head"]
    for screening in Screening.objects.open().exclude(pk__in=but):
        close_screening(screening=screening, by=head)


# --- Before the end ------------------------------------------------------------------------
@time_machine.travel(datetime(2026, 11, 21, 6, tzinfo=UTC), tick=False)
@pytest.mark.parametrize("person", OUTSIDERS)
def test_nobody_outside_the_team_ever_meets_the_note_or_the_total(
    world: World, person: str
) -> None:
    with undone():
        # Some rounds are over and some go on, the one that has a page of its own among them.
        close_all(world, but=world.things["draft"].addresses["screening"])
        assert leaks(fetched(world, person)) == []


@time_machine.travel(datetime(2026, 11, 21, 6, tzinfo=UTC), tick=False)
@pytest.mark.parametrize("person", TEAM)
def test_team_learns_nothing_of_a_members_marks_while_the_round_is_open(
    world: World, person: str
) -> None:
    before = fetched(world, person)
    assert leaks(before) == []
    with undone():
        scores = Score.objects.filter(scorer=world.country["author"])
        scores.update(note="অন্য কথা " * 40)
        for mark in Mark.objects.filter(score__in=scores):
            Mark.objects.filter(pk=mark.pk).update(points=MOST_POINTS - mark.points)
        after = fetched(world, person)
    differing = [
        name
        for name in before
        if name not in DICE and PASSING.sub("", before[name]) != PASSING.sub("", after[name])
    ]
    assert differing == []


def test_members_own_score_page_shows_their_own_marks(world: World) -> None:
    """What is looked for is there to be found."""
    author = world.country["author"]
    idea = Score.objects.filter(scorer=author)[0].screening.idea
    page = client_of(author).get(f"/ideas/{idea.pk}/score/")
    assert NOTE in page.content.decode()


def test_no_record_holds_a_mark_or_a_note(world: World) -> None:
    where_they_are_kept = {"ideas.Score", "ideas.Mark"}
    with undone():
        close_all(world)  # nor does closing copy them anywhere
        told = {
            label: str(rows)
            for label, rows in records().items()
            if label not in where_they_are_kept
        }
    assert [label for label, text in told.items() for secret in SECRETS if secret in text] == []


# --- Afterwards ----------------------------------------------------------------------------
@pytest.mark.parametrize("person", TEAM)
def test_team_sees_marks_and_notes_afterwards(world: World, person: str) -> None:
    (pk,) = world.things["draft"].addresses["screening"]
    with undone():
        close_all(world)
        page = text_of(world.client(person).get(f"/ideas/screening/{pk}/"))
    assert NOTE in page
    assert "৪৯.২০" in page
