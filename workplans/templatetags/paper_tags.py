"""Drawing a plan's table from a template, on paper and on the screen."""

from collections.abc import Mapping
from typing import Any

from django import template

from ..papers import shape

register = template.Library()


@register.filter
def laid_out(table: Mapping[str, Any]) -> shape.Layout:
    """The lines of the table, with the cells that span several."""
    return shape.laid_out(table)
