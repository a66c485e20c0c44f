"""What the frame around every page needs: who, which office, where one can go, what waits.

It stands in the last room because the frame names all the others.
"""

from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from teams.models import Office, User
from workplans.periods import Period

from .items import late_count

# Pages that stand behind another door than their address says. Kept words stand behind none:
# they are on their way back to wherever they came from.
ROOM_OF = {
    "teams:kept_words": "",
    "duties:below": "teams",
    "duties:below_office": "teams",
    "duties:handover_list": "teams",
    "duties:handover_detail": "teams",
    "duties:post_work": "teams",
}


@dataclass(frozen=True, slots=True)
class NavItem:
    """A room's door in the rail (and, short, in the phone's tab bar)."""

    label: str
    short_label: str
    url: str
    active: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class ShellPerson:
    name: str
    initials: str
    designation: str


@dataclass(frozen=True, slots=True)
class ShellOffice:
    name: str
    line: str
    url: str


def shell(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"shell_nav": [], "shell_office": None, "shell_person": None}
    match = request.resolver_match
    room = ROOM_OF.get(match.view_name, match.namespace) if match else ""
    return {
        # Worked out when the frame is drawn: a piece of a page (a saved row, a job's progress
        # asked for every second) has no frame and must not count what is late.
        "shell_nav": SimpleLazyObject(partial(_doors, user, room)),
        "shell_office": _office(user),
        "shell_person": ShellPerson(
            user.name,
            user.initials,
            str(user.scope.main_post) if user.scope.main_post else "",
        ),
    }


def _doors(user: User, room: str) -> list[NavItem]:
    late = late_count(user, today=timezone.localdate())
    return [
        NavItem(label, short, reverse(f"{key}:{name}"), room == key, count)
        for key, name, label, short, count in (
            ("duties", "home", _("আমার করণীয়"), _("করণীয়"), late),
            ("workplans", "list", pgettext("list", "কর্মপরিকল্পনা"), _("পরিকল্পনা"), 0),
            ("ideas", "list", pgettext("list", "আইডিয়া"), pgettext("list", "আইডিয়া"), 0),
            ("meetings", "list", _("সভা ও কার্যবিবরণী"), pgettext("list", "সভা"), 0),
            ("reports", "list", pgettext("list", "প্রতিবেদন"), pgettext("list", "প্রতিবেদন"), 0),
            ("teams", "office_list", _("টিম ও দপ্তর"), pgettext("list", "দপ্তর"), 0),
        )
    ]


def _office(user: User) -> ShellOffice | None:
    office = user.scope.office
    if office is None:
        return None
    return ShellOffice(office.name, _office_line(office), office.get_absolute_url())


def _office_line(office: Office) -> str:
    """ "উপজেলা · গাজীপুর · ২০২৬–২৭ অর্থবছর" """
    parts = [
        office.get_tier_display(),
        office.parent.place if office.parent else "",
        Period.fiscal_year_of(timezone.localdate()).label,
    ]
    return " · ".join(part for part in parts if part)
