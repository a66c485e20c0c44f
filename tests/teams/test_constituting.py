"""A team from its first tick to its order, its successor and its end."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bangla.dates import format_date
from teams.actions import StaleTeam, create_team, give_post, issue_team, update_team
from teams.constituting import Place, TeamText
from teams.enums import Role, Seat, TeamStatus
from teams.memo import read_memo
from teams.models import AuditEntry, MemoNumber, Office, Post, Team, User
from teams.transitions import WrongState
from tests.factories import (
    Country,
    client_of,
    make_country,
    make_person,
    make_post,
)
from tests.pages import one_line, page_of
from tests.races import at_once
from tests.reports.auth import confirmed_client_of
from tests.teams.build import REASON, lawful_upazila, make_team_order, make_text

pytestmark = pytest.mark.django_db

MEMO = "০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.১৮৩"


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def head(country: Country) -> User:
    return country["upazila.head"]


@pytest.fixture
def office(country: Country) -> Office:
    return country.upazila


@pytest.fixture
def client(head: User) -> Client:
    return confirmed_client_of(head)


def the_post(person: User) -> Post:
    return person.scope.posts[0]


def role_of(person: User) -> str:
    return Post.objects.get(pk=the_post(person).pk).role


def typed(office: Office, places: tuple[Place, ...], **more: object) -> dict[str, object]:
    """What the form sends for these members of the office's posts."""
    choices = {
        (Seat.LEADER, False): "leader",
        (Seat.MEMBER, False): "by_post",
        (Seat.MEMBER, True): "nominated",
        (Seat.SECRETARY, False): "secretary_by_post",
        (Seat.SECRETARY, True): "secretary",
    }
    sent: dict[str, object] = {
        "formed_on": format_date(timezone.localdate()),
        "issuing_office": office.pk,
        "new-place": "nominated",
    }
    for place in places:
        sent[f"post-{place.post}-place"] = choices[(Seat(place.seat), place.is_nominated)]
        sent[f"post-{place.post}-known"] = sorted(place.backgrounds)
    return {**sent, **more}


def words_of(response: HttpResponse) -> str:
    return one_line(page_of(response))


# --- The draft -----------------------------------------------------------------------------------
def test_team_is_formed_from_the_posts_of_the_office(
    client: Client, office: Office, head: User
) -> None:
    places = lawful_upazila(office, the_post(head))
    response = client.post(
        reverse("teams:team_create", args=[office.code]), typed(office, places), follow=True
    )
    team = Team.objects.get(office=office)
    assert TeamText.of(team).members == places
    assert team.status == TeamStatus.DRAFT
    seats = list(team.memberships.values_list("seat", flat=True))
    assert (seats[0], seats[-1]) == (Seat.LEADER, Seat.SECRETARY)
    page = words_of(response)
    # All is as the rule wants it, but for who orders the team: that is for the district.
    assert "নিয়ম অনুযায়ী টিমটি গঠন করবেন “জেলা” পর্যায়ের প্রধান" in page
    assert "জন নেই" not in page


def test_form_begins_with_those_who_work_in_the_team(client: Client, office: Office) -> None:
    page = client.get(reverse("teams:team_create", args=[office.code])).content.decode()
    chosen = page.count("selected")
    assert chosen >= 3
    # Nobody of them is good for anything yet, and the form names all that the rule wants.
    for wanted in ("সহকারী কমিশনার (ভূমি)", "প্রোগ্রামার বা সহকারী প্রোগ্রামার", "ডাটা ফোকাল", "মাধ্যমিক"):
        assert wanted in page


