"""People: found by what only their acquaintances know, added, and their contact kept true."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import translation

from jobs.letters import post_letter

from ..audit import record
from ..models import Office, User
from ..perms import can_edit_person
from .invitations import withdraw_invitations


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody by name and by one contact: an e-mail address or a mobile number, canonical."""

    name_bn: str
    contact: str


@dataclass(frozen=True, slots=True)
class PersonWords:
    """What is kept of a person beside the posts; the names are the model's."""

    name_bn: str
    name_en: str
    email: str
    mobile: str

    @classmethod
    def of(cls, person: User) -> PersonWords:
        return cls(**{name: getattr(person, name) for name in cls.__dataclass_fields__})


class StalePerson(Exception):
    """Somebody saved the person after this copy was opened; `current` is as it is now."""

    def __init__(self, current: User) -> None:
        super().__init__("stale")
        self.current = current


class ContactTaken(Exception):
    """The address or the number is another person's; `fields` names which."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


def find_or_add_person(newcomer: Newcomer) -> User:
    """The person with exactly this contact, else a new one who cannot log in yet.

    Whoever asks learns no difference: a known person keeps the own name, and nothing says so.
    No entry of the record: the action that needs the person writes it.
    """
    known = User.objects.by_identifier(newcomer.contact)
    if known is not None:
        return known
    contact = {"email" if "@" in newcomer.contact else "mobile": newcomer.contact}
    try:
        with transaction.atomic():
            return User.objects.create_user(name_bn=newcomer.name_bn, **contact)
    except IntegrityError:
        # Two heads wrote the same newcomer at once.
        added = User.objects.by_identifier(newcomer.contact)
        if added is None:
            raise
        return added


@transaction.atomic
def update_person(
    *, person: User, office: Office, seen: PersonWords, words: PersonWords, by: User
) -> User:
    """Save name and contact typed on the copy `seen`; `office` is where the person works.

    The log-in follows the contact. Raises PermissionDenied, StalePerson, ContactTaken.
    """
    if not can_edit_person(by, person):
        raise PermissionDenied
    if words.email == "" and words.mobile == "":
        raise ContactTaken(("email", "mobile"))
    _refuse_taken(person, words)
    login = words.email or words.mobile
    try:
        with transaction.atomic():
            saved = User.objects.filter(pk=person.pk, **asdict(seen)).update(
                **asdict(words), login=login
            )
    except IntegrityError as taken:
        raise ContactTaken(("email", "mobile")) from taken
    person.refresh_from_db()
    if not saved:
        raise StalePerson(person)
    changed = {name for name, value in asdict(words).items() if getattr(seen, name) != value}
    if changed & {"email", "mobile"}:
        withdraw_invitations(person=person, by=by)
        _tell_former_address(person, office, seen.email, by)
    if changed:
        record(
            "person.update",
            person,
            by=by,
            office=office,
            before={name: getattr(seen, name) for name in changed},
            after={name: getattr(words, name) for name in changed},
        )
    return person


def _tell_former_address(person: User, office: Office, address: str, by: User) -> None:
    """Whoever can log in learns where they read it that their log-in was changed."""
    if not address or not person.has_usable_password() or by == person:
        return
    context = {"person": person, "office": office, "by": by}
    with translation.override("bn"):
        post_letter(
            key=f"teams.contact:{uuid4()}",
            to_address=address,
            to_name=person.name_bn,
            subject=render_to_string("teams/email/contact_changed_subject.txt", context).strip(),
            body=render_to_string("teams/email/contact_changed_message.txt", context).strip()
            + "\n",
            by=by,
        )


def _refuse_taken(person: User, words: PersonWords) -> None:
    others = User.objects.exclude(pk=person.pk)
    taken = tuple(
        name
        for name, value in (("email", words.email), ("mobile", words.mobile))
        if value and others.filter(**{name: value}).exists()
    )
    if taken:
        raise ContactTaken(taken)
