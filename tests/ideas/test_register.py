"""The register as its team meets it: ideas received, found, mended."""

import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from ideas.actions import IdeaText, receive_idea, update_idea
from ideas.models import Idea
from teams.enums import Role
from teams.models import AuditEntry, User
from tests.factories import (
    Country,
    Team,
    client_of,
    make_country,
    make_office,
    make_officer,
    make_person,
    make_post,
    make_team,
)
from tests.ideas.register import TEXT, form_of, make_idea
from tests.pages import find, form_fields, texts_of
from tests.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

CREATE = "/ideas/create/"
HUGE, ENDLESS = "9" * 30, "1" * 5_000
# The same letter twice: as one code point, and as য with a nukta (what NFC settles on).
YYA_ONE, YYA_TWO = "\u09df", "\u09af\u09bc"


def receive(client: Client, **typed: object) -> HttpResponse:
    """Open the form of a new idea, type, and send it."""
    form = form_fields(client.get(CREATE))
    words = {**TEXT.as_json(), "received_on": "১০/১১/২০২৬"}
    return client.post(CREATE, {**form, **words, **typed})


# --- Receiving -----------------------------------------------------------------------------
def test_idea_is_written_into_the_register(team: Team, client: Client) -> None:
    response = receive(client)
    idea = Idea.objects.get()
    assert response.url == idea.get_absolute_url()
    assert (idea.office, idea.title, idea.description) == (
        team.office,
        TEXT.title,
        TEXT.description,
    )
    assert (idea.channel, idea.submitter_name, idea.received_on) == (
        "paper_box",
        "শাহিনুর বেগম",
        date(2026, 11, 10),
    )
    assert (idea.status, idea.created_by, idea.version) == ("received", team.member, 1)
    entry = AuditEntry.objects.get(action="idea.receive", object_id=idea.pk)
    assert (entry.by, entry.office, entry.after["title"]) == (team.member, team.office, idea.title)
    page = client.get(response.url)
    assert texts_of(page, ".alert") == ["আইডিয়াটি নিবন্ধিত হয়েছে।"]
    assert texts_of(page, "h1") == [f"{TEXT.title} প্রাপ্ত"]


def test_form_offers_today_and_asks_for_no_office_of_one_office(team: Team, client: Client) -> None:
    page = client.get(CREATE)
    fields = form_fields(page)
    assert (fields["received_on"], fields["channel"]) == ("২১ নভেম্বর ২০২৬", "staff")
    assert fields["office"] == str(team.office.pk)
    assert find(page, "select[name='office']") == []


def test_title_and_description_alone_are_enough(client: Client) -> None:
    receive(client, benefit="", submitter_name="")
    idea = Idea.objects.get()
    assert (idea.benefit, idea.submitter_name) == ("", "")
    assert "—" in texts_of(client.get(idea.get_absolute_url()), ".facts dd")


def test_officer_of_two_offices_chooses_where_it_belongs(team: Team) -> None:
    second = make_office("second", parent=team.office)
    make_post(second, Role.MEMBER, holder=team.member)
    client = client_of(team.member)
    assert len(find(client.get(CREATE), "select[name='office'] option")) == 2
    receive(client, office=second.pk)
    assert Idea.objects.get().office == second
    assert second.name_bn in texts_of(client.get(reverse("ideas:list")), "tbody td")


def test_idea_cannot_be_put_into_the_register_of_another_office(client: Client) -> None:
    stranger = make_office("stranger", parent=make_office("elsewhere", "cabinet"))
    assert receive(client, office=stranger.pk).status_code == 422
    assert not Idea.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": " \u200b "}, "আইডিয়ার একটি শিরোনাম লিখুন।"),
        ({"description": "\n \n"}, "প্রস্তাবটি দু-এক বাক্যে লিখুন।"),
        ({"received_on": ""}, "আইডিয়াটি কোন তারিখে পাওয়া গেছে, লিখুন।"),
        ({"received_on": "২২ নভেম্বর ২০২৬"}, "প্রাপ্তির তারিখ আজকের পরে হতে পারে না।"),
        (
            {"received_on": "গত হাটবারে"},
            "“গত হাটবারে” তারিখ হিসেবে পড়া গেল না। এভাবে লিখুন: ২১/১১/২০২৬।",
        ),
    ],
    ids=str,
)
def test_what_is_missing_or_cannot_be_is_said_in_words(
    client: Client, typed: dict[str, str], said: str
) -> None:
    response = receive(client, **typed)
    assert response.status_code == 422
    assert texts_of(response, ".invalid-feedback") == [said]
    # What was typed is still there.
    assert form_fields(response)["submitter_name"] == TEXT.submitter_name
    assert not Idea.objects.exists()


