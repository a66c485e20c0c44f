"""Coming to an account: a code given by letter or slip, redeemed once, by the right person only."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bangla.digits import to_ascii, to_bangla
from jobs.enums import LetterStatus
from jobs.models import Letter
from jobs.sealing import opened
from teams.actions.invitations import (
    CodeSpent,
    Issued,
    invite_person,
    redeem_invitation,
    revoke_invitation,
)
from teams.entry.invitations import VALID_FOR, hash_of, new_code, read_code, spaced
from teams.entry.redeeming import invitation_of
from teams.entry.slips import slips_html
from teams.enums import InvitationKind, Role, Tier
from teams.models import AuditEntry, Invitation, Office, Post, PostHolding, User
from teams.perms import can_invite
from tests.factories import (
    PASSWORD,
    SINCE,
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
from tests.pages import find, one_line, page_of, texts_of
from tests.races import at_once
from tests.reports.auth import confirmed_client_of

pytestmark = pytest.mark.django_db

NEW = "পুকুর পাড়ে তিনটি হাঁস"
NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
SLIP, EMAIL = InvitationKind.SLIP, InvitationKind.EMAIL


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def newcomer(team: Team) -> User:
    """A member of the team who was never given a password."""
    return without_password(team.member)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def without_password(person: User) -> User:
    person.set_unusable_password()
    person.save()
    return person


def invite(person: User, *, by: User, kind: str = SLIP) -> Issued:
    office = by.scope.office or person.scope.office
    return invite_person(person=person, office=office, kind=kind, by=by)


def send(client: Client, office: Office, *people: User, kind: str = SLIP) -> HttpResponse:
    data = {"person": [person.pk for person in people], "kind": kind}
    return client.post(reverse("teams:invitation_create", args=[office.code]), data)


def type_code(client: Client, code: str) -> HttpResponse:
    return client.post(reverse("welcome"), {"code": code})


def choose(client: Client, password: str = NEW, again: str | None = None) -> HttpResponse:
    data = {"password1": password, "password2": password if again is None else again}
    return client.post(reverse("welcome_password"), data)


def who_is_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def said(response: HttpResponse) -> str:
    """The page without what differs from one request to the next."""
    page = page_of(response)
    for hidden in page.xpath("//input[@name='csrfmiddlewaretoken'] | //input[@name='code']"):
        hidden.attrib.pop("value", None)
    for script in page.xpath("//script"):
        script.attrib.pop("nonce", None)
    return one_line(page)


# --- The code ------------------------------------------------------------------------------
def test_code_is_read_however_it_is_typed() -> None:
    code = new_code()
    shown = spaced(code)
    for typed in (code, shown, to_bangla(shown), shown.replace(" ", "-"), f"  {to_bangla(code)}\n"):
        assert read_code(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "12", "কোড", "1" * 17, "\x00" * 16, "²" * 16, "১২৩৪ abcd 5678 9012"]
)
def test_what_is_no_code_is_read_as_none(typed: str) -> None:
    assert read_code(typed) == ""
    assert invitation_of(read_code(typed)) is None


def test_one_wrong_digit_is_a_slip_of_the_finger_and_no_guess() -> None:
    code = new_code()
    for at in range(len(code)):
        wrong = str((int(code[at]) + 1) % 10)
        assert read_code(code[:at] + wrong + code[at + 1 :]) == ""


def test_code_is_kept_nowhere_in_clear(team: Team, newcomer: User, monkeypatch) -> None:
    """Neither after a slip nor after a letter is it in any column of any table."""
    codes = []
    monkeypatch.setattr(
        "teams.views.invitations.draw_slips",
        lambda issued, office: codes.extend(one.code for one in issued) or b"%PDF",
    )
    head = confirmed_client_of(team.head)
    send(head, team.office, newcomer, kind=SLIP)
    send(head, team.office, newcomer, kind=EMAIL)
    codes.append(code_in(Letter.objects.get()))
    rows = [
        str(row)
        for model in apps.get_models()
        for row in model._default_manager.values_list()  # everything there is
    ]
    assert len(codes) == 2
    for code in codes:
        assert not any(code in row or spaced(code) in row or to_bangla(code) in row for row in rows)


def test_code_outlives_a_change_of_the_key(team: Team, newcomer: User, settings) -> None:
    issued = invite(newcomer, by=team.head)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, long enough to be one" * 2
    assert invitation_of(issued.code) == issued.invitation
    settings.SECRET_KEY_FALLBACKS = []
    assert invitation_of(issued.code) is None


def code_in(letter: Letter) -> str:
    """The code that the reader of a letter finds in it."""
    return read_code(re.search(r"#(\d{16})", opened(letter.body))[1])


# --- From the letter or the slip to one's own work -----------------------------------------
def test_invited_by_letter_one_sets_a_password_and_is_at_home(
    team: Team, newcomer: User, client: Client
) -> None:
    answer = send(confirmed_client_of(team.head), team.office, newcomer, kind=EMAIL)
    assert answer.url == reverse("teams:invitation_office", args=[team.office.code])
    letter = Letter.objects.get()
    code = code_in(letter)
    assert (letter.to_address, letter.status) == (newcomer.email, LetterStatus.WAITING)
    assert spaced(code) in opened(letter.body)  # for whoever cannot follow the link
    assert letter.expires_at == Invitation.objects.get().expires_at

    assert type_code(client, to_bangla(spaced(code))).url == reverse("welcome_password")
    page = client.get(reverse("welcome_password"))
    shown = " ".join(texts_of(page, "main dl.facts dd"))
    assert newcomer.name in shown
    assert team.office.name in shown
    assert newcomer.login in shown
    assert who_is_in(client) is None

    assert choose(client).url == "/"
    assert who_is_in(client) == str(newcomer.pk)
    assert client.get("/").status_code == 200
    assert Client().post(reverse("account_login"), {"login": newcomer.mobile, "password": NEW}).url
    actions = AuditEntry.objects.filter(action__startswith="invitation").order_by("pk")
    assert [(entry.action, entry.by) for entry in actions] == [
        ("invitation.create", team.head),
        ("invitation.use", newcomer),
    ]


def test_slips_of_a_whole_office_are_printed_at_once_and_kept_by_nobody(team: Team) -> None:
    for person in (team.member, team.innovation_officer):
        without_password(person)
    answer = send(confirmed_client_of(team.head), team.office, team.member, team.innovation_officer)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
    assert set(Invitation.objects.open().values_list("person", flat=True)) == {
        team.member.pk,
        team.innovation_officer.pk,
    }


def test_slip_says_all_that_its_reader_needs(team: Team, newcomer: User) -> None:
    User.objects.filter(pk=newcomer.pk).update(login=newcomer.mobile)
    newcomer.refresh_from_db()
    issued = [invite(newcomer, by=team.head) for _ in range(5)]
    html = slips_html(issued, team.office)
    assert html.count('class="slip"') == 5
    assert html.count('class="slips"') == 2  # four to a sheet
    post = newcomer.scope.main_post
    for words in (
        *(newcomer.name_bn, post.designation_bn, team.office.name_bn, to_bangla(newcomer.mobile)),
        *(to_bangla(spaced(issued[0].code)), "localhost:8000/welcome/", "QR চিহ্ন"),
    ):
        assert words in html


def test_password_that_will_not_do_is_refused_and_the_code_stays_good(
    team: Team, newcomer: User, client: Client
) -> None:
    code = invite(newcomer, by=team.head).code
    type_code(client, code)
    for password, again in (("ছোট", None), ("bangladesh123", None), (NEW, "আরেকটি কথা এখানে")):
        answer = choose(client, password, again)
        assert answer.status_code == 422
        assert texts_of(answer, "main form .invalid-feedback, main form .alert")
    assert who_is_in(client) is None
    choose(client)
    assert who_is_in(client) == str(newcomer.pk)


def test_whoever_lost_the_password_is_logged_out_everywhere_else(
    team: Team, client: Client
) -> None:
    elsewhere = client_of(team.member)
    code = invite(team.member, by=team.head).code
    type_code(client, code)
    choose(client)
    assert elsewhere.get("/").status_code == 302
    assert client.get("/").status_code == 200


def test_code_typed_where_somebody_else_is_logged_in_logs_the_other_out(
    team: Team, newcomer: User
) -> None:
    shared = client_of(team.innovation_officer)
    type_code(shared, invite(newcomer, by=team.head).code)
    choose(shared)
    assert who_is_in(shared) == str(newcomer.pk)


def test_page_of_the_password_does_not_stay_open_for_the_next_person(
    team: Team, newcomer: User, client: Client, clock: time_machine.Traveller
) -> None:
    type_code(client, invite(newcomer, by=team.head).code)
    clock.shift(timedelta(minutes=31))
    assert client.get(reverse("welcome_password")).url == reverse("welcome")
    assert choose(client).url == reverse("welcome")
    assert who_is_in(client) is None


def test_code_does_not_pass_by_the_second_factor(team: Team, client: Client) -> None:
    Authenticator.objects.create(
        user=team.member, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )
    type_code(client, invite(team.member, by=team.head).code)
    answer = choose(client)
    assert answer.status_code == 302
    assert answer.url != "/"
    assert who_is_in(client) is None
    assert client.get("/").status_code == 302  # still at the door


# --- Codes that open nothing ----------------------------------------------------------------
def spoil_use(issued: Issued, team: Team) -> None:
    redeem_invitation(invitation=issued.invitation, password=NEW)


def spoil_age(issued: Issued, team: Team) -> None:
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def spoil_revoke(issued: Issued, team: Team) -> None:
    assert revoke_invitation(invitation=issued.invitation, by=team.head)


def spoil_replace(issued: Issued, team: Team) -> None:
    invite(issued.invitation.person, by=team.head)


def spoil_person(issued: Issued, team: Team) -> None:
    User.objects.filter(pk=issued.invitation.person_id).update(is_active=False)


def spoil_post(issued: Issued, team: Team) -> None:
    gone = timezone.localdate() - timedelta(days=1)
    PostHolding.objects.filter(person=issued.invitation.person).update(ends_on=gone)


SPOILT = (spoil_use, spoil_age, spoil_revoke, spoil_replace, spoil_person, spoil_post)


@pytest.mark.parametrize("spoil", SPOILT)
def test_every_code_that_opens_nothing_gets_the_same_answer(
    team: Team, newcomer: User, spoil: Any
) -> None:
    issued = invite(newcomer, by=team.head)
    typed_before = Client()
    type_code(typed_before, issued.code)
    spoil(issued, team)
    spoilt, unknown = type_code(Client(), issued.code), type_code(Client(), new_code())
    mistyped = type_code(Client(), "1234")
    assert spoilt.status_code == unknown.status_code == mistyped.status_code == 422
    assert said(spoilt) == said(unknown) == said(mistyped)
    assert "কোডটি কাজ করছে না" in said(spoilt)
    # Nor does it help to have typed it while it was good.
    assert choose(typed_before).url == reverse("welcome")
    assert who_is_in(typed_before) is None


def test_password_set_in_another_way_ends_the_code(team: Team) -> None:
    code = invite(team.member, by=team.head).code
    client_of(team.member).post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )
    assert invitation_of(code) is None


def test_new_code_ends_the_old_one_and_one_is_open_at_a_time(team: Team, newcomer: User) -> None:
    first = invite(newcomer, by=team.head)
    second = invite(newcomer, by=team.head)
    assert invitation_of(first.code) is None
    assert invitation_of(second.code) == second.invitation
    with pytest.raises(IntegrityError):
        Invitation.objects.filter(pk=first.invitation.pk).update(revoked_at=None, revoked_by=None)


def test_guesses_at_codes_are_slowed_and_slips_of_the_finger_are_not(
    team: Team, newcomer: User, clock: time_machine.Traveller
) -> None:
    code = invite(newcomer, by=team.head).code
    client = Client()
    for _ in range(30):
        assert type_code(client, code[:-1]).status_code == 422
    for _ in range(11):
        assert type_code(client, new_code()).status_code == 422
    answer = type_code(client, code)
    assert answer.status_code == 429
    assert "১ সেকেন্ড পরে আবার চেষ্টা করুন" in said(answer)
    elsewhere = Client(REMOTE_ADDR="10.9.8.7")
    assert type_code(elsewhere, code).status_code == 302
    clock.shift(timedelta(seconds=1))
    assert type_code(client, code).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_redeem_one_code_at_once_one_comes_in() -> None:
    team = make_team()
    issued = invite(team.member, by=team.head)
    phrases = [f"{NEW} {number}" for number in range(8)]
    results = at_once(
        [
            lambda phrase=phrase: redeem_invitation(invitation=issued.invitation, password=phrase)
            for phrase in phrases
        ]
    )
    assert [type(result) for result in results].count(User) == 1
    assert [type(result) for result in results].count(CodeSpent) == 7
    assert AuditEntry.objects.filter(action="invitation.use").count() == 1
    winner = next(p for p, r in zip(phrases, results, strict=True) if isinstance(r, User))
    assert User.objects.get(pk=team.member.pk).check_password(winner)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_invite_at_once_one_code_is_good() -> None:
    team = make_team()
    results = at_once([lambda: invite(team.member, by=team.head)] * 4)
    assert all(isinstance(result, Issued) for result in results)
    good = [result for result in results if invitation_of(result.code)]
    assert len(good) == Invitation.objects.open().count() == 1


# --- Who invites whom ----------------------------------------------------------------------
@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.mark.parametrize(
    ("by", "whom", "may"),
    [
        ("upazila.head", "upazila.member", True),
        ("upazila.head", "upazila.innovation_officer", True),
        ("upazila.head", "upazila.head", False),  # oneself
        ("upazila.head", "sibling.member", False),
        ("upazila.head", "district.member", False),
        ("upazila.innovation_officer", "upazila.member", False),
        ("district.head", "upazila.head", True),
        ("district.head", "upazila.member", False),  # its own head does
        ("district.member", "upazila.head", False),
        ("elsewhere.head", "upazila.head", False),
        ("division.head", "district.head", True),
        ("division.head", "upazila.head", False),
        ("division.head", "reviewer", False),
        ("reviewer", "upazila.head", False),
        ("administrator", "upazila.head", True),
        ("administrator", "reviewer", True),
        ("administrator", "administrator", False),
        ("administrator", "nobody", False),  # holds no post
    ],
)
def test_code_is_given_by_whoever_answers_for_the_person(
    country: Country, by: str, whom: str, may: bool
) -> None:
    assert can_invite(country[by], country[whom]) is may


def test_code_that_opens_more_than_the_giver_answers_for_is_not_given(country: Country) -> None:
    """Whoever gives a code could use it: with a second post elsewhere it is not the head."""
    head, member = country["upazila.head"], country["upazila.member"]
    make_post(country.sibling, Role.STAFF, holder=member)
    assert not can_invite(head, member)
    assert can_invite(country["administrator"], member)
    with pytest.raises(PermissionDenied):
        invite(member, by=head)


def test_person_who_is_yet_to_come_is_invited_and_one_who_left_is_not(country: Country) -> None:
    head, member = country["upazila.head"], country["upazila.member"]
    tomorrow = timezone.localdate() + timedelta(days=1)
    PostHolding.objects.filter(person=member).update(starts_on=tomorrow)
    assert can_invite(head, member)
    PostHolding.objects.filter(person=member).update(
        starts_on=SINCE, ends_on=tomorrow - timedelta(days=2)
    )
    assert not can_invite(head, member)


def test_inactive_person_is_not_invited(country: Country) -> None:
    member = country["upazila.member"]
    User.objects.filter(pk=member.pk).update(is_active=False)
    member.refresh_from_db()
    assert not can_invite(country["upazila.head"], member)


def test_head_of_the_district_invites_where_there_is_no_head(country: Country) -> None:
    PostHolding.objects.filter(person=country["upazila.head"]).update(
        ends_on=timezone.localdate() - timedelta(days=1)
    )
    client = confirmed_client_of(country["district.head"])
    index = client.get(reverse("teams:invitation_list"))
    links = [link.get("href") for link in find(index, "main table a")]
    assert reverse("teams:invitation_office", args=["upazila"]) in links
    assert reverse("teams:invitation_office", args=["sibling"]) not in links
    answer = send(client, country.upazila, country["upazila.member"], kind=EMAIL)
    assert answer.status_code == 302
    assert Invitation.objects.get().person == country["upazila.member"]


def test_another_offices_people_cannot_be_slipped_into_the_form(country: Country) -> None:
    client = confirmed_client_of(country["upazila.head"])
    for stranger in (country["sibling.member"], country["reviewer"], country["upazila.head"]):
        answer = send(client, country.upazila, country["upazila.member"], stranger, kind=EMAIL)
        assert answer.status_code == 422
        assert stranger.login not in said(answer) or stranger == country["upazila.head"]
    assert not Invitation.objects.exists()
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"person": ["x"], "kind": "slip"},
        {"person": ["9" * 40], "kind": "slip"},
        {"person": ["\x00"], "kind": "slip"},
        {"person": ["-1"], "kind": "email"},
        {"person": [str(number) for number in range(500)], "kind": "slip"},
        {"kind": "slip"},
        {"person": "self", "kind": "pigeon"},
    ],
)
def test_odd_forms_get_a_sentence(team: Team, data: dict[str, Any]) -> None:
    if data.get("person") == "self":
        data = {**data, "person": [team.member.pk]}
    client = confirmed_client_of(team.head)
    answer = client.post(reverse("teams:invitation_create", args=[team.office.code]), data)
    assert answer.status_code == 422
    assert texts_of(answer, "main .alert-danger")


def test_letters_to_people_without_an_address_are_refused_by_name(team: Team) -> None:
    User.objects.filter(pk=team.member.pk).update(email="", login=team.member.mobile)
    answer = send(
        confirmed_client_of(team.head),
        team.office,
        team.member,
        team.innovation_officer,
        kind=EMAIL,
    )
    assert answer.status_code == 422
    assert team.member.name in texts_of(answer, "main .alert-danger")[0]
    assert not Invitation.objects.exists()


def test_password_is_asked_again_before_codes_are_given(team: Team) -> None:
    client = client_of(team.head)
    answer = send(client, team.office, team.member, kind=EMAIL)
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not Invitation.objects.exists()
    # With the password the form goes through as it was sent.
    client.post(answer.url, {"password": PASSWORD})
    assert Invitation.objects.get().person == team.member


def test_whoever_has_an_account_is_told_of_a_slip_printed_for_it(team: Team) -> None:
    invite(team.member, by=team.head, kind=SLIP)
    letter = Letter.objects.get()
    assert letter.to_address == team.member.email
    assert team.head.name_bn in letter.body
    assert "#" not in opened(letter.body)
    invite(without_password(team.innovation_officer), by=team.head, kind=SLIP)
    assert Letter.objects.count() == 1  # a newcomer has only the slip


# --- The list ------------------------------------------------------------------------------
def rows_of(response: HttpResponse) -> dict[str, str]:
    """By name: all that a line says."""
    return {
        one_line(row).split(" ", 2)[0] + str(number): one_line(row)
        for number, row in enumerate(find(response, "main tbody tr"))
    }


def test_list_says_how_everybody_stands(team: Team, clock: time_machine.Traveller) -> None:
    people = {}
    for state in ("in", "none", "open", "old", "lost"):
        people[state] = make_officer(team.office, Role.STAFF, f"অফিসার {state}")
        people[state].name_bn = f"{state}-person"
        without_password(people[state])
    entered = people["in"]
    entered.set_password(NEW)
    entered.last_login = NOW
    entered.save()
    invite(people["old"], by=team.head)
    clock.shift(VALID_FOR)
    invite(people["open"], by=team.head)
    invite(people["lost"], by=team.head, kind=EMAIL)
    Letter.objects.filter(to_address=people["lost"].email).update(
        status=LetterStatus.REFUSED, refused_reason="ঠিকানাটি নেই", job=None
    )
    client = client_of(team.head)
    page = client.get(reverse("teams:invitation_office", args=[team.office.code]))
    lines = " | ".join(texts_of(page, "main tbody tr"))
    for state, words in (
        ("in", "শেষ লগ-ইন ২১ নভেম্বর"),
        ("none", "আমন্ত্রণ পাননি"),
        ("open", "ছাপানো চিরকুটে, ১৯ ডিসেম্বর পর্যন্ত"),
        ("old", "কোডের মেয়াদ শেষ"),
        ("lost", "ঠিকানাটি নেই"),
    ):
        [line] = [one for one in lines.split(" | ") if f"{state}-person" in one]
        assert words in line, state
    ticked = {int(box.get("value")) for box in find(page, "input[name='person'][checked]")}
    proposed = {people[state].pk for state in ("none", "old")}
    assert proposed <= ticked
    assert not {people[state].pk for state in ("in", "open", "lost")} & ticked
    only = client.get(page.request["PATH_INFO"] + "?show=without")
    assert "in-person" not in said(only)
    assert "none-person" in said(only)


def test_code_is_taken_back_once(team: Team, newcomer: User) -> None:
    issued = invite(newcomer, by=team.head)
    client = client_of(team.head)
    url = reverse("teams:invitation_revoke", args=[issued.invitation.pk])
    first, second = client.post(url, follow=True), client.post(url, follow=True)
    assert "বাতিল হয়েছে" in texts_of(first, ".alert")[0]
    assert "আগেই" in texts_of(second, ".alert")[0]
    assert invitation_of(issued.code) is None
    assert AuditEntry.objects.filter(action="invitation.revoke").count() == 1


def test_door_to_invitations_is_shown_to_whoever_may_invite(team: Team) -> None:
    def doors(person: User) -> list[str]:
        page = client_of(person).get(reverse("teams:term_list"))
        return [link.get("href") for link in find(page, "nav.sections a")]

    assert reverse("teams:invitation_list") in doors(team.head)
    assert reverse("teams:invitation_list") not in doors(team.member)


def test_pages_ask_as_often_for_forty_people(country: Country) -> None:
    head = client_of(country["district.head"])
    addresses = (
        reverse("teams:invitation_list") + "?q=",
        reverse("teams:invitation_office", args=["district"]),
    )
    counts = []
    for number in range(40):
        officer = make_officer(country.district, Role.STAFF)
        invite(officer, by=country["district.head"], kind=EMAIL)
        make_office(f"below-{number}", parent=country.district)
        if number in (0, 39):
            counts.append([asked(head, address) for address in addresses])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 24


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_person_without_any_office_below_sees_no_index(team: Team) -> None:
    assert client_of(team.member).get(reverse("teams:invitation_list")).status_code == 403
    assert client_of(make_person()).get(reverse("teams:invitation_list")).status_code == 403
    index = client_of(team.head).get(reverse("teams:invitation_list"))
    assert index.url == reverse("teams:invitation_office", args=[team.office.code])


def test_kept_hash_is_no_plain_hash() -> None:
    """Without the installation's key nobody can try all codes against a copy of the table."""
    code = new_code()
    assert len(hash_of(code)) == 64
    assert to_ascii(hash_of(code)) != hash_of(new_code())


