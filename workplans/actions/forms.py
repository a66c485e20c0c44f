"""The printed form of a plan."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from teams.audit import record
from teams.models import User

from .. import perms
from ..enums import PlanForm
from ..models import WorkPlan
from .writing import lock_plan


@transaction.atomic
def switch_form(*, workplan: WorkPlan, form: PlanForm, by: User) -> bool:
    """Show and print the plan in another form; returns whether it had a different one.

    Nothing else changes: what the new form has no column for stays in the plan. Raises
    PermissionDenied.
    """
    plan = lock_plan(workplan.pk)
    if not perms.can_switch_form(by, plan):
        raise PermissionDenied
    before = plan.form
    if before == form:
        return False
    plan.form = form
    plan.version += 1
    plan.save(update_fields=["form", "version"])
    record(
        "workplan.switch_form",
        plan,
        by=by,
        office=plan.office,
        before={"form": before},
        after={"form": form.value},
    )
    return True
