"""Which duties of the team the tasks of a plan serve, and which duties have no task."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from teams.models import TermOfReference
from teams.requests import OfficerRequest, page_asked, sent
from teams.templatetags.bangla_tags import digits
from teams.transitions import WrongState

from .. import perms
from ..actions import tag_task, tag_tasks
from ..actions.terms import untagged
from ..coverage import coverage_of
from ..forms.terms import TermsForm
from ..models import Task, WorkPlan
from ..table import plan_table
from ..terms import Proposals, terms_in_force
from .plans import get_plan

TASKS_PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def task_terms(request: OfficerRequest, pk: int) -> HttpResponse:
    """Tick the duties that one task serves; a proposal is taken by one press."""
    tasks = (
        Task.everything.visible_to(request.user).kept().select_related("plan__office", "subject")
    )
    task = get_object_or_404(tasks, pk=pk)
    if not perms.can_tag_tasks(request.user, task.plan):
        raise PermissionDenied
    form = terms_form(request, task.plan, task=task)
    if request.method == "POST" and form.is_valid():
        accepted = form.proposals if "accept" in request.POST else []
        ticked = form.ticked if form.chosen is None else form.chosen
        try:
            tag_task(task=task, terms=[*ticked, *accepted], by=request.user)
        except WrongState as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("কাজের কার্যপরিধি রাখা হয়েছে।"), extra_tags=f"terms-{pk}")
        return redirect(page_asked(request) or f"{task.plan.get_absolute_url()}#task-{pk}")
    context = {"task": task, "plan": task.plan, "form": form, "next": page_asked(request)}
    status = 422 if form.errors else 200
    return render(request, "workplans/task_terms.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_terms(request: OfficerRequest, pk: int) -> HttpResponse:
    """The tasks of which nobody has said what duty they serve, each with boxes to tick."""
    plan = get_plan(request, pk)
    if not perms.can_tag_tasks(request.user, plan):
        raise PermissionDenied
    tasks = untagged(plan).select_related("subject")
    page = Paginator(tasks, TASKS_PER_PAGE).get_page(request.GET.get("page"))
    # What was sent is of the tasks that were shown, also when others were tagged meanwhile.
    was_shown = (task for task in tasks if f"{_prefix(task)}-terms_shown" in request.POST)
    shown = list(was_shown) if request.method == "POST" else list(page.object_list)
    forms = _forms(request, shown, terms_in_force(plan))
    if request.method == "POST" and all(form.is_valid() for _task, form in forms):
        accepted = request.POST.get("accept", "")
        chosen = {
            task.pk: [*form.ticked, *(form.proposals if accepted == str(task.pk) else [])]
            for task, form in forms
        }
        try:
            count = tag_tasks(workplan=plan, terms=chosen, by=request.user)
        except WrongState as reason:
            messages.error(request, str(reason))
            return redirect(plan)
        _say_tagged(request, count, draft=f"plan-terms-{pk}")
        return redirect("workplans:plan_terms", pk=pk)
    context = {"plan": plan, "page": page, "forms": forms}
    status = 422 if any(form.errors for _task, form in forms) else 200
    return render(request, "workplans/plan_terms.html", context, status=status)


@require_safe
def coverage(request: OfficerRequest, pk: int) -> HttpResponse:
    """The duties in force with the tasks that serve each, and those without any."""
    plan = get_plan(request, pk)
    table = plan_table(plan, today=timezone.localdate())
    context = {
        "plan": plan,
        "table": table,
        "coverage": coverage_of(table, terms_in_force(plan)),
        "can_edit": perms.can_edit_workplan(request.user, plan),
        "can_tag": perms.can_tag_tasks(request.user, plan),
    }
    return render(request, "workplans/coverage.html", context)


# --- Shared with the page of a row ---------------------------------------------------------
def terms_form(
    request: OfficerRequest, plan: WorkPlan, *, task: Task | None = None, wanted: str = ""
) -> TermsForm:
    """The boxes of a task; of a new one, with the duty whose number is `wanted` ticked."""
    if request.method == "POST" and "terms_shown" not in request.POST:
        return TermsForm(request.POST, among=())  # from the grid, which has no boxes
    terms = terms_in_force(plan)
    if task is None:
        chosen = [term.pk for term in terms if str(term.number) == wanted]
        return TermsForm(sent(request), among=terms, chosen=chosen)
    chosen = list(task.terms.values_list("pk", flat=True))
    proposed = [] if chosen else Proposals(terms).of(task.title, task.subject.name)
    return TermsForm(sent(request), among=terms, chosen=chosen, proposed=proposed, is_tagged=True)


def _forms(
    request: OfficerRequest, tasks: Sequence[Task], terms: Sequence[TermOfReference]
) -> list[tuple[Task, TermsForm]]:
    proposals = Proposals(terms)
    return [
        (
            task,
            TermsForm(
                sent(request),
                prefix=_prefix(task),
                among=terms,
                proposed=proposals.of(task.title, task.subject.name),
            ),
        )
        for task in tasks
    ]


def _prefix(task: Task) -> str:
    return f"task{task.pk}"


def _say_tagged(request: OfficerRequest, count: int, *, draft: str) -> None:
    if count:
        said = _("%(count)sটি কাজের কার্যপরিধি রাখা হয়েছে।") % {"count": digits(count)}
        messages.success(request, said, extra_tags=draft)
    else:
        messages.info(request, _("কোনো ঘরে টিক ছিল না; কিছু বদলায়নি।"))
