"""The ground every test stands on: its own folder, database and queue.

Nothing here reads the checkout's .env: a test run must neither touch the database somebody works
with nor depend on what they have configured. DATABASE_URL and REDIS_URL of the *environment* are
obeyed; `make test-postgres` sets them. Without them: SQLite in a file, and the embedded queue.

Settings are named here and not in pyproject.toml because pytest-django would load those before
this file had the chance to prepare the environment.
"""

import atexit
import fcntl
import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote

import django
import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.management.sql import emit_post_migrate_signal
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from scripts.system_parts import install_hint, missing_packages
from tests.kept_database import keep, kept_file
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
# Of all processes of the run.
SHARED = DATA_DIR.parent if PROCESS else DATA_DIR
MODEL_IS_MADE = SHARED / "database.made"
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
    # Heads are logged in by most tests; tests/teams/test_second_factor.py requires one of them.
    "SECOND_FACTOR": "offered",
    "OIDC_SERVER_URL": "",
    "OIDC_CLIENT_ID": "",
    "OIDC_CLIENT_SECRET": "",
    # A test asks for more pages in a second than any officer; tests/teams/test_load.py sets it.
    "PAGES_PER_SECOND": "0",
    "OPEN_DATA_PER_MINUTE": "1000000",
    # Playwright's own event loop would make Django refuse every query of a browser test.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}
# Now, and not when pytest-django would: the conftest of an area may import models at its top.
django.setup()
# Real Argon2, without what makes it slow for whoever guesses: thousands of log-ins are ours.
Argon2PasswordHasher.time_cost = 1
Argon2PasswordHasher.memory_cost = 8
Argon2PasswordHasher.parallelism = 1

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


def pytest_collection_finish() -> None:
    """Look for rubbish less often, and not among what stays for the whole run.

    Python's own measure is for small programs: with it the looking takes a twelfth of our time.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


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


# --- The database -----------------------------------------------------------------------------
# Running the migrations takes long enough to be done once only: the first process that needs a
# database makes the model, and each works on its own copy of it. SQLite's is kept for later runs.
@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Keep the other processes of this run out until the end."""
    with (SHARED / "database.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def model_name() -> str:
    """What the migrated database is called: a file on SQLite, as in use, where an in-memory
    database would have no second connection."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return str(SHARED / "model.sqlite3")
    return f"test_{SHARED.name}".replace("-", "_")


def make_model(connection: BaseDatabaseWrapper, folder: Path) -> None:
    """Migrate a new database, or take the one that an earlier run has kept in `folder`."""
    create, model = connection.creation.create_test_db, model_name()
    if connection.vendor != "sqlite":
        create(verbosity=0, autoclobber=True, serialize=False)
        return
    kept = kept_file(folder, (*ROOMS, "bangla"))
    try:
        shutil.copy(kept, model)
    except FileNotFoundError:
        create(verbosity=0, autoclobber=True, serialize=False)
        connection.close()
        # Not when somebody wrote in a migration meanwhile.
        if kept == kept_file(folder, (*ROOMS, "bangla")):
            keep(Path(model), kept)
        return
    connection.settings_dict["NAME"] = model
    # What Django writes after migrating (kinds of content, permissions) follows today's models.
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """A copy of the migrated database, and a note of the rows with which it begins."""
    from django.db import connection

    chosen, model, mine = connection.settings_dict, model_name(), PROCESS or "alone"
    with django_db_blocker.unblock():
        with one_at_a_time():
            chosen["TEST"]["NAME"] = model
            if not MODEL_IS_MADE.exists():
                make_model(connection, request.config.cache.mkdir("migrated"))
                # Nobody may be connected to what is being copied.
                connection.close()
                MODEL_IS_MADE.touch()
            chosen["NAME"] = model
            connection.creation.clone_test_db(suffix=mine, verbosity=0, autoclobber=True)
        chosen["NAME"] = connection.creation.get_test_db_clone_settings(mine)["NAME"]
        kinds = apps.get_models(include_auto_created=True)
        ours = [kind for kind in kinds if kind._meta.app_label in ROOMS]
        # What joins two tables comes after both of them.
        ours.sort(key=lambda kind: bool(kind._meta.auto_created))
        rows = {kind: list(kind._base_manager.all()) for kind in ours}
    found = {kind: written for kind, written in rows.items() if written}
    request.config.stash[BEGINNING] = Beginning(django_db_blocker, found)


WRITTEN_BY_DJANGO = {"django_content_type", "auth_permission"}


def empty_tables(_case: TransactionTestCase) -> None:
    """Delete the rows that a test with real transactions has left.

    Django would truncate every table, which takes PostgreSQL longer than most tests, and write
    its kinds of content and permissions anew; we leave those alone.
    """
    from django.db import connection, transaction

    names = connection.introspection.django_table_names(include_views=False)
    tables = [connection.ops.quote_name(name) for name in names if name not in WRITTEN_BY_DJANGO]
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in tables)
    # In one transaction: only at its end does the database ask whether all references hold.
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # The record lets nobody delete from it who does not say this.
            cursor.execute("SELECT set_config('udbhabon.telling_the_past', 'on', true)")
        cursor.execute(" UNION ALL ".join(asked))
        for (table,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {table}")


TransactionTestCase._fixture_teardown = empty_tables


def pytest_unconfigure(config: pytest.Config) -> None:
    """Drop the model and its copies on a server, once every process has left.

    SQLite's are in the folder of the run.
    """
    from django.db import connection

    if PROCESS or not MODEL_IS_MADE.exists() or connection.vendor == "sqlite":
        return
    with config.stash[blocking_manager_key].unblock():
        connection.close()
        with connection._nodb_cursor() as cursor:
            ours = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
            cursor.execute(ours, [model_name()])
            for (name,) in cursor.fetchall():
                # A thread of a test may have left a connection open.
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


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
