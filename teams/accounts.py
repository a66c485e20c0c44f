"""How allauth finds and greets our people."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import User


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: an account comes with a post, from the office that has the post."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("ই-মেইল/মোবাইল নম্বর বা পাসওয়ার্ড ঠিক নয়। আবার লিখে দেখুন।"),
        "too_many_login_attempts": _("অনেকবার চেষ্টা হয়েছে। কিছুক্ষণ পরে আবার চেষ্টা করুন।"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class EmailOrMobileBackend(AuthenticationBackend):
    """One box takes an e-mail address or a mobile number, in either script's digits."""

    def _authenticate_by_username(self, username: str, password: str) -> User | None:
        # Overridden rather than `authenticate`, so that allauth's equal-time check for
        # unknown people stays in force.
        return self._check_password(User.objects.by_identifier(username), password)
