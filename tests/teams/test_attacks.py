"""Ways into what is not one's own: by a post, a person, a code, a draft, the record."""

from dataclasses import asdict
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from ideas.models import Newsletter
from jobs.models import Letter
from jobs.sealing import opened
from teams.actions import (
    TransferRefused,
    call_off_transfer,
    create_team,
    give_charge,
    issue_team,
    transfer_post,
    update_post,
)
from teams.actions.invitations import invite_person
from teams.actions.office_changes import ChangeRefused, plan_change
from teams.actions.people import PersonWords, update_person
from teams.actions.posts import PostRefused, PostWords
from teams.actions.staff import StaffRefused, apply_staff, cells_of, keep_staff
from teams.entry.inviting import invitees
from teams.entry.redeeming import invitation_of
from teams.enums import ChangeKind, HoldingKind, InvitationKind, Role, TeamStatus
from teams.forms.posts import mark_of
from teams.models import AuditEntry, Invitation, Office, Post, PostHolding, RowVersion, User
from teams.office_changes import Wanted
from teams.perms import can_change_post, can_edit_person, can_invite, can_reset_second_factor
from teams.transitions import WrongState
from tests.access_meeting_world import post_of
from tests.factories import (
    PASSWORD,
    Country,
    client_of,
    make_country,
    make_officer,
    make_person,
    make_plan,
    make_post,
    make_task,
)
from tests.reports.auth import confirmed_client_of, reauthenticate
from tests.teams.build import make_team_order, make_text

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 21)
SECRET = "গোপন খসড়ার কথা"


@pytest.fixture
def country(today: date) -> Country:
    return make_country()


def fresh(person: User) -> User:
    """The person as the next request finds them."""
    return User.objects.get(pk=person.pk)


def in_charge(post: Post, person: User, *, by: User, days: int = 5) -> PostHolding:
    """The person on the post for some days, beside whoever is on leave."""
    return give_charge(
        post=post,
        to=person,
        kind=HoldingKind.IN_CHARGE,
        starts_on=DAY,
        ends_on=DAY + timedelta(days=days),
        by=by,
    )


def contact(person: User, **changed: str) -> PersonWords:
    words = PersonWords.of(person)
    return PersonWords(**{**{name: getattr(words, name) for name in words.__slots__}, **changed})


# --- Somebody in charge for some days ------------------------------------------------------------
@pytest.fixture
def deputy(country: Country) -> User:
    """A member in charge of the head's post while the head is on leave."""
    in_charge(
        post_of(country["upazila.head"]), country["upazila.member"], by=country["upazila.head"]
    )
    return fresh(country["upazila.member"])


def test_deputy_does_the_daily_work_of_the_head(country: Country, deputy: User) -> None:
    assert deputy.scope.heads(country.upazila.pk)
    assert can_change_post(deputy, post_of(country["upazila.innovation_officer"]))
    assert can_invite(deputy, country["upazila.innovation_officer"])


def test_deputy_does_not_keep_the_post_of_the_head(country: Country, deputy: User) -> None:
    post = post_of(country["upazila.head"])
    seen = PostWords.of(post)
    words = PostWords(**{**{name: getattr(seen, name) for name in seen.__slots__}, "role": "staff"})
    with pytest.raises(PermissionDenied):
        transfer_post(post=post, to=deputy, starts_on=DAY, by=deputy)
    with pytest.raises(PermissionDenied):
        in_charge(post, deputy, by=deputy, days=300)
    with pytest.raises(PermissionDenied):
        update_post(post=post, seen=seen, words=words, by=deputy)
    charge = post.holdings.get(person=deputy)
    page = reverse("teams:holding_release", args=[charge.pk])
    answer = confirmed_client_of(deputy).post(page, {"ends_on": "২১/১১/২০২৭"})
    assert answer.status_code == 403
    assert not AuditEntry.objects.filter(by=deputy).exists()