def test_check_answers_while_one_ticks_and_saves_nothing(
    client: Client, office: Office, head: User
) -> None:
    places = lawful_upazila(office, the_post(head))
    url = reverse("teams:team_check", args=[office.code])
    teacher = next(one for one in places if "teacher-secondary" in one.backgrounds)
    without = tuple(one for one in places if one != teacher)
    page = words_of(client.post(url, typed(office, without)))
    assert "আইসিটি বা বিজ্ঞানের একজন উদ্যমী শিক্ষক (মাধ্যমিক): ১ জন নেই" in page
    assert "মনোনীত সদস্য ৪ জন; অন্তত ৫ জন লাগবে" in page
    page = words_of(client.post(url, typed(office, places)))
    assert "নেই" not in page.replace("টিমে নেই", "")
    # Under the gazette before, nobody was wanted for a post, and three to five were nominated.
    old = typed(office, places, formed_on="১ মার্চ ২০২২")
    assert "৮ এপ্রিল ২০১৩" in words_of(client.post(url, old))
    assert not Team.objects.exists()


def test_check_takes_whatever_is_sent(client: Client, office: Office) -> None:
    url = reverse("teams:team_check", args=[office.code])
    for sent in (
        {},
        {"formed_on": "\0", "issuing_office": "x"},
        {"formed_on": "৩২/১৩/২০২৬", "issuing_office": "9" * 40, "new-designation": "ক" * 300},
        {"formed_on": "১ মার্চ ১৯৯০"},
    ):
        assert client.post(url, sent).status_code == 200


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"formed_on": ""}, "আদেশটি কোন তারিখের, লিখুন"),
        ({"formed_on": "১ জানুয়ারি ২০৯৯"}, "আজকের পরে হতে পারে না"),
        ({"formed_on": "১ জানুয়ারি ২০১২"}, "৮ এপ্রিল ২০১৩"),
        ({"issuing_office": "999999"}, "তালিকা থেকে দপ্তর বেছে নিন"),
        ({"leaders": True}, "টিমের প্রধান একজনই হবেন"),
        ({"place": "king"}, "তালিকা থেকে বেছে নিন"),
        ({"known": "wizard"}, "তালিকা থেকে বেছে নিন"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    client: Client, office: Office, head: User, change: dict[str, object], sentence: str
) -> None:
    places = lawful_upazila(office, the_post(head))
    sent = typed(office, places)
    other = next(one.post for one in places if one.seat == Seat.MEMBER)
    if change.pop("leaders", None):
        change = {f"post-{other}-place": "leader"}
    for name in ("place", "known"):
        if name in change:
            change = {f"post-{other}-{name}": change[name]}
    response = client.post(reverse("teams:team_create", args=[office.code]), {**sent, **change})
    assert response.status_code == 422
    assert sentence in words_of(response)
    assert not Team.objects.exists()


def test_posts_of_other_offices_do_not_get_in(
    client: Client, country: Country, office: Office, head: User
) -> None:
    foreign = the_post(country["sibling.member"])
    places = (Place(the_post(head).pk, Seat.LEADER, False), Place(foreign.pk))
    client.post(reverse("teams:team_create", args=[office.code]), typed(office, places))
    assert [one.post for one in TeamText.of(Team.objects.get()).members] == [the_post(head).pk]


def test_missing_post_is_written_down_with_the_team(
    client: Client, office: Office, head: User
) -> None:
    new = {"new-designation": "উপজেলা সমবায় কর্মকর্তা", "new-known": ["data"]}
    url = reverse("teams:team_create", args=[office.code])
    sent = typed(office, (Place(the_post(head).pk, Seat.LEADER, False),), **new)
    assert client.post(url, sent).status_code == 302
    post = Post.objects.get(designation_bn=new["new-designation"])
    assert (post.office, post.role) == (office, Role.STAFF)
    assert (
        Place(post.pk, Seat.MEMBER, True, frozenset({"data"}))
        in TeamText.of(Team.objects.get()).members
    )
    # The same form sent twice changes nothing.
    assert client.post(url, sent).status_code == 302
    assert Team.objects.count() == 1