@pytest.mark.parametrize(
    "typed", ["১০/১১/২০২৬", "10.11.2026", "১০ নভেম্বর, ২০২৬", "2026-11-10", "১০-১১-২০২৬"]
)
def test_date_is_read_in_any_usual_way(client: Client, typed: str) -> None:
    receive(client, received_on=typed)
    assert Idea.objects.get().received_on == date(2026, 11, 10)


def test_words_are_stored_in_one_encoding(client: Client) -> None:
    receive(
        client,
        title=f"সম{YYA_ONE}\u00a0 মতো\r\nনোটিশ\x0b",
        description=f"  আ{YYA_ONE}\r\nব্য{YYA_ONE}\x07 ",
        submitter_name=f" {YYA_ONE} ",
    )
    idea = Idea.objects.get()
    assert idea.title == f"সম{YYA_TWO} মতো নোটিশ"
    assert idea.description == f"আ{YYA_TWO}\nব্য{YYA_TWO}"
    assert idea.submitter_name == YYA_TWO


def test_title_that_is_too_long_is_refused(client: Client) -> None:
    assert receive(client, title="ক" * 301).status_code == 422
    # Counted as it is stored: this letter becomes two code points.
    assert receive(client, title=YYA_ONE * 151).status_code == 422
    assert receive(client, title=YYA_ONE * 150).status_code == 302


# --- The same form again -------------------------------------------------------------------
def test_form_sent_twice_makes_one_idea(client: Client) -> None:
    form = {**form_fields(client.get(CREATE)), **TEXT.as_json(), "received_on": "১০/১১/২০২৬"}
    answers = {client.post(CREATE, form).url for _ in range(2)}
    assert answers == {Idea.objects.get().get_absolute_url()}
    assert AuditEntry.objects.filter(action="idea.receive").count() == 1


def test_form_come_back_to_with_other_words_makes_another_idea(client: Client) -> None:
    form = {**form_fields(client.get(CREATE)), **TEXT.as_json(), "received_on": "১০/১১/২০২৬"}
    client.post(CREATE, form)
    client.post(CREATE, {**form, "title": "টোকেন নম্বর পর্দায় দেখানো"})
    assert Idea.objects.count() == 2


def test_copied_key_makes_an_idea_of_ones_own(team: Team) -> None:
    key = uuid.uuid4()
    other = make_team("other", parent=team.office)
    for each in (team, other):
        client_of(each.member).post(CREATE, form_of(each.office, form_key=key))
    assert {idea.office for idea in Idea.objects.all()} == {team.office, other.office}


@pytest.mark.parametrize("key", ["", "x", HUGE])
def test_form_without_a_sound_key_is_refused(team: Team, client: Client, key: str) -> None:
    response = client.post(CREATE, form_of(team.office, form_key=key))
    assert response.status_code == 422
    assert not Idea.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_form_sent_eight_times_at_once_makes_one_idea() -> None:
    team = make_team()
    key = uuid.uuid4()

    def send() -> int:
        by = User.objects.get(pk=team.member.pk)
        return receive_idea(office=team.office, text=TEXT, by=by, form_key=key).pk

    assert at_once([send] * 8) == [Idea.objects.get().pk] * 8
    assert AuditEntry.objects.filter(action="idea.receive").count() == 1


# --- Mending -------------------------------------------------------------------------------
def edit(idea: Idea) -> str:
    return reverse("ideas:update", args=[idea.pk])


def test_edit_shows_the_words_and_saves_them(team: Team, client: Client, idea: Idea) -> None:
    form = form_fields(client.get(edit(idea)))
    assert (form["title"], form["received_on"]) == (TEXT.title, "১০ নভেম্বর ২০২৬")
    said = client.post(edit(idea), {**form, "title": "নতুন শিরোনাম"}, follow=True)
    assert texts_of(said, ".alert") == ["সংরক্ষিত হয়েছে।"]
    idea.refresh_from_db()
    assert (idea.title, idea.description, idea.version) == ("নতুন শিরোনাম", TEXT.description, 2)
    assert idea.updated_by == team.member
    assert f"{team.member.name_bn}, ২১ নভেম্বর ২০২৬" in texts_of(said, ".facts dd")
    entry = AuditEntry.objects.get(action="idea.update")
    assert (entry.before["title"], entry.after["title"]) == (TEXT.title, "নতুন শিরোনাম")
    assert entry.after["received_on"] == "2026-11-10"


