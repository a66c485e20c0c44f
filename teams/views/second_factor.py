"""The second factor: setting one up, recovery codes, and help for who has lost everything.

allauth's own views do the work where a secret or a signature is checked; here they get our
pages, and what they change is recorded.
"""

import json
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_authentication, begin_registration
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import perms
from ..actions.second_factor import (
    AlreadyShown,
    NoSecondFactor,
    renew_recovery_codes,
    reset_second_factor,
    show_recovery_codes,
)
from ..audit import record
from ..entry.second_factor import (
    FACTORS,
    NEXT_KEY,
    SecondFactorAdapter,
    claim_code,
    has_second_factor,
    is_required_of,
    is_wanting,
)
from ..entry.sessions import end_sessions
from ..kept_words import waiting_words
from ..models import User
from ..qr import qr_of
from ..requests import OfficerRequest

PAGE = reverse_lazy("mfa_index")


@require_safe
def second_factor(request: OfficerRequest) -> HttpResponse:
    """What one has, what one can add, and why it is asked for."""
    found = Authenticator.objects.filter(user=request.user).order_by("created_at")
    by_kind: dict[str, list[Authenticator]] = {}
    for factor in found:
        by_kind.setdefault(factor.type, []).append(factor)
    codes = next(iter(by_kind.get(Authenticator.Type.RECOVERY_CODES, [])), None)
    context = {
        "app": by_kind.get(Authenticator.Type.TOTP),
        "passkeys": by_kind.get(Authenticator.Type.WEBAUTHN, []),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "codes_unseen": codes is not None and not codes.data.get("viewed_at"),
        "has_factor": any(kind in by_kind for kind in FACTORS),
        "is_required": is_required_of(request.user),
    }
    return render(request, "mfa/index.html", context)


