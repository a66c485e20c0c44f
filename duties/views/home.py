"""The home page: what is late, what is due, what comes next."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from teams.enums import DueKind
from teams.models import DueRule, User
from teams.requests import OfficerRequest
from workplans.models import WorkPlan
from workplans.table import plan_table

from ..enums import Urgency
from ..items import duty_items


@require_safe
def home(request: OfficerRequest) -> HttpResponse:
    """আমার করণীয়"""
    today = timezone.localdate()
    items = duty_items(request.user, today=today)
    plan = _current_plan(request.user)
    due = DueRule.objects.next_due(DueKind.ANNUAL_REPORT, today)
    context = {
        "today": today,
        "now": [item for item in items if item.urgency != Urgency.NEXT],
        "later": [item for item in items if item.urgency == Urgency.NEXT],
        "has_calendar": bool(items and request.user.scope.posts),
        "plan": plan,
        "summary": plan_table(plan, today=today).summary if plan else None,
        "report_due": due,
        "report_days": (due - today).days if due else None,
        "can_create": bool(request.user.scope.team_office_ids),
        "below": WorkPlan.objects.visible_to(request.user)
        .exclude(office__in=[post.office for post in request.user.scope.posts])
        .count(),
    }
    return render(request, "duties/home.html", context)


def _current_plan(user: User) -> WorkPlan | None:
    """The plan under way: the newest of one's offices that covers today, else the newest."""
    own = WorkPlan.objects.own_of(user).select_related("office").order_by("-starts_on", "-pk")
    return own.covering(timezone.localdate()).first() or own.first()
