"""Printed states of a paper: frozen content, and the job that makes the PDF of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from jobs.actions import enqueue
from jobs.models import Job

from .papers import fingerprint

if TYPE_CHECKING:
    from .models import User


class Print(models.Model):
    """One content of one paper, printed once however often it is asked for.

    The concrete model adds the paper it belongs to and a unique constraint over that and
    `fingerprint`.
    """

    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    # Empty only until order_print has asked for the job, in the same transaction.
    job = models.OneToOneField(Job, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ("-created_at", "-pk")

    @property
    def ordered_job(self) -> Job:
        """The job that draws this print. Every print that can be read has one."""
        return cast(Job, self.job)


def group_of(person: "User") -> str:
    """Whose papers these are, for their place in the line: the office's, else the person's."""
    office = person.scope.office
    return f"office:{office.pk}" if office else f"person:{person.pk}"


PrintT = TypeVar("PrintT", bound=Print)


@transaction.atomic
def order_print(
    prints: "models.QuerySet[PrintT]",
    *,
    job_kind: str,
    content: Mapping[str, Any],
    by: "User",
    **belongs_to: Any,
) -> PrintT:
    """Freeze the content in a row and have the worker print it.

    `job_kind` names the handler that draws it. `belongs_to` are the concrete model's own fields
    (the paper, and what else tells two prints apart). Content that was printed before gives the
    row it was printed from.
    """
    # By primary key: how a paper is named depends on the language of whoever asks.
    known = {**content, **{name: getattr(of, "pk", of) for name, of in belongs_to.items()}}
    printed, _created = prints.get_or_create(
        fingerprint=fingerprint(known),
        **belongs_to,
        defaults={"content": content, "created_by": by},
    )
    job = enqueue(
        kind=job_kind,
        key=str(printed.pk),
        payload={"print_id": printed.pk},
        by=by,
        group=group_of(by),
    )
    if printed.job_id != job.pk:
        printed.job = job
        printed.save(update_fields=["job"])
    return printed