def test_two_people_on_one_draft_see_both_texts(
    client: Client, country: Country, office: Office, head: User
) -> None:
    team = make_team_order(office, by=head, status=TeamStatus.DRAFT)
    mine = TeamText.of(team)
    url = reverse("teams:team_update", args=[team.pk])
    theirs = typed(office, mine.members, version=1, deviation_reason="পদ শূন্য")
    officer = client_of(country["upazila.innovation_officer"])
    assert officer.post(url, theirs).status_code == 302
    response = client.post(
        url, typed(office, mine.members[:2], version=1, deviation_reason="অন্য কারণ")
    )
    assert response.status_code == 409
    page = words_of(response)
    assert "পদ শূন্য" in page
    assert "অন্য কারণ" in page
    team.refresh_from_db()
    assert (team.version, team.deviation_reason) == (2, "পদ শূন্য")
    # The same words again are no conflict: the answer was lost on the way.
    assert officer.post(url, theirs).status_code == 302


def test_draft_begun_by_somebody_else_is_shown_beside_mine(
    client: Client, office: Office, head: User
) -> None:
    make_team_order(office, by=head, status=TeamStatus.DRAFT)
    url = reverse("teams:team_create", args=[office.code])
    assert client.get(url).status_code == 302
    response = client.post(url, typed(office, (), deviation_reason="আমার কারণ"))
    assert response.status_code == 409
    assert "আমার কারণ" in words_of(response)
    assert Team.objects.count() == 1


def test_draft_is_thrown_away_and_an_order_is_not(
    client: Client, office: Office, head: User
) -> None:
    issued = make_team_order(office, by=head)
    draft = make_team_order(office, by=head, status=TeamStatus.DRAFT)
    for team in (issued, draft):
        client.post(reverse("teams:team_delete", args=[team.pk]))
    assert list(Team.objects.all()) == [issued]


# --- Who forms -----------------------------------------------------------------------------------
def test_district_forms_the_team_of_its_upazila(
    country: Country, office: Office, head: User
) -> None:
    dc = country["district.head"]
    places = lawful_upazila(office, the_post(head))
    team = create_team(
        office=office,
        text=make_text(office, places=places, issuing_office=country.district),
        by=dc,
    )
    # Written where it will be signed, read by whom it is about.
    assert Team.objects.visible_to(head).filter(pk=team.pk).exists()
    assert not Team.objects.visible_to(country["division.head"]).exists()
    with pytest.raises(PermissionDenied):
        issue_team(team=team, version=1, memo=None, by=head)
    response = confirmed_client_of(dc).post(
        reverse("teams:team_issue", args=[team.pk]), {"version": 1, "memo": MEMO}
    )
    assert response.status_code == 302
    team.refresh_from_db()
    assert (team.status, team.deviations) == (TeamStatus.ISSUED, [])
    assert MemoNumber.objects.get().office == country.district


def test_district_has_the_form_of_its_upazila(country: Country, office: Office) -> None:
    client = client_of(country["district.innovation_officer"])
    assert "টিম গঠন করুন" in words_of(client.get(office.get_absolute_url()))
    url = reverse("teams:team_create", args=[office.code])
    assert "কোন দপ্তরের আদেশ" in words_of(client.get(url))
    assert client.post(url, typed(country.district, ())).status_code == 302
    team = Team.objects.get()
    assert (team.office, team.issuing_office) == (office, country.district)
    # It waits in the list of whoever is to sign it.
    signer = client_of(country["district.head"])
    assert team.get_absolute_url() in signer.get(reverse("teams:team_list")).content.decode()


def test_staff_outside_the_team_are_not_told_that_there_is_none(office: Office, head: User) -> None:
    make_team_order(office, by=head)
    person = make_person()
    make_post(office, Role.STAFF, holder=person)
    assert "বলবৎ টিম নেই" not in words_of(client_of(person).get(office.get_absolute_url()))


@pytest.mark.parametrize(
    ("person", "status"),
    [("division.head", 403), ("district.member", 403), ("sibling.head", 404), ("reviewer", 403)],
)
def test_others_form_no_team_here(
    country: Country, office: Office, person: str, status: int
) -> None:
    client = client_of(country[person])
    for name in ("team_create", "team_check"):
        assert client.post(reverse(f"teams:{name}", args=[office.code])).status_code == status


