"""Awards: given, shown, revoked; their certificates."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams import print_pages
from teams.actions import MemoTaken
from teams.models import Office
from teams.requests import OfficerRequest, sent
from teams.transitions import WrongState

from .. import perms
from ..actions import give_award, revoke_award
from ..certificates import certificate_filename
from ..forms.showcase import AwardForm, RevokeForm
from ..models import Award, Certificate
from ..showcase import awards_of

AWARDS_PER_PAGE = 30


@require_safe
def award_list(request: OfficerRequest) -> HttpResponse:
    """What one's own offices gave."""
    page = Paginator(awards_of(request.user), AWARDS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "can_give": bool(request.user.scope.led_offices),
        "shows_office": len(request.user.scope.team_offices) > 1,
    }
    return render(request, "ideas/award_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def award_create(request: OfficerRequest) -> HttpResponse:
    """Give an award; the address may name the office, the idea and the event."""
    offices = request.user.scope.led_offices
    if not offices:
        raise PermissionDenied
    wanted = request.GET.get("office", "")
    office = next((one for one in offices if str(one.pk) == wanted), offices[0])
    form = AwardForm(
        sent(request),
        office=office,
        initial={name: _number(request.GET, name) for name in ("idea", "event")},
    )
    if not form.is_valid():
        return _form_page(request, form, office, offices)
    try:
        award = give_award(
            office=office,
            text=form.text,
            memo=form.cleaned_data["memo"],
            by=request.user,
            form_key=form.cleaned_data["form_key"],
        )
    except MemoTaken as taken:
        form.add_error("memo", str(taken))
        return _form_page(request, form, office, offices)
    messages.success(
        request, _("স্বীকৃতিটি লেখা হয়েছে; সনদ তৈরি হচ্ছে।"), extra_tags=f"award-new-{office.pk}"
    )
    return redirect(award)


@require_safe
def award_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """One award, its certificate, and the code by which anybody checks it."""
    award = _get_award(request, pk)
    context = {
        "award": award,
        "certificate": award.certificates.select_related("job__document").first(),
        "can_revoke": award.revoked_at is None
        and perms.can_revoke_award(request.user, award.office_id),
    }
    return render(request, "ideas/award_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def award_revoke(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take an award back, with the reason."""
    award = _get_award(request, pk)
    if not perms.can_revoke_award(request.user, award.office_id):
        raise PermissionDenied
    form = RevokeForm(sent(request))
    if not form.is_valid():
        if award.revoked_at:
            return redirect(award)
        context = {"form": form, "award": award}
        status = 422 if form.errors else 200
        return render(request, "ideas/award_revoke.html", context, status=status)
    try:
        revoke_award(award=award, reason=form.cleaned_data["reason"], by=request.user)
    except WrongState as why:
        messages.error(request, str(why))
    else:
        done = _("স্বীকৃতিটি বাতিল হয়েছে; সনদ যাচাই করলে এখন তা-ই দেখা যাবে।")
        messages.success(request, done, extra_tags=f"revoke-{pk}")
    return redirect(award)


# --- Certificates ------------------------------------------------------------------------------
@require_safe
def certificate_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """How far the certificate is; the page looks again by itself while it is being made."""
    certificate = _get_certificate(request, pk)
    template = "_certificate_job.html" if request.htmx else "certificate_detail.html"
    context = {"document": certificate, "award": certificate.award}
    return render(request, f"ideas/{template}", context)


@require_POST
def certificate_retry(request: OfficerRequest, pk: int) -> HttpResponse:
    return print_pages.retry(request, _get_certificate(request, pk), "ideas:certificate_detail")


@require_safe
def certificate_download(request: OfficerRequest, pk: int) -> HttpResponseBase:
    certificate = _get_certificate(request, pk)
    name = certificate_filename(certificate)
    return print_pages.download(request, certificate, name, "ideas:certificate_detail")


# --- How these views answer --------------------------------------------------------------------
def _get_award(request: OfficerRequest, pk: int) -> Award:
    awards = Award.objects.visible_to(request.user).select_related(
        "office", "idea__initiative", "event", "created_by", "revoked_by"
    )
    return get_object_or_404(awards, pk=pk)


def _get_certificate(request: OfficerRequest, pk: int) -> Certificate:
    certificates = Certificate.objects.visible_to(request.user).select_related(
        "award__office", "job__document"
    )
    return get_object_or_404(certificates, pk=pk)


def _number(query: QueryDict, name: str) -> str:
    """What the address asks to be chosen; anything that is no number chooses nothing."""
    value = query.get(name, "")
    return value if value.isascii() and value.isdecimal() and len(value) < 19 else ""


def _form_page(
    request: OfficerRequest, form: AwardForm, office: Office, offices: list[Office]
) -> HttpResponse:
    context = {"form": form, "office": office, "offices": offices}
    return render(request, "ideas/award_form.html", context, status=422 if form.errors else 200)