def test_edit_from_an_old_copy_shows_both_texts_and_writes_nothing(
    team: Team, client: Client, idea: Idea
) -> None:
    mine = {**form_fields(client.get(edit(idea))), "title": "আমার শিরোনাম", "benefit": "আমার লাভ"}
    other = client_of(team.innovation_officer)
    theirs = {**form_fields(other.get(edit(idea))), "title": "তাঁর শিরোনাম", "channel": "meeting"}
    other.post(edit(idea), theirs)

    page = client.post(edit(idea), mine)
    assert page.status_code == 409
    shown = dict(zip(texts_of(page, ".card h2"), texts_of(page, ".card .words"), strict=True))
    assert shown == {
        "শিরোনাম": "তাঁর শিরোনাম",
        "কে কীভাবে উপকৃত হবেন": TEXT.benefit,
        "যেভাবে এসেছে": "সভা",
    }
    kept = form_fields(page)
    assert (kept["title"], kept["benefit"].strip()) == ("আমার শিরোনাম", "আমার লাভ")
    idea.refresh_from_db()
    assert idea.title == "তাঁর শিরোনাম"

    # Looked at both: now it may be saved over.
    assert client.post(edit(idea), kept).status_code == 302
    idea.refresh_from_db()
    assert (idea.title, idea.benefit, idea.version) == ("আমার শিরোনাম", "আমার লাভ", 3)


def test_edit_sent_twice_is_saved_once(client: Client, idea: Idea) -> None:
    form = {**form_fields(client.get(edit(idea))), "title": "নতুন শিরোনাম"}
    for _ in range(2):
        assert client.post(edit(idea), form).url == idea.get_absolute_url()
    idea.refresh_from_db()
    assert idea.version == 2
    assert AuditEntry.objects.filter(action="idea.update").count() == 1


@pytest.mark.parametrize("version", [HUGE, ENDLESS, "-1", "x", "", str(2**63), "0"])
def test_odd_version_writes_nothing(client: Client, idea: Idea, version: str) -> None:
    form = {**form_fields(client.get(edit(idea))), "title": "অন্য কথা", "version": version}
    assert client.post(edit(idea), form).status_code in (409, 422)
    idea.refresh_from_db()
    assert idea.title == TEXT.title


def test_form_sets_nothing_but_the_words(team: Team, client: Client, idea: Idea) -> None:
    more = {
        **{"status": "approved", "approved_by": team.head.pk, "office": 0, "office_id": 0},
        **{"created_by": team.head.pk, "reference": "বানানো", "decline_reason": "বানানো"},
    }
    client.post(edit(idea), {**form_fields(client.get(edit(idea))), "title": "নতুন", **more})
    idea.refresh_from_db()
    assert (idea.title, idea.status, idea.office) == ("নতুন", "received", team.office)
    assert (idea.approved_by, idea.created_by, idea.reference) == (None, team.member, "")


@pytest.mark.django_db(transaction=True)
def test_two_edits_at_once_of_one_copy_save_one() -> None:
    team = make_team()
    idea = make_idea(team.office, by=team.member)

    def save() -> None:
        copy, by = Idea.objects.get(pk=idea.pk), User.objects.get(pk=team.member.pk)
        update_idea(idea=copy, version=1, text=TEXT, by=by)

    results = at_once([save] * 4)
    assert results.count(None) == 1
    idea.refresh_from_db()
    assert idea.version == 2


# --- The list ------------------------------------------------------------------------------
def listed(client: Client, **query: object) -> list[str]:
    return texts_of(client.get(reverse("ideas:list"), query), "tbody th")


