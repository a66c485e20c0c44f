"""A migrated database of yesterday is taken only if nothing that made it is another today."""

from pathlib import Path

import pytest

from tests import kept_database
from tests.kept_database import ingredients, keep, kept_file

ROOMS = ("teams", "meetings", "reports", "bangla")
ROOT = Path(__file__).resolve().parent.parent


def test_every_migration_counts_and_what_it_imports() -> None:
    found = set(ingredients(ROOMS))
    assert set(ROOT.glob("*/migrations/*.py")) <= found
    assert {ROOT / "meetings/search/index.py", ROOT / "config/settings.py"} <= found
    assert any("django/contrib/auth/migrations" in file.as_posix() for file in found)


def test_import_inside_a_function_counts(tmp_path: Path) -> None:
    source = tmp_path / "0002_words.py"
    source.write_text("def fill(apps, editor):\n    from bangla.text import tidy\n    import os\n")
    assert set(kept_database.imported(source, ROOMS)) == {"bangla.text", "bangla.text.tidy"}


def test_one_letter_makes_another_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    migration = tmp_path / "0001_initial.py"
    monkeypatch.setattr(kept_database, "ingredients", lambda rooms: [migration])
    migration.write_text("a = 1")
    first = kept_file(tmp_path, ROOMS)
    migration.write_text("a = 2")
    assert kept_file(tmp_path, ROOMS) != first
    migration.write_text("a = 1")
    assert kept_file(tmp_path, ROOMS) == first


def test_only_the_newest_is_kept(tmp_path: Path) -> None:
    made, folder = tmp_path / "made", tmp_path / "kept"
    folder.mkdir()
    for number in (1, 2):
        made.write_text(str(number))
        keep(made, folder / f"{number}.sqlite3")
    assert [(file.name, file.read_text()) for file in folder.iterdir()] == [("2.sqlite3", "2")]
