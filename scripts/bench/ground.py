"""A system of its own to measure: a temporary folder, a fresh database, offices and demo data.

Nothing of the checkout's `.env`, its `var/` or a database named in the environment is touched.
"""

import io
import logging
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command


@contextmanager
def fresh_system(
    *, database_url: str = "", redis_url: str = "", with_demo: bool = True
) -> Iterator[None]:
    """Set Django up on a new folder and fill it; everything is gone at the end.

    `with_demo` adds the people and papers of the demonstration to the offices.

    `database_url` and `redis_url` name servers that hold nothing yet; without them the system
    runs as on one machine, on SQLite and the embedded queue. Once a process, before any import
    of the application.
    """
    with tempfile.TemporaryDirectory(prefix="udbhabon-bench-", ignore_cleanup_errors=True) as name:
        # Named here, whatever `.env` says about them does not count.
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DATA_DIR": name,
            "DATABASE_URL": database_url or f"sqlite:///{Path(name, 'bench.sqlite3')}",
            "REDIS_URL": redis_url,
            "DEBUG": "false",
            "HTTPS": "false",
            "ALLOWED_HOSTS": "testserver,127.0.0.1",
            "CSRF_TRUSTED_ORIGINS": "",
            "EMAIL_URL": "",
            "LOG_LEVEL": "WARNING",
        }
        django.setup()
        # Refused saves are counted, not told one by one.
        logging.getLogger("django.request").setLevel(logging.ERROR)
        _fill(with_demo)
        yield


def _fill(with_demo: bool) -> None:
    """Make the tables and load what a newcomer's system has."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("loadoffices", stdout=io.StringIO())
    if with_demo:
        call_command("loaddemo", yes=True, stdout=io.StringIO())