def test_list_shows_the_newest_first_with_where_each_stands(team: Team, client: Client) -> None:
    make_idea(team.office, by=team.head, title="আগের", received_on=date(2026, 10, 1))
    make_idea(team.office, by=team.head, title="পরের", status="piloting", submitter_name="")
    page = client.get(reverse("ideas:list"))
    assert texts_of(page, "tbody th") == ["পরের", "আগের"]
    assert texts_of(page, "tbody td") == [
        *("পাইলট চলছে", "আইডিয়া বাক্স", "", "১০ নভেম্বর ২০২৬"),
        *("প্রাপ্ত", "আইডিয়া বাক্স", "শাহিনুর বেগম", "১ অক্টোবর ২০২৬"),
    ]


def test_list_filters_by_state_and_counts_each(team: Team, client: Client) -> None:
    for title, status in (("এক", "received"), ("দুই", "received"), ("তিন", "approved")):
        make_idea(team.office, by=team.head, title=title, status=status)
    page = client.get(reverse("ideas:list"))
    assert texts_of(page, ".chips a") == ["সব ৩", "প্রাপ্ত ২", "অনুমোদিত ১"]
    assert texts_of(page, ".chips [aria-current]") == ["সব ৩"]
    page = client.get(reverse("ideas:list"), {"status": "approved"})
    assert texts_of(page, ".chips [aria-current]") == ["অনুমোদিত ১"]
    assert texts_of(page, "tbody th") == ["তিন"]
    assert len(listed(client, status="no-such-state")) == 3


def test_list_keeps_the_words_with_the_state(team: Team, client: Client) -> None:
    for title, status in (("পানির মিটার", "approved"), ("পানির বিল", "received")):
        make_idea(team.office, by=team.head, title=title, status=status)
    make_idea(team.office, by=team.head, title="সড়কবাতি")
    page = client.get(reverse("ideas:list"), {"q": "পানির", "status": "approved"})
    assert texts_of(page, "tbody th") == ["পানির মিটার"]
    assert texts_of(page, ".chips a") == ["সব ২", "প্রাপ্ত ১", "অনুমোদিত ১"]
    kept = {name: value for name, value in form_fields(page, "form.filters").items() if value}
    assert kept == {"q": "পানির", "status": "approved"}


def test_list_filters_by_channel_and_fiscal_year(team: Team, client: Client) -> None:
    for title, channel, day in (
        ("জুনের", "citizen", date(2026, 6, 30)),
        ("জুলাইয়ের", "citizen", date(2026, 7, 1)),
        ("বাক্সের", "paper_box", date(2026, 7, 2)),
    ):
        make_idea(team.office, by=team.head, title=title, channel=channel, received_on=day)
    page = client.get(reverse("ideas:list"), {"channel": "citizen", "year": "2026-2027"})
    assert texts_of(page, "tbody th") == ["জুলাইয়ের"]
    assert texts_of(page, ".chips a") == ["সব ১", "প্রাপ্ত ১"]
    assert texts_of(page, "select[name='year'] option") == [
        *("সব বছর", "২০২৬–২৭ অর্থবছর", "২০২৫–২৬ অর্থবছর")
    ]
    assert listed(client, year="2025-2026") == ["জুনের"]
    assert len(listed(client, year="1999-2000", channel="\0", appeal="x")) == 3


@pytest.mark.parametrize("typed", [YYA_ONE, YYA_TWO], ids=["one code point", "two code points"])
@pytest.mark.parametrize("asked", [YYA_ONE, YYA_TWO], ids=["ask one", "ask two"])
def test_list_finds_either_encoding_of_a_letter_by_the_other(
    client: Client, typed: str, asked: str
) -> None:
    receive(client, title=f"সম{typed}মতো নোটিশ")
    assert len(listed(client, q=f"সম{asked}মতো")) == 1


@pytest.mark.parametrize("asked", ["৩৩৩", "333", "হটলাইন ৩৩৩", "333 হটলাইন"])
@pytest.mark.parametrize("typed", ["হটলাইন ৩৩৩", "হটলাইন 333"])
def test_list_finds_digits_of_either_script(client: Client, typed: str, asked: str) -> None:
    receive(client, title=typed)
    assert listed(client, q=asked) == [typed]


def test_list_looks_in_the_text_and_the_name(client: Client) -> None:
    receive(client)
    for words in ("দালাল", "শাহিনুর", "যাতায়াত আবেদনকারীর", "হাটের শাহিনুর"):
        assert listed(client, q=words) == [TEXT.title]
    assert listed(client, q="হাটের রেলগাড়ি") == []


