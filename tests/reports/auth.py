"""Sessions in which the password was typed a moment ago, as sending and withdrawing ask for."""

import time

from allauth.account.internal.userkit import user_id_to_str
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client

from teams.models import User
from tests.factories import client_of


def confirmed_client_of(user: User) -> Client:
    """A browser in which this person is logged in and has just typed the password again."""
    client = client_of(user)
    reauthenticate(client, user)
    return client


def reauthenticate(client: Client, user: User, *, for_seconds: float = 0) -> None:
    """As if the person had typed the password again in this browser, without hashing it."""
    session = client.session
    confirm(session, user, for_seconds=for_seconds)
    session.save()


def confirm(session: SessionBase, user: User, *, for_seconds: float = 0) -> None:
    """Write what allauth writes when the password was typed again.

    It is asked for anew some minutes later, or `for_seconds` after that.
    """
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() + for_seconds, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = user_id_to_str(user)
