"""Offices as `manage.py loadoffices` brings them in and in line."""

from dataclasses import replace

import pytest

from teams.actions import LoadedOffices, load_offices
from teams.models import Office
from teams.offices import OfficeRow

pytestmark = pytest.mark.django_db


def row(code: str, tier: str, parent: str = "") -> OfficeRow:
    return OfficeRow(code, tier, parent, f"{code} দপ্তর", f"Office {code}", code, code, True)


ROWS = [
    row("root", "cabinet"),
    row("east", "division", "root"),
    row("west", "division", "root"),
    row("hill", "district", "east"),
    row("village", "upazila", "hill"),
]


def paths() -> dict[str, str]:
    return dict(Office.objects.values_list("code", "path"))


def test_loading_twice_changes_nothing() -> None:
    assert load_offices(rows=ROWS) == LoadedOffices(created=5, changed=0, unchanged=0)
    assert load_offices(rows=ROWS) == LoadedOffices(created=0, changed=0, unchanged=5)
    assert paths()["village"] == "root/east/hill/village/"


def test_new_name_is_a_change_of_the_same_office() -> None:
    load_offices(rows=ROWS)
    village = Office.objects.get(code="village")
    renamed = replace(ROWS[-1], name_bn="নতুন নামের দপ্তর")
    assert load_offices(rows=[*ROWS[:-1], renamed]).changed == 1
    village.refresh_from_db()
    assert village.name_bn == "নতুন নামের দপ্তর"


@pytest.mark.parametrize("named", [ROWS, ROWS[:-1]], ids=["whole file", "without the leaf"])
def test_new_parent_moves_the_whole_branch(named: list[OfficeRow]) -> None:
    """Who sees whom is read from the path, so an office left out of the rows moves as well."""
    load_offices(rows=ROWS)
    load_offices(rows=[replace(r, parent="west") if r.code == "hill" else r for r in named])
    moved = paths()
    assert (moved["hill"], moved["village"]) == ("root/west/hill/", "root/west/hill/village/")
