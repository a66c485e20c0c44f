"""What the doors of a page ask about who looks at it."""

from django import template

from ..models import User
from ..perms.administration import can_change_offices

register = template.Library()


@register.filter
def may_administer(user: User) -> bool:
    """Whether rules and offices are this person's job."""
    return can_change_offices(user)
