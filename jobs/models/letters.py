"""The outbox: e-mails, each to one address, and what is attached to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..enums import (
    LETTER_TRANSITIONS,
    UNDELIVERED_FOR_A_REASON,
    CalendarMethod,
    LetterStatus,
    sources_of,
)
from .documents import StoredDocument
from .jobs import Job

KEY_CHARACTERS = 200
# RFC 5321: a path has 256 characters, two of them the angle brackets.
ADDRESS_CHARACTERS = 254
NAME_CHARACTERS = 200
SUBJECT_CHARACTERS = 300
REASON_CHARACTERS = 300
# In a header each Bengali letter takes nine characters, and a line may have 998 (RFC 5322).
FILENAME_CHARACTERS = 100


class LetterQuerySet(models.QuerySet["Letter"]):
    """Questions about letters, and the one way to move them."""

    def by_key(self, keys: Iterable[str]) -> dict[str, Letter]:
        """The letters that were asked for under these keys, by key, in one query."""
        return self.in_bulk(list(keys), field_name="key")

    def of_posting(self, key: str, posting: int) -> LetterQuerySet:
        """The letter, if it has not been posted again since."""
        return self.filter(key=key, posting=posting)

    def move(self, to: LetterStatus, *, now: datetime, **values: Any) -> int:
        """Move these letters to another state in one conditional UPDATE.

        Rows whose state does not lead to `to` (see `enums.LETTER_TRANSITIONS`) are left alone.
        `sent_at` follows the state and an old reason goes with the old state, so callers
        cannot forget either. `values` are further columns to set; REFUSED and FAILED need
        `refused_reason` among them.

        Returns how many rows moved.
        """
        if to not in UNDELIVERED_FOR_A_REASON:
            values |= {"refused_reason": "", "refused_detail": ""}
        return self.filter(status__in=sources_of(to, LETTER_TRANSITIONS)).update(
            status=to, sent_at=now if to == LetterStatus.SENT else None, **values
        )


class Letter(models.Model):
    """One e-mail to one address, sent once, whatever happens to the machines.

    Made only by `jobs.letters.post_letter`. `key` names the occasion and the reader; asking
    twice under one key is one letter. `message_id` never changes, so should a crash make the
    mail server get the letter twice, mail programs can tell that it is the same one.
    """

    key = models.CharField(_("উপলক্ষ ও প্রাপক"), max_length=KEY_CHARACTERS, unique=True)
    to_address = models.CharField(_("প্রাপকের ই-মেইল"), max_length=ADDRESS_CHARACTERS, blank=True)
    to_name = models.CharField(_("প্রাপকের নাম"), max_length=NAME_CHARACTERS, blank=True)
    reply_to = models.CharField(_("উত্তর পাওয়ার ই-মেইল"), max_length=ADDRESS_CHARACTERS, blank=True)
    subject = models.CharField(_("বিষয়"), max_length=SUBJECT_CHARACTERS)
    body = models.TextField(_("চিঠির কথা"))
    calendar = models.TextField(_("পঞ্জিকার অংশ (iCalendar)"), blank=True)
    calendar_method = models.CharField(
        _("পঞ্জিকাকে যা করতে বলা হয়"), max_length=10, choices=CalendarMethod, blank=True
    )
    message_id = models.CharField("Message-ID", max_length=255, unique=True)
    expires_at = models.DateTimeField(_("যার পরে আর পাঠানো হবে না"), null=True, blank=True)
    status = models.CharField(
        _("অবস্থা"), max_length=10, choices=LetterStatus, default=LetterStatus.WAITING
    )
    sent_at = models.DateTimeField(_("পাঠানোর সময়"), null=True, blank=True)
    refused_reason = models.CharField(_("না যাওয়ার কারণ"), max_length=REASON_CHARACTERS, blank=True)
    refused_detail = models.TextField(_("পরিচালকের জন্য মেইল সার্ভারের নিজের কথা"), blank=True)
    # 1, and one more each time it is posted again with a new job; a job that carries an older
    # number has nothing to say any more.
    posting = models.PositiveSmallIntegerField(_("কততম বার ডাকে দেওয়া"), default=1)
    job = models.OneToOneField(
        Job,
        verbose_name=_("যে কাজ পাঠায়"),
        on_delete=models.PROTECT,
        related_name="letter",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField(_("লেখার সময়"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("যিনি পাঠাতে বলেছেন"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("ই-মেইল")
        verbose_name_plural = _("ই-মেইলসমূহ")
        ordering = ["-pk"]
        constraints = [
            # Names every state, so it refuses an unknown one too.
            models.CheckConstraint(
                name="letter_sent_has_its_time",
                condition=(
                    Q(status="sent", sent_at__isnull=False)
                    | Q(
                        status__in=["waiting", "refused", "failed", "no_address", "expired"],
                        sent_at=None,
                    )
                ),
            ),
            models.CheckConstraint(
                name="letter_undelivered_says_why",
                condition=(
                    (Q(status__in=["refused", "failed"]) & ~Q(refused_reason=""))
                    | (~Q(status__in=["refused", "failed"]) & Q(refused_reason=""))
                ),
            ),
            models.CheckConstraint(
                name="letter_without_address_says_so",
                condition=(
                    Q(status="no_address", to_address="")
                    | (~Q(status="no_address") & ~Q(to_address=""))
                ),
            ),
            # A letter that waits without a job would wait for ever.
            models.CheckConstraint(
                name="letter_on_its_way_has_a_job",
                condition=Q(status__in=["refused", "no_address"]) | Q(job__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_calendar_has_its_method",
                condition=(
                    Q(calendar="", calendar_method="")
                    | (Q(calendar_method__in=["REQUEST", "CANCEL"]) & ~Q(calendar=""))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.to_address}"

    @property
    def can_be_resent(self) -> bool:
        """Whether `jobs.letters.resend_letter` would take it."""
        return LetterStatus.WAITING in LETTER_TRANSITIONS[LetterStatus(self.status)]

    @property
    def refused_reason_shown(self) -> str:
        """Why it was not delivered, in the reader's language; "" when it was or still may be."""
        # Kept as the Bengali source sentence, which is what the catalogues know it by.
        return gettext(self.refused_reason) if self.refused_reason else ""


class LetterAttachment(models.Model):
    """One file in a letter: a paper that is there, or the one that a job is still making."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField(_("ক্রম"))
    filename = models.CharField(_("ফাইলের নাম"), max_length=FILENAME_CHARACTERS)
    document = models.ForeignKey(
        StoredDocument,
        verbose_name=_("নথি"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    job = models.ForeignKey(
        Job,
        verbose_name=_("যে কাজ নথিটি বানায়"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("ই-মেইলের সংযুক্তি")
        verbose_name_plural = _("ই-মেইলের সংযুক্তিসমূহ")
        ordering = ["letter_id", "position"]
        constraints = [
            models.UniqueConstraint(
                name="letterattachment_position_in_letter", fields=["letter", "position"]
            ),
            models.CheckConstraint(
                name="letterattachment_has_one_source",
                condition=(
                    Q(document__isnull=False, job=None) | Q(document=None, job__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.filename