def test_deputy_learns_nothing_that_opens_the_account_of_the_head(
    country: Country, deputy: User
) -> None:
    head = country["upazila.head"]
    assert not can_invite(deputy, head)
    assert not can_reset_second_factor(deputy, head)
    with pytest.raises(PermissionDenied):
        update_person(
            person=head,
            office=country.upazila,
            seen=PersonWords.of(head),
            words=contact(head, email="mine@home.test"),
            by=deputy,
        )


def test_charge_that_ended_yesterday_opens_nothing(country: Country, deputy: User) -> None:
    with time_machine.travel("2026-11-27 06:00Z"):
        assert not fresh(deputy).scope.heads(country.upazila.pk)
        later = confirmed_client_of(fresh(deputy))
        post = post_of(country["upazila.innovation_officer"])
        for name in ("post_transfer", "post_charge", "post_update"):
            assert later.get(reverse(f"teams:{name}", args=[post.pk])).status_code == 403


def test_head_who_has_been_given_a_last_day_still_calls_it_off(country: Country) -> None:
    head = country["upazila.head"]
    later = DAY + timedelta(days=9)
    handover = transfer_post(post=post_of(head), to=make_person(), starts_on=later, by=head)
    call_off_transfer(handover=handover, by=fresh(head))
    assert post_of(head).holder_on(later) == head


def test_nobody_reads_before_the_first_day(country: Country) -> None:
    coming, post = make_person(), post_of(country["upazila.head"])
    handover = transfer_post(
        post=post, to=coming, starts_on=DAY + timedelta(days=1), by=country["upazila.head"]
    )
    client = confirmed_client_of(coming)
    assert client.get(handover.get_absolute_url()).status_code == 404
    assert client.get(reverse("duties:post_work", args=[post.pk])).status_code == 404
    assert client.get(reverse("teams:people", args=["upazila"])).status_code == 404


# --- Into somebody else's account ----------------------------------------------------------------
def test_contact_of_whoever_has_a_higher_post_elsewhere_is_not_to_be_changed(
    country: Country,
) -> None:
    """A second post in one's office, given by whoever knows the address, opens no account."""
    head = country["upazila.head"]
    for victim in ("reviewer", "administrator", "district.head", "sibling.member"):
        person = country[victim]
        post = make_post(country.upazila, Role.STAFF)
        transfer_post(post=post, to=person, starts_on=DAY, by=head)
        page = reverse("teams:person_update", args=["upazila", person.pk])
        assert confirmed_client_of(head).get(page).status_code == 403
        assert not can_edit_person(head, fresh(person))
        assert not can_invite(head, fresh(person))
        assert not can_reset_second_factor(head, fresh(person))


def test_code_of_before_opens_no_account_that_is_now_more(country: Country) -> None:
    """Whoever gave a code answered for the posts of that day, not for those that came since."""
    head, member = country["upazila.head"], country["upazila.member"]
    code = invite_person(
        person=member, office=country.upazila, kind=InvitationKind.SLIP, by=head
    ).code
    assert invitation_of(code)
    reviewer = post_of(country["reviewer"])
    transfer_post(post=reviewer, to=member, starts_on=DAY, by=country["administrator"])
    assert invitation_of(code) is None


def test_code_of_before_opens_no_post_that_is_to_come_or_for_some_days(country: Country) -> None:
    head, member = country["upazila.head"], country["upazila.member"]
    code = invite_person(
        person=member, office=country.upazila, kind=InvitationKind.SLIP, by=head
    ).code
    in_charge(post_of(country["sibling.head"]), member, by=country["sibling.head"])
    assert invitation_of(code) is None


def test_code_lives_on_when_the_same_head_gives_another_post(country: Country) -> None:
    head, member = country["upazila.head"], country["upazila.member"]
    code = invite_person(
        person=member, office=country.upazila, kind=InvitationKind.SLIP, by=head
    ).code
    transfer_post(
        post=make_post(country.upazila, Role.STAFF),
        to=member,
        starts_on=DAY,
        kind=HoldingKind.ADDITIONAL,
        by=head,
    )
    assert invitation_of(code)


