"""Weights and scores in the digits of the page."""

from decimal import Decimal

from django import template

from teams.templatetags.bangla_tags import digits

from ..score_table import weight_words

register = template.Library()


@register.filter
def weight(value: Decimal | None) -> str:
    """A weight: ১০, ২.৫; a dash for none."""
    return weight_words(value) or "—"


@register.filter
def score(value: Decimal | None) -> str:
    """A score with two decimals: ৮৫.৩৩; a dash for none."""
    return "—" if value is None else digits(value)
