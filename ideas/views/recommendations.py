"""Answering what a superior office recommended."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teams.requests import OfficerRequest, sent
from teams.transitions import WrongState

from .. import perms
from ..actions import refuse_recommendation
from ..forms.replications import RefuseForm
from ..models import Recommendation


@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_refuse(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say that what was recommended is not taken, and why."""
    asked = Recommendation.objects.visible_to(request.user).select_related(
        "idea__initiative", "idea__office", "office", "made_for"
    )
    recommendation = get_object_or_404(asked, pk=pk)
    if not perms.can_answer_recommendation(request.user, recommendation):
        raise PermissionDenied
    form = RefuseForm(sent(request))
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            refuse_recommendation(recommendation=recommendation, reason=reason, by=request.user)
        except WrongState as why:
            messages.error(request, str(why))
        else:
            messages.success(request, _("উত্তর পাঠানো হয়েছে।"), extra_tags=f"refuse-{pk}")
        return redirect("ideas:replication_list")
    context = {"form": form, "recommendation": recommendation}
    status = 422 if form.errors else 200
    return render(request, "ideas/recommendation_refuse.html", context, status=status)
