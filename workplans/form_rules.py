"""Which printed form a year uses: a dated rule, and what plans have that begin under none."""

from .enums import PlanForm
from .models import PlanFormRule
from .periods import Period

USUAL = PlanForm.PROGRESS


def form_for(period: Period) -> PlanForm:
    """The form of plans whose period begins on that day."""
    rule = PlanFormRule.objects.covering(period.starts_on).order_by("-valid_from").first()
    return PlanForm(rule.form) if rule else USUAL
