"""Writes of awards (স্বীকৃতি): given with a certificate, revoked with a reason."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.text import normalise
from teams.actions import claim_memo
from teams.audit import record
from teams.memo import Memo
from teams.models import Office, User
from teams.prints import order_print
from teams.transitions import WrongState

from .. import perms
from ..certificates import CERTIFICATE_PDF, certificate_content
from ..models import Award, Certificate, Event, Idea
from .events import key_of


@dataclass(frozen=True, slots=True)
class AwardText:
    """What is typed about an award, normalised; the names are the model's."""

    title: str
    recipient_name: str
    citation: str
    given_on: date
    recipient_detail: str = ""
    event: Event | None = None
    idea: Idea | None = None

    def as_json(self) -> dict[str, str]:
        """The same as words and numbers, for the record."""
        return {
            "title": self.title,
            "recipient_name": self.recipient_name,
            "recipient_detail": self.recipient_detail,
            "citation": self.citation,
            "given_on": str(self.given_on),
            "event": str(self.event.pk) if self.event else "",
            "idea": str(self.idea.pk) if self.idea else "",
        }


@transaction.atomic
def give_award(
    *,
    office: Office,
    text: AwardText,
    memo: Memo | None = None,
    by: User,
    form_key: UUID | None = None,
) -> Award:
    """Give an award and issue its certificate, which from then on says what it says.

    The same `form_key` with the same words again returns the award it made. `event` and `idea`
    are such as the person may choose (`ideas.showcase.events_to_honour`, `ideas_to_honour`).
    Raises teams.actions.MemoTaken, PermissionDenied.
    """
    if not perms.can_give_award(by, office.pk):
        raise PermissionDenied
    number = memo.canonical if memo else ""
    award, created = Award.objects.get_or_create(
        form_key=key_of(form_key, office.pk, text.as_json(), number) if form_key else uuid4(),
        defaults={
            **{name: getattr(text, name) for name in AwardText.__dataclass_fields__},
            "office": office,
            "memo_number": number,
            "created_by": by,
        },
    )
    if not created:
        return award
    if memo:
        claim_memo(office=office, memo=memo, purpose="ideas.award", object_id=award.pk, by=by)
    record("award.give", award, by=by, office=office, after={**text.as_json(), "memo": number})
    order_print(
        Certificate.objects.all(),
        job_kind=CERTIFICATE_PDF,
        content=certificate_content(award, memo),
        award=award,
        by=by,
    )
    return award


@transaction.atomic
def revoke_award(*, award: Award, reason: str, by: User) -> None:
    """Take an award back, for good, with the reason that everybody who checks it reads.

    Raises WrongState (also without a reason), PermissionDenied.
    """
    if not perms.can_revoke_award(by, award.office_id):
        raise PermissionDenied
    if not (reason := normalise(reason)):
        raise WrongState(_("স্বীকৃতিটি কেন বাতিল হলো, লিখুন।"))
    revoked = Award.objects.filter(pk=award.pk).standing()
    if not revoked.update(revoked_at=timezone.now(), revoked_by=by, revoke_reason=reason):
        raise WrongState(_("স্বীকৃতিটি আগেই বাতিল হয়েছে।"))
    award.refresh_from_db()
    record("award.revoke", award, by=by, office=award.office, after={"reason": reason})
