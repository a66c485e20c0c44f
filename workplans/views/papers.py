"""Every form of a plan to take away, and its progress tables."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from teams import print_pages
from teams.requests import OfficerRequest
from teams.sheets import XLSX

from .. import perms
from ..actions import switch_form
from ..documents import order_paper, plan_filename
from ..enums import PlanForm
from ..exports import progress_workbook
from ..form_rules import form_for
from ..models import WorkPlan
from ..papers.progress import progress_content
from ..papers.word import DOCX, paper_docx
from ..spans import Span, SpanKind, span_of, spans_of, usual_span
from .documents import file_response
from .plans import get_plan

SPAN_GROUPS = (
    (SpanKind.MONTH, gettext_lazy("মাস")),
    (SpanKind.QUARTER, gettext_lazy("ত্রৈমাসিক")),
    (SpanKind.HALF, gettext_lazy("ষান্মাসিক")),
    (SpanKind.WHOLE, gettext_lazy("পুরো সময়")),
)


@require_safe
def workplan_papers(request: OfficerRequest, pk: int) -> HttpResponse:
    """All forms of the plan, each as PDF, Word and Excel."""
    plan = get_plan(request, pk)
    context = {
        "plan": plan,
        "forms": PlanForm.choices,
        "by_rule": form_for(plan.period),
        "can_switch": perms.can_switch_form(request.user, plan),
    }
    return render(request, "workplans/papers.html", context)


@require_POST
def workplan_switch_form(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show the plan in another form from now on."""
    plan = get_plan(request, pk)
    wanted = request.POST.get("form", "")
    if wanted not in PlanForm.values:
        raise Http404
    form = PlanForm(wanted)
    if switch_form(workplan=plan, form=form, by=request.user):
        messages.success(
            request, _("পরিকল্পনার ছক এখন “%(form)s”। কোনো লেখা বদলায়নি।") % {"form": form.label}
        )
    return redirect("workplans:papers", pk=plan.pk)


# --- Progress tables -------------------------------------------------------------------------
@require_safe
def progress_table(request: OfficerRequest, pk: int) -> HttpResponse:
    """The progress of a month, a quarter, a half or the whole period, as it will be printed."""
    plan, span = _asked(request, pk)
    context = {
        "plan": plan,
        "span": span,
        "spans": _grouped(plan),
        "content": progress_content(plan, span),
    }
    return render(request, "workplans/progress_table.html", context)


@require_POST
@print_pages.ordering
def progress_print(request: OfficerRequest, pk: int) -> HttpResponse:
    """Order the PDF of the progress table."""
    plan, span = _asked(request, pk)
    document = order_paper(plan, progress_content(plan, span), by=request.user)
    return redirect("workplans:document_detail", pk=document.pk)


@require_safe
def progress_docx(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """The progress table as a Word file."""
    plan, span = _asked(request, pk)
    written = paper_docx(progress_content(plan, span))
    return file_response(written, DOCX, plan_filename(plan, "docx", span.code))


@require_safe
def progress_xlsx(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """The progress table as an Excel file."""
    plan, span = _asked(request, pk)
    written = progress_workbook(progress_content(plan, span))
    return file_response(written, XLSX, plan_filename(plan, "xlsx", span.code))


def _asked(request: OfficerRequest, pk: int) -> tuple[WorkPlan, Span]:
    """The plan and the span of the address; of a revision, the plan that progress is told of.

    Without a span it is this month's, once the period is over the whole. An unknown one is 404.
    """
    plan = get_plan(request, pk)
    if plan.revises is not None:
        plan = get_plan(request, plan.revises.pk)
    code = request.GET.get("span", "")
    if not code:
        return plan, usual_span(plan.period, timezone.localdate())
    span = span_of(plan.period, code)
    if span is None:
        raise Http404
    return plan, span


def _grouped(plan: WorkPlan) -> list[tuple[str, list[Span]]]:
    """What can be chosen, under its kind."""
    spans = spans_of(plan.period)
    return [
        (str(label), [span for span in spans if span.kind == kind]) for kind, label in SPAN_GROUPS
    ]
