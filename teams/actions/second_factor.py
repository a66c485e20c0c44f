"""Recovery codes, ended sessions, and helping somebody who has lost every proof."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation

from .. import perms
from ..audit import record
from ..entry.second_factor import has_second_factor
from ..entry.sessions import end_sessions
from ..models import User


class NoSecondFactor(Exception):
    """Recovery codes stand in for a second factor; without one there is nothing to recover."""


class AlreadyShown(Exception):
    """The codes were shown before; who has not kept them makes new ones."""


# --- Recovery codes ----------------------------------------------------------------------------
@transaction.atomic
def show_recovery_codes(*, by: User) -> list[str]:
    """The unused codes, the one time they are shown.

    Raises AlreadyShown, also when there are none.
    """
    codes = (
        Authenticator.objects.select_for_update()
        .filter(user=by, type=Authenticator.Type.RECOVERY_CODES)
        .first()
    )
    if codes is None or codes.data.get("viewed_at"):
        raise AlreadyShown
    codes.data["viewed_at"] = timezone.now().timestamp()
    codes.save(update_fields=["data"])
    record("recovery_codes.show", by, by=by)
    unused: list[str] = codes.wrap().get_unused_codes()
    return unused


@transaction.atomic
def renew_recovery_codes(*, by: User) -> None:
    """Make new codes; the old ones are worth nothing from now on. Raises NoSecondFactor."""
    User.objects.select_for_update().get(pk=by.pk)  # two clicks make one set
    if not has_second_factor(by):
        raise NoSecondFactor
    Authenticator.objects.filter(user=by, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(by)
    record("recovery_codes.renew", by, by=by)
    _tell(by, "teams/email/recovery_codes_renewed")


# --- Sessions ------------------------------------------------------------------------------------
@transaction.atomic
def end_session(*, pk: int, by: User) -> bool:
    """End one session of one's own; False when it had ended already."""
    ended = bool(end_sessions(by, pk=pk))
    if ended:
        record("session.end", by, by=by)
    return ended


@transaction.atomic
def end_other_sessions(*, key: str | None, by: User) -> int:
    """End every session of one's own but the one with this key; returns how many."""
    ended = end_sessions(by, but=key)
    if ended:
        record("session.end_others", by, by=by, after={"ended": ended})
    return ended


# --- Everything lost -----------------------------------------------------------------------------
@transaction.atomic
def reset_second_factor(*, person: User, by: User | None) -> list[str]:
    """Take away every proof but the password, and end every session of that person.

    The tie to the single sign-on goes too, so that a new one can be made. `by` is None on the
    command line. Returns the kinds that were taken. Raises PermissionDenied.
    """
    if by is not None and not perms.can_reset_second_factor(by, person):
        raise PermissionDenied
    User.objects.select_for_update().get(pk=person.pk)
    factors = Authenticator.objects.filter(user=person)
    kinds = sorted(factors.values_list("type", flat=True))
    factors.delete()
    ties = SocialAccount.objects.filter(user=person)
    if ties.exists():
        kinds.append("single_sign_on")
        ties.delete()
    end_sessions(person)
    office = person.scope.office
    record("second_factor.reset", person, by=by, office=office, before={"kinds": kinds})
    _tell(person, "teams/email/second_factor_reset")
    return kinds


def _tell(person: User, letter: str) -> None:
    """Put a letter to the person into the outbox, if there is an address to write to."""
    if person.email:
        with translation.override("bn"):
            get_adapter().send_mail(letter, person.email, {"person": person})
