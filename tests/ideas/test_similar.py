"""Ideas that say the same are found, by whoever may know of them and by nobody else."""

import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ideas import guard
from ideas.actions import (
    HandIn,
    IdeaText,
    hand_in_idea,
    merge_idea,
    receive_idea,
    update_idea,
)
from ideas.enums import IdeaStatus
from ideas.models import Idea, IdeaTerm
from ideas.similar import index_idea, similar_ideas
from ideas.similar.limits import MOST_QUESTIONS
from ideas.similar.terms import terms_of
from scripts.bench.other_ideas import other_ideas
from scripts.bench.similar import hidden_pairs, places, recall, write_ideas
from teams.models import AuditEntry
from tests.factories import Team, client_of, make_team
from tests.ideas.register import TEXT, make_idea
from tests.pages import texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

TITLE = "নামজারির শুনানির তারিখ মোবাইলে জানানো"
TOLD = "শুনানির দিন না জানায় আবেদনকারী বারবার ভূমি অফিসে আসেন। তারিখ ঠিক হলে বার্তা গেলে একবার এলেই চলে।"
ASKED = "জমাখারিজের শুনানী কবে হবে তা এসএমএস করে জানিয়ে দিলে ভূমি অফিসে ঘুরতে হতো না"


def known(words: str, viewer: object = None, **options: object) -> list[str]:
    return [each.idea.title for each in similar_ideas(words, viewer=viewer, **options)]


def hearing(team: Team, status: str = IdeaStatus.SHORTLISTED, **words: object) -> Idea:
    told = {"title": TITLE, "description": TOLD, "benefit": "", **words}
    return make_idea(team.office, by=team.head, status=status, **told)


# --- The words -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("বাড়ি বাড়ি যাওয়া", "বা\u09dcি বা\u09dcি যাও\u09dfা"),
        ("ভূমি অফিসের নামজারি", "ভুমী অফিসে নামজারী"),
        ("গণশুনানির সময়সূচি", "গনসুনানীর সময়সুচী"),
        ("মিউটেশন", "জমা খারিজ"),
        ("খুদে বার্তা", "SMS"),
        ("২৪ ঘণ্টা", "24 ঘন্টা"),
        ("১,২০,০০০ টাকা", "120000 টাকা"),
        ("জন্মনিবন্ধন", "জন্ম সনদ"),
        ("ই-নামজারি", "অনলাইনে নামজারি"),
        ("কর্মকর্তাগুলোকে", "কর্মকর্তার"),
        ("ফেসবুকে", "ফেইসবুক"),
        ("আদালতে", "কোর্টের"),
        ("র\u200d্যাম্প", "র\u200c্যাম্প"),
    ],
)
def test_ways_of_writing_are_one(one: str, other: str) -> None:
    assert terms_of(one) == terms_of(other) != []


def test_words_of_another_meaning_stay_apart() -> None:
    for one, other in [("ধান", "দান"), ("সার", "সাড়া"), ("২৪", "২৫"), ("বিধবা", "বয়স্ক")]:
        assert terms_of(one) != terms_of(other)


@pytest.mark.parametrize(
    "words", ["", " \n", "।।।", "\x00", "এবং কিন্তু তবে", "॥" * 5_000, "😀", "%_'\"\\"]
)
def test_words_that_say_nothing_find_nothing(team: Team, words: str) -> None:
    hearing(team)
    assert similar_ideas(words) == []


def test_a_text_of_any_length_is_taken(team: Team) -> None:
    idea = hearing(team)
    assert similar_ideas(f"{ASKED} " * 2_000)[0].idea == idea
    long = hearing(team, title="ক" * 300, description=" ".join(f"শব্দ{n}কখগ" for n in range(3_000)))
    assert 0 < long.terms.count() <= 150


