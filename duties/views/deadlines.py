"""Due dates: what is owed, by which rules, and who was given more time."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.core.validators import slug_re
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.perms import can_grant_extension
from teams.models import DueRule, Extension, Office
from teams.requests import OfficerRequest, sent
from teams.templatetags.bangla_tags import day
from teams.transitions import WrongState

from ..actions import AlreadyGranted, grant_extension, revoke_extension
from ..forms import BelowFilter, ExtensionForm
from ..matters.spans import Spans
from ..matters.words import title_of
from ..models import ReminderRule
from ..overview import (
    matters_below,
    offices_below,
    own_matters,
    reminder_words,
    rows,
    rule_words,
)

ROWS_PER_PAGE = 50


@require_safe
def deadline_list(request: OfficerRequest) -> HttpResponse:
    """What one's own office owes, and how the offices below stand."""
    today, chosen = timezone.localdate(), BelowFilter(request.GET)
    context = {
        "own": rows(own_matters(request.user, today), today),
        "shows_office": len(request.user.scope.team_offices) > 1,
        "has_below": offices_below(request.user).exists(),
        "filter": {"form": chosen},
        "can_grant": can_grant_extension(request.user),
    }
    if context["has_below"]:
        found = matters_below(request.user, today, **chosen.chosen)
        page = Paginator(found, ROWS_PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "below": rows(list(page.object_list), today)}
    return render(request, "duties/deadline_list.html", context)


@require_safe
def rule_list(request: OfficerRequest) -> HttpResponse:
    """The rules behind due dates and reminders, with the order each comes from."""
    today = timezone.localdate()
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    context = {
        "rules": [(rule, rule_words(rule)) for rule in DueRule.objects.filter(not_over)],
        "reminders": [
            (rule, reminder_words(rule)) for rule in ReminderRule.objects.filter(not_over)
        ],
    }
    return render(request, "duties/rule_list.html", context)


@require_safe
def extension_list(request: OfficerRequest) -> HttpResponse:
    """Who was given more time or let off, and why."""
    found = Extension.objects.visible_to(request.user).select_related(
        "office", "granted_by", "revoked_by"
    )
    page = Paginator(found, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    spans = Spans()
    context = {
        "page": page,
        "grants": [(one, _title(one, spans)) for one in page],
        "can_grant": can_grant_extension(request.user),
    }
    return render(request, "duties/extension_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def extension_create(request: OfficerRequest) -> HttpResponseBase:
    """Give one office (`?office=code`) or all of them more time, or let them off."""
    if not can_grant_extension(request.user):
        raise PermissionDenied
    office = _office(request)
    form = ExtensionForm(
        sent(request), office=office, initial={"matter": request.GET.get("matter", "")}
    )
    if form.is_valid():
        try:
            grant_extension(**form.grant, office=office, by=request.user)
        except AlreadyGranted as known:
            form.add_error(None, _already(known.extension))
        else:
            messages.success(
                request,
                _("দেওয়া হয়েছে; দপ্তরকে চিঠি পাঠানো হচ্ছে।"),
                extra_tags=_draft(office),
            )
            return redirect("duties:extension_list")
    status = 422 if form.errors else 200
    context = {"form": form, "office": office, "draft": _draft(office)}
    return render(request, "duties/extension_form.html", context, status=status)


@require_POST
def extension_revoke(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """Take a grant back; the rule's own day counts again."""
    found = Extension.objects.visible_to(request.user).select_related("office")
    extension = get_object_or_404(found, pk=pk)
    try:
        revoke_extension(extension=extension, by=request.user)
    except WrongState as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("তুলে নেওয়া হয়েছে; দপ্তরকে চিঠি পাঠানো হচ্ছে।"))
    return redirect("duties:extension_list")


def _office(request: OfficerRequest) -> Office | None:
    """The office the address names, None for all of them; 404 for one there is not."""
    code = request.GET.get("office", "")
    if not code:
        return None
    if not slug_re.match(code):  # a NUL would trouble PostgreSQL
        raise Http404
    return get_object_or_404(Office.objects.active(), code=code)


def _draft(office: Office | None) -> str:
    return f"extension-{office.code if office else 'all'}"


def _title(extension: Extension, spans: Spans) -> str:
    last = spans.last_day_of(extension.kind, extension.starts_on)
    return title_of(extension.kind, extension.starts_on, last)


def _already(known: Extension) -> str:
    if known.new_due_on is None:
        return _("এটির জন্য আগেই অব্যাহতি দেওয়া আছে। বদলাতে হলে আগে তালিকা থেকে সেটি তুলে নিন।")
    return _("এটির সময় আগেই %(day)s পর্যন্ত বাড়ানো হয়েছে। বদলাতে হলে আগে তালিকা থেকে সেটি তুলে নিন।") % {
        "day": day(known.new_due_on)
    }