def test_code_of_before_opens_no_post_that_became_the_administrators(country: Country) -> None:
    head = country["district.head"]
    person = make_officer(country.district, Role.STAFF)
    code = invite_person(
        person=person, office=country.district, kind=InvitationKind.SLIP, by=head
    ).code
    seen = PostWords.of(post_of(person))
    more = {name: getattr(seen, name) for name in seen.__slots__}
    words = PostWords(**{**more, "role": Role.SYSTEM_ADMINISTRATOR})
    update_post(post=post_of(person), seen=seen, words=words, by=country["administrator"])
    assert invitation_of(code) is None


def test_code_sent_to_the_wrong_address_ends_when_the_address_is_mended(country: Country) -> None:
    head, member = country["upazila.head"], country["upazila.member"]
    code = invite_person(
        person=member, office=country.upazila, kind=InvitationKind.EMAIL, by=head
    ).code
    update_person(
        person=member,
        office=country.upazila,
        seen=PersonWords.of(member),
        words=contact(member, email="right@office.test"),
        by=head,
    )
    assert invitation_of(code) is None


def test_former_address_gets_no_letter_for_a_new_password(country: Country, client: Client) -> None:
    head, member = country["upazila.head"], country["upazila.member"]
    was = member.email
    client.post(reverse("account_login"), {"login": was, "password": PASSWORD})
    client.post(reverse("account_logout"))
    update_person(
        person=member,
        office=country.upazila,
        seen=PersonWords.of(member),
        words=contact(member, email="right@office.test"),
        by=head,
    )
    client.post(reverse("account_reset_password"), {"email": was})
    client.post(reverse("account_reset_password"), {"email": "right@office.test"})
    # Both get a letter, as everybody does; only one of them leads to a new password.
    asked = Letter.objects.filter(key__startswith="account:")
    assert "/password/reset/key/" not in opened(asked.get(to_address=was).body)
    assert "/password/reset/key/" in opened(asked.get(to_address="right@office.test").body)
    assert client.post(reverse("account_login"), {"login": was, "password": PASSWORD}).status_code
    assert "_auth_user_id" not in client.session


def test_link_for_a_new_password_dies_with_the_address_it_was_sent_to(
    country: Country, client: Client
) -> None:
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    head, member = country["upazila.head"], country["upazila.member"]
    key = f"{user_pk_to_url_str(member)}-{default_token_generator.make_token(member)}"
    update_person(
        person=member,
        office=country.upazila,
        seen=PersonWords.of(member),
        words=contact(member, email="right@office.test"),
        by=head,
    )
    fresh_member = fresh(member)
    token = key.split("-", 1)[1]
    assert not default_token_generator.check_token(fresh_member, token)


# --- The last administrator ----------------------------------------------------------------------
def with_role(post: Post, role: Role) -> PostWords:
    seen = PostWords.of(post)
    return PostWords(**{**{name: getattr(seen, name) for name in seen.__slots__}, "role": role})


def test_last_administrator_stays_one_whatever_is_done_to_the_post(country: Country) -> None:
    administrator = country["administrator"]
    post = post_of(administrator)
    with pytest.raises(TransferRefused):
        transfer_post(post=post, to=None, starts_on=DAY, by=administrator)
    with pytest.raises(PostRefused):
        update_post(
            post=post, seen=PostWords.of(post), words=with_role(post, Role.STAFF), by=administrator
        )


def test_administrator_whose_account_is_closed_does_not_count(country: Country) -> None:
    administrator = country["administrator"]
    other = make_officer(country.root, Role.SYSTEM_ADMINISTRATOR)
    User.objects.filter(pk=other.pk).update(is_active=False)
    with pytest.raises(TransferRefused):
        transfer_post(post=post_of(administrator), to=None, starts_on=DAY, by=administrator)


