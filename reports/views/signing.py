"""The certificate by which an office's reports are signed: shown, kept, replaced, removed."""

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from teams.models import Office
from teams.requests import OfficerRequest, sent

from .. import perms
from ..actions import keep_certificate, remove_certificate
from ..forms.sending import CertificateForm
from ..models import SigningCertificate


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: OfficerRequest, pk: int) -> HttpResponse:
    """The certificate of an office, and another one in its place."""
    office = _get_headed_office(request, pk)
    if again := _asked_for_password(request, office):
        return again
    form = CertificateForm(sent(request), request.FILES or None)
    if form.is_valid():
        keep_certificate(office=office, credential=form.credential, by=request.user)
        messages.success(request, _("সনদটি রাখা হয়েছে। এখন থেকে পাঠানো প্রতিবেদনে এটি দিয়ে স্বাক্ষর হবে।"))
        return redirect("reports:certificate", pk=pk)
    kept = SigningCertificate.objects.own_of(request.user).filter(office=office)
    context = {
        "office": office,
        "form": form,
        "current": kept.filter(removed_at__isnull=True).select_related("added_by").first(),
        "is_usable": kept.usable().exists(),
        "removed": kept.filter(removed_at__isnull=False).select_related("removed_by")[:10],
    }
    status = 422 if form.errors else 200
    return render(request, "reports/certificate.html", context, status=status)


@require_POST
def certificate_remove(request: OfficerRequest, pk: int) -> HttpResponse:
    """Stop signing; what was signed stays signed."""
    office = _get_headed_office(request, pk)
    if again := _asked_for_password(request, office):
        return again
    if remove_certificate(office=office, by=request.user):
        messages.success(request, _("সনদটি সরানো হয়েছে। এখন থেকে প্রতিবেদনে ইলেকট্রনিক স্বাক্ষর থাকবে না।"))
    return redirect("reports:certificate", pk=pk)


def _get_headed_office(request: OfficerRequest, pk: int) -> Office:
    own = Office.objects.filter(pk__in=request.user.scope.team_office_ids)
    office = get_object_or_404(own, pk=pk)
    if not perms.can_keep_certificate(request.user, office.pk):
        raise PermissionDenied
    return office


def _asked_for_password(request: OfficerRequest, office: Office) -> HttpResponse | None:
    """The way to the password for whoever has not typed it of late.

    A page that is looked at is left to allauth. A form is not: it would put the form aside in the
    session, and the password of the certificate with it. So the form is chosen anew.
    """
    try:
        _password_typed(request)
    except ReauthenticationRequired:
        if request.method != "POST":
            raise
        messages.info(request, _("নিরাপত্তার জন্য আপনার পাসওয়ার্ড আবার লাগবে। তারপর সনদের ফাইলটি আরেকবার দিন।"))
        return redirect("reports:certificate", pk=office.pk)
    return None


@reauthentication_required
def _password_typed(request: OfficerRequest) -> None:
    """Raises ReauthenticationRequired unless the password was typed within the last minutes."""
