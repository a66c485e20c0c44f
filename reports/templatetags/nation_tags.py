"""Numbers as the page of the nation writes them."""

from decimal import Decimal

from django import template

from bangla.digits import group_lakh
from teams.templatetags.bangla_tags import digits

from ..nation.tally import plain

register = template.Library()


@register.filter
def amount(value: Decimal | int | None) -> str:
    """A sum with lakh grouping and no zeros that say nothing: ১২,৩৪,৫৬৭ or ১২.৫."""
    return "" if value is None else digits(group_lakh(plain(Decimal(value))))


@register.filter
def percent(value: int | None) -> str:
    """A share: ৯১%; a dash where there is nothing to share."""
    return "—" if value is None else f"{digits(value)}%"
