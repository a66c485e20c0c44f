"""The register of decisions, one decision, and what its implementers and its team do with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.models import AuditEntry, Post, User
from teams.requests import OfficerRequest, sent
from teams.templatetags.bangla_tags import day
from teams.transitions import Transition, WrongState
from teams.uploads import serve_evidence

from .. import enums, perms
from ..actions import complete_decision, drop_decision, report_assignment, resume_decision
from ..filters import DecisionFilter
from ..forms.following import AssignmentReportForm, DropForm, ResumeForm
from ..models import Assignment, AssignmentReport, Decision, DecisionQuerySet, Meeting

DECISIONS_PER_PAGE = 30
# What the record tells of a decision in force.
SHOWN_STEPS = (
    *(f"decision.{step.name}" for step in enums.DECISION_TRANSITIONS),
    "decision.due",
)


@require_safe
def decision_list(request: OfficerRequest) -> HttpResponse:
    """The register: what is followed, or whatever is asked for."""
    decisions = Decision.objects.in_force().visible_to(request.user).for_register()
    found = DecisionFilter(request.GET, queryset=decisions, request=request)
    page = Paginator(_with_rows(found.listed, request.user), DECISIONS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "filter": found,
        "page": page,
        "rows": [RegisterRow.of(decision, request.user) for decision in page],
        "counts": found.counts().items(),
    }
    return render(request, "meetings/decision_list.html", context)


@require_safe
def decision_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """One decision: who owes it, what was reported, and the steps open to this person."""
    decision = _get_decision(request, pk)
    user, today = request.user, timezone.localdate()
    is_ours = user.scope.is_in_team(decision.meeting.office_id)
    assignments = _assignments(decision, user, today)
    context = {
        "decision": decision,
        "late_days": decision.late_days(today),
        "is_ours": is_ours,
        "meeting_is_visible": Meeting.objects.visible_to(user)
        .filter(pk=decision.meeting_id)
        .exists(),
        "assignments": assignments,
        # Whoever decided has the minutes; of the others each has its own decisions.
        "has_extract": not is_ours
        and any(user.scope.is_in_team(one.office_id) for one in assignments),
        "to_report": [one for one in assignments if perms.can_report_assignment(user, one)],
        "steps": _steps_open_to(user, decision),
        "events": _events(decision, user, is_ours=is_ours),
    }
    return render(request, "meetings/decision_detail.html", context)


# --- The team's steps ----------------------------------------------------------------------
@require_POST
def decision_complete(request: OfficerRequest, pk: int) -> HttpResponse:
    decision = _get_decision(request, pk)
    return _stepped(
        request,
        decision,
        lambda: complete_decision(decision=decision, by=request.user),
        _("সিদ্ধান্তটি বাস্তবায়িত ধরা হয়েছে।"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decision_drop(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give a decision up, with the reason."""
    decision = _get_decision(request, pk)
    if (refused := _refused(request, decision, enums.DROP)) is not None:
        return refused
    form = DropForm(sent(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        return _stepped(
            request,
            decision,
            lambda: drop_decision(decision=decision, by=request.user, reason=reason),
            _("সিদ্ধান্তটি বাদ দেওয়া হয়েছে।"),
            draft=f"decision-drop-{pk}",
        )
    return _reason_page(request, "meetings/decision_drop.html", decision, form)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_resume(request: OfficerRequest, pk: int) -> HttpResponse:
    """Let everybody owe a decision again, with what is missing."""
    decision = _get_decision(request, pk)
    if (refused := _refused(request, decision, enums.RESUME)) is not None:
        return refused
    form = ResumeForm(sent(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        return _stepped(
            request,
            decision,
            lambda: resume_decision(decision=decision, by=request.user, reason=reason),
            _("সিদ্ধান্তটি আবার চালু হয়েছে; সব বাস্তবায়নকারীর করণীয়তে উঠেছে।"),
            draft=f"decision-resume-{pk}",
        )
    return _reason_page(request, "meetings/decision_resume.html", decision, form)


# --- The implementers' reports -------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_report(request: OfficerRequest, pk: int) -> HttpResponse:
    """Tell what was done on a decision."""
    visible = Assignment.objects.visible_to(request.user).kept()
    assignment = get_object_or_404(
        visible.select_related("decision__meeting__office", "decision__item", "office", "post"),
        pk=pk,
    )
    decision = assignment.decision
    form = AssignmentReportForm(sent(request), request.FILES or None)
    if form.is_valid():
        return _stepped(
            request,
            decision,
            lambda: report_assignment(assignment=assignment, by=request.user, **form.cleaned_data),
            _("অগ্রগতি জানানো হয়েছে।"),
            draft=f"assignment-{pk}",
        )
    if not decision.is_followed:
        messages.error(request, _("সিদ্ধান্তটি আর অনুসরণে নেই; নিচে এখনকার অবস্থা দেখুন।"))
        return redirect(decision)
    if not perms.can_report_assignment(request.user, assignment):
        raise PermissionDenied
    context = {
        "form": form,
        "assignment": assignment,
        "decision": decision,
        "late_days": decision.late_days(timezone.localdate()),
    }
    status = 422 if form.errors else 200
    return render(request, "meetings/decision_report.html", context, status=status)


@require_safe
def report_evidence(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """The file that proves a report, to whoever may see the report."""
    reports = AssignmentReport.objects.visible_to(request.user).exclude(evidence="")
    report = get_object_or_404(reports, pk=pk)
    return serve_evidence(report.evidence, filename=report.evidence_name)


# --- What the pages show -------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A decision in the register; of its assignments only those this person may see."""

    decision: Decision
    late_days: int
    is_received: bool
    told: int
    asked: int

    @classmethod
    def of(cls, decision: Decision, user: User) -> "RegisterRow":
        shown = decision.assignments.all()  # those that _with_rows fetched
        return cls(
            decision=decision,
            late_days=decision.late_days(timezone.localdate()),
            is_received=not user.scope.is_in_team(decision.meeting.office_id),
            told=sum(one.reported_at is not None for one in shown),
            asked=len(shown),
        )


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a decision: a report, or a step of its team.

    `on_behalf_of` names the post whose part was reported by somebody else.
    """

    on: date
    at: datetime
    title: str
    words: str
    who: str
    on_behalf_of: str = ""
    report: AssignmentReport | None = None


def _with_rows(decisions: DecisionQuerySet, user: User) -> DecisionQuerySet:
    shown = Assignment.objects.visible_to(user).kept()
    return decisions.select_related("meeting__office").prefetch_related(
        Prefetch("assignments", queryset=shown)
    )


def _assignments(decision: Decision, user: User, today: date) -> list[Assignment]:
    """Who owes the decision, with holders of today and last reports: of another office's
    decision only one's own office."""
    shown = (
        Assignment.objects.visible_to(user)
        .kept()
        .filter(decision=decision)
        .select_related("office")
        .with_last_report()
        .prefetch_related(Prefetch("post", queryset=Post.objects.with_holders(today)))
        .order_by("office__path", "post__position", "pk")
    )
    found = list(shown)
    for one in found:
        one.decision = decision
    return found


def _steps_open_to(user: User, decision: Decision) -> list[str]:
    """The names of the steps that the page offers."""
    if not perms.can_close_decision(user, decision):
        return []
    steps = (enums.COMPLETE, enums.DROP, enums.RESUME)
    return [step.name for step in steps if decision.status in step.sources]


def _events(decision: Decision, user: User, *, is_ours: bool) -> list[Event]:
    """Reports and steps, the newest first (two queries)."""
    reports = (
        AssignmentReport.objects.visible_to(user)
        .filter(assignment__decision=decision)
        .select_related("created_by", "by_post", "assignment__post", "assignment__office")
    )
    events = [_event_of_report(report) for report in reports]
    events += _events_of_steps(decision, is_ours=is_ours)
    return sorted(events, key=lambda event: (event.on, event.at), reverse=True)


def _event_of_report(report: AssignmentReport) -> Event:
    return Event(
        on=report.on,
        at=report.created_at,
        title=_("পুরোপুরি বাস্তবায়িত বলে জানানো হয়েছে") if report.is_done else _("অগ্রগতি"),
        words=report.text,
        who=_who(report.created_by, report.by_post),
        on_behalf_of=_represented(report),
        report=report,
    )


def _events_of_steps(decision: Decision, *, is_ours: bool) -> list[Event]:
    """What the record says about the decision's steps.

    The last implementer's name belongs to the report, which other offices may not read.
    """
    entries = AuditEntry.objects.filter(
        object_type=decision._meta.label_lower,
        object_id=decision.pk,
        action__in=SHOWN_STEPS,
    ).select_related("by", "by_post")
    return [
        Event(
            on=timezone.localdate(entry.at),
            at=entry.at,
            title=_title_of_step(entry),
            words=str(entry.after.get("reason", "")),
            who=_who(entry.by, entry.by_post)
            if is_ours or entry.action != "decision.report"
            else "",
        )
        for entry in entries
    ]


def _title_of_step(entry: AuditEntry) -> str:
    if entry.action == "decision.due":
        due = str(entry.after.get("due_on", ""))
        if not due:
            return _("শেষ তারিখ তুলে নেওয়া হয়েছে")
        return _("নতুন শেষ তারিখ: %(day)s") % {"day": day(date.fromisoformat(due))}
    return {
        "decision.report": _("সকল বাস্তবায়নকারী কাজ শেষ বলে জানিয়েছেন"),
        "decision.complete": _("বাস্তবায়িত ধরা হয়েছে"),
        "decision.drop": _("বাদ দেওয়া হয়েছে"),
        "decision.resume": _("আবার চালু করা হয়েছে"),
    }[entry.action]


def _who(person: User | None, post: Post | None) -> str:
    """ "রোকসানা পারভীন, উপজেলা নির্বাহী অফিসার" """
    names = (person.name if person else "", post.designation if post else "")
    return ", ".join(name for name in names if name)


def _represented(report: AssignmentReport) -> str:
    """Whose part it is, when somebody else spoke: the post, or the office without a head."""
    assignment = report.assignment
    if assignment.post and assignment.post == report.by_post:
        return ""
    return str(assignment.post or assignment.office)


# --- How these views answer ----------------------------------------------------------------
def _get_decision(request: OfficerRequest, pk: int) -> Decision:
    """The decision if this person may see it; 404 otherwise."""
    decisions = Decision.objects.visible_to(request.user).select_related(
        "meeting__office", "item", "task", "idea"
    )
    return get_object_or_404(decisions, pk=pk)


def _refused(request: OfficerRequest, decision: Decision, step: Transition) -> HttpResponse | None:
    """Why this person cannot take the step now, or None.

    Raises PermissionDenied.
    """
    if not perms.can_close_decision(request.user, decision):
        raise PermissionDenied
    if decision.status in step.sources:
        return None
    messages.error(request, _("এর মধ্যে সিদ্ধান্তটির অবস্থা বদলে গেছে; নিচে এখনকার অবস্থা দেখুন।"))
    return redirect(decision)


def _stepped(
    request: OfficerRequest,
    decision: Decision,
    step: Callable[[], object],
    done: str,
    *,
    draft: str = "",
) -> HttpResponse:
    """Take a step and go back to the decision; `draft` names the words that have arrived."""
    try:
        step()
    except WrongState as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, done, extra_tags=draft)
    return redirect(decision)


def _reason_page(
    request: OfficerRequest, template: str, decision: Decision, form: DropForm | ResumeForm
) -> HttpResponse:
    context = {"decision": decision, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)