def test_whoever_runs_the_server_lets_the_first_administrator_in() -> None:
    root = make_office("root", Tier.CABINET)
    said = StringIO()
    call_command("addadministrator", "+৮৮০১৭১২-৩৪৫৬৭৮", "অর্ণব সরকার", stdout=said)
    person = User.objects.by_identifier("01712345678")
    assert person is not None
    assert person.scope.has_role(Role.SYSTEM_ADMINISTRATOR)
    assert person.scope.office == root
    code = said.getvalue().splitlines()[0].partition(": ")[2]
    client = Client()
    answer = client.post(reverse("welcome"), {"code": code}, follow=True)
    assert "অর্ণব সরকার" in answer.content.decode()
    # A second one comes by the first one's hand; the first may ask again for a lost code.
    with pytest.raises(CommandError, match="can let others in"):
        call_command("addadministrator", "second@office.test", "তানভীর আলম")
    assert User.objects.by_identifier("second@office.test") is None
    call_command("addadministrator", "01712345678", "অর্ণব সরকার", stdout=said)
    assert Invitation.objects.open().count() == 1


@pytest.mark.parametrize("contact", ["nobody", "a@b", "0171234567"])
def test_administrator_needs_a_contact_that_is_one(contact: str) -> None:
    make_office("root", Tier.CABINET)
    with pytest.raises(CommandError, match="is n"):
        call_command("addadministrator", contact, "অর্ণব সরকার")
    assert not Post.objects.exists()


def test_administrator_needs_offices() -> None:
    with pytest.raises(CommandError, match="loadoffices"):
        call_command("addadministrator", "first@office.test", "অর্ণব সরকার")