# --- At log-in and before a final act ---------------------------------------------------------
class Ask(AuthenticateView):
    """The second step of a log-in: a code, or a passkey for whoever has one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        mine = Authenticator.objects.filter(user=self.stage.login.user)
        kinds = set(mine.values_list("type", flat=True))
        return {
            **context,
            "options": _in_an_attribute(context["js_data"]["request_options"]),
            "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
            "takes_code": bool(kinds - {Authenticator.Type.WEBAUTHN}),
        }


class AskPasskeyAgain(ReauthenticateWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # allauth's own forgets the form that was refused and the page to go on to.
        context: dict[str, Any] = super(ReauthenticateWebAuthnView, self).get_context_data(**kwargs)
        options = begin_authentication(self.request.user)
        return {**context, "options": _in_an_attribute(options)}

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))


ask = Ask.as_view()
ask_passkey_again = AskPasskeyAgain.as_view()


def _in_an_attribute(options: dict[str, Any]) -> str:
    """For js/passkey.js: a script in the page would be against our own policy."""
    return json.dumps(options, cls=DjangoJSONEncoder)


# --- What allauth does, recorded -----------------------------------------------------------------
class Recorded:
    """One entry of the record for one change; the same form sent twice is one change."""

    action = ""
    request: OfficerRequest

    def form_valid(self, form: Any) -> HttpResponse:
        user = User.objects.get(pk=self.request.user.pk)
        try:
            with transaction.atomic():
                had_one = has_second_factor(user)
                response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
                record(self.action, user, by=user)
                if not had_one:
                    # Those sessions began with a password alone.
                    end_sessions(user, but=self.request.session.session_key)
        except IntegrityError:
            return redirect(PAGE)
        return response


class ActivateApp(Recorded, ActivateTOTPView):
    action = "second_factor.add_app"

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        app = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        claim_code(app, form.cleaned_data["code"])  # nobody who looked on logs in with it
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super(ActivateTOTPView, self).get_context_data(**kwargs)
        secret = context["form"].secret
        address = SecondFactorAdapter().build_totp_url(self.request.user, secret)
        groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        return {**context, "qr": qr_of(address), "address": address, "groups": groups}


class DeactivateApp(Recorded, DeactivateTOTPView):
    action = "second_factor.remove_app"


class AddPasskey(Recorded, AddWebAuthnView):
    action = "second_factor.add_passkey"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # allauth's own forgets the form that was refused.
        context: dict[str, Any] = super(AddWebAuthnView, self).get_context_data(**kwargs)
        options = begin_registration(self.request.user, passwordless=False)
        return {**context, "options": _in_an_attribute(options)}


class RenamePasskey(Recorded, EditWebAuthnView):
    action = "second_factor.rename_passkey"
    success_url = PAGE


class RemovePasskey(Recorded, RemoveWebAuthnView):
    action = "second_factor.remove_passkey"
    success_url = PAGE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        can_remove = SecondFactorAdapter().can_delete_authenticator(self.object)
        return {**super().get_context_data(**kwargs), "can_remove": can_remove}

    def form_valid(self, form: Any) -> HttpResponse:
        # Two at once must not each take the other for the one that stays.
        with transaction.atomic():
            User.objects.select_for_update().get(pk=self.request.user.pk)
            if SecondFactorAdapter().can_delete_authenticator(self.get_object()):
                return super().form_valid(form)
        messages.error(
            self.request, SecondFactorAdapter.error_messages["cannot_delete_authenticator"]
        )
        return redirect(PAGE)


activate_app = ActivateApp.as_view()
deactivate_app = DeactivateApp.as_view()
add_passkey = AddPasskey.as_view()
rename_passkey = RenamePasskey.as_view()
remove_passkey = RemovePasskey.as_view()


# --- Recovery codes ---------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: OfficerRequest) -> HttpResponse:
    """How many are left; a POST shows them, once, to be printed or kept as a file."""
    codes = Authenticator.objects.filter(
        user=request.user, type=Authenticator.Type.RECOVERY_CODES
    ).first()
    if codes is None:
        messages.info(request, _("আগে দুই ধাপের লগ-ইনের একটি উপায় যোগ করুন।"))
        return redirect(PAGE)
    if request.method == "POST":
        return _show_codes(request)
    context = {
        "left": len(codes.wrap().get_unused_codes()),
        "is_unseen": not codes.data.get("viewed_at"),
        "onward": _onward(request),
    }
    return render(request, "mfa/recovery_codes/index.html", context)


@reauthentication_required(app="allauth.mfa")
def _show_codes(request: OfficerRequest) -> HttpResponse:
    try:
        codes = show_recovery_codes(by=request.user)
    except AlreadyShown:
        messages.info(request, _("কোডগুলো একবার দেখানো হয়ে গেছে। রাখা না থাকলে নতুন কোড নিন।"))
        return redirect("mfa_view_recovery_codes")
    context = {"codes": codes, "onward": _onward(request)}
    response = render(request, "mfa/recovery_codes/codes.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@reauthentication_required(app="allauth.mfa")
def recovery_codes_renew(request: OfficerRequest) -> HttpResponse:
    try:
        renew_recovery_codes(by=request.user)
    except NoSecondFactor:
        return redirect(PAGE)
    messages.success(request, _("নতুন উদ্ধার কোড তৈরি হয়েছে; আগেরগুলো আর কাজ করবে না।"))
    return redirect("mfa_view_recovery_codes")


def _onward(request: OfficerRequest) -> str:
    """Where somebody goes on to who was held up by the second factor; "" for anybody else."""
    if is_wanting(request):
        return ""
    if waiting_words(request):
        return str(reverse_lazy("teams:kept_words"))
    onward: str = request.session.get(NEXT_KEY, "")
    return onward


# --- Everything lost --------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor_reset(request: OfficerRequest, pk: int) -> HttpResponse:
    """The head, or the administrator, opens the way in again for somebody who has lost it."""
    person = get_object_or_404(User, pk=pk, is_active=True)
    if person == request.user:
        raise PermissionDenied
    if not perms.can_reset_second_factor(request.user, person):
        raise Http404
    if request.method == "POST":
        return _reset(request, person)
    factors = Authenticator.objects.filter(user=person, type__in=FACTORS)
    context = {"person": person, "factors": factors.count(), "post": person.scope.main_post}
    return render(request, "teams/second_factor_reset.html", context)


@reauthentication_required
def _reset(request: OfficerRequest, person: User) -> HttpResponse:
    reset_second_factor(person=person, by=request.user)
    messages.success(
        request,
        _("%(name)s-এর দুই ধাপের লগ-ইন তুলে নেওয়া হয়েছে। পরের বার লগ-ইন করলে নতুন করে ঠিক করতে হবে।")
        % {"name": person.name},
    )
    office = person.scope.office
    return redirect("teams:office_detail", office.code) if office else redirect("teams:office_list")
