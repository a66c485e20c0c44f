"""Inviting people to their accounts, and their first coming in."""

from __future__ import annotations

import time

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.forms import SetPasswordForm
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..actions.invitations import (
    CodeSpent,
    Issued,
    invite_people,
    redeem_invitation,
    revoke_invitation,
)
from ..entry.invitations import (
    MOST_AT_ONCE,
    VALID_FOR,
    posts_ahead,
    read_code,
)
from ..entry.inviting import WITHOUT_ACCOUNT, invitees, people_of, waiting_in
from ..entry.redeeming import good_invitation, invitation_of
from ..entry.slips import draw_slips
from ..entry.throttling import TooSoon, count_try
from ..enums import InvitationKind
from ..filters import OfficeFilter
from ..forms.invitations import CodeForm, InviteForm
from ..models import Invitation, Office
from ..perms import can_manage_people, can_revoke_invitation, invitable, manageable_offices
from ..requests import OfficerRequest, sent
from ..templatetags.bangla_tags import digits

OFFICES_PER_PAGE = 50
# In the session between the code and the password: which invitation, and since when (seconds).
WELCOMED = "welcomed"
WELCOMED_SECONDS = 30 * 60


# --- Inviting ------------------------------------------------------------------------------
@require_safe
def invitation_list(request: OfficerRequest) -> HttpResponse:
    """The offices whose people one invites, each with how many have not come in yet."""
    if not request.user.scope.manages_people:
        raise PermissionDenied
    offices = manageable_offices(request.user).active().order_by("path")
    found = OfficeFilter(request.GET, queryset=offices)
    page = Paginator(found.qs, OFFICES_PER_PAGE).get_page(request.GET.get("page"))
    if not request.GET and page.paginator.count == 1:
        return redirect("teams:invitation_office", code=page.object_list[0].code)
    shown = list(page.object_list)
    waiting = waiting_in(shown)
    rows = [(office, waiting.get(office.pk)) for office in shown]
    context = {"filter": found, "page": page, "rows": rows}
    return render(request, "teams/invitation_list.html", context)


@require_safe
def invitation_office(request: OfficerRequest, code: str) -> HttpResponse:
    """The people of an office: who has come in, who is invited, who is not."""
    return _office_page(request, _get_office(request, code))


@require_POST
@reauthentication_required
def invitation_create(request: OfficerRequest, code: str) -> HttpResponse:
    """Invite the people who were ticked: letters go out, or slips come back as a PDF.

    The codes of slips are in this answer and nowhere else, so nobody may keep a copy of it.
    """
    office = _get_office(request, code)
    people = list(people_of(office))
    allowed = invitable(request.user, people)
    form = InviteForm(request.POST, people=[person for person in people if person.pk in allowed])
    if not form.is_valid():
        return _office_page(request, office, form=form)
    kind = form.cleaned_data["kind"]
    issued = invite_people(
        people=form.cleaned_data["person"], office=office, kind=kind, by=request.user
    )
    if kind == InvitationKind.SLIP:
        return _slips(issued, office)
    words = _("%(count)s জনকে আমন্ত্রণ পাঠানো হচ্ছে। পৌঁছাল কি না, তা তালিকায় দেখবেন।")
    messages.success(request, words % {"count": digits(len(issued))})
    return redirect("teams:invitation_office", code=office.code)


