"""What a read row says beside the cells of the table, in lines for the person who looks it over."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from bangla.dates import format_date
from bangla.digits import to_ascii
from teams.models import in_bengali
from teams.templatetags.bangla_tags import digits
from workplans.enums import Unit

_NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Details:
    """Lines about a row: its objective's weight, its indicators, what was done."""

    weight: str
    indicators: tuple[str, ...]
    entries: tuple[str, ...]

    @property
    def has_any(self) -> bool:
        return bool(self.weight or self.indicators or self.entries)


def details_of(row: Mapping[str, Any]) -> Details:
    """The details of a row in the shape of `ImportedRow.as_json()`."""
    return Details(
        digits(row.get("subject_weight") or ""),
        tuple(map(_indicator, row.get("indicators") or ())),
        tuple(_entry(one) for one in row.get("entries") or () if _says_more(one, row)),
    )


def _says_more(entry: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether the entry says anything that the cell of progress does not show already."""
    return bool(entry["on"]) or entry["percent"] is not None or entry["text"] != row["progress"]


def _indicator(one: Mapping[str, Any]) -> str:
    unit = Unit(one["unit"]).label if one["unit"] in Unit.values else ""
    facts = [str(unit)]
    for label, value in (
        (_("মান"), one["weight"]),
        (_("পূর্ববর্তী অর্জন"), one["previous"]),
        (_("লক্ষ্যমাত্রা"), _row(one["targets"])),
        (_("প্রক্ষেপণ"), one["projection"]),
        (_("ত্রৈমাসিক লক্ষ্যমাত্রা"), _row(one["quarters"])),
        (_("প্রকৃত অর্জন"), one["achieved"] or _row(one["quarters_achieved"])),
    ):
        if value:
            facts.append(f"{label} {value}")
    return digits(" · ".join(filter(None, [one["name"], *facts])))


def _row(values: Iterable[str] | None) -> str:
    found = [value or _NOTHING for value in values or ()]
    return " / ".join(found) if any(value != _NOTHING for value in found) else ""


def _entry(one: Mapping[str, Any]) -> str:
    return digits(" · ".join(_facts(one)))


def _facts(one: Mapping[str, Any]) -> Iterator[str]:
    if one["on"]:
        yield format_date(date.fromisoformat(one["on"]), lang="bn" if in_bengali() else "en")
    if one["indicator"] or one["achieved_value"]:
        yield ": ".join(filter(None, (one["indicator"], one["achieved_value"])))
    if one["text"]:
        yield one["text"]
    if one["percent"] is not None and not to_ascii(one["text"]).startswith(f"{one['percent']}%"):
        yield f"{one['percent']}%"
