"""Invitations: a one-time code given, taken back, redeemed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation

from jobs.letters import post_letter
from jobs.sealing import seal

from .. import perms
from ..audit import record
from ..entry.invitations import (
    VALID_FOR,
    hash_of,
    new_code,
    spaced,
    welcome_address,
)
from ..entry.redeeming import good_invitation
from ..entry.sessions import end_sessions
from ..enums import InvitationKind, Role
from ..models import Invitation, Office, Post, PostHolding, User


class CodeSpent(Exception):
    """The code was used, taken back or grew too old meanwhile."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A new invitation and its code, which nobody can be told a second time."""

    invitation: Invitation
    code: str


@transaction.atomic
def invite_people(*, people: Sequence[User], office: Office, kind: str, by: User) -> list[Issued]:
    """Invite each of the people, all or none. Raises PermissionDenied."""
    return [
        invite_person(person=person, office=office, kind=kind, by=by)
        for person in sorted(people, key=lambda person: person.pk)
    ]


@transaction.atomic
def invite_person(*, person: User, office: Office, kind: str, by: User) -> Issued:
    """Give a person a one-time code; an earlier one works no more. Raises PermissionDenied.

    By e-mail the letter goes to the outbox with its code sealed. On a slip the caller prints the
    code that is returned; whoever has a password and an address is told that there is a slip.
    """
    if not perms.can_invite(by, person):
        raise PermissionDenied
    return _give_code(person, office, kind, by)


@transaction.atomic
def invite_first_administrator(*, name: str, contact: str) -> Issued:
    """Put a person on a post of the system administrator and give a code for a slip.

    For whoever runs the server, before anybody can log in: `contact` is an e-mail address or a
    mobile number. The post is made in the topmost office. Raises Office.DoesNotExist before the
    offices are loaded, PermissionDenied when somebody else holds the post.
    """
    office = Office.objects.get(parent=None, is_active=True)
    person = User.objects.by_identifier(contact)
    if person is None:
        kind = "email" if "@" in contact else "mobile"
        person = User.objects.create_user(name_bn=name, **{kind: contact})
    with translation.override("bn"):
        designation = str(Role.SYSTEM_ADMINISTRATOR.label)
    post, _created = Post.objects.get_or_create(
        office=office,
        designation_bn=designation,
        defaults={"designation_en": "System Administrator", "role": Role.SYSTEM_ADMINISTRATOR},
    )
    holder = post.holder
    if holder not in (None, person):
        raise PermissionDenied(f"{holder.name_bn} holds the post and can let others in")
    if holder is None:
        PostHolding.objects.create(post=post, person=person, starts_on=timezone.localdate())
    return _give_code(person, office, InvitationKind.SLIP, None)


def _give_code(person: User, office: Office, kind: str, by: User | None) -> Issued:
    User.objects.select_for_update().get(pk=person.pk)  # of two heads the later one's code holds
    now = timezone.now()
    _unused(person).update(revoked_at=now, revoked_by=by or person)
    code = new_code()
    invitation = Invitation.objects.create(
        person=person,
        office=office,
        kind=kind,
        code_hash=hash_of(code),
        created_at=now,
        created_by=by,
        expires_at=now + VALID_FOR,
    )
    after = {"person": person.pk, "kind": kind, "expires_at": invitation.expires_at.isoformat()}
    record("invitation.create", invitation, by=by, office=office, after=after)
    if kind == InvitationKind.EMAIL:
        _write(invitation, "invitation", code=code)
    elif person.email and person.has_usable_password():
        _write(invitation, "invitation_printed")
    return Issued(invitation, code)


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User) -> bool:
    """Take a code back; False when it was used or taken back before. Raises PermissionDenied."""
    if not perms.can_revoke_invitation(by, invitation):
        raise PermissionDenied
    revoked = _unused(invitation.person).filter(pk=invitation.pk)
    if not revoked.update(revoked_at=timezone.now(), revoked_by=by):
        return False
    record("invitation.revoke", invitation, by=by, office=invitation.office)
    return True


@transaction.atomic
def redeem_invitation(*, invitation: Invitation, password: str) -> User:
    """Give the person this password, once; other browsers are logged out by it.

    Of several who redeem one code at the same moment one succeeds. Raises CodeSpent. Whoever has
    set up a second factor is still asked for it: this is no log-in.
    """
    person = User.objects.select_for_update().get(pk=invitation.person_id)
    if good_invitation(invitation.pk) is None:
        raise CodeSpent
    if not _unused(person).filter(pk=invitation.pk).update(used_at=timezone.now()):
        raise CodeSpent
    person.set_password(password)
    person.save(update_fields=["password"])
    end_sessions(person)
    record("invitation.use", invitation, by=person, office=invitation.office)
    return person


def withdraw_invitations(*, person: User, by: User | None = None) -> None:
    """A code that still lies about works no more: the person has set a password in another way,
    or `by` has changed the address it was sent to."""
    _unused(person).update(revoked_at=timezone.now(), revoked_by=by or person)


def _unused(person: User) -> QuerySet[Invitation]:
    return Invitation.objects.filter(person=person, used_at=None, revoked_at=None)


def _write(invitation: Invitation, letter: str, *, code: str = "") -> None:
    """Put the letter in the outbox. What the reader types or follows is sealed there."""
    person = invitation.person
    context = {
        "person": person,
        "office": invitation.office,
        "by": invitation.created_by,
        "expires_at": invitation.expires_at,
        "code": seal(spaced(code)) if code else "",
        "address": seal(welcome_address(code)) if code else "",
        "plain_address": welcome_address(),
    }
    with translation.override("bn"):
        subject = render_to_string(f"teams/email/{letter}_subject.txt", context)
        body = render_to_string(f"teams/email/{letter}_message.txt", context)
    post_letter(
        key=letter_key(invitation),
        to_address=person.email,
        to_name=person.name_bn,
        subject=subject.strip(),
        body=body.strip() + "\n",
        expires_at=invitation.expires_at if code else None,
        by=invitation.created_by,
    )


def letter_key(invitation: Invitation) -> str:
    """Under what the letter of an invitation is found in the outbox."""
    return f"teams.invitation:{invitation.pk}"
