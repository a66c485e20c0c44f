"""The plan's year as bars over months."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from teams import print_pages
from teams.requests import OfficerRequest

from ..table import plan_table
from ..timeline import timeline_of
from ..timeline_paper import order_timeline_pdf
from .plans import get_plan


@require_safe
def timeline(request: OfficerRequest, pk: int) -> HttpResponse:
    plan = get_plan(request, pk)
    today = timezone.localdate()
    table = plan_table(plan, today=today)
    context = {
        "plan": plan,
        "table": table,
        "timeline": timeline_of(table, today=today, urls=True),
    }
    return render(request, "workplans/timeline.html", context)


@require_POST
@print_pages.ordering
def timeline_print(request: OfficerRequest, pk: int) -> HttpResponse:
    """Order the timeline as a PDF; the same content is made only once."""
    plan = get_plan(request, pk)
    document = order_timeline_pdf(plan=plan, by=request.user)
    return redirect("workplans:document_detail", pk=document.pk)
