"""Giving more time or letting off, and taking that back."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jobs.letters import PlainLetter, post_letters
from meetings.deliveries import post_reader
from reports.perms import can_grant_extension
from teams.audit import record
from teams.enums import LEAD_ROLES
from teams.models import Extension, Office, Post, User
from teams.transitions import WrongState

from ..matters import matters
from ..matters.spans import Spans
from ..matters.words import title_of
from ..reminders.letters import address


class AlreadyGranted(Exception):
    """Something else was granted for this before; `extension` is what stands."""

    def __init__(self, extension: Extension) -> None:
        super().__init__(str(extension))
        self.extension = extension


@transaction.atomic
def grant_extension(
    *,
    kind: str,
    office: Office | None,
    starts_on: date,
    new_due_on: date | None,
    reason: str,
    by: User,
) -> Extension:
    """More time for one office or (None) all of them; without a new day none of it is owed.

    Asking twice for the same gives the first. Those who lead the office get a letter; of all
    offices those that still owe it. Raises PermissionDenied, AlreadyGranted.
    """
    if not can_grant_extension(by):
        raise PermissionDenied
    standing = Extension.objects.in_force().filter(kind=kind, office=office, starts_on=starts_on)
    if known := standing.first():
        return _same(known, new_due_on)
    owing = _owing(kind, office, starts_on)
    try:
        with transaction.atomic():
            extension = Extension.objects.create(
                office=office,
                kind=kind,
                starts_on=starts_on,
                new_due_on=new_due_on,
                reason=reason,
                granted_by=by,
            )
    except IntegrityError:
        return _same(standing.get(), new_due_on)  # somebody was faster
    record(
        "extension.grant",
        extension,
        by=by,
        office=office,
        after={"kind": kind, "starts_on": starts_on.isoformat(), "new_due_on": str(new_due_on)},
    )
    _tell(extension, owing, by=by)
    return extension


def _same(known: Extension, new_due_on: date | None) -> Extension:
    if known.new_due_on != new_due_on:
        raise AlreadyGranted(known)
    return known


@transaction.atomic
def revoke_extension(*, extension: Extension, by: User) -> Extension:
    """The usual day counts again. Raises PermissionDenied, WrongState."""
    if not can_grant_extension(by):
        raise PermissionDenied
    standing = Extension.objects.in_force().filter(pk=extension.pk)
    if not standing.update(revoked_at=timezone.now(), revoked_by=by):
        raise WrongState(_("এটি আগেই তুলে নেওয়া হয়েছে।"))
    extension.refresh_from_db()
    record("extension.revoke", extension, by=by, office=extension.office)
    owing = _owing(extension.kind, extension.office, extension.starts_on)
    _tell(extension, owing, by=by)
    return extension


def _owing(kind: str, office: Office | None, starts_on: date) -> set[int]:
    """The offices that a grant is news for: the one it is for, of all those that still owe it."""
    if office is not None:
        return {office.pk}
    today = timezone.localdate()
    owed = matters(today=today, until=date(today.year + 2, 1, 1), kind=kind)
    return {matter.office_id for matter in owed if matter.starts_on == starts_on}


def _tell(extension: Extension, offices: Iterable[int], *, by: User) -> None:
    """A letter to whoever leads each of the offices today."""
    today = timezone.localdate()
    posts = Post.objects.active().filter(office__in=list(offices), role__in=LEAD_ROLES)
    with translation.override("bn"):
        context = {
            "extension": extension,
            "matter": title_of(
                extension.kind,
                extension.starts_on,
                Spans().last_day_of(extension.kind, extension.starts_on),
            ),
            "link": address(reverse("duties:deadline_list")),
        }
        state = "revoked" if extension.revoked_at else "granted"
        subject = render_to_string("duties/email/extension_subject.txt", context)
        post_letters(
            [
                PlainLetter(
                    key=f"duties.extension:{extension.pk}:{state}:{post.pk}",
                    to_address=reader.address,
                    to_name=reader.name,
                    subject=subject,
                    body=render_to_string(
                        "duties/email/extension.txt", {**context, "name": reader.name}
                    ).strip()
                    + "\n",
                )
                for post in posts.select_related("office").with_holders(today)
                if post.holder and (reader := post_reader(post))
            ],
            by=by,
        )
