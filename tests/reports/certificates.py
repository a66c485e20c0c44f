"""A certifying authority of one's own, which exists only while a test runs."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Authority:
    """A root that signs certificates of heads of offices."""

    key: Key
    certificate: x509.Certificate

    def issue(
        self,
        name: str,
        *,
        password: str = "",
        key: Key | None = None,
        starts: timedelta = -YEAR,
        ends: timedelta = YEAR,
        is_authority: bool = False,
        may_sign: bool = True,
    ) -> bytes:
        """A PKCS#12 file with a certificate in this name; its days count from now."""
        key = key or ec.generate_private_key(ec.SECP256R1())
        certificate = _certificate(
            name,
            key,
            issuer=self.certificate.subject,
            signed_with=self.key,
            days=(starts, ends),
            is_authority=is_authority,
            may_sign=may_sign,
        )
        return packed(key, certificate, [self.certificate], password)


@cache
def make_authority() -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(
        "পরীক্ষার সনদদাতা",
        key,
        issuer=_name("পরীক্ষার সনদদাতা"),
        signed_with=key,
        days=(-10 * YEAR, 10 * YEAR),
        is_authority=True,
    )
    return Authority(key, certificate)


def packed(
    key: Key | None,
    certificate: x509.Certificate | None,
    others: list[x509.Certificate],
    password: str = "",
) -> bytes:
    """A PKCS#12 file of these."""
    lock = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"test", key, certificate, others, lock)


def _certificate(
    name: str,
    key: Key,
    *,
    issuer: x509.Name,
    signed_with: Key,
    days: tuple[timedelta, timedelta],
    is_authority: bool = False,
    may_sign: bool = True,
) -> x509.Certificate:
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=may_sign and not is_authority,
        content_commitment=may_sign and not is_authority,
        key_encipherment=not may_sign,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + days[0])
        .not_valid_after(now + days[1])
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(signed_with, hashes.SHA256())
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