def test_post_is_not_given_to_a_closed_account_of_the_last_administrator(country: Country) -> None:
    administrator, gone = country["administrator"], make_person()
    User.objects.filter(pk=gone.pk).update(is_active=False)
    with pytest.raises(TransferRefused):
        transfer_post(post=post_of(administrator), to=fresh(gone), starts_on=DAY, by=administrator)


def test_office_of_the_last_administrator_is_not_closed(country: Country) -> None:
    administrator = country["administrator"]
    seat = make_post(country.elsewhere, Role.SYSTEM_ADMINISTRATOR)
    other = make_person()
    transfer_post(post=seat, to=other, starts_on=DAY, by=administrator)
    transfer_post(post=post_of(administrator), to=None, starts_on=DAY, by=administrator)
    closing = Wanted(ChangeKind.CLOSE, country.elsewhere, DAY, "প্রজ্ঞাপন")
    with pytest.raises(ChangeRefused):
        plan_change(wanted=closing, by=fresh(other))


# --- Roles one may not give ----------------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.CABINET_REVIEWER, Role.SYSTEM_ADMINISTRATOR])
def test_head_of_any_office_makes_no_reviewer_or_administrator(
    country: Country, role: Role
) -> None:
    chief = make_officer(country.root, Role.HEAD)
    post = make_post(country.root, Role.STAFF)
    client = confirmed_client_of(chief)
    page = reverse("teams:post_update", args=[post.pk])
    assert client.post(page, {"designation_bn": "পদ", "role": role}).status_code == 422
    for name in ("reviewer", "administrator"):
        over_all = post_of(country[name])
        for act in ("post_update", "post_transfer", "post_charge", "post_close", "post_reopen"):
            url = reverse(f"teams:{act}", args=[over_all.pk])
            assert client.post(url, {"person": str(chief.pk)}).status_code == 403
        assert not can_invite(chief, country[name])
        assert not can_edit_person(chief, country[name])


def test_order_of_a_team_makes_nobody_a_head(country: Country) -> None:
    reviewer = make_officer(country.root, Role.CABINET_REVIEWER)
    chief = make_officer(country.root, Role.HEAD)
    make_team_order(country.upazila, by=country["upazila.head"])
    roles = set(country.upazila.posts.values_list("role", flat=True))
    assert roles <= {Role.HEAD, Role.INNOVATION_OFFICER, Role.MEMBER}
    assert fresh(reviewer).scope.has_role(Role.CABINET_REVIEWER)
    assert fresh(chief).scope.heads(country.root.pk)


# --- Heads above and beside ----------------------------------------------------------------------
def test_head_above_leaves_an_office_alone_that_has_a_head(country: Country) -> None:
    district = confirmed_client_of(country["district.head"])
    post = post_of(country["upazila.member"])
    for name in ("post_transfer", "post_charge", "post_update", "post_close"):
        assert district.post(reverse(f"teams:{name}", args=[post.pk])).status_code == 403
    for name in ("staff_upload", "post_create", "invitation_create"):
        url = reverse(f"teams:{name}", args=["upazila"])
        assert district.post(url, {"person": "1"}).status_code == 403
    sister = confirmed_client_of(country["sibling.head"])
    for name in ("people", "post_create", "staff_upload"):
        assert sister.get(reverse(f"teams:{name}", args=["upazila"])).status_code in {403, 404}


def test_office_above_reads_no_draft_that_the_office_orders_itself(country: Country) -> None:
    """Not on its page, and not beside one's own words when two drafts meet."""
    text = make_text(country.upazila, issuing_office=country.upazila)
    words = {name: getattr(text, name) for name in text.__slots__} | {"preamble": SECRET}
    team = create_team(office=country.upazila, text=type(text)(**words), by=country["upazila.head"])
    for name in ("district.head", "district.innovation_officer"):
        above = confirmed_client_of(country[name])
        assert above.get(team.get_absolute_url()).status_code == 404
        answer = above.post(
            reverse("teams:team_create", args=["upazila"]),
            {"formed_on": "২১/১১/২০২৬", "issuing_office": str(country.district.pk)},
        )
        assert SECRET not in answer.content.decode()


