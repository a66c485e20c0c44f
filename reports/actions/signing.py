"""The certificate by which an office's sent reports are signed: kept, replaced, removed."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from teams.audit import record
from teams.models import Office, User

from .. import perms
from ..models import SigningCertificate
from ..signing import Credential


@transaction.atomic
def keep_certificate(*, office: Office, credential: Credential, by: User) -> SigningCertificate:
    """Sign with this certificate from now on; an earlier one is removed.

    The same certificate again changes nothing. Raises PermissionDenied.
    """
    if not perms.can_keep_certificate(by, office.pk):
        raise PermissionDenied
    # Locked, so that of two who bring a certificate at once the second replaces the first.
    Office.objects.select_for_update(no_key=True).get(pk=office.pk)
    current = SigningCertificate.objects.filter(office=office, removed_at__isnull=True).first()
    if current is not None:
        if current.fingerprint == credential.fingerprint:
            return current
        _take_away(current, by)
    kept = SigningCertificate.objects.create(
        office=office,
        subject=credential.subject,
        issuer=credential.issuer,
        fingerprint=credential.fingerprint,
        valid_from=credential.valid_from,
        valid_to=credential.valid_to,
        sealed=credential.sealed,
        added_by=by,
    )
    record("signingcertificate.keep", kept, by=by, office=office, after=_told(kept))
    return kept


@transaction.atomic
def remove_certificate(*, office: Office, by: User) -> bool:
    """Sign nothing more; what was signed stays signed. False when there was none.

    Raises PermissionDenied.
    """
    if not perms.can_keep_certificate(by, office.pk):
        raise PermissionDenied
    current = SigningCertificate.objects.filter(office=office, removed_at__isnull=True).first()
    return current is not None and _take_away(current, by)


def _take_away(certificate: SigningCertificate, by: User) -> bool:
    """End it and forget the key: only who it was stays. False when somebody was faster."""
    standing = SigningCertificate.objects.filter(pk=certificate.pk, removed_at__isnull=True)
    if not standing.update(removed_at=timezone.now(), removed_by=by, sealed=b""):
        return False
    told = _told(certificate)
    record("signingcertificate.remove", certificate, by=by, office=certificate.office, before=told)
    return True


def _told(certificate: SigningCertificate) -> dict[str, object]:
    return {"subject": certificate.subject, "fingerprint": certificate.fingerprint}
