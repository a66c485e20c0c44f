"""Words that may be read by whoever gets a letter, and by nobody who reads the database.

A link that lets its reader in must not lie in the outbox, nor in a copy of the database, as plain
text. It is sealed with the installation's own key when the letter is written and opened when the
letter goes to the mail server. An earlier key among SECRET_KEY_FALLBACKS still opens it.
"""

from __future__ import annotations

import base64
import hashlib
import re

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

_SEALED = re.compile(r"⟦sealed:([\w\-=]+)⟧")


def seal(words: str) -> str:
    """The words as they may stand in the body of a letter."""
    return f"⟦sealed:{_locks().encrypt(words.encode()).decode()}⟧"


def opened(body: str) -> str:
    """The body with its sealed words in clear.

    Raises cryptography.fernet.InvalidToken for words sealed with a key that is no longer ours.
    """
    locks = _locks()
    return _SEALED.sub(lambda found: locks.decrypt(found[1].encode()).decode(), body)


def _locks() -> MultiFernet:
    return MultiFernet(
        [Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"jobs.sealing:" + secret.encode()).digest())
