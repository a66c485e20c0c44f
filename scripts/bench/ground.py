"""A system of its own to measure: a temporary folder, a fresh database, offices and demo data.

Nothing of the checkout's `.env`, its `var/` or a database named in the environment is touched.
"""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def fresh_system(*, database_url: str = "", redis_url: str = "") -> Iterator[Path]:
    """Set Django up on a new folder and fill it; gives the folder, gone at the end.

    `database_url` and `redis_url` name servers that hold nothing yet; without them the system
    runs as on one machine, on SQLite and the embedded queue. Once a process, before any import
    of the application.
    """
    with tempfile.TemporaryDirectory(prefix="udbhabon-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DATA_DIR": name,
            "DATABASE_URL": database_url or f"sqlite:///{folder / 'bench.sqlite3'}",
            "REDIS_URL": redis_url,
            "DEBUG": "false",
            "HTTPS": "false",
            "ALLOWED_HOSTS": "localhost,testserver",
            "CSRF_TRUSTED_ORIGINS": "",
            "EMAIL_URL": "",
            "LOG_LEVEL": "ERROR",
        }
        _fill()
        yield folder


def _fill() -> None:
    """Make the tables and load what a newcomer's system has."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("loadoffices", verbosity=0)
    call_command("loaddemo", yes=True, verbosity=0)
