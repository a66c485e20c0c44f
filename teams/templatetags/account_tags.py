"""What the log-in page offers beside the password, and who may be helped back into theirs."""

from django import template

from .. import perms
from ..entry import single_sign_on
from ..models import User

register = template.Library()


@register.simple_tag
def single_sign_on_name() -> str:
    """What people call the single sign-on; "" where there is none."""
    return single_sign_on.name()


@register.simple_tag
def can_reset_second_factor(user: User, person: User) -> bool:
    return perms.can_reset_second_factor(user, person)
