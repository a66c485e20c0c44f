"""Posts and the people on them: who comes, who goes, who was there on which day."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from teams.actions import (
    Newcomer,
    TransferRefused,
    call_off_transfer,
    give_charge,
    give_post,
    transfer_post,
)
from teams.enums import HoldingKind, Role, Tier
from teams.models import AuditEntry, Handover, Office, Post, PostHolding, User
from teams.perms import can_edit_person, can_manage_people, manageable_offices
from tests.access_meeting_world import post_of
from tests.factories import (
    PASSWORD,
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
from tests.pages import find, form_fields, texts_of
from tests.races import at_once
from tests.reports.auth import confirmed_client_of

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 21)


@pytest.fixture
def team(today: date) -> Team:
    return make_team()


@pytest.fixture
def head(team: Team) -> Client:
    return confirmed_client_of(team.head)


@pytest.fixture
def country() -> Iterator[Country]:
    return make_country()


def at(name: str, post: Post) -> str:
    return reverse(f"teams:{name}", args=[post.pk])


def people_at(office: Office) -> str:
    return reverse("teams:people", args=[office.code])


def incoming(**more: str) -> dict[str, str]:
    newcomer = {"name": "শারমিন সুলতানা", "contact": "+৮৮০১৭১২-৩৪৫৬৭৮"}
    return {
        "person": "",
        "kind": HoldingKind.REGULAR,
        "starts_on": "২১/১১/২০২৬",
        **newcomer,
        **more,
    }


def entries() -> int:
    return AuditEntry.objects.count()


# --- A transfer --------------------------------------------------------------------------------
def test_transfer_ends_one_and_begins_the_other_in_one_entry(team: Team, head: Client) -> None:
    post, before = post_of(team.member), entries()
    response = head.post(at("post_transfer", post), incoming())
    handover = Handover.objects.get()
    assert response.headers["Location"] == handover.get_absolute_url()
    leaving, arriving = handover.outgoing, handover.incoming
    assert (leaving.person, leaving.ends_on) == (team.member, DAY - timedelta(days=1))
    assert (arriving.person.mobile, arriving.starts_on) == ("01712345678", DAY)
    assert not arriving.person.has_usable_password()
    assert entries() == before + 1
    assert AuditEntry.objects.latest("pk").action == "post.transfer"


def test_transfer_sent_twice_is_one(team: Team, head: Client) -> None:
    for _time in range(2):
        head.post(at("post_transfer", post_of(team.member)), incoming())
    assert Handover.objects.count() == 1
    assert PostHolding.objects.filter(starts_on=DAY).count() == 1
    assert AuditEntry.objects.filter(action="post.transfer").count() == 1


def test_transfer_of_a_coming_day_changes_nothing_before_it(team: Team, head: Client) -> None:
    post = post_of(team.member)
    head.post(at("post_transfer", post), incoming(starts_on="৩০ নভেম্বর ২০২৬"))
    assert post.holder == team.member
    assert post.holder_on(date(2026, 11, 29)) == team.member
    assert post.holder_on(date(2026, 11, 30)).name_bn == "শারমিন সুলতানা"
    assert "আসছেন" in " ".join(texts_of(head.get(at("post_detail", post)), ".alert p"))


def test_coming_transfer_is_called_off_and_whoever_is_there_stays(team: Team, head: Client) -> None:
    post = post_of(team.member)
    head.post(at("post_transfer", post), incoming(starts_on="৩০ নভেম্বর ২০২৬"))
    head.post(at("transfer_call_off", post))
    assert list(post.holdings.values_list("person", "ends_on")) == [(team.member.pk, None)]
    assert not Handover.objects.exists()
    again = head.post(at("transfer_call_off", post), follow=True)
    assert "কোনো আগামী বদলি" in " ".join(map(str, again.context["messages"]))


def test_filling_of_a_vacancy_is_called_off_and_the_post_stays_vacant(team: Team) -> None:
    post = post_of(team.member)
    transfer_post(post=post, to=None, starts_on=DAY, by=team.head)
    to, later = make_person(), DAY + timedelta(days=5)
    handover = transfer_post(post=post, to=to, starts_on=later, by=team.head)
    call_off_transfer(handover=handover, by=team.head)
    handover.refresh_from_db()
    assert (handover.incoming, handover.happens_on) == (None, DAY)
    assert post.holder_on(later) is None


@pytest.mark.parametrize(
    ("sent", "box", "words"),
    [
        ({"name": ""}, "name", "নাম লিখুন"),
        ({"contact": ""}, "contact", "ই-মেইল বা মোবাইল"),
        ({"contact": "০১৭১২"}, "contact", "১১ অঙ্কে"),
        ({"contact": "a@b"}, "contact", "ই-মেইল ঠিকানাটি ঠিক নয়"),
        ({"starts_on": "কাল"}, "starts_on", "তারিখ হিসেবে পড়া গেল না"),
        ({"starts_on": "০১/০১/১৯৬০"}, "starts_on", "অনেক আগের"),
        ({"starts_on": "০১/০১/২০৯৯"}, "starts_on", "এক বছরেরও পরের"),
        ({"person": "99999999"}, "person", "একজনকে বেছে নিন"),
        ({"kind": "forever"}, "kind", "তালিকায় নেই"),
    ],
)
def test_transfer_that_cannot_be_says_what_to_mend(
    team: Team, head: Client, sent: dict[str, str], box: str, words: str
) -> None:
    response = head.post(at("post_transfer", post_of(team.member)), incoming(**sent))
    assert response.status_code == 422
    assert words in " ".join(response.context["form"].errors[box])
    assert not Handover.objects.exists()


def test_nobody_leaves_before_coming(team: Team) -> None:
    """And nobody comes on a day that is another's."""
    post, to = post_of(team.member), make_person()
    with pytest.raises(TransferRefused, match="তার পরের একটি দিন"):
        transfer_post(post=post, to=to, starts_on=date(2020, 1, 1), by=team.head)
    transfer_post(post=post, to=to, starts_on=DAY + timedelta(days=9), by=team.head)
    with pytest.raises(TransferRefused, match="আগে সেটি বাতিল করুন"):
        transfer_post(post=post, to=make_person(), starts_on=DAY, by=team.head)


