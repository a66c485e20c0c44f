"""People who prove who they are in two ways: the app on their telephone, their codes."""

from datetime import UTC, datetime
from secrets import token_bytes

import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from django.http import HttpResponse
from django.test import Client
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from teams.models import User
from tests.factories import PASSWORD

LOGIN = "/account/login/"
STEP_SECONDS = 30
NOON = datetime(2026, 11, 21, 6, tzinfo=UTC)


class App:
    """The app on a person's telephone; its clock is the one the test has stopped."""

    def __init__(self, secret: str, clock: time_machine.Traveller) -> None:
        self.secret, self.clock = secret, clock

    @classmethod
    def given_to(cls, person: User, clock: time_machine.Traveller) -> "App":
        """As if the person had set it up and been shown recovery codes."""
        secret = generate_totp_secret()
        TOTP.activate(person, secret)
        RecoveryCodes.activate(person)
        return cls(secret, clock)

    def code(self, steps: int = 0) -> str:
        """What the app shows, or showed or will show so many steps from now."""
        step = int(datetime.now(UTC).timestamp()) // STEP_SECONDS
        return format_hotp_value(hotp_value(self.secret, step + steps))

    def wait(self) -> None:
        """Until the next code."""
        self.clock.shift(STEP_SECONDS)


def recovery_codes_of(person: User) -> list[str]:
    kept = Authenticator.objects.get(user=person, type=Authenticator.Type.RECOVERY_CODES)
    codes: list[str] = kept.wrap().get_unused_codes()
    return codes


def give_password(client: Client, person: User, password: str = PASSWORD) -> HttpResponse:
    return client.post(LOGIN, {"login": person.login, "password": password})


def give_code(client: Client, code: str) -> HttpResponse:
    return client.post("/account/second-factor/code/", {"code": code})


def who_is_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def give_passkey(person: User, name: str = "দপ্তরের কম্পিউটার") -> Authenticator:
    """A passkey as a browser would have sent it; nobody has its private key."""
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    credential = AttestedCredentialData.create(
        Aaguid.NONE, token_bytes(16), ES256.from_cryptography_key(public)
    )
    flags = AuthenticatorData.FLAG.AT | AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
    data = AuthenticatorData.create(sha256(b"localhost"), flags, 0, credential)
    client_data = CollectedClientData.create("webauthn.create", b"challenge", "http://localhost")
    answer = {
        "id": websafe_encode(credential.credential_id),
        "rawId": websafe_encode(credential.credential_id),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client_data),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
    added: Authenticator = WebAuthn.add(person, name, answer).instance
    return added
