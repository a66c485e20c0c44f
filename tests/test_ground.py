"""The ground under the rooms: set-up, settings, services, locks and boundaries."""

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from scripts import check_locks, run, services, setup
from scripts.processes import ROOT, Service

PYTHON = sys.executable


def command(*words: str | Path, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a program to its end with `env` added to the environment."""
    return subprocess.run(
        [str(word) for word in words], cwd=cwd, env=os.environ | env, capture_output=True, text=True
    )


# --- Settings ------------------------------------------------------------------------------
@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The settings alone, where no .env completes them."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    shutil.copy(ROOT / "manage.py", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("SECRET_KEY", None, "run `make setup`"),
        ("DATABASE_URL", "the big server", "use postgres://"),
        ("REDIS_URL", "http://cache", "use redis://"),
    ],
)
def test_wrong_setting_stops_the_start_with_its_mend(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str | None, hint: str
) -> None:
    if value is None:
        monkeypatch.delenv(name)
    else:
        monkeypatch.setenv(name, value)
    result = command(PYTHON, "manage.py", "check", cwd=checkout)
    assert result.returncode != 0
    last_line = result.stderr.splitlines()[-1]
    assert name in last_line
    assert hint in last_line


def test_each_process_stands_on_ground_of_its_own(settings, db) -> None:
    process = os.environ.get("PYTEST_XDIST_WORKER", "")
    assert Path(os.environ["DATA_DIR"]) == settings.DATA_DIR
    assert settings.DATA_DIR.name.endswith(process)
    assert process in str(connection.settings_dict["NAME"])


# --- Set-up --------------------------------------------------------------------------------
class Bakery:
    """A step of set-up that turns flour into bread and counts how often."""

    def __init__(self, folder: Path) -> None:
        self.flour, self.bread = folder / "flour", folder / "bread"
        self.stamps = folder / "stamps"
        self.flour.write_text("white")
        self.baked = 0

    def bake(self) -> None:
        self.baked += 1
        self.bread.write_text(self.flour.read_text())

    def step(self) -> setup.Step:
        return setup.Step("bread", self.bake, [self.flour], [self.bread], stamps=self.stamps)


@pytest.fixture
def bakery(tmp_path: Path) -> Bakery:
    return Bakery(tmp_path)


def test_second_setup_leaves_the_stamp_untouched(bakery: Bakery) -> None:
    bakery.step().ensure()
    stamp = bakery.stamps / "bread"
    written = stamp.stat().st_mtime_ns
    bakery.step().ensure()
    assert (bakery.baked, stamp.stat().st_mtime_ns) == (1, written)


def test_setup_repeats_a_step_when_its_input_changes_or_its_product_is_gone(
    bakery: Bakery,
) -> None:
    bakery.step().ensure()
    bakery.flour.write_text("brown")
    bakery.step().ensure()
    assert bakery.bread.read_text() == "brown"
    bakery.bread.unlink()
    bakery.step().ensure()
    assert bakery.baked == 3


def test_setup_repeats_a_step_that_failed(bakery: Bakery) -> None:
    def burn() -> None:
        raise setup.SetupFailed("burnt")

    bakery.step().ensure()
    bakery.flour.write_text("brown")
    with pytest.raises(setup.SetupFailed):
        setup.Step("bread", burn, [bakery.flour], stamps=bakery.stamps).ensure()
    bakery.step().ensure()
    assert bakery.baked == 2


def test_env_file_is_completed_and_what_it_says_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env_file = tmp_path / ".env"
    monkeypatch.setattr(setup, "ENV_FILE", env_file)
    env_file.write_text("DEBUG=true\nPORT=9000")
    setup.write_env()
    setup.write_env()
    lines = env_file.read_text().splitlines()
    assert lines[:2] == ["DEBUG=true", "PORT=9000"]
    assert [line.partition("=")[0] for line in lines[2:]] == ["SECRET_KEY", "SECOND_FACTOR"]
    assert len(lines[2]) > 60


def test_new_env_file_is_readable_by_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env_file = tmp_path / ".env"
    monkeypatch.setattr(setup, "ENV_FILE", env_file)
    setup.write_env()
    assert env_file.stat().st_mode & 0o077 == 0


# --- Serving -------------------------------------------------------------------------------
@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server((services.ADDRESS, 0)) as listening:
        yield listening.getsockname()[1]


def test_taken_port_is_said_in_one_line_before_anything_starts(taken_port: int) -> None:
    result = command(PYTHON, "-m", "scripts.run", PORT=str(taken_port), HOST=services.ADDRESS)
    assert result.returncode == 2
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    assert f"Port {taken_port} is taken" in line
    assert f"{taken_port} পোর্টটি" in line


@pytest.mark.parametrize("port", ["web", "0", "70000", "৮০০০"])
def test_port_that_is_no_port_is_said_in_one_line(port: str) -> None:
    result = command(PYTHON, "-m", "scripts.run", PORT=port)
    assert result.returncode == 2
    [line] = result.stderr.splitlines()
    assert "is not a port number" in line


def children_of(parent: int) -> list[int]:
    """Ids of the processes that `parent` started and has not yet seen end."""
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def wait_until_gone(leaders: list[int]) -> None:
    """Wait for the process groups to vanish; fails when one does not."""
    deadline = time.monotonic() + 30
    while leaders and time.monotonic() < deadline:
        leaders = [leader for leader in leaders if group_exists(leader)]
        time.sleep(0.05)
    assert leaders == []


def group_exists(leader: int) -> bool:
    """Is any process of the group left?"""
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The whole system as `make run` starts it with its data in a folder, and its address."""
    port, log = services.free_port(), folder / "log"
    env = {
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "REDIS_URL": "",
        "HOST": services.ADDRESS,
        "PORT": str(port),
    }
    with log.open("w") as output:
        program = subprocess.Popen(
            [PYTHON, "-m", "scripts.run"],
            cwd=ROOT,
            env=os.environ | env,
            stdout=output,
            stderr=output,
        )
        try:
            while "Ctrl-C" not in (said := log.read_text()):
                assert program.poll() is None, said
                time.sleep(0.1)
            yield program, f"http://{services.ADDRESS}:{port}/"
        finally:
            program.terminate()
            program.wait()


@pytest.mark.faults
def test_served_system_answers_stops_whole_and_starts_again(tmp_path: Path) -> None:
    """On an empty folder, and then, quickly, on what the first run left there."""
    with served(tmp_path) as (program, address):
        with urllib.request.urlopen(address) as answer:
            assert answer.status == 200
        started = children_of(program.pid)
        assert len(started) == 2
        program.terminate()
        assert program.wait() == 0
        wait_until_gone(started)
    with served(tmp_path) as (program, _address):
        started = children_of(program.pid)
        kinds = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in started}
        [worker] = [pid for pid, command_line in kinds.items() if b"celery" in command_line]
        os.kill(worker, signal.SIGKILL)
        assert program.wait() == 1
        wait_until_gone(started)


