"""Dated rules of all rooms: what is in force, what comes, what was."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ...actions.rules import (
    RuleChanged,
    RuleRefused,
    add_rule,
    correct_rule,
    fingerprint,
    told,
    withdraw_rule,
)
from ...forms.administration.rules import RuleForm, lines_of
from ...perms.administration import can_manage_rules
from ...requests import OfficerRequest, sent
from ...rule_kinds import KINDS, RuleKind, Standing, standing_of

LARGEST_PK = 2**63 - 1


@require_safe
def rule_kinds(request: OfficerRequest) -> HttpResponse:
    """Every kind of rule, with how many are in force and how many come."""
    _ask(request)
    kinds = [(kind, _counts(kind)) for kind in KINDS.values()]
    return render(request, "teams/administration/rule_kinds.html", {"kinds": kinds})


@require_safe
def rule_list(request: OfficerRequest, kind: str) -> HttpResponse:
    """The rules of one kind, parted by how they stand today."""
    found = _kind(request, kind)
    today = timezone.localdate()
    groups: dict[Standing, list[Any]] = {standing: [] for standing in Standing}
    for rule in _with_lines(found):
        groups[standing_of(rule, today)].append((rule, found.tell(rule)))
    context = {
        "kind": found,
        "in_force": groups[Standing.IN_FORCE],
        "coming": groups[Standing.COMING],
        "past": groups[Standing.PAST],
    }
    return render(request, "teams/administration/rule_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rule_create(request: OfficerRequest, kind: str) -> HttpResponse:
    """A new rule from a day; `?from=` names the one whose words it begins with."""
    found = _kind(request, kind)
    pattern = _pattern(found, request.GET.get("from", ""))
    posted = sent(request)
    form = RuleForm(posted, kind=found, model_rule=pattern)
    lines = lines_of(found, pattern, posted, as_new=True)
    if posted is not None and _both_valid(form, lines):
        try:
            add_rule(
                kind=found,
                values=form.values,
                lines=lines.rows if lines is not None else (),
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except RuleRefused as why:
            form.add_error(None, str(why))
        else:
            done = _("নিয়মটি লেখা হয়েছে।")
            messages.success(request, done, extra_tags=f"rule-{found.code}-new")
            return redirect("teams:rule_list", kind=found.code)
    return _form_page(request, found, form, lines)


@require_http_methods(["GET", "HEAD", "POST"])
def rule_update(request: OfficerRequest, kind: str, pk: int) -> HttpResponse:
    """Put a rule right; one that somebody changed meanwhile is shown beside one's own words."""
    found = _kind(request, kind)
    rule = _get_rule(found, pk)
    posted = sent(request)
    form = RuleForm(posted, kind=found, rule=rule)
    lines = lines_of(found, rule, posted, as_new=False)
    if posted is not None and _both_valid(form, lines):
        try:
            correct_rule(
                kind=found,
                rule=rule,
                values=form.values,
                lines=lines.rows if lines is not None else (),
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
                by=request.user,
            )
        except RuleRefused as why:
            form.add_error(None, str(why))
        except RuleChanged as changed:
            return _conflict(request, found, form, lines, changed.current)
        else:
            messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"rule-{found.code}-{pk}")
            return redirect("teams:rule_list", kind=found.code)
    return _form_page(request, found, form, lines, rule=rule)


@require_http_methods(["GET", "HEAD", "POST"])
def rule_delete(request: OfficerRequest, kind: str, pk: int) -> HttpResponse:
    """Take away a rule before its day, after saying what goes on instead."""
    found = _kind(request, kind)
    rule = _get_rule(found, pk)
    if request.method == "POST":
        try:
            withdraw_rule(kind=found, rule=rule, reopen="reopen" in request.POST, by=request.user)
        except RuleRefused as why:
            messages.error(request, str(why))
        else:
            messages.success(request, _("নিয়মটি তুলে নেওয়া হয়েছে।"))
        return redirect("teams:rule_list", kind=found.code)
    context = {"kind": found, "rule": rule, "words": found.tell(rule)}
    return render(request, "teams/administration/rule_delete.html", context)


# --- Pieces ------------------------------------------------------------------------------------
def _ask(request: OfficerRequest) -> None:
    if not can_manage_rules(request.user):
        raise PermissionDenied


def _kind(request: OfficerRequest, code: str) -> RuleKind:
    _ask(request)
    if code not in KINDS:
        raise Http404
    return KINDS[code]


def _get_rule(kind: RuleKind, pk: int) -> Any:
    if pk > LARGEST_PK:
        raise Http404
    return get_object_or_404(_with_lines(kind), pk=pk)


def _with_lines(kind: RuleKind) -> Any:
    if kind.lines is None:
        return kind.rows()
    link: Any = kind.lines.model._meta.get_field(kind.lines.link)
    return kind.rows().prefetch_related(link.remote_field.get_accessor_name())


def _pattern(kind: RuleKind, wanted: str) -> Any:
    """The rule whose words a new one begins with, if a known one is named."""
    is_number = wanted.isascii() and wanted.isdecimal() and len(wanted) < 19
    return kind.rows().filter(pk=wanted).first() if is_number else None


def _counts(kind: RuleKind) -> dict[str, int]:
    today = timezone.localdate()
    counts = {standing.value: 0 for standing in Standing}
    for rule in kind.rows().only("valid_from", "valid_to"):
        counts[standing_of(rule, today)] += 1
    return counts


def _both_valid(form: RuleForm, lines: Any) -> bool:
    """Both are asked, so that all that is wrong is said at once."""
    answers = [form.is_valid(), lines is None or lines.is_valid()]
    return all(answers)


def _form_page(
    request: OfficerRequest, kind: RuleKind, form: RuleForm, lines: Any, *, rule: Any = None
) -> HttpResponse:
    wrong = bool(form.errors) or (lines is not None and lines.is_bound and not lines.is_valid())
    context = {
        "kind": kind,
        "form": form,
        "lines": lines,
        "rule": rule,
        "in_force": rule is not None
        and standing_of(rule, timezone.localdate()) == Standing.IN_FORCE,
        "draft": f"rule-{kind.code}-{rule.pk if rule else 'new'}",
    }
    status = 422 if wrong else 200
    return render(request, "teams/administration/rule_form.html", context, status=status)


def _conflict(
    request: OfficerRequest, kind: RuleKind, form: RuleForm, lines: Any, current: Any
) -> HttpResponse:
    """Both texts; what is sent next replaces what now stands."""
    form.data = {**request.POST.dict(), "seen": fingerprint(kind, current)}
    said = told(kind, current)
    names = {"valid_from": _("যে তারিখ থেকে"), "valid_to": _("যে তারিখ পর্যন্ত"), "source": _("সূত্র")}
    theirs = [
        (names.get(name) or kind.name_of(name), said[name]) for name in said if name != "lines"
    ]
    context = {
        "kind": kind,
        "form": form,
        "lines": lines,
        "rule": current,
        "theirs": theirs,
        "their_lines": said.get("lines", []),
        "draft": f"rule-{kind.code}-{current.pk}",
    }
    return render(request, "teams/administration/rule_form.html", context, status=409)