def test_draft_is_ordered_by_no_office_that_is_chosen_by_hand(country: Country) -> None:
    officer = confirmed_client_of(country["upazila.innovation_officer"])
    for office in (country.sibling, country.elsewhere, country.root):
        sent = {"formed_on": "২১/১১/২০২৬", "issuing_office": str(office.pk)}
        page = reverse("teams:team_create", args=["upazila"])
        assert officer.post(page, sent).status_code == 422


# --- Whoever has left ----------------------------------------------------------------------------
def test_predecessor_reads_nothing_that_came_after_a_vacancy_began(country: Country) -> None:
    """Also once somebody has come to the post, weeks after the predecessor went."""
    head, post = country["upazila.head"], post_of(country["upazila.head"])
    handover = transfer_post(post=post, to=None, starts_on=DAY, by=head)
    with time_machine.travel("2026-11-25 06:00Z"):
        add_newsletter(country.upazila, by=country["upazila.innovation_officer"], title=SECRET)
    with time_machine.travel("2026-12-01 06:00Z"):
        transfer_post(
            post=post, to=make_person(), starts_on=date(2026, 12, 1), by=country["district.head"]
        )
        page = client_of(fresh(head)).get(handover.get_absolute_url())
        assert page.status_code == 200
        assert SECRET not in page.content.decode()


def add_newsletter(office: Office, *, by: User, title: str) -> Newsletter:
    return Newsletter.objects.create(
        office=office,
        title=title,
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 12, 31),
        created_by=by,
    )


# --- The record ----------------------------------------------------------------------------------
def test_member_reads_from_the_record_nobodys_private_contact(country: Country) -> None:
    """A transfer stands in the timeline of the office; how its people are reached does not."""
    head = country["upazila.head"]
    person = make_person()
    post = make_post(country.upazila, Role.STAFF)
    transfer_post(post=post, to=person, starts_on=DAY, by=head)
    member = client_of(country["upazila.member"])
    page = reverse("teams:record_row", args=["teams.user", person.pk])
    assert member.get(page).status_code == 404
    entry = AuditEntry.objects.get(action="post.transfer")
    shown = member.get(reverse("teams:record_entry", args=[entry.pk]))
    assert person.mobile not in shown.content.decode()
    assert person.email not in shown.content.decode()


def test_staff_and_the_inactive_reach_nothing_of_the_team(country: Country) -> None:
    staff = make_officer(country.upazila, Role.STAFF)
    team = make_team_order(country.upazila, by=country["upazila.head"])
    gone = country["upazila.member"]
    session = client_of(gone)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    pages = [
        team.get_absolute_url(),
        reverse("teams:people", args=["upazila"]),
        reverse("teams:post_detail", args=[post_of(country["upazila.head"]).pk]),
        reverse("teams:record_timeline", args=["teams.team", team.pk]),
        reverse("teams:order_docx", args=[team.pk]),
        reverse("duties:below"),
    ]
    for page in pages:
        assert client_of(staff).get(page).status_code == 404, page
        assert session.get(page).status_code == 302, page


# --- The administrator, the sister, the browser --------------------------------------------------
def test_administrator_reads_no_word_of_a_draft(country: Country) -> None:
    """Neither in the record, its files and versions, nor in what a change of offices shows."""
    plan = make_plan(country.upazila, by=country["upazila.innovation_officer"])
    task = make_task(plan, by=country["upazila.innovation_officer"], title=SECRET)
    client = confirmed_client_of(country["administrator"])
    entry = AuditEntry.objects.filter(action__startswith="task.").latest("pk")
    pages = [
        reverse("teams:record_list"),
        f"{reverse('teams:record_list')}?number={task.pk}",
        reverse("teams:record_export", args=["csv"]),
        reverse("teams:record_export", args=["xlsx"]),
        reverse("teams:record_entry", args=[entry.pk]),
        reverse("teams:record_row", args=["workplans.task", task.pk]),
        reverse("teams:record_timeline", args=["workplans.workplan", plan.pk]),
        reverse("duties:post_work", args=[post_of(country["upazila.head"]).pk]),
        reverse("teams:change_create", args=["upazila", "merge"]),
        reverse("duties:handover_list"),
        plan.get_absolute_url(),
    ]
    for page in pages:
        answer = client.get(page)
        body = b"".join(answer) if answer.streaming else answer.content
        assert SECRET not in words_in(body), page