# --- The order -----------------------------------------------------------------------------------
def test_order_freezes_the_team_and_gives_its_posts_their_roles(
    client: Client, country: Country, office: Office, head: User
) -> None:
    officer, member = country["upazila.innovation_officer"], country["upazila.member"]
    places = lawful_upazila(office, the_post(head))
    draft = make_team_order(office, by=head, status=TeamStatus.DRAFT, places=places)
    entries = AuditEntry.objects.count()
    response = client.post(
        reverse("teams:team_issue", args=[draft.pk]),
        {"version": 1, "memo": MEMO, "reason": "জেলা প্রশাসকের পদ শূন্য"},
        follow=True,
    )
    draft.refresh_from_db()
    assert draft.status == TeamStatus.ISSUED
    assert draft.memo_number == "05.41.3300.012.14.007.25.183"
    assert len(draft.deviations) == 1
    assert "জেলা প্রশাসকের পদ শূন্য" in words_of(response)
    names = {row["name"] for row in draft.content["members"]}
    assert head.name_bn in names
    assert AuditEntry.objects.count() == entries + 1
    # Who was in the team and is not any more does other work of the office from now on.
    assert (role_of(head), role_of(officer), role_of(member)) == (
        Role.HEAD,
        Role.STAFF,
        Role.STAFF,
    )
    roles = dict(draft.memberships.values_list("seat", "post__role"))
    # The head leads, so the secretary does the daily work of the innovation officer.
    assert roles[Seat.SECRETARY] == Role.INNOVATION_OFFICER
    assert roles[Seat.MEMBER] == Role.MEMBER
    assert User.objects.get(pk=member.pk).scope.team_offices == []
    # Later changes of the office change nothing of what was ordered.
    person = make_person("নতুন নাম")
    holding = the_post(head).holdings.get()
    holding.ends_on = timezone.localdate() - timedelta(days=1)
    holding.save()
    give_post(post=the_post(head), person=person, starts_on=timezone.localdate())
    page = words_of(client_of(person).get(draft.get_absolute_url()))
    assert head.name_bn in page
    assert "নতুন নাম" in page


def test_deviation_needs_a_reason(client: Client, office: Office, head: User) -> None:
    draft = make_team_order(office, by=head, status=TeamStatus.DRAFT)
    url = reverse("teams:team_issue", args=[draft.pk])
    response = client.post(url, {"version": 1, "memo": MEMO, "reason": " "})
    assert response.status_code == 422
    assert "টিম নিয়মের সঙ্গে পুরো মেলে না" in words_of(response)
    assert "সহকারী কমিশনার (ভূমি): ১ জন নেই" in words_of(response)
    assert not Team.objects.in_force().exists()


def test_head_issues_what_the_head_has_seen(client: Client, office: Office, head: User) -> None:
    draft = make_team_order(office, by=head, status=TeamStatus.DRAFT)
    text = TeamText.of(draft)
    update_team(team=draft, version=1, text=make_text(office, places=text.members[:1]), by=head)
    url = reverse("teams:team_issue", args=[draft.pk])
    response = client.post(url, {"version": 1, "memo": "", "reason": REASON})
    assert response.status_code == 409
    assert not Team.objects.in_force().exists()
    assert client.post(url, {"version": 2, "memo": "", "reason": REASON}).status_code == 302
    assert Team.objects.in_force().exists()


def test_order_asks_for_the_password_again(office: Office, head: User) -> None:
    draft = make_team_order(office, by=head, status=TeamStatus.DRAFT)
    url = reverse("teams:team_issue", args=[draft.pk])
    response = client_of(head).post(url, {"version": 1, "reason": REASON})
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert not Team.objects.in_force().exists()