@require_POST
def invitation_revoke(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take a code back before it is used."""
    invitations = Invitation.objects.visible_to(request.user).select_related("person", "office")
    invitation = get_object_or_404(invitations, pk=pk)
    if not can_revoke_invitation(request.user, invitation):
        raise PermissionDenied
    name = {"name": invitation.person.name}
    if revoke_invitation(invitation=invitation, by=request.user):
        messages.success(request, _("%(name)s-এর কোডটি বাতিল হয়েছে; এটি আর কাজ করবে না।") % name)
    else:
        messages.info(request, _("%(name)s-এর কোডটি আগেই ব্যবহৃত বা বাতিল হয়েছে।") % name)
    return redirect("teams:invitation_office", code=invitation.office.code)


def _get_office(request: OfficerRequest, code: str) -> Office:
    office = get_object_or_404(Office.objects.visible_to(request.user), code=code)
    if not can_manage_people(request.user, office):
        raise PermissionDenied
    return office


def _office_page(
    request: OfficerRequest, office: Office, *, form: InviteForm | None = None
) -> HttpResponse:
    people = people_of(office)
    shown = people.filter(WITHOUT_ACCOUNT) if request.GET.get("show") == "without" else people
    page = Paginator(shown, MOST_AT_ONCE).get_page(request.GET.get("page"))
    context = {
        "office": office,
        "page": page,
        "rows": invitees(list(page.object_list), office, by=request.user),
        "show": request.GET.get("show", ""),
        "everybody": people.count(),
        "waiting": people.filter(WITHOUT_ACCOUNT).count(),
        "errors": [error for errors in form.errors.values() for error in errors] if form else (),
        "days": VALID_FOR.days,
    }
    return render(request, "teams/invitation_office.html", context, status=422 if form else 200)


def _slips(issued: list[Issued], office: Office) -> HttpResponse:
    response = HttpResponse(draw_slips(issued, office), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="invitations.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response


# --- Being welcomed ------------------------------------------------------------------------
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Where the one-time code is typed. A link brings it behind the #, and a script fills it in."""
    form = CodeForm(sent(request))
    if not form.is_valid():
        return _welcome_page(request, form, status=422 if form.is_bound else 200)
    code = read_code(form.cleaned_data["code"])
    try:
        tried = count_try(request, "code") if code else None
    except TooSoon as wait:
        form.add_error("code", str(wait))
        return _welcome_page(request, form, status=429)
    invitation = invitation_of(code)
    if tried is None or invitation is None:
        form.add_error(
            "code",
            _(
                "কোডটি কাজ করছে না। অঙ্কগুলো মিলিয়ে দেখুন। একবার ব্যবহৃত হলে, মেয়াদ শেষ হলে বা নতুন কোড"
                " দেওয়া হলে আগেরটি আর চলে না; তখন আপনার দপ্তর প্রধানের কাছ থেকে নতুন কোড নিন।"
            ),
        )
        return _welcome_page(request, form, status=422)
    tried.succeeded()
    request.session[WELCOMED] = {"invitation": invitation.pk, "at": time.time()}
    return redirect("welcome_password")


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome_password(request: HttpRequest) -> HttpResponse:
    """Whom the code belongs to, and the password that this person chooses."""
    invitation = _welcomed(request)
    if invitation is None:
        return _back_to_code(request)
    form = SetPasswordForm(user=invitation.person, data=sent(request))
    if not form.is_valid():
        person = invitation.person
        context = {"person": person, "posts": posts_ahead(person), "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "account/welcome_password.html", context, status=status)
    try:
        person = redeem_invitation(invitation=invitation, password=form.cleaned_data["password1"])
    except CodeSpent:
        return _back_to_code(request)
    if request.user.is_authenticated:
        logout(request)  # an office shares computers: somebody else was still logged in
    request.session.pop(WELCOMED, None)
    get_adapter(request).send_notification_mail("account/email/password_set", person)
    messages.success(request, _("পাসওয়ার্ড রাখা হয়েছে। এরপর থেকে এটি দিয়েই লগ-ইন করবেন।"))
    return perform_login(request, person)


def _welcome_page(request: HttpRequest, form: CodeForm, *, status: int) -> HttpResponse:
    return render(request, "account/welcome.html", {"form": form}, status=status)


def _welcomed(request: HttpRequest) -> Invitation | None:
    """The invitation whose code was typed in this browser a while ago, if it is still good."""
    welcomed = request.session.get(WELCOMED)
    if welcomed is None or time.time() - welcomed["at"] > WELCOMED_SECONDS:
        return None
    return good_invitation(welcomed["invitation"])


def _back_to_code(request: HttpRequest) -> HttpResponse:
    request.session.pop(WELCOMED, None)
    messages.info(request, _("এককালীন কোডটি আবার লিখুন।"))
    return redirect("welcome")