def words_in(body: bytes) -> str:
    """What an answer says, also if it is a workbook."""
    if not body.startswith(b"PK"):
        return body.decode()
    with ZipFile(BytesIO(body)) as parts:
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def test_forged_names_in_an_invitation_give_no_slip(country: Country) -> None:
    client = confirmed_client_of(country["upazila.head"])
    page = reverse("teams:invitation_create", args=["upazila"])
    for name in ("reviewer", "administrator", "district.head", "sibling.member", "upazila.head"):
        answer = client.post(page, {"kind": "slip", "person": [str(country[name].pk)]})
        assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_signatures_and_orders_ask_for_the_token(country: Country) -> None:
    head = country["upazila.head"]
    team = make_team_order(country.upazila, by=head, status=TeamStatus.DRAFT)
    handover = transfer_post(
        post=post_of(country["upazila.member"]), to=make_person(), starts_on=DAY, by=head
    )
    client = Client(enforce_csrf_checks=True)
    client.force_login(head)
    reauthenticate(client, head)
    pages = [reverse(f"duties:handover_{step}", args=[handover.pk]) for step in SIGNATURES]
    pages += [
        reverse("teams:team_issue", args=[team.pk]),
        reverse("teams:post_transfer", args=[post_of(head).pk]),
        reverse("teams:invitation_create", args=["upazila"]),
        reverse("teams:second_factor_reset", args=[country["upazila.member"].pk]),
    ]
    before = AuditEntry.objects.count()
    assert {client.post(page, {"version": "1"}).status_code for page in pages} == {403}
    assert AuditEntry.objects.count() == before


SIGNATURES = ("note", "give", "take", "settle")


def test_fresh_password_is_nobody_elses(country: Country) -> None:
    """Whoever logs in after a colleague in the same browser types the own password again."""
    first, second = country["upazila.head"], country["sibling.head"]
    client = confirmed_client_of(first)
    key = client.session.session_key
    client.force_login(second)
    assert client.session.session_key != key
    post = post_of(country["sibling.member"])
    sent = {"person": "vacant", "starts_on": "২১/১১/২০২৬", "kind": "regular"}
    assert "account_authentication_methods" not in client.session
    answer = client.post(reverse("teams:post_transfer", args=[post.pk]), sent)
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize(
    "target", ["//evil.test/", "https://evil.test/", "/\\evil.test", "javascript:1"]
)
def test_no_door_leads_out_of_the_site(country: Country, client: Client, target: str) -> None:
    head = country["upazila.head"]
    sent = {"login": head.email, "password": PASSWORD, "next": target}
    assert "evil" not in client.post(f"{reverse('account_login')}?next={target}", sent).url
    assert "javascript" not in client.post(reverse("account_login"), sent).url
    again = client.post(
        f"{reverse('account_reauthenticate')}?next={target}", {"password": PASSWORD, "next": target}
    )
    assert again.status_code == 302
    assert "evil" not in again.url
    assert "javascript" not in again.url


# --- Two posts, two offices ----------------------------------------------------------------------
def test_entry_names_the_post_by_which_somebody_may_do_it(country: Country) -> None:
    """Not the main post of another office: of a merged one's papers, and in an office below."""
    head = country["elsewhere.head"]
    district = post_of(country["district.head"])
    transfer_post(
        post=district,
        to=head,
        starts_on=DAY,
        kind=HoldingKind.ADDITIONAL,
        by=country["administrator"],
    )
    transfer_post(
        post=post_of(country["upazila.head"]), to=None, starts_on=DAY, by=country["administrator"]
    )
    transfer_post(post=post_of(country["upazila.member"]), to=None, starts_on=DAY, by=fresh(head))
    assert AuditEntry.objects.latest("pk").by_post == district