def test_memo_number_is_given_once(client: Client, office: Office, head: User) -> None:
    make_team_order(office, by=head, memo=read_memo(MEMO))
    draft = make_team_order(office, by=head, status=TeamStatus.DRAFT)
    url = reverse("teams:team_issue", args=[draft.pk])
    assert "১৮৪" in client.get(url).content.decode()
    response = client.post(url, {"version": 1, "memo": MEMO, "reason": REASON})
    assert response.status_code == 422
    assert "আরেকটি পত্রে" in words_of(response)
    assert Team.objects.in_force().get() != draft


def test_empty_team_and_a_day_to_come_are_refused(office: Office, head: User) -> None:
    text = make_text(office, places=())
    team = create_team(office=office, text=text, by=head)
    with pytest.raises(WrongState):
        issue_team(team=team, version=1, memo=None, reason=REASON, by=head)
    Team.objects.update(formed_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(WrongState):
        issue_team(team=team, version=1, memo=None, reason=REASON, by=head)


@pytest.mark.django_db(transaction=True)
def test_many_presses_issue_one_order(office: Office, head: User) -> None:
    first = make_team_order(office, by=head, formed_on=date(2024, 2, 1))
    draft = make_team_order(office, by=head, status=TeamStatus.DRAFT)
    entries = AuditEntry.objects.filter(action="team.issue").count()

    def press() -> Team:
        return issue_team(
            team=Team.objects.get(pk=draft.pk),
            version=1,
            memo=read_memo(MEMO),
            reason=REASON,
            by=User.objects.get(pk=head.pk),
        )

    done = at_once([press] * 8)
    assert sum(isinstance(one, Team) for one in done) == 1
    assert {type(one) for one in done if isinstance(one, Exception)} == {WrongState}
    assert AuditEntry.objects.filter(action="team.issue").count() == entries + 1
    assert AuditEntry.objects.filter(action="team.replace").count() == 1
    assert Team.objects.in_force().get() == draft
    assert Team.objects.get(pk=first.pk).status == TeamStatus.REPLACED


# --- One order after the other -------------------------------------------------------------------
def test_new_order_replaces_the_team_in_force(office: Office, head: User) -> None:
    first_day, second_day = date(2024, 2, 1), date(2026, 1, 15)
    first = make_team_order(office, by=head, formed_on=first_day)
    second = make_team_order(office, by=head, formed_on=second_day)
    first.refresh_from_db()
    assert (first.status, first.ended_on) == (TeamStatus.REPLACED, second_day)
    assert second.replaces == first
    assert Team.objects.on(second_day - timedelta(days=1)).get() == first
    assert Team.objects.on(second_day).get() == second


def test_reform_begins_with_the_team_in_force(client: Client, office: Office, head: User) -> None:
    places = lawful_upazila(office, the_post(head))
    make_team_order(office, by=head, places=places)
    assert make_text(office).members == places
    page = client.get(reverse("teams:team_create", args=[office.code]))
    assert "তারিখের বলবৎ টিম থেকে শুরু" in words_of(page)


def test_older_order_is_history_under_the_rule_of_its_day(
    country: Country, office: Office, head: User
) -> None:
    present = make_team_order(office, by=head, formed_on=date(2024, 2, 1))
    ours = {name: role_of(country[f"upazila.{name}"]) for name in ("head", "member")}
    only_head = (Place(the_post(head).pk, Seat.LEADER, False),)
    oldest = make_team_order(
        office,
        by=head,
        status=TeamStatus.REPLACED,
        formed_on=date(2021, 5, 2),
        places=only_head,
    )
    between = make_team_order(
        office,
        by=head,
        status=TeamStatus.REPLACED,
        formed_on=date(2022, 5, 2),
        places=only_head,
    )
    for team in (present, oldest):
        team.refresh_from_db()
    assert present.status == TeamStatus.ISSUED
    assert (present.replaces, between.replaces, oldest.replaces) == (between, oldest, None)
    assert (oldest.ended_on, between.ended_on) == (between.formed_on, present.formed_on)
    assert oldest.rule.valid_from == date(2013, 4, 8)
    assert present.rule.valid_from == date(2023, 11, 16)
    assert any("৩ জন লাগবে" in sentence for sentence in oldest.deviations)
    assert ours == {name: role_of(country[f"upazila.{name}"]) for name in ("head", "member")}


def test_dissolved_team_keeps_its_reason_and_ends(
    client: Client, office: Office, head: User
) -> None:
    team = make_team_order(office, by=head)
    url = reverse("teams:team_dissolve", args=[team.pk])
    assert client.post(url, {"reason": " "}).status_code == 422
    page = words_of(client.post(url, {"reason": "দপ্তর একীভূত হয়েছে"}, follow=True))
    assert "দপ্তর একীভূত হয়েছে" in page
    team.refresh_from_db()
    assert (team.status, team.ended_on) == (TeamStatus.DISSOLVED, timezone.localdate())
    # Asked twice it happens once.
    client.post(url, {"reason": "আরেক কারণ"})
    team.refresh_from_db()
    assert team.dissolved_reason == "দপ্তর একীভূত হয়েছে"


def test_issued_team_is_not_written_on(client: Client, office: Office, head: User) -> None:
    team = make_team_order(office, by=head)
    assert client.get(reverse("teams:team_update", args=[team.pk])).status_code == 403
    with pytest.raises(WrongState):
        update_team(team=team, version=team.version, text=make_text(office), by=head)
    with pytest.raises(WrongState):
        issue_team(team=team, version=team.version, memo=None, reason=REASON, by=head)
    draft = make_team_order(office, by=head, status=TeamStatus.DRAFT)
    with pytest.raises(StaleTeam):
        create_team(office=office, text=make_text(office, places=()), by=head)
    assert Team.objects.filter(office=office).count() == 2
    assert draft.status == TeamStatus.DRAFT


# --- Who sees it ---------------------------------------------------------------------------------
def test_superior_reads_orders_with_their_deviations_and_no_drafts(
    country: Country, office: Office, head: User
) -> None:
    issued = make_team_order(office, by=head)
    draft = make_team_order(office, by=head, status=TeamStatus.DRAFT)
    for person in ("division.head", "reviewer"):
        client = client_of(country[person])
        page = words_of(client.get(issued.get_absolute_url()))
        assert "জন নেই" in page
        assert REASON in page
        assert client.get(draft.get_absolute_url()).status_code == 404
        assert "নিয়মের ব্যতিক্রম আছে" in words_of(client.get(office.get_absolute_url()))
    assert client_of(country["sibling.head"]).get(issued.get_absolute_url()).status_code == 404


# --- Queries -------------------------------------------------------------------------------------
def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_pages_ask_as_often_for_many_posts_and_teams(
    client: Client, office: Office, head: User
) -> None:
    team = make_team_order(office, by=head, formed_on=date(2024, 2, 1))
    draft = make_team_order(office, by=head, status=TeamStatus.DRAFT)
    addresses = {
        reverse("teams:team_list"): 12,
        team.get_absolute_url(): 20,
        draft.get_absolute_url(): 24,
        reverse("teams:team_update", args=[draft.pk]): 24,
        reverse("teams:team_issue", args=[draft.pk]): 34,
        office.get_absolute_url(): 20,
    }
    few = {address: asked(client, address) for address in addresses}
    text = make_text(office)
    posts = [make_post(office, Role.STAFF, holder=make_person()).pk for _number in range(40)]
    many = (*text.members, *(Place(pk, backgrounds=frozenset({"data"})) for pk in posts))
    update_team(team=draft, version=1, text=make_text(office, places=many), by=head)
    for year in (2014, 2015, 2016, 2017):
        old = Team.objects.get(pk=team.pk)
        old.pk, old.status, old.replaces = None, TeamStatus.REPLACED, None
        old.formed_on, old.ended_on = date(year, 5, 2), date(year + 1, 5, 2)
        old.save()
    for address, most in addresses.items():
        assert asked(client, address) == few[address] <= most, address
