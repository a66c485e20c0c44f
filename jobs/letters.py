"""Every change to a letter: posted, sent, refused, given up, posted again.

A letter is a row written with the change it tells of, and a job that carries it to the mail
server (`jobs.jobhandlers`). docs/adr/0009-outbox.md gives the reasons.

The sentences that say why a letter was not delivered are kept in Bengali, whatever language
the person who posted it reads; `Letter.refused_reason_shown` translates.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from pathlib import PurePath
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from . import actions
from .enums import CalendarMethod, LetterStatus
from .line import Lane
from .models import Job, Letter, LetterAttachment, StoredDocument
from .models.letters import (
    ADDRESS_CHARACTERS,
    FILENAME_CHARACTERS,
    KEY_CHARACTERS,
    NAME_CHARACTERS,
    REASON_CHARACTERS,
    SUBJECT_CHARACTERS,
)

logger = logging.getLogger(__name__)

SEND_LETTER = "jobs.send_letter"
# What follows the last dot of a name without an extension can be half a sentence.
SUFFIX_CHARACTERS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file for a letter: a stored `document`, or the result of a `job` still at work.

    `filename` is what the reader's machine will call it: Bengali allowed, with its extension;
    over 100 characters it is shortened before the extension. Raises ValueError unless exactly
    one of the two is given.
    """

    filename: str
    document: StoredDocument | None = None
    job: Job | None = None

    def __post_init__(self) -> None:
        if (self.document is None) == (self.job is None):
            raise ValueError("an attachment is a document or a job, one of the two")


@transaction.atomic
def post_letter(
    *,
    key: str,
    to_address: str,
    to_name: str = "",
    subject: str,
    body: str,
    attachments: Sequence[Attachment] = (),
    calendar: str = "",
    calendar_method: str = "",
    reply_to: str = "",
    expires_at: datetime | None = None,
    by: AbstractBaseUser | None = None,
) -> Letter:
    """Ask for an e-mail, inside the transaction whose change it tells of.

    `key` names the occasion and the reader ("meetings.notice:12:3", up to 200 characters):
    asking twice gives the letter of the first time, untouched, so nobody is told twice.

    The address is looked at, never raised over: an empty one gives a letter in NO_ADDRESS,
    a malformed one a letter in REFUSED, so one member's typing mistake hinders nobody else's
    letter. `reply_to` is left out when it is not an address. `subject` (cut to 300 characters)
    and the names go on one line, whatever was in them, so no header can be smuggled in.

    `body` is plain text. `calendar` is a whole iCalendar object and `calendar_method`
    (`CalendarMethod`) the METHOD inside it; both or none. After `expires_at`, an aware
    datetime, the letter is not sent any more.

    Raises ValueError for a key that is empty or too long and for a calendar without its
    method, which are mistakes of the caller and not of a user.
    """
    if not 0 < len(key) <= KEY_CHARACTERS:
        raise ValueError(f"a letter's key has 1 to {KEY_CHARACTERS} characters: {key!r}")
    if calendar_method not in (CalendarMethod.values if calendar else [""]):
        raise ValueError(f"a calendar goes with its method, not with {calendar_method!r}")
    if known := Letter.objects.filter(key=key).first():
        return known
    reply_to = _one_line(reply_to)
    letter = Letter(
        key=key,
        to_address=_one_line(to_address),
        to_name=_one_line(to_name)[:NAME_CHARACTERS],
        reply_to="" if _address_trouble(reply_to) else reply_to,
        subject=_one_line(subject)[:SUBJECT_CHARACTERS],
        body=body,
        calendar=calendar,
        calendar_method=calendar_method,
        message_id=_new_message_id(),
        expires_at=expires_at,
        created_by_id=by.pk if by else None,
    )
    try:
        with transaction.atomic():
            return _put_in_outbox(letter, attachments, by)
    except IntegrityError:
        if known := Letter.objects.filter(key=key).first():
            return known  # somebody else asked at the same moment
        raise


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainLetter:
    """An e-mail without attachments, as `post_letters` takes it; see `post_letter`."""

    key: str
    to_address: str
    to_name: str = ""
    subject: str
    body: str
    expires_at: datetime | None = None


@transaction.atomic
def post_letters(
    plain: Sequence[PlainLetter], *, by: AbstractBaseUser | None = None
) -> dict[str, Letter]:
    """Ask for many e-mails at once; the letters by key (five queries).

    What `post_letter` promises holds here too, but for one thing: of two who ask under one key
    at the same moment the later one gets an IntegrityError, so its caller holds a lock.
    """
    known = Letter.objects.by_key(one.key for one in plain)
    letters = [_plain_letter(one, by) for one in plain if one.key not in known]
    going = [letter for letter in letters if _can_go(letter)]
    jobs = actions.enqueue_all(
        kind=SEND_LETTER,
        payloads={
            f"{letter.key}:{letter.posting}": {"letter_key": letter.key, "posting": letter.posting}
            for letter in going
        },
        by=by,
        lane=Lane.LETTER,
    )
    for letter in going:
        letter.job = jobs[f"{letter.key}:{letter.posting}"]
    created = Letter.objects.bulk_create(letters)
    return known | {letter.key: letter for letter in created}