def test_transfer_written_late_takes_effect_on_its_day(team: Team) -> None:
    post, to = post_of(team.member), make_person()
    transfer_post(post=post, to=to, starts_on=date(2026, 10, 1), by=team.head)
    assert post.holder_on(date(2026, 9, 30)) == team.member
    assert post.holder_on(date(2026, 10, 1)) == to


def test_person_in_charge_becomes_the_regular_one_without_a_handover(team: Team) -> None:
    post, to = post_of(team.member), make_person()
    transfer_post(post=post, to=to, starts_on=DAY, kind=HoldingKind.IN_CHARGE, by=team.head)
    later = DAY + timedelta(days=3)
    assert transfer_post(post=post, to=to, starts_on=later, by=team.head) is None
    assert post.holdings.on(later).get().kind == HoldingKind.REGULAR
    assert Handover.objects.count() == 1


def test_post_that_passes_on_again_leaves_no_handover_hanging(team: Team) -> None:
    post = post_of(team.member)
    first = transfer_post(post=post, to=make_person(), starts_on=date(2026, 11, 1), by=team.head)
    second = transfer_post(post=post, to=make_person(), starts_on=DAY, by=team.head)
    first.refresh_from_db()
    assert first.settled_by == team.head
    assert first.content["superseded_on"] == DAY.isoformat()
    assert second.outgoing == first.incoming


def test_vacant_post_is_filled_within_the_handover_that_waits(team: Team, head: Client) -> None:
    post = post_of(team.member)
    head.post(at("post_transfer", post), incoming(person="vacant", starts_on="০১/১১/২০২৬"))
    assert texts_of(head.get(people_at(team.office)), "td .chip-risk").count("শূন্য") == 1
    head.post(at("post_transfer", post), incoming())
    handover = Handover.objects.get()
    assert (handover.outgoing.person, handover.happens_on) == (team.member, DAY)


def test_two_heads_at_once_make_one_transfer(transactional_db: None) -> None:
    team = make_team()
    post, day = post_of(team.member), date(2026, 11, 21)
    newcomers = [Newcomer(f"নতুন {number}", f"0171234567{number}") for number in range(4)]

    def transfer(newcomer: Newcomer) -> object:
        by = User.objects.get(pk=team.head.pk)
        return transfer_post(post=post, to=newcomer, starts_on=day, by=by)

    done = at_once([lambda newcomer=newcomer: transfer(newcomer) for newcomer in newcomers])
    assert sorted(type(one).__name__ for one in done) == ["Handover", *["TransferRefused"] * 3]
    assert post.holdings.filter(ends_on__isnull=True).count() == 1
    assert AuditEntry.objects.filter(action="post.transfer").count() == 1