def test_entry_about_a_merged_office_names_the_post_of_the_one_it_went_into(
    country: Country,
) -> None:
    head = country["district.head"]
    upazila = post_of(country["upazila.head"])
    transfer_post(
        post=upazila,
        to=head,
        starts_on=DAY,
        kind=HoldingKind.ADDITIONAL,
        by=country["administrator"],
    )
    plan = make_plan(country.sibling, by=country["sibling.head"])
    merging = Wanted(ChangeKind.MERGE, country.upazila, DAY, "প্রজ্ঞাপন", others=(country.sibling,))
    plan_change(wanted=merging, by=country["administrator"])
    make_task(plan, by=fresh(head))
    assert AuditEntry.objects.latest("pk").by_post == upazila


# --- Offices that are no more --------------------------------------------------------------------
def test_merged_office_gets_no_team_from_a_draft_that_was_left(country: Country) -> None:
    draft = make_team_order(country.sibling, by=country["sibling.head"], status=TeamStatus.DRAFT)
    merging = Wanted(ChangeKind.MERGE, country.upazila, DAY, "প্রজ্ঞাপন", others=(country.sibling,))
    plan_change(wanted=merging, by=country["administrator"])
    with pytest.raises((WrongState, PermissionDenied)):
        issue_team(
            team=draft,
            version=draft.version,
            memo=None,
            reason="কারণ",
            by=fresh(country["upazila.head"]),
        )


def test_order_names_no_post_that_was_closed_or_moved_meanwhile(country: Country) -> None:
    head = country["upazila.head"]
    draft = make_team_order(country.upazila, by=head, status=TeamStatus.DRAFT)
    Post.objects.filter(pk=post_of(country["upazila.member"]).pk).update(is_active=False)
    with pytest.raises(WrongState):
        issue_team(team=draft, version=draft.version, memo=None, reason="কারণ", by=head)


def test_person_of_a_closed_office_reaches_nothing_of_it(country: Country) -> None:
    plan = make_plan(country.upazila, by=country["upazila.head"])
    closing = Wanted(ChangeKind.CLOSE, country.upazila, DAY, "প্রজ্ঞাপন")
    plan_change(wanted=closing, by=country["administrator"])
    client = client_of(fresh(country["upazila.head"]))
    for page in (plan.get_absolute_url(), reverse("teams:people", args=["upazila"])):
        assert client.get(page).status_code == 404


def test_history_written_afterwards_opens_nothing(country: Country) -> None:
    """A holding of the past, and one that is to begin, are words in a history."""
    person, head = make_person(), country["upazila.head"]
    post = post_of(country["upazila.member"])
    for first, last in ((date(2015, 1, 1), date(2016, 1, 1)), (date(2017, 1, 1), date(2018, 1, 1))):
        give_charge(
            post=post,
            to=person,
            kind=HoldingKind.REGULAR,
            starts_on=first,
            ends_on=last,
            by=head,
        )
    client = client_of(person)
    assert client.get(reverse("teams:people", args=["upazila"])).status_code == 404
    assert client.get(reverse("duties:handover_list")).status_code == 200
    assert not fresh(person).scope.posts
    assert not can_invite(head, person)


def test_code_dies_with_the_charge_of_whoever_gave_it(country: Country, deputy: User) -> None:
    """The list says so, and the head gives another."""
    newcomer = make_officer(country.upazila, Role.STAFF)
    User.objects.filter(pk=newcomer.pk).update(password="")
    code = invite_person(
        person=newcomer, office=country.upazila, kind=InvitationKind.SLIP, by=deputy
    ).code
    assert invitation_of(code)
    with time_machine.travel("2026-11-27 06:00Z"):
        assert invitation_of(code) is None
        head = fresh(country["upazila.head"])
        (line,) = invitees([newcomer], country.upazila, by=head)
        assert line.is_expired
        assert line.is_proposed
        again = invite_person(
            person=newcomer, office=country.upazila, kind=InvitationKind.SLIP, by=head
        )
        assert invitation_of(again.code)