def test_end_of_one_service_is_said_with_its_reason() -> None:
    worker = Service("worker", ["sh", "-c", "exit 7"], os.environ)
    worker.process.wait()
    with pytest.raises(run.Stop, match="worker: ended with exit code 7"):
        run.until(lambda: False, run.Terminal(), [worker])


def test_stopping_a_service_ends_children_that_do_not_listen() -> None:
    # Whoever still lives holds the writing end of the pipe; it closes with the last of them.
    stubborn = "trap '' TERM; sleep 600 & echo ready; wait; wait"
    reading, writing = os.pipe()
    with os.fdopen(reading) as said:
        with os.fdopen(writing, "w") as output:
            service = Service("stubborn", ["sh", "-c", stubborn], os.environ, output=output)
        assert said.readline() == "ready\n"
        service.stop(grace=0.1)
        assert service.exit_code == -signal.SIGKILL
        closed, _, _ = select.select([said], [], [], 30)
        assert closed
        assert said.read() == ""


# --- Services for the tests ----------------------------------------------------------------
def is_open(url: str) -> bool:
    """Does anybody listen at the address of `url`?"""
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "", parts.port or 0), timeout=1).close()
    except OSError:
        return False
    return True


def temporary_folders() -> set[str]:
    """What the services left in the temporary folder."""
    kinds = ("udbhabon-postgres-", "udbhabon-redis-")
    return {
        path.name for path in Path(os.environ["TMPDIR"]).iterdir() if path.name.startswith(kinds)
    }


