"""The ground every test stands on: its own folder, database and queue.

Nothing here reads the checkout's .env: a test run must neither touch the database somebody works
with nor depend on what they have configured. DATABASE_URL and REDIS_URL of the *environment* are
obeyed; `make test-postgres` sets them. Without them: SQLite in a file, and the embedded queue.

Settings are named here and not in pyproject.toml because pytest-django would load those before
this file had the chance to prepare the environment.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote

import django
import pytest
import time_machine
from django.apps import apps
from django.db.models import Model
from pytest_django import DjangoDbBlocker

from scripts.system_parts import install_hint, missing_packages
from tests.smtp import smtp_server as smtp_server  # a fixture for every area

ROOT = Path(__file__).resolve().parent.parent
PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "")


def own_folder() -> Path:
    """A folder for this run, and within it one for each process of pytest-xdist."""
    if PROCESS:
        return Path(os.environ["DATA_DIR"]) / PROCESS
    folder = Path(tempfile.mkdtemp(prefix="udbhabon-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def own_redis(url: str) -> str:
    """`url` with a database number of its own, so that processes do not share a queue."""
    if not (url and PROCESS):
        return url
    server, _, _number = url.rpartition("/")
    return f"{server}/{int(PROCESS.removeprefix('gw')) + 1}"


DATA_DIR = own_folder()
# WhiteNoise warns about a missing folder, and a warning fails a test.
(DATA_DIR / "staticfiles").mkdir(parents=True, exist_ok=True)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "SECRET_KEY": "only-for-tests-" + "0123456789" * 5,
    "DATA_DIR": str(DATA_DIR),
    "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'unused.sqlite3'}",
    "REDIS_URL": own_redis(os.environ.get("REDIS_URL", "")),
    "DEBUG": "false",
    "HTTPS": "false",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
    "CSRF_TRUSTED_ORIGINS": "",
    "SITE_URL": "http://localhost:8000",
    "EMAIL_URL": "",
    # Playwright's own event loop would make Django refuse every query of a browser test.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}
# Now, and not when pytest-django would: the conftest of an area may import models at its top.
django.setup()

ROOMS = ("jobs", "teams", "workplans", "ideas", "meetings", "reports", "duties")
# Fixtures that give a test real transactions without its saying so in a marker.
REAL_TRANSACTIONS = {"transactional_db", "live_server", "process_env"}


def missing_ground() -> list[str]:
    """What keeps the suite from being run in full, each with its mend."""
    missing = []
    if packages := missing_packages(for_tests=True):
        missing.append(f"system packages; run: {install_hint(packages)}")
    if not (ROOT / "static" / "build").is_dir():
        missing.append("static/build; run: make setup")
    catalogues = ROOT.glob("locale/*/LC_MESSAGES/*.po")
    if not all(path.with_suffix(".mo").exists() for path in catalogues):
        missing.append("compiled translations; run: make setup")
    return missing


def pytest_configure() -> None:
    """Stop before the first test when part of the ground is missing: nothing is skipped."""
    if missing := missing_ground():
        raise pytest.UsageError("Missing: " + "\nMissing: ".join(missing))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let the processes of pytest-xdist come to this file before they load the settings.

    They inherit our environment, and pytest-django loads whatever it finds named there at once.
    """
    del os.environ["DJANGO_SETTINGS_MODULE"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Keep SQLite in a file, as it is in use: an in-memory one has no second connection."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(DATA_DIR / "test.sqlite3")


# --- Rows that migrations write --------------------------------------------------------------
# A test with real transactions empties every table at its end, and with it the groups, phrases
# and dated rules that an installation begins with; the next test of this process expects them.
@dataclass
class Beginning:
    """What an installation begins with, and the key to the database."""

    blocker: DjangoDbBlocker
    rows: dict[type[Model], list[Model]]

    def restore(self) -> None:
        """Write the rows of every table that was emptied."""
        with self.blocker.unblock():
            for model, rows in self.rows.items():
                if not model._base_manager.exists():
                    model._base_manager.bulk_create(rows)


BEGINNING = pytest.StashKey[Beginning]()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Remember what an installation begins with."""
    ours = (model for model in apps.get_models() if model._meta.app_label in ROOMS)
    with django_db_blocker.unblock():
        rows = {model: list(model._base_manager.all()) for model in ours}
    found = {model: written for model, written in rows.items() if written}
    request.config.stash[BEGINNING] = Beginning(django_db_blocker, found)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Put back what a test with real transactions has swept away, if another test follows."""
    yield
    if nextitem is None:
        return
    marker = item.get_closest_marker("django_db")
    is_real = bool(marker and marker.kwargs.get("transaction"))
    if is_real or REAL_TRANSACTIONS & set(getattr(item, "fixturenames", ())):
        item.config.stash[BEGINNING].restore()


@pytest.fixture
def process_env(transactional_db: None) -> dict[str, str]:
    """Environment for another process (a worker, a command) that shares this test's database,
    files and queue."""
    from django.db import connection

    chosen = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{chosen['NAME']}"
    else:
        account = quote(chosen["USER"], safe="")
        if chosen["PASSWORD"]:
            account += ":" + quote(chosen["PASSWORD"], safe="")
        url = f"postgres://{account}@{chosen['HOST']}:{chosen['PORT']}/{chosen['NAME']}"
    return os.environ | {"DATABASE_URL": url}


@pytest.fixture
def today() -> Iterator[date]:
    """Saturday, 21 November 2026, from noon in Dhaka: five months into the fiscal year."""
    with time_machine.travel(datetime(2026, 11, 21, 6, tzinfo=UTC)):
        yield date(2026, 11, 21)