def test_head_who_hands_over_the_own_post_is_gone_at_once(team: Team, head: Client) -> None:
    response = head.post(at("post_transfer", post_of(team.head)), incoming())
    assert head.get(people_at(team.office)).status_code == 404
    # What is left is to sign.
    assert head.get(response.headers["Location"]).status_code == 200


def test_transfer_asks_for_the_password_again(team: Team) -> None:
    response = client_of(team.head).post(at("post_transfer", post_of(team.member)), incoming())
    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not Handover.objects.exists()


def test_mistake_in_a_transfer_is_told_before_the_password_is_asked_for(team: Team) -> None:
    address = at("post_transfer", post_of(team.member))
    assert client_of(team.head).post(address, incoming(name="")).status_code == 422


def test_transfer_refused_after_the_password_is_mended_where_it_belongs(team: Team) -> None:
    """The page then stands at the address of the password, which must not take its form."""
    post, client = post_of(team.member), client_of(team.head)
    asked = client.post(at("post_transfer", post), incoming(starts_on="০১/০১/২০২০"))
    refused = client.post(asked.headers["Location"], {"password": PASSWORD})
    assert refused.status_code == 422
    mended = form_fields(refused) | {"starts_on": "২১/১১/২০২৬"}
    address = find(refused, "main form.form")[0].attrib["action"]
    assert client.post(address, mended).status_code == 302
    assert Handover.objects.get().post == post


# --- A charge for some days --------------------------------------------------------------------
def test_charge_stands_beside_whoever_is_on_leave_and_ends_by_itself(
    team: Team, head: Client
) -> None:
    post = post_of(team.member)
    colleague = str(team.innovation_officer.pk)
    sent = incoming(person=colleague, kind="additional", ends_on="২৫ নভেম্বর ২০২৬")
    assert head.post(at("post_charge", post), sent).status_code == 302
    on_leave = set(post.holdings.on(DAY).values_list("person", flat=True))
    assert on_leave == {team.member.pk, team.innovation_officer.pk}
    assert post.holdings.on(date(2026, 11, 26)).get().person == team.member
    assert not Handover.objects.exists()


def test_charges_do_not_overlap_and_their_last_day_moves(team: Team, head: Client) -> None:
    post, colleague = post_of(team.member), make_person()
    days = {"starts_on": DAY, "ends_on": DAY + timedelta(days=5)}
    charge = give_charge(post=post, to=colleague, kind="in_charge", by=team.head, **days)
    with pytest.raises(TransferRefused, match="দুজন হতে পারেন না"):
        give_charge(post=post, to=make_person(), kind="in_charge", by=team.head, **days)
    url = reverse("teams:holding_release", args=[charge.pk])
    head.post(url, {"ends_on": "২২/১১/২০২৬"})
    charge.refresh_from_db()
    assert charge.ends_on == date(2026, 11, 22)
    assert head.post(url, {"ends_on": "০১/১১/২০২৬"}).status_code == 422


def test_holder_of_the_past_is_written_down_later(team: Team) -> None:
    post, was = post_of(team.member), make_person()
    past = {"starts_on": date(2018, 1, 1), "ends_on": date(2019, 12, 31)}
    give_charge(post=post, to=was, kind=HoldingKind.REGULAR, by=team.head, **past)
    assert post.holder_on(date(2019, 6, 1)) == was
    beside = {"starts_on": date(2019, 1, 1), "ends_on": date(2020, 2, 1)}
    with pytest.raises(TransferRefused, match="দুজন হতে পারেন না"):
        give_charge(post=post, to=was, kind=HoldingKind.REGULAR, by=team.head, **beside)


# --- Who was there on that day -------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["১৫/০৬/২০২৫", "2025-06-15", "১৫ জুন ২০২৫"])
def test_page_says_who_was_responsible_on_a_day(team: Team, head: Client, typed: str) -> None:
    post = post_of(team.member)
    transfer_post(post=post, to=make_person("নাসির উদ্দিন"), starts_on=DAY, by=team.head)
    shown = " ".join(texts_of(head.get(f"{people_at(team.office)}?on={typed}"), "main td"))
    assert "নাসির উদ্দিন" not in shown
    assert team.member.name in shown