@pytest.fixture
def _own_tmp(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A temporary folder that no other test writes to and every account may enter."""
    folder = Path(tempfile.gettempdir()) / f"ground-{os.getpid()}"
    folder.mkdir(mode=0o755)
    monkeypatch.setenv("TMPDIR", str(folder))
    yield
    shutil.rmtree(folder)


@pytest.mark.faults
@pytest.mark.usefixtures("_own_tmp")
def test_services_are_gone_after_a_command_that_failed() -> None:
    script = (
        "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL']); raise SystemExit(3)"
    )
    result = command(PYTHON, "-m", "scripts.services", "--", PYTHON, "-c", script)
    assert result.returncode == 3, result.stderr
    database, queue = result.stdout.split()
    assert (is_open(database), is_open(queue)) == (False, False)
    assert temporary_folders() == set()


@pytest.mark.faults
@pytest.mark.usefixtures("_own_tmp")
def test_services_are_gone_after_being_told_to_end() -> None:
    waiting = "echo $DATABASE_URL $REDIS_URL; exec sleep 600"
    with subprocess.Popen(
        [PYTHON, "-m", "scripts.services", "--", "sh", "-c", waiting],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        database, queue = program.stdout.readline().split()
        assert (is_open(database), is_open(queue)) == (True, True)
        program.terminate()
    assert program.returncode == 130
    assert (is_open(database), is_open(queue)) == (False, False)
    assert temporary_folders() == set()


# --- Locks and boundaries ------------------------------------------------------------------
def test_lock_files_name_no_address() -> None:
    assert check_locks.problems(ROOT) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("requirements/base.lock", "--index-url https://mirror/simple\ndjango==5.2", "base.lock:1"),
        ("requirements/dev.lock", "django @ https://mirror/django.whl", "dev.lock:1"),
        (
            "package-lock.json",
            '{"packages": {"node_modules/a": {"resolved": "http://m/a", "integrity": "x"}}}',
            "resolved http://m/a",
        ),
        ("package-lock.json", '{"packages": {"": {}, "node_modules/a": {}}}', "no integrity"),
    ],
)
def test_address_in_a_lock_file_is_found(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / name).write_text(content)
    [problem] = check_locks.problems(tmp_path)
    assert said in problem


ROOMS = ("bangla", "jobs", "teams", "workplans", "ideas", "meetings", "reports", "duties")


@pytest.fixture
def rooms(tmp_path: Path) -> Path:
    """Empty rooms under the project's own contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in ROOMS:
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("room", "line", "broken"),
    [
        ("teams", "import reports", "Rooms lean one way BROKEN"),
        ("jobs", "import bangla", "Rooms lean one way BROKEN"),
        ("bangla", "import django.utils", "The Bengali layer knows no Django BROKEN"),
    ],
)
def test_import_against_the_direction_is_found(
    rooms: Path, room: str, line: str, broken: str
) -> None:
    (rooms / room / "models.py").write_text(f"{line}\n")
    result = command(Path(PYTHON).with_name("lint-imports"), "--no-cache", cwd=rooms)
    assert result.returncode == 1
    assert broken in result.stdout


def test_import_along_the_direction_is_allowed(rooms: Path) -> None:
    (rooms / "duties" / "models.py").write_text("import bangla, jobs, teams, reports\n")
    result = command(Path(PYTHON).with_name("lint-imports"), "--no-cache", cwd=rooms)
    assert result.returncode == 0, result.stdout
