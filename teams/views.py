"""The directory of offices, kept words, and the page for a refused form."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import InterfaceError, OperationalError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import defaults
from django.views.decorators.http import require_POST, require_safe

from .filters import OfficeFilter
from .kept_words import forget_words, waiting_words
from .models import Office
from .perms import can_see_contacts
from .requests import OfficerRequest

OFFICES_PER_PAGE = 50


@require_safe
def office_list(request: OfficerRequest) -> HttpResponse:
    """The offices this person works with, searchable; each with how many stand below it."""
    offices = (
        Office.objects.visible_to(request.user)
        .active()
        .select_related("parent")
        .annotate(children_count=Count("children", filter=Q(children__is_active=True)))
        .order_by("path")
    )
    found = OfficeFilter(request.GET, queryset=offices)
    page = Paginator(found.qs, OFFICES_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "teams/office_list.html", {"filter": found, "page": page})


@require_safe
def office_detail(request: OfficerRequest, code: str) -> HttpResponse:
    """One office: its posts with their holders, the offices above and below."""
    office = get_object_or_404(
        Office.objects.visible_to(request.user)
        .select_related("parent")
        .with_current_posts(timezone.localdate()),
        code=code,
    )
    above = Office.objects.filter(code__in=office.path_codes[:-1]).order_by("path")
    below = Office.objects.visible_to(request.user).active().filter(parent=office)
    page = Paginator(below.order_by("path"), OFFICES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "office": office,
        "above": above,
        "page": page,
        "shows_contacts": can_see_contacts(request.user, office),
    }
    return render(request, "teams/office_detail.html", context)


@require_safe
def kept_words(request: OfficerRequest) -> HttpResponse:
    """Offer the words of a form that arrived after the session had expired."""
    kept = waiting_words(request)
    if kept is None:
        return redirect("duties:home")
    return render(request, "teams/kept_words.html", {"kept": kept})


@require_POST
def kept_words_forget(request: OfficerRequest) -> HttpResponse:
    forget_words(request)
    return redirect("duties:home")


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without its token, most often from a page left open for days."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours; a database that is being restarted has one of its own."""
    if not isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return defaults.server_error(request)
    response = render(request, "503.html", status=503)
    response.headers["Retry-After"] = "3"
    return response
