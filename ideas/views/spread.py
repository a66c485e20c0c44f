"""What everybody may see: where an initiative has gone, and what all of them save."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ..models import Initiative
from ..national import nation
from ..replications import offices_to_take
from ..spread import spread_of

INITIATIVES_PER_PAGE = 30


@login_not_required
@require_safe
def spread(request: HttpRequest, pk: int) -> HttpResponse:
    """One published initiative: the tree, the map, the sums."""
    published = Initiative.objects.published().select_related("idea__office", "idea__pilot")
    initiative = get_object_or_404(published, pk=pk)
    context = {
        "spread": spread_of(initiative),
        "initiative": initiative,
        "can_take_over": request.user.is_authenticated
        and bool(offices_to_take(request.user, initiative.idea)),
    }
    return render(request, "public/spread.html", context)


@login_not_required
@require_safe
def savings(request: HttpRequest) -> HttpResponse:
    """The nation's savings in a year, by initiative and by division."""
    found = nation()
    page = Paginator(found.initiatives, INITIATIVES_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "public/savings.html", {"nation": found, "page": page})
