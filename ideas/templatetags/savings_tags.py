"""Savings in words and figures, in the language of the page."""

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from django import template
from django.utils.translation import gettext as _

from bangla.digits import format_number
from teams.models import in_bengali

from ..enums import MeasureKind, MeasureUnit
from ..savings import EXACT, IN_BASE, TENTH

register = template.Library()
MINUS = "\N{MINUS SIGN}"


@register.filter
def quantity(value: Decimal | int | None) -> str:
    """A measured figure without idle zeros: ৩০, ২.৫, ১,২০,০০০; nothing for none."""
    if value is None:
        return ""
    plain = Decimal(value)
    with localcontext(EXACT):
        plain = plain.to_integral_value() if plain == plain.to_integral_value() else plain
        if plain.as_tuple().exponent < 0:  # type: ignore[operator]
            plain = plain.normalize()
    sign = MINUS if plain < 0 else ""
    return sign + format_number(plain.copy_abs(), lang="bn" if in_bengali() else "en")


@register.filter
def saved_amount(amount: Decimal, kind: str) -> str:
    """A yearly amount in the unit a reader grasps: ১,২৫০ দিন, ৪০ ঘণ্টা, ৩,০০,০০০ টাকা, ৯০ বার.

    `amount` is in minutes, taka or visits. Time is rounded to a tenth of the unit shown.
    """
    unit = _unit_for(amount, kind)
    with localcontext(Context(prec=EXACT.prec, rounding=ROUND_HALF_UP)):
        shown = amount / IN_BASE[unit]
        if shown != shown.to_integral_value():
            shown = shown.quantize(TENTH)
    return _("%(number)s %(unit)s") % {"number": quantity(shown), "unit": unit.label}


def _unit_for(amount: Decimal, kind: str) -> MeasureUnit:
    if kind == MeasureKind.COST:
        return MeasureUnit.TAKA
    if kind == MeasureKind.VISITS:
        return MeasureUnit.VISIT
    large = amount.copy_abs()
    for unit in (MeasureUnit.DAY, MeasureUnit.HOUR):
        if large >= IN_BASE[unit]:
            return unit
    return MeasureUnit.MINUTE
