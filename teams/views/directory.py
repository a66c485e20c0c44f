"""The directory of offices."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..filters import OfficeFilter
from ..models import Office, Team
from ..perms import can_form_team, can_see_contacts, can_see_team
from ..requests import OfficerRequest

OFFICES_PER_PAGE = 50


@require_safe
def office_list(request: OfficerRequest) -> HttpResponse:
    """The offices this person works with, searchable; each with how many stand below it.

    A search finds those that are no more as well: somebody knows an office by its old name.
    """
    visible = Office.objects.visible_to(request.user)
    offices = (
        (visible.known_to_all() if request.GET.get("q") else visible.active())
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
        .select_related("parent", "merged_into")
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
        "teams": Team.objects.visible_to(request.user).current().filter(office=office),
        "sees_team": can_see_team(request.user, office),
        "can_form": office.is_active and can_form_team(request.user, office),
    }
    return render(request, "teams/office_detail.html", context)
