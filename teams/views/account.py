"""My account: password, second factor, where I am logged in."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..actions.second_factor import end_other_sessions, end_session
from ..entry.second_factor import is_required_of
from ..entry.sessions import sessions_of
from ..requests import OfficerRequest


@require_safe
def account(request: OfficerRequest) -> HttpResponse:
    """Everything about getting in, on one page."""
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "is_required": is_required_of(request.user),
        "sessions": len(sessions_of(request.user, request.session.session_key)),
    }
    return render(request, "account/account.html", context)


@require_safe
def session_list(request: OfficerRequest) -> HttpResponse:
    sessions = sessions_of(request.user, request.session.session_key)
    others = sum(not session.is_this for session in sessions)
    return render(request, "usersessions/list.html", {"sessions": sessions, "others": others})


@require_POST
def session_end(request: OfficerRequest, pk: int) -> HttpResponse:
    """End one of one's own; somebody else's is not there, and an ended one stays ended."""
    if end_session(pk=pk, by=request.user):
        messages.success(request, _("লগ-ইনটি শেষ করা হয়েছে।"))
    return redirect("usersessions_list")


@require_POST
def sessions_end_others(request: OfficerRequest) -> HttpResponse:
    end_other_sessions(key=request.session.session_key, by=request.user)
    messages.success(request, _("এই ব্রাউজার ছাড়া সব জায়গার লগ-ইন শেষ করা হয়েছে।"))
    return redirect("usersessions_list")
