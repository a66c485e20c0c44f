"""What the pages of reports ask for while they are drawn."""

from django import template

from teams.models import User

from ..activities import FORMS, days, how_much
from ..models import Activity
from ..parts import Door, doors_of

register = template.Library()
register.filter("how_much", how_much)
register.filter("days", days)


@register.filter
def doors(user: User) -> list[Door]:
    """The parts of the room this person finds something in."""
    return doors_of(user)


@register.filter
def counts_people(activity: Activity) -> bool:
    """Whether this kind of activity is counted by who took part."""
    return "participants" in FORMS[activity.kind].fields
