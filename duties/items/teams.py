"""Office orders of teams that wait for their signature."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from teams.enums import TeamStatus
from teams.models import Team, User

from ..enums import Urgency
from .item import MOST_ITEMS, DutyItem


def team_items(user: User) -> Iterator[DutyItem]:
    """For heads: the drafts that only they can order (one query)."""
    headed = [office.pk for office in user.scope.led_offices if user.scope.heads(office.pk)]
    if not headed:
        return
    waiting = Team.objects.filter(status=TeamStatus.DRAFT, issuing_office__in=headed)
    for team in waiting.select_related("office").order_by("pk")[:MOST_ITEMS]:
        yield DutyItem(
            urgency=Urgency.SOON,
            due=None,
            chip=_("স্বাক্ষর বাকি"),
            chip_kind="risk",
            title=_("টিম গঠনের অফিস আদেশ"),
            detail=team.office.name,
            url=team.get_absolute_url(),
            action=_("দেখে জারি করুন"),
        )