def _plain_letter(plain: PlainLetter, by: AbstractBaseUser | None) -> Letter:
    return Letter(
        key=plain.key,
        to_address=_one_line(plain.to_address),
        to_name=_one_line(plain.to_name)[:NAME_CHARACTERS],
        subject=_one_line(plain.subject)[:SUBJECT_CHARACTERS],
        body=plain.body,
        message_id=_new_message_id(),
        expires_at=plain.expires_at,
        created_by_id=by.pk if by else None,
    )


@transaction.atomic
def resend_letter(*, letter: Letter, by: AbstractBaseUser | None, to_address: str = "") -> bool:
    """Send a letter that was not delivered again, to `to_address` if one is given.

    It goes under the same key and Message-ID, and without a last moment: a person has just
    said that it is still wanted. `letter` is refreshed. Returns False, and changes nothing,
    when it waits already or was sent: someone else was faster. Raises ValidationError with a
    sentence for the user when the address is missing or malformed.
    """
    # Locked: two who press the button together may not post it twice.
    current = Letter.objects.select_for_update().get(pk=letter.pk)
    address = _one_line(to_address) or current.to_address
    resent = current.can_be_resent
    if resent:
        if trouble := _address_trouble(address):
            raise ValidationError(trouble)
        job, posting = _job_once_more(current, by)
        Letter.objects.filter(pk=current.pk).move(
            LetterStatus.WAITING,
            now=timezone.now(),
            to_address=address,
            expires_at=None,
            job=job,
            posting=posting,
        )
        logger.info("letter %s: sent again by %s", current.key, by.pk if by else "an operator")
    letter.refresh_from_db()
    return resent


def mark(letter: Letter, status: LetterStatus, *, reason: str = "", detail: str = "") -> bool:
    """Note what became of this posting of a letter, once; False when it had moved on before.

    `reason` is a sentence for the user, `detail` the mail server's words for the operator;
    REFUSED and FAILED need them.
    """
    moved = Letter.objects.of_posting(letter.key, letter.posting).move(
        status,
        now=timezone.now(),
        refused_reason=reason[:REASON_CHARACTERS],
        refused_detail=detail,
    )
    return bool(moved)


def _put_in_outbox(
    letter: Letter, attachments: Sequence[Attachment], by: AbstractBaseUser | None
) -> Letter:
    """Save the letter with its job, or with the reason why there is none."""
    if _can_go(letter):
        letter.job = _enqueue(letter.key, letter.posting, by)
    letter.save(force_insert=True)
    LetterAttachment.objects.bulk_create(
        LetterAttachment(
            letter=letter,
            position=position,
            filename=_fitted(attachment.filename),
            document=attachment.document,
            job=attachment.job,
        )
        for position, attachment in enumerate(attachments, start=1)
    )
    return letter


def _can_go(letter: Letter) -> bool:
    """Whether there is an address to send it to; if not, the letter says why."""
    if not letter.to_address:
        letter.status = LetterStatus.NO_ADDRESS
        return False
    with override(settings.LANGUAGE_CODE):
        trouble = _address_trouble(letter.to_address)
    if trouble:
        letter.status, letter.refused_reason = LetterStatus.REFUSED, trouble
        letter.to_address = letter.to_address[:ADDRESS_CHARACTERS]
    return not trouble


def _enqueue(key: str, posting: int, by: AbstractBaseUser | None) -> Job:
    return actions.enqueue(
        lane=Lane.LETTER,
        kind=SEND_LETTER,
        key=f"{key}:{posting}",
        payload={"letter_key": key, "posting": posting},
        by=by,
    )


def _job_once_more(letter: Letter, by: AbstractBaseUser | None) -> tuple[Job, int]:
    """The job that carries the letter next, and the number of its posting.

    A parked job tries again, so that it does not stay in the operator's list. Any other has
    had its say, or is about to: the number tells it that it is not meant any more.
    """
    if letter.job is not None and actions.retry(job=letter.job, by=by):
        return letter.job, letter.posting
    return _enqueue(letter.key, letter.posting + 1, by), letter.posting + 1


def _address_trouble(address: str) -> str:
    """What is wrong with an e-mail address, as a sentence in the active language, or ""."""
    if not address:
        return _("ই-মেইল ঠিকানা নেই; ঠিকানা লিখে আবার পাঠান।")
    try:
        validate_email(address)
    except ValidationError:
        malformed = True
    else:
        malformed = len(address) > ADDRESS_CHARACTERS
    if malformed:
        return _("ঠিকানাটি ই-মেইল ঠিকানার মতো নয়; name@example.gov.bd এভাবে লিখে আবার পাঠান।")
    return ""


def _new_message_id() -> str:
    """A Message-ID under the domain we send from."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{uuid4().hex}@{domain.encode('idna').decode() or 'localhost'}>"


def _one_line(text: str) -> str:
    """The text with each run of blanks and line ends as one space."""
    return " ".join(text.split())


def _fitted(filename: str) -> str:
    """A file name without folders that fits its column, extension kept."""
    name = _one_line(filename).replace("/", "-").replace("\\", "-")
    if len(name) <= FILENAME_CHARACTERS:
        return name
    suffix = PurePath(name).suffix[:SUFFIX_CHARACTERS]
    return name[: FILENAME_CHARACTERS - len(suffix)].rstrip() + suffix
