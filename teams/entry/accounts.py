"""How allauth finds and greets our people."""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jobs.letters import post_letter
from jobs.sealing import seal

from ..actions.invitations import withdraw_invitations
from ..models import User, canonical_login
from .second_factor import just_came_in
from .sessions import TRACKED_KEY, end_sessions
from .throttling import TooSoon, Try, count_try


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: an account comes with a post, from the office that has the post."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("ই-মেইল/মোবাইল নম্বর বা পাসওয়ার্ড ঠিক নয়। আবার লিখে দেখুন।"),
        "too_many_login_attempts": _("অনেকবার চেষ্টা হয়েছে। কিছুক্ষণ পরে আবার চেষ্টা করুন।"),
    }
    _try: Try

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    # --- A password is tried: at the log-in, and when it is asked for again -------------------
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at (`teams.entry.throttling`)."""
        login = canonical_login(credentials.get("username") or credentials.get("email") or "")
        try:
            self._try = count_try(request, "login", login)
        except TooSoon as wait:
            raise ValidationError(str(wait), code="too_many_login_attempts") from wait

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            self._try.succeeded()
        return user

    # --- Letters ------------------------------------------------------------------------------
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox: no mail server keeps anybody waiting, and none that is down makes
        a page for whoever exists differ from the page for whoever does not.
        """
        if link := context.get("password_reset_url"):
            context = {**context, "password_reset_url": seal(link)}
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        post_letter(
            key=f"account:{uuid4()}",
            to_address=email,
            subject=str(message.subject),
            body=str(message.body) + "\n",
        )

    # --- What comes after the password ------------------------------------------------------
    def get_login_stages(self) -> list[str]:
        """The question for a second factor is ours: `teams.entry.second_factor.AskSecondFactor`."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "teams.entry.second_factor.AskSecondFactor"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for setting up a second factor right after the log-in that led there."""
        if app == "allauth.mfa" and just_came_in(self.request):
            return False
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        request.session[TRACKED_KEY] = True

    def set_password(self, user: User, password: str) -> None:
        """A new password ends every other session: somebody else may sit in one. A one-time code
        that still lies about opens nothing any more."""
        super().set_password(user, password)
        withdraw_invitations(person=user)
        end_sessions(user, but=self.request.session.session_key if self.request else None)


class EmailOrMobileBackend(AuthenticationBackend):
    """One box takes an e-mail address or a mobile number, in either script's digits."""

    def _authenticate_by_username(self, username: str, password: str) -> User | None:
        # Overridden rather than `authenticate`, so that allauth's equal-time check for
        # unknown people stays in force.
        return self._check_password(User.objects.by_identifier(username), password)
