"""Changes of offices: choosing one, writing it, looking at what it will do, confirming it."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...actions.office_changes import ChangeRefused, cancel_change, plan_change
from ...enums import ChangeKind, ChangeStatus
from ...filters import LONGEST_SEARCH
from ...forms.administration.offices import CHANGE_FORMS, ChangeForm
from ...models import Office, OfficeChange
from ...office_changes import UPROOTING, Wanted, impact_of, objections, told_as_words
from ...offices import TIER_PARENTS
from ...perms.administration import can_change_offices
from ...requests import OfficerRequest, sent
from ...rule_kinds import KINDS
from ...templatetags.bangla_tags import day
from ...transitions import WrongState

CHANGES_PER_PAGE = 30
OFFICES_FOUND = 12
LARGEST_PK = 2**63 - 1


@require_safe
def administration(request: OfficerRequest) -> HttpResponse:
    """The doors of the system administrator."""
    _ask(request)
    planned = OfficeChange.objects.filter(status=ChangeStatus.PLANNED).count()
    context = {"kind_count": len(KINDS), "planned_count": planned}
    return render(request, "teams/administration/home.html", context)


@require_safe
def change_list(request: OfficerRequest) -> HttpResponse:
    """Changes that wait for their day, those that took place, and a search for the next one."""
    _ask(request)
    words = request.GET.get("q", "").replace("\0", "")[:LONGEST_SEARCH].strip()
    found = (
        Office.objects.active().search(words).order_by("path") if words else Office.objects.none()
    )
    changes = OfficeChange.objects.select_related("office")
    settled = changes.exclude(status=ChangeStatus.PLANNED)
    context = {
        "words": words,
        "found": found[:OFFICES_FOUND],
        "planned": changes.filter(status=ChangeStatus.PLANNED).order_by("effective_on", "pk"),
        "page": Paginator(settled, CHANGES_PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "teams/administration/change_list.html", context)


@require_safe
def change_choose(request: OfficerRequest, code: str) -> HttpResponse:
    """What can be done to one office, in a sentence each."""
    office = _get_office(request, code)
    context = {"office": office, "kinds": _possible(office)}
    return render(request, "teams/administration/change_choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_create(request: OfficerRequest, code: str, kind: str) -> HttpResponse:
    """Write a change; it is shown with all it will touch before it is confirmed."""
    office = _get_office(request, code)
    if kind not in {one.value for one, _about in _possible(office)}:
        raise Http404
    form = CHANGE_FORMS[kind](sent(request), office=office)
    if form.is_bound and form.is_valid():
        reasons = objections(form.wanted)
        if not reasons:
            answer = _confirm if "confirmed" in request.POST else _preview
            return answer(request, form)
        for reason in reasons:
            form.add_error(None, reason)
    return _form_page(request, form)


@require_safe
def change_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """One change: what it says, how it stands, what stood in its way."""
    change = _get_change(request, pk)
    wanted = Wanted.of(change)
    context = {
        "change": change,
        "facts": told_as_words(wanted),
        "impact": impact_of(wanted) if change.status == ChangeStatus.PLANNED else None,
        "made": Office.objects.filter(pk=change.details.get("made")).first(),
        "trouble": change.details.get("trouble", []),
    }
    return render(request, "teams/administration/change_detail.html", context)


@require_POST
def change_cancel(request: OfficerRequest, pk: int) -> HttpResponse:
    """Call a change off before its day."""
    change = _get_change(request, pk)
    try:
        cancel_change(change=change, by=request.user)
    except WrongState as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("পরিবর্তনটি বাতিল করা হয়েছে।"))
    return redirect("teams:change_detail", pk=pk)


# --- Pieces ------------------------------------------------------------------------------------
def _ask(request: OfficerRequest) -> None:
    if not can_change_offices(request.user):
        raise PermissionDenied


def _get_office(request: OfficerRequest, code: str) -> Office:
    _ask(request)
    return get_object_or_404(Office.objects.active().select_related("parent"), code=code)


def _get_change(request: OfficerRequest, pk: int) -> OfficeChange:
    _ask(request)
    if pk > LARGEST_PK:
        raise Http404
    changes = OfficeChange.objects.select_related("office", "created_by", "cancelled_by")
    return get_object_or_404(changes, pk=pk)


def _possible(office: Office) -> list[tuple[ChangeKind, str]]:
    """The kinds of change that an office of its place in the tree can have, each in a sentence."""
    about = {
        ChangeKind.CREATE: _("এই দপ্তরের অধীনে একটি নতুন দপ্তর, যেমন নতুন উপজেলা।"),
        ChangeKind.RENAME: _("নাম বদলায়; আগের নাম তারিখসহ থেকে যায় এবং খুঁজলে পাওয়া যায়।"),
        ChangeKind.MOVE: _("আরেক দপ্তরের অধীন হয়; অধীন সব দপ্তর সঙ্গে যায়।"),
        ChangeKind.MERGE: _("পাশের এক বা একাধিক দপ্তর এই দপ্তরে মিশে যায়; পদ ও কাগজপত্র এখানে আসে।"),
        ChangeKind.SPLIT: _("কিছু পদ নিয়ে পাশে একটি নতুন দপ্তর হয়; কাগজপত্র এখানে থাকে।"),
        ChangeKind.CLOSE: _("দপ্তর ও তার পদ বন্ধ হয়; কাগজপত্র ঊর্ধ্বতন দপ্তর পড়তে পারে।"),
    }
    impossible: set[ChangeKind] = set()
    if office.parent_id is None:
        impossible |= UPROOTING
    if office.tier not in TIER_PARENTS.values():
        impossible.add(ChangeKind.CREATE)
    return [(kind, about[kind]) for kind in ChangeKind if kind not in impossible]


def _form_page(request: OfficerRequest, form: ChangeForm) -> HttpResponse:
    context = {
        "form": form,
        "office": form.office,
        "kind": ChangeKind(form.kind),
        "draft": f"change-{form.kind}-{form.office.code}",
    }
    status = 422 if form.errors else 200
    return render(request, "teams/administration/change_form.html", context, status=status)


def _preview(request: OfficerRequest, form: ChangeForm) -> HttpResponse:
    """What will happen, with all that was typed, waiting for a yes."""
    wanted = form.wanted
    context = {
        "form": form,
        "office": form.office,
        "kind": ChangeKind(form.kind),
        "facts": told_as_words(wanted),
        "wanted": wanted,
        "impact": impact_of(wanted),
        "is_at_once": wanted.effective_on <= timezone.localdate(),
    }
    return render(request, "teams/administration/change_preview.html", context)


@reauthentication_required
def _confirm(request: OfficerRequest, form: ChangeForm) -> HttpResponse:
    """Plan it, which carries it out if its day is there; the password was typed of late."""
    try:
        change = plan_change(wanted=form.wanted, by=request.user)
    except ChangeRefused as why:
        for reason in why.reasons:
            form.add_error(None, reason)
        return _form_page(request, form)
    told: dict[str, Any] = {"kind": change.get_kind_display(), "day": day(change.effective_on)}
    is_done = change.status == ChangeStatus.APPLIED
    said = _("%(kind)s কার্যকর হয়েছে।") if is_done else _("%(kind)s %(day)s তারিখে কার্যকর হবে।")
    messages.success(request, said % told, extra_tags=f"change-{form.kind}-{form.office.code}")
    return redirect("teams:change_detail", pk=change.pk)