@pytest.mark.parametrize("name", ["post_charge", "person_update", "staff_import"])
def test_who_gets_in_is_said_with_the_password_only(country: Country, name: str) -> None:
    """Whoever finds the head's PC unlocked lets nobody in and takes no account over."""
    head, member = country["upazila.head"], country["upazila.member"]
    newcomer = {"person": "", "name": "শারমিন সুলতানা", "contact": "sharmin@home.test"}
    days = {"starts_on": "২১/১১/২০২৬", "ends_on": "২১/১২/২০২৬"}
    words = {**asdict(PersonWords.of(member)), "seen": mark_of(PersonWords.of(member))}
    row = {"designation_bn": "নতুন পদ", "name_bn": "শারমিন সুলতানা", "email": "sharmin@home.test"}
    kept = keep_staff(office=country.upazila, rows=[cells_of(row)], filename="", by=head)
    rows = {f"rows-0-{cell}": value for cell, value in cells_of(row).items()}
    page, sent = {
        "post_charge": (
            reverse("teams:post_charge", args=[post_of(member).pk]),
            {**newcomer, **days, "kind": "in_charge"},
        ),
        "person_update": (
            reverse("teams:person_update", args=["upazila", member.pk]),
            {**words, "email": "mine@home.test"},
        ),
        "staff_import": (
            reverse("teams:staff_import", args=[kept.pk]),
            {"rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "1", "rows-0-take": "on", **rows},
        ),
    }[name]
    before = AuditEntry.objects.count()
    answer = client_of(head).post(page, sent)
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert AuditEntry.objects.count() == before
    assert not User.objects.filter(email__endswith="@home.test").exists()
    assert confirmed_client_of(head).post(page, sent).status_code == 302
    assert User.objects.filter(email__endswith="@home.test").exists()


def test_deputy_does_not_change_the_head_by_a_list(country: Country, deputy: User) -> None:
    post = post_of(country["upazila.head"])
    row = {"designation_bn": post.designation_bn, "name_bn": deputy.name_bn, "email": deputy.email}
    kept = keep_staff(office=country.upazila, rows=[cells_of(row)], filename="", by=deputy)
    with pytest.raises(StaffRefused):
        apply_staff(staff_import=kept, rows=[cells_of(row)], by=deputy)
    assert post.holdings.filter(ends_on=None).get().person == country["upazila.head"]


def test_former_address_is_told_of_the_new_one_and_not_what_it_is(country: Country) -> None:
    head, member = country["upazila.head"], country["upazila.member"]
    was = member.email
    update_person(
        person=member,
        office=country.upazila,
        seen=PersonWords.of(member),
        words=contact(member, email="mine@home.test"),
        by=head,
    )
    letter = Letter.objects.get(to_address=was)
    assert head.name_bn in letter.body
    assert "mine@home.test" not in letter.body


def test_record_says_of_a_closed_office_that_its_team_and_holders_are_gone(
    country: Country,
) -> None:
    team = make_team_order(country.upazila, by=country["upazila.head"])
    closing = Wanted(ChangeKind.CLOSE, country.upazila, DAY, "প্রজ্ঞাপন")
    plan_change(wanted=closing, by=country["administrator"])
    last = RowVersion.objects.filter(object_type="teams.team", object_id=team.pk).latest("number")
    assert last.fields["status"] == TeamStatus.DISSOLVED
    holding = country["upazila.head"].holdings.get()
    kept = RowVersion.objects.filter(object_type="teams.postholding", object_id=holding.pk)
    assert kept.latest("number").fields["ends_on"] == holding.ends_on.isoformat()
