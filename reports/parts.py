"""The parts of the room, as the line above every list shows them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from teams.enums import Tier
from teams.models import User

from . import perms


def writes_reports(user: User) -> bool:
    """In the innovation team of some office."""
    return bool(user.scope.team_office_ids)


def reads_reports(user: User) -> bool:
    """The Cabinet Division's reviewers, and the teams of offices that have offices below them."""
    return perms.is_reviewer(user) or any(
        office.tier != Tier.UPAZILA for office in user.scope.team_offices
    )


def anybody(user: User) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Part:
    """A door: `key` is what the page calls itself, `url_name` where it leads, `seen_by` who
    finds something there."""

    key: str
    url_name: str
    label: str | Promise
    seen_by: Callable[[User], bool]


PARTS = (
    Part("reports", "reports:list", pgettext_lazy("list", "প্রতিবেদন"), anybody),
    Part("activities", "reports:activity_list", pgettext_lazy("list", "কার্যক্রম"), writes_reports),
    Part("review", "reports:review_list", _("পর্যালোচনা"), reads_reports),
    Part("nation", "reports:nation", _("জাতীয় চিত্র"), perms.can_view_nation),
    Part("publications", "reports:publication_list", _("প্রকাশনা"), writes_reports),
)


@dataclass(frozen=True, slots=True)
class Door:
    key: str
    url: str
    label: str | Promise


def doors_of(user: User) -> list[Door]:
    """The parts this person finds something in, in their order, where the page exists."""
    return [
        Door(part.key, url, part.label)
        for part in PARTS
        if part.seen_by(user) and (url := _url_of(part.url_name))
    ]


def _url_of(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