@pytest.mark.parametrize("typed", ["কবে", "%00", "9" * 50, "৩১/০২/২০২৫"])
def test_day_that_makes_no_sense_shows_today_and_says_so(
    team: Team, head: Client, typed: str
) -> None:
    response = head.get(f"{people_at(team.office)}?on={typed}")
    assert response.status_code == 200
    assert find(response, ".invalid-feedback")
    assert team.member.name in response.content.decode()


def test_page_asks_as_often_for_a_hundred_posts(team: Team, head: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert head.get(people_at(team.office)).status_code == 200
        return len(queries)

    few = asked()
    for number in range(100):
        post = make_post(team.office, Role.STAFF, f"পদ {number}", make_person())
        PostHolding.objects.filter(post=post).update(ends_on=DAY)
        give_post(post=post, person=team.member, starts_on=DAY + timedelta(days=1))
    assert asked() == few <= 14


# --- Posts ---------------------------------------------------------------------------------------
def post_words(**more: str) -> dict[str, str]:
    return {"designation_bn": "পরিসংখ্যান কর্মকর্তা", "role": "staff", **more}


def test_head_adds_a_post_once_and_it_stands_last(team: Team, head: Client) -> None:
    url = reverse("teams:post_create", args=[team.office.code])
    for _time in range(2):
        assert head.post(url, post_words()).status_code == 302
    assert team.office.posts.filter(role=Role.STAFF).count() == 1
    assert team.office.posts.last().designation_bn == "পরিসংখ্যান কর্মকর্তা"
    assert AuditEntry.objects.filter(action="post.create").count() == 1


@pytest.mark.parametrize("role", ["head", "innovation_officer", "member", "system_administrator"])
def test_head_makes_no_role_that_an_order_or_the_administrator_gives(
    team: Team, head: Client, role: str
) -> None:
    url = reverse("teams:post_create", args=[team.office.code])
    response = head.post(url, post_words(role=role))
    assert response.status_code == 422
    assert "তালিকা থেকে একটি" in " ".join(response.context["form"].errors["role"])


def test_two_posts_of_one_name_are_told_apart(team: Team, head: Client) -> None:
    url = reverse("teams:post_create", args=[team.office.code])
    taken = post_of(team.member).designation_bn
    response = head.post(url, post_words(designation_bn=taken))
    assert "নামে একটি পদ আছে" in " ".join(response.context["form"].non_field_errors())


def test_words_of_a_post_saved_from_an_old_copy_show_both(team: Team, head: Client) -> None:
    post = make_post(team.office, Role.STAFF)
    url = at("post_update", post)
    opened = form_fields(head.get(url))
    head.post(url, {**opened, "phone": "০২-১১১"})
    response = head.post(url, {**opened, "phone": "০২-২২২"})
    assert response.status_code == 409
    shown = response.content.decode()
    assert "০২-১১১" in shown
    assert "০২-২২২" in shown
    # The box carries the mark of what stands now: sent again, one's own words stay.
    head.post(url, form_fields(response))
    post.refresh_from_db()
    assert post.phone == "০২-২২২"


def test_posts_change_places(team: Team, head: Client) -> None:
    before = list(team.office.posts.active())
    head.post(at("post_move", before[1]), {"direction": "up"})
    assert list(team.office.posts.active()) == [before[1], before[0], *before[2:]]
    head.post(at("post_move", before[1]), {"direction": "up"})
    assert team.office.posts.active().first() == before[1]


def test_post_is_closed_when_nobody_is_on_it_and_keeps_its_history(
    team: Team, head: Client
) -> None:
    post = make_post(team.office, Role.STAFF, "পুরোনো পদ", make_person("হালিমা খাতুন"))
    head.post(at("post_close", post))
    post.refresh_from_db()
    assert post.is_active
    transfer_post(post=post, to=None, starts_on=DAY, by=team.head)
    head.post(at("post_close", post))
    assert not team.office.posts.active().filter(pk=post.pk).exists()
    assert "হালিমা খাতুন" in " ".join(texts_of(head.get(at("post_detail", post)), ".timeline li"))
    assert head.post(at("post_transfer", post), incoming()).status_code == 422
    head.post(at("post_reopen", post))
    assert team.office.posts.active().filter(pk=post.pk).exists()


# --- People --------------------------------------------------------------------------------------
def test_answer_is_the_same_whether_a_contact_is_known_or_new(team: Team, head: Client) -> None:
    """And a known person keeps the own name and password."""
    stranger = make_officer(make_office("elsewhere", Tier.MINISTRY, team.office))
    hashed, answers = stranger.password, []
    for contact in (stranger.email.upper(), "nobody.knows@office.test"):
        post = make_post(team.office, Role.STAFF)
        response = head.post(at("post_transfer", post), incoming(contact=contact))
        answers.append(
            (response.status_code, response.headers["Location"].replace(str(post.pk), ""))
        )
    assert answers[0] == answers[1]
    stranger.refresh_from_db()
    assert (stranger.name_bn, stranger.password) == ("রোকসানা পারভীন", hashed)


def test_head_mends_the_contact_of_the_own_people_only(team: Team, head: Client) -> None:
    url = reverse("teams:person_update", args=[team.office.code, team.member.pk])
    sent = {**form_fields(head.get(url)), "mobile": "০১৮১২ ৩৪৫৬৭৮"}
    assert head.post(url, sent).status_code == 302
    team.member.refresh_from_db()
    assert team.member.mobile == "01812345678"
    # Somebody with a post elsewhere is not the head's to rename: the log-in would be theirs.
    other = make_officer(make_office("elsewhere", Tier.MINISTRY, team.office), Role.HEAD)
    transfer_post(post=post_of(team.member), to=other, starts_on=DAY, by=team.head)
    foreign = reverse("teams:person_update", args=[team.office.code, other.pk])
    assert head.get(foreign).status_code == 403
    assert not can_edit_person(User.objects.get(pk=team.head.pk), other)
    # Whoever is gone is nobody's here any more.
    assert head.get(url).status_code == 404


def test_contact_of_somebody_else_is_refused_without_saying_whose(team: Team, head: Client) -> None:
    url = reverse("teams:person_update", args=[team.office.code, team.member.pk])
    taken = make_person("গোপন নাম").email
    response = head.post(url, {**form_fields(head.get(url)), "email": taken})
    assert response.status_code == 422
    assert "গোপন নাম" not in response.content.decode()
    empty = head.post(url, {**form_fields(head.get(url)), "email": "", "mobile": ""})
    assert empty.status_code == 422


# --- Who manages whom ----------------------------------------------------------------------------
def test_head_manages_the_own_office_and_those_below_without_one(country: Country) -> None:
    district = country["district.head"]
    assert [one.code for one in manageable_offices(district)] == ["district"]
    assert not can_manage_people(district, country.upazila)
    PostHolding.objects.filter(person=country["upazila.head"]).update(ends_on=date(2020, 2, 1))
    district = User.objects.get(pk=district.pk)
    assert {one.code for one in manageable_offices(district)} == {"district", "upazila"}
    assert can_manage_people(district, country.upazila)
    assert not can_manage_people(country["division.head"], country.upazila)
    assert not can_manage_people(country["district.member"], country.upazila)


@pytest.mark.parametrize("who", ["division.head", "district.head", "sibling.head", "administrator"])
def test_list_of_managed_offices_says_what_the_question_says(country: Country, who: str) -> None:
    """With the heads of the district and of one upazila gone, for every office."""
    gone = [country["district.head"], country["upazila.head"]]
    if who != "district.head":
        PostHolding.objects.filter(person__in=gone).update(ends_on=date(2020, 2, 1))
    user = country[who]
    listed = set(manageable_offices(user))
    assert listed == {one for one in Office.objects.all() if can_manage_people(user, one)}
    assert listed


def test_only_the_administrator_gives_the_posts_above_all(country: Country) -> None:
    boss = make_officer(country.root, Role.HEAD)
    post = post_of(country["reviewer"])
    client = confirmed_client_of(boss)
    assert client.post(at("post_transfer", post), incoming()).status_code == 403
    administrator = confirmed_client_of(country["administrator"])
    assert administrator.post(at("post_transfer", post), incoming()).status_code == 302


def test_last_administrator_is_not_lost(country: Country) -> None:
    post = post_of(country["administrator"])
    client = confirmed_client_of(country["administrator"])
    response = client.post(at("post_transfer", post), incoming(person="vacant"))
    assert response.status_code == 422
    assert "একমাত্র" in response.content.decode()
