"""Signing what was sent with the office's own certificate (PAdES B-B), and reading signatures.

The certificate and its key come as a PKCS#12 file. They are kept encrypted with a key made of the
installation's SECRET_KEY: whoever has a copy of the database alone cannot sign. The signature is
an addition behind the last byte of the drawn PDF, which therefore says the same with or without.
"""

import base64
import binascii
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

from jobs.documents import DocumentDamaged, open_document
from jobs.models import StoredDocument

# Kept apart from everything else that is made of SECRET_KEY; a new meaning takes a new name.
PURPOSE = b"udbhabon.reports.signing-certificate.1"
SHORTEST_RSA_KEY = 2048  # bits
FIELD = "ApprovalSignature"
Key = RSAPrivateKey | EllipticCurvePrivateKey
Extension = TypeVar("Extension", bound=x509.ExtensionType)
# A signature never changes with the bytes it stands in.
CACHE_SECONDS = 24 * 60 * 60


class BadCertificate(ValueError):
    """The file cannot be used for signing; the message is a sentence for whoever chose it."""


class CannotSign(Exception):
    """A kept certificate cannot be read or used any more; the message is for the operator."""


@dataclass(frozen=True, slots=True)
class Credential:
    """A certificate with its key, as it came in a PKCS#12 file: read, checked, not yet kept.

    `fingerprint` is the SHA-256 of the certificate in hexadecimal, `sealed` the whole encrypted.
    """

    subject: str
    issuer: str
    fingerprint: str
    valid_from: datetime
    valid_to: datetime
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Signature:
    """Who says to have signed a PDF, and when by the clock of the signing machine."""

    name: str
    at: datetime | None


# --- The certificate --------------------------------------------------------------------------
def read_credential(data: bytes, password: str) -> Credential:
    """Check a PKCS#12 file and make it ready to be kept. Raises BadCertificate."""
    key, certificate, others = _open(data, password.encode())
    _check_key(key, certificate)
    _check_certificate(certificate)
    # Without the password of the file, which is kept nowhere; our own seal takes its place.
    bare = pkcs12.serialize_key_and_certificates(None, key, certificate, others, NoEncryption())
    return Credential(
        subject=certificate.subject.rfc4514_string()[:500],
        issuer=certificate.issuer.rfc4514_string()[:500],
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
        sealed=_lock().encrypt(bare),
    )


def _open(data: bytes, password: bytes) -> tuple[Key, x509.Certificate, list[x509.Certificate]]:
    """The key, its certificate and those of the authorities above it."""
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, password or None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as why:
        raise BadCertificate(
            _("ফাইলটি খোলা গেল না। .p12 বা .pfx ফাইল দিন এবং সেটির পাসওয়ার্ড আবার লিখুন।")
        ) from why
    if key is None or certificate is None:
        raise BadCertificate(
            _("ফাইলে স্বাক্ষরের গোপন চাবি নেই। চাবিসহ সনদ (.p12 বা .pfx) আবার রপ্তানি করে দিন।")
        )
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise BadCertificate(_("সনদের চাবিটি RSA বা EC ধরনের নয়। সনদদাতার কাছ থেকে তেমন চাবির সনদ নিন।"))
    return key, certificate, others


def _check_key(key: Key, certificate: x509.Certificate) -> None:
    if key.public_key() != certificate.public_key():
        raise BadCertificate(_("গোপন চাবিটি এই সনদের নয়। দুটি একসঙ্গে আবার রপ্তানি করে দিন।"))
    if isinstance(key, RSAPrivateKey) and key.key_size < SHORTEST_RSA_KEY:
        raise BadCertificate(_("সনদের চাবিটি ছোট ও দুর্বল। অন্তত ২০৪৮ বিটের চাবির সনদ নিন।"))


def _check_certificate(certificate: x509.Certificate) -> None:
    """Whether it is one to sign with, today. Raises BadCertificate."""
    now = timezone.now()
    if now > certificate.not_valid_after_utc:
        raise BadCertificate(_("সনদটির মেয়াদ শেষ হয়ে গেছে। নতুন সনদ দিন।"))
    if now < certificate.not_valid_before_utc:
        raise BadCertificate(_("সনদটির মেয়াদ এখনো শুরু হয়নি।"))
    basic = _extension(certificate, x509.BasicConstraints)
    if basic is not None and basic.ca:
        raise BadCertificate(_("এটি সনদদাতা কর্তৃপক্ষের (CA) সনদ। দপ্তর প্রধানের নিজের স্বাক্ষরের সনদ দিন।"))
    usage = _extension(certificate, x509.KeyUsage)
    if usage is not None and not (usage.digital_signature or usage.content_commitment):
        raise BadCertificate(_("সনদটি স্বাক্ষরের জন্য দেওয়া নয়। স্বাক্ষরের সনদ দিন।"))


def _extension(certificate: x509.Certificate, kind: type[Extension]) -> Extension | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _lock() -> MultiFernet:
    """What seals with the key of today and opens with that of any earlier one."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(secret: str) -> bytes:
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=PURPOSE)
    return base64.urlsafe_b64encode(derive.derive(secret.encode()))


# --- Signing ------------------------------------------------------------------------------------
class _Additions(IncrementalPdfFileWriter):
    """Adds the signature and nothing else, or the file would no longer be the archive it was."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Stays at 1.7, on which PDF/A-3 is built; keys on elliptic curves would make it 2.0."""

    def _update_meta(self) -> None:
        """Leaves the metadata alone: written anew, its description of PDF/UA would be spoilt. When
        the file was signed stands in the signature."""


def sign_pdf(pdf: bytes, *, sealed: bytes, reason: str, location: str) -> bytes:
    """The same PDF with an invisible PAdES signature behind it. Raises CannotSign."""
    # The field lies outside the sheet: it must neither be seen nor read out, and a hidden one is
    # not allowed in PDF/A.
    field = SigFieldSpec(
        FIELD,
        readable_field_name="ইলেকট্রনিক স্বাক্ষর",
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
    )
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        location=location,
    )
    try:
        signer = SimpleSigner.load_pkcs12_data(_lock().decrypt(sealed), other_certs=[])
        writer = _Additions(io.BytesIO(pdf))
        signed = PdfSigner(metadata, signer=signer, new_field_spec=field).sign_pdf(writer)
    except InvalidToken as why:
        raise CannotSign("sealed with a SECRET_KEY that is not known any more") from why
    except (ValueError, PdfError, SigningError) as why:
        raise CannotSign(f"{type(why).__name__}: {why}") from why
    return signed.getvalue()


# --- Reading ------------------------------------------------------------------------------------
def signature_in(document: StoredDocument) -> Signature | None:
    """The signature a stored PDF carries, as it states itself; None when there is none.

    Whether it holds and whom it was issued by is for the reader's own PDF program to judge: only
    there stand the authorities that reader trusts.
    """
    key = f"reports.signature:{document.sha256}"
    known: tuple[Signature | None] | None = cache.get(key)
    if known is None:
        known = (_look(document),)
        cache.set(key, known, CACHE_SECONDS)
    return known[0]


def _look(document: StoredDocument) -> Signature | None:
    try:
        with open_document(document) as file:
            return next(_signatures(file.read()), None)
    except (DocumentDamaged, PdfError, ValueError, binascii.Error):
        return None


def _signatures(pdf: bytes) -> Iterator[Signature]:
    for found in PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures:
        certificate = x509.load_der_x509_certificate(found.signer_cert.dump())
        yield Signature(_common_name(certificate), found.self_reported_timestamp)


def _common_name(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()