# --- Who may know --------------------------------------------------------------------------
@pytest.mark.parametrize("status", IdeaStatus.values)
def test_who_is_shown_an_idea_in_which_state(team: Team, status: str) -> None:
    idea = hearing(team, status)
    stranger = make_team("elsewhere")
    open_to_all = {"shortlisted", "approved", "piloting", "showcased", "replicated"}
    own = open_to_all | {"received", "declined", "stopped"}
    for viewer, states in (
        (None, open_to_all),
        (AnonymousUser(), open_to_all),
        (stranger.head, open_to_all),
        (team.member, own),
    ):
        shown = [each.idea for each in similar_ideas(ASKED, viewer=viewer)]
        assert (idea in shown) == (status in states), viewer


def test_idea_kept_back_by_its_submitter_is_shown_to_its_own_team_alone(team: Team) -> None:
    idea = hearing(team)
    Idea.objects.filter(pk=idea.pk).update(is_shared=False)
    assert similar_ideas(ASKED) == similar_ideas(ASKED, viewer=make_team("elsewhere").head) == []
    assert known(ASKED, team.member) == [TITLE]


def test_merged_idea_leads_to_the_last_of_its_chain(team: Team) -> None:
    """Found by its own words, shown as what it goes on as, once."""
    first = hearing(team, "received")
    others = [
        make_idea(team.office, by=team.head, title=f"আরেকটি {n}", description="অন্য কথা", benefit="")
        for n in range(2)
    ]
    merge_idea(idea=first, into=others[0], by=team.head)
    others[0].refresh_from_db()
    merge_idea(idea=others[0], into=others[1], by=team.head)
    assert known(ASKED, team.member) == ["আরেকটি 1"]
    assert similar_ideas(ASKED) == []  # nobody else may know of a received idea
    assert known(ASKED, team.member, exclude=others[1]) == []


def test_idea_itself_is_left_out_and_the_number_is_kept(team: Team) -> None:
    ideas = [hearing(team) for _number in range(4)]
    found = similar_ideas(ASKED, limit=2, exclude=ideas[0])
    assert len(found) == 2
    assert ideas[0] not in [each.idea for each in found]
    assert all(0 < each.score <= 1 for each in found)
    assert similar_ideas(ASKED, limit=0) == []


# --- The index is kept in step ---------------------------------------------------------------
def stored(idea: Idea) -> dict[str, int]:
    return dict(idea.terms.values_list("term", "weight"))


def test_index_follows_an_idea_written_and_mended(team: Team) -> None:
    text = IdeaText(title=TITLE, description=TOLD, received_on=date(2026, 11, 10))
    idea = receive_idea(office=team.office, text=text, by=team.member)
    assert known(ASKED, team.member) == [TITLE]
    other = replace(text, title="মাছের পোনা পরিবহন", description="অক্সিজেন ভরা ব্যাগ ভাড়া")
    update_idea(idea=idea, version=1, text=other, by=team.member)
    assert known(ASKED, team.member) == []
    assert known("মাছের পোনা নেওয়ার ব্যাগ", team.member) == [other.title]


def test_every_action_that_writes_words_writes_the_index(team: Team) -> None:
    """Made anew, the index says what the actions had left."""
    make_idea(team.office, by=team.head)
    update_idea(idea=hearing(team, "received"), version=1, text=TEXT, by=team.head)
    hand_in_idea(
        office=team.office,
        hand_in=HandIn(description=TOLD),
        by=None,
        form_key=uuid.uuid4(),
    )
    assert not Idea.objects.filter(terms=None).exists()
    before = set(IdeaTerm.objects.values_list("idea", "term", "weight"))
    IdeaTerm.objects.all().delete()
    call_command("indexideas")
    assert set(IdeaTerm.objects.values_list("idea", "term", "weight")) == before != set()


def test_index_made_twice_is_the_same(team: Team) -> None:
    idea = hearing(team)
    before = stored(idea)
    index_idea(idea)
    assert stored(idea) == before


# --- What is found -------------------------------------------------------------------------
def test_nine_of_ten_hidden_ideas_are_found(team: Team) -> None:
    """Pairs written by hand, hidden among others; `make bench` does so among many more."""
    pairs = hidden_pairs()
    write_ideas(team.office, other_ideas(300))
    pks = write_ideas(team.office, [pair.idea for pair in pairs])
    assert recall(places(pairs, pks), within=5) >= 0.9


