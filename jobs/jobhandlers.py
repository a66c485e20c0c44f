"""The one kind of job of this room: a letter goes to the mail server."""

from __future__ import annotations

import logging

from django.utils import timezone
from django.utils.translation import gettext as _

from . import documents, letters, mail
from .enums import LetterStatus
from .letters import SEND_LETTER
from .models import Letter, LetterAttachment, StoredDocument
from .registry import JobRefused, NotYet, Payload, Progress, handler, when_parked

logger = logging.getLogger(__name__)

# How long a letter leaves the worker to others while its attachment is being made.
ATTACHMENT_SECONDS = 10


@handler(SEND_LETTER)
def send_letter(payload: Payload, progress: Progress) -> None:
    """Send one letter, unless it has been sent, refused or posted again, or came too late.

    A "no" to the address ends the job: there is nothing more for it to find out. A "no" to
    the letter itself, or to a file in it, parks it.
    """
    letter = _letter_to_send(payload)
    if letter is None:
        return
    message = mail.compose(letter, [_file(attachment) for attachment in _attachments(letter)])
    # Renews the lease just before what cannot be taken back, and stops a replaced worker here.
    progress(50, _("ই-মেইল পাঠানো হচ্ছে"))
    try:
        mail.deliver(message, on_accepted=lambda: _note_sent(letter))
    except mail.RecipientRefused as refusal:
        letters.mark(
            letter,
            LetterStatus.REFUSED,
            reason=_("প্রাপকের মেইল সার্ভার এই ঠিকানা নেয়নি; ঠিকানাটি মিলিয়ে দেখে আবার পাঠান।"),
            detail=str(refusal),
        )
    except mail.MessageRefused as refusal:
        raise JobRefused(
            _("সংযুক্তিসহ ই-মেইলটি মেইল সার্ভারের সীমার চেয়ে বড়; সিস্টেম পরিচালককে জানান।")
            if refusal.too_large
            else _("মেইল সার্ভার ই-মেইলটি নেয়নি; সিস্টেম পরিচালককে জানান।"),
            str(refusal),
        ) from refusal


@when_parked(SEND_LETTER)
def give_up(payload: Payload, *, error: str, for_user: str) -> None:
    """Say in the letter what its parked job says."""
    letter = _letter(payload)
    if letter is None:
        return
    letters.mark(
        letter,
        LetterStatus.FAILED,
        reason=for_user
        or _("কয়েকবার চেষ্টা করেও ই-মেইলটি পাঠানো যায়নি; সিস্টেম পরিচালককে জানান, পরে আবার পাঠান।"),
        # The last line of a traceback names what happened.
        detail=error.rstrip().rpartition("\n")[2],
    )


def _letter(payload: Payload) -> Letter | None:
    """The letter of a job; None when it has been posted again and another job carries it."""
    return Letter.objects.of_posting(payload["letter_key"], payload["posting"]).first()


def _letter_to_send(payload: Payload) -> Letter | None:
    """The letter, if it is still to be sent; one that came too late is marked so."""
    letter = _letter(payload)
    if letter is None:
        return None
    # FAILED: its job was parked, so an operator has let it try again.
    reopened = letter.status == LetterStatus.FAILED and letters.mark(letter, LetterStatus.WAITING)
    if letter.status != LetterStatus.WAITING and not reopened:
        return None
    if letter.expires_at and letter.expires_at <= timezone.now():
        letters.mark(letter, LetterStatus.EXPIRED)
        return None
    return letter


def _attachments(letter: Letter) -> list[LetterAttachment]:
    return list(letter.attachments.select_related("document", "job__document"))


def _file(attachment: LetterAttachment) -> mail.File:
    """Read an attached paper. Raises NotYet, JobRefused, DocumentDamaged."""
    document = _paper(attachment)
    with documents.open_document(document) as file:
        return mail.File(attachment.filename, file.read(), document.content_type)


def _paper(attachment: LetterAttachment) -> StoredDocument:
    """The attached paper. Raises NotYet while a job is at it, JobRefused when none came of it."""
    job = attachment.job
    if job and job.is_active:
        raise NotYet(ATTACHMENT_SECONDS)
    document = job.document if job else attachment.document
    if document is None:
        raise JobRefused(
            _("সংযুক্ত ফাইলটি তৈরি করা যায়নি, তাই ই-মেইলটি যায়নি; ফাইলটি তৈরি হলে আবার পাঠান।"),
            f"no paper came of the attachment's job {attachment.job_id} ({job})",
        )
    return document


def _note_sent(letter: Letter) -> None:
    if not letters.mark(letter, LetterStatus.SENT):
        logger.warning("letter %s: the mail server took it, but its row had moved on", letter)
