"""The offices a person looks at on the page of the nation, and how they fall into groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from teams.enums import Tier
from teams.language import in_bengali
from teams.models import Office, User

# The group of what no other group takes in: field offices among ministries, and the like.
REST = "-"


class By(TextChoices):
    """How offices are put into groups."""

    TIER = "tier", gettext_lazy("পর্যায়")
    MINISTRY = "ministry", gettext_lazy("মন্ত্রণালয়/বিভাগ")
    DIVISION = "division", pgettext_lazy("place", "বিভাগ")
    DISTRICT = "district", gettext_lazy("জেলা")
    OFFICE = "office", gettext_lazy("দপ্তর")


# The ways of grouping one may choose on the page; a single office is only drilled down to.
CHOICES = (By.TIER, By.MINISTRY, By.DIVISION, By.DISTRICT)


@dataclass(frozen=True, slots=True)
class Place:
    """One office: what it is called and where it stands in the tree.

    `above` maps a tier to the code of the office of that tier over it (itself included).
    """

    pk: int
    code: str
    path: str
    tier: str
    name: str
    short: str
    is_active: bool
    above: dict[str, str]

    def group(self, by: str) -> str:
        """The group the office falls in: a tier, the code of an office, or REST."""
        if by == By.TIER:
            return self.tier
        if by == By.OFFICE:
            return self.code
        return self.above.get(by, REST)


@dataclass(frozen=True, slots=True)
class Ground:
    """The offices that are counted (`places`, in the order of the tree).

    `known` are all offices by code, so that a group can be called by its name even when the
    office it is called after is not counted.
    """

    places: tuple[Place, ...]
    known: dict[str, Place]
    is_whole: bool

    @classmethod
    def of(cls, user: User) -> Self:
        """The offices whose sent reports the person may read: own ones and those below."""
        return cls._load(user.scope.superior_paths)

    @classmethod
    def whole(cls) -> Self:
        """Every office of the country."""
        return cls._load([""])

    @classmethod
    def _load(cls, paths: list[str]) -> Self:
        """Of one query for all offices, those under the path prefixes."""
        suffix = "bn" if in_bengali() else "en"
        rows = Office.objects.values_list(
            "pk", "code", "path", "tier", f"name_{suffix}", f"place_{suffix}", "is_active"
        ).order_by("path")
        known = _places(rows)
        inside = tuple(p for p in known.values() if p.path.startswith(tuple(paths)))
        return cls(inside, known, is_whole=len(inside) == len(known))

    def label(self, by: str, group: str) -> str:
        """What a group is called."""
        if group == REST:
            return _("বাকি সব দপ্তর")
        if by == By.TIER:
            return str(Tier(group).label)
        place = self.known[group]
        return place.name if by == By.OFFICE else place.short

    def has_group(self, by: str, group: str) -> bool:
        """Whether any office that is counted falls in the group."""
        return any(place.group(by) == group for place in self.places)

    def spread(self) -> list[By]:
        """The ways of grouping that put these offices into more than one group."""
        return [by for by in CHOICES if len({place.group(by) for place in self.places}) > 1]


def _places(rows: Iterable[tuple[int, str, str, str, str, str, bool]]) -> dict[str, Place]:
    known: dict[str, Place] = {}
    for pk, code, path, tier, name, short, is_active in rows:
        codes = path.strip("/").split("/")
        # In the order of paths whoever stands above comes first.
        above = {known[up].tier: up for up in codes[:-1] if up in known}
        known[code] = Place(
            pk, code, path, tier, name, short, is_active, above={**above, tier: code}
        )
    return known