def test_cost_is_the_same_for_one_idea_and_for_many(team: Team) -> None:
    counts = []
    hearing(team)
    assert team.member.scope.team_office_ids
    for number in (0, 200):
        write_ideas(team.office, other_ideas(number))
        with CaptureQueriesContext(connection) as queries:
            assert similar_ideas(ASKED, viewer=team.member)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5


# --- While somebody types ------------------------------------------------------------------
def ask(client: Client, **typed: str) -> object:
    return client.post(reverse("public:similar"), typed)


def test_anybody_who_types_is_shown_title_office_and_state(team: Team) -> None:
    idea = hearing(team)
    page = ask(Client(), description=ASKED)
    assert texts_of(page, ".similar-list b") == [TITLE]
    assert "প্রথম বাছাইয়ে টিকেছে" in page.content.decode()
    assert str(team.office.name) in page.content.decode()
    assert reverse("public:support", args=[idea.pk]) in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert TOLD.split("।")[0] not in page.content.decode()


def test_officer_who_types_is_led_to_the_own_register(team: Team, client: Client) -> None:
    idea = hearing(team, "received")
    assert idea.get_absolute_url() in ask(client, title=ASKED).content.decode()
    assert ask(Client(), title=ASKED).content.decode().strip() == ""


def test_asking_writes_nothing(team: Team) -> None:
    hearing(team)
    before = AuditEntry.objects.count()
    client = Client()
    assert ask(client, title=ASKED).status_code == 200
    assert AuditEntry.objects.count() == before
    assert not client.session.keys()


@pytest.mark.parametrize("typed", [{}, {"title": "\x00"}, {"title": "ক" * 50_000}])
def test_odd_words_are_answered(typed: dict[str, str]) -> None:
    assert ask(Client(), **typed).status_code == 200


def test_one_address_asks_only_so_often(team: Team, settings: object) -> None:
    hearing(team)
    guard.forget()
    client = Client()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ideas.similar.limits.MOST_QUESTIONS", 2)
        answers = [ask(client, title=ASKED).status_code for _time in range(3)]
    assert answers == [200, 200, 429]
    assert MOST_QUESTIONS > 2
    # Whoever is logged in is known, and not counted.
    assert ask(client_of(team.member), title=ASKED).status_code == 200


def test_asking_uses_up_nobodys_right_to_hand_in(team: Team) -> None:
    client = Client()
    for _time in range(guard.FREE + 1):
        ask(client, title=ASKED)
    page = client.get(reverse("public:idea_create"))
    assert page.status_code == 200


def test_create_form_has_the_panel_and_its_script(client: Client) -> None:
    page = client.get(reverse("ideas:create")).content.decode()
    assert f'data-similar="{reverse("public:similar")}"' in page
    assert "similar.js" in page or "similar." in page


# --- Likely duplicates of a register ---------------------------------------------------------
def test_duplicates_of_the_own_register_are_laid_side_by_side(team: Team, client: Client) -> None:
    hearing(team)
    hearing(team, "received", title="মিউটেশনের শুনানির দিন এসএমএসে জানানো")
    make_idea(team.office, by=team.head)
    elsewhere = make_team("elsewhere")
    hearing(elsewhere)
    page = client.get(reverse("ideas:duplicates"))
    assert len(texts_of(page, ".versions")) == 1
    assert "মিউটেশনের শুনানির দিন" in texts_of(page, ".versions")[0]
    assert texts_of(client_of(elsewhere.member).get(reverse("ideas:duplicates")), ".empty h2")


def test_duplicates_cost_as_much_for_many(team: Team, client: Client) -> None:
    counts = []
    for number in (2, 40):
        write_ideas(team.office, other_ideas(number))
        Idea.objects.update(status=IdeaStatus.RECEIVED, received_on=date(2026, 11, 1))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("ideas:duplicates"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