@pytest.mark.parametrize(
    "query",
    [
        {"q": "১ " * 99},
        {"q": "ক " * 1_200},
        {"q": "%_\\'\""},
        {"q": "\0"},
        {"page": ENDLESS},
        {"page": "-1"},
        {"status": "\0"},
        {"status": "approved", "q": "ক" * 300},
    ],
    ids=lambda query: str(query)[:30],
)
def test_odd_search_is_answered(client: Client, idea: Idea, query: dict[str, str]) -> None:
    assert client.get(reverse("ideas:list"), query).status_code == 200


def test_list_without_ideas_says_what_to_do(client: Client) -> None:
    page = client.get(reverse("ideas:list"))
    assert texts_of(page, ".empty a") == ["আইডিয়া যোগ করুন"]
    assert texts_of(page, ".chips") == []
    nothing = client.get(reverse("ideas:list"), {"q": "নেই", "status": "piloting"})
    assert texts_of(nothing, ".empty h2") == ["এমন কোনো আইডিয়া পাওয়া যায়নি"]
    assert texts_of(nothing, ".chips a") == ["সব ০", "পাইলট চলছে ০"]


def test_list_pages_keep_the_filters(team: Team, client: Client) -> None:
    for number in range(32):
        make_idea(team.office, by=team.head, title=f"আইডিয়া {number}")
    first = client.get(reverse("ideas:list"), {"status": "received"})
    assert len(texts_of(first, "tbody tr")) == 30
    assert "status=received&amp;page=2" in first.content.decode()
    assert len(listed(client, status="received", page=2)) == 2


# --- Who sees it ---------------------------------------------------------------------------
@pytest.fixture
def country() -> Country:
    return make_country()


STRANGERS = ["sibling.head", "district.head", "division.member", "reviewer", "administrator"]


@pytest.mark.parametrize("person", STRANGERS)
def test_register_is_closed_to_everybody_else(country: Country, person: str) -> None:
    idea = make_idea(country.upazila, by=country["upazila.head"])
    client = client_of(country[person])
    assert listed(client) == []
    assert texts_of(client.get(reverse("ideas:list")), ".chips") == []
    for name in ("detail", "update", "decline"):
        assert client.get(reverse(f"ideas:{name}", args=[idea.pk])).status_code == 404
    form = form_of(country.upazila, version=1, form_key=uuid.uuid4())
    assert client.post(edit(idea), form).status_code == 404
    entries = AuditEntry.objects.count()
    client.post(CREATE, form)
    assert Idea.objects.count() == 1
    assert AuditEntry.objects.count() == entries


@pytest.mark.parametrize("person", STRANGERS)
def test_action_asks_by_itself_who_is_there(country: Country, person: str) -> None:
    idea = make_idea(country.upazila, by=country["upazila.head"])
    before = IdeaText.of(idea)
    with pytest.raises(PermissionDenied):
        receive_idea(office=country.upazila, text=TEXT, by=country[person])
    with pytest.raises(PermissionDenied):
        update_idea(idea=idea, version=1, text=replace(TEXT, title="অন্য"), by=country[person])
    assert IdeaText.of(Idea.objects.get()) == before


def test_team_sees_its_own_only(country: Country) -> None:
    make_idea(country.upazila, by=country["upazila.head"], title="উপজেলার")
    make_idea(country.district, by=country["district.head"], title="জেলার")
    assert listed(client_of(country["upazila.member"])) == ["উপজেলার"]
    assert listed(client_of(country["district.member"])) == ["জেলার"]


def test_person_without_a_team_is_told_who_reads_here() -> None:
    client = client_of(make_person())
    page = client.get(reverse("ideas:list"))
    assert texts_of(page, ".empty h2") == ["দেখানোর মতো কোনো আইডিয়া নেই"]
    assert texts_of(page, ".empty a") == []
    assert client.get(CREATE).status_code == 403


def test_member_transferred_away_sees_it_no_more(team: Team, idea: Idea) -> None:
    newcomer = make_officer(team.office)
    assert client_of(newcomer).get(idea.get_absolute_url()).status_code == 200
    newcomer.holdings.update(ends_on=date(2026, 11, 20))
    assert client_of(newcomer).get(idea.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("pk", [HUGE, str(2**63), "0", "-1", "৫", "1.0", "%00"])
def test_odd_number_in_an_address_is_not_found(client: Client, pk: str) -> None:
    assert client.get(f"/ideas/{pk}/").status_code == 404
