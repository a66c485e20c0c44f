"""The part of allauth that officers use; accounts are made by the office, so none can sign up."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as socialaccount
from django.urls import path, re_path

from .entry.single_sign_on import PROVIDER
from .views import account, second_factor, single_sign_on

urlpatterns = [
    path("", account.account, name="account"),
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("signup/", views.signup, name="account_signup"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # --- The second factor; allauth looks these names up
    path("second-factor/", second_factor.second_factor, name="mfa_index"),
    path("second-factor/code/", second_factor.ask, name="mfa_authenticate"),
    path("second-factor/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/app/", second_factor.activate_app, name="mfa_activate_totp"),
    path("second-factor/app/remove/", second_factor.deactivate_app, name="mfa_deactivate_totp"),
    path("recovery-codes/", second_factor.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/new/",
        second_factor.recovery_codes_renew,
        name="mfa_generate_recovery_codes",
    ),
    path("passkeys/new/", second_factor.add_passkey, name="mfa_add_webauthn"),
    path("passkeys/login/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(
        "passkeys/again/",
        second_factor.ask_passkey_again,
        name="mfa_reauthenticate_webauthn",
    ),
    path("passkeys/<int:pk>/", second_factor.rename_passkey, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", second_factor.remove_passkey, name="mfa_remove_webauthn"),
    # --- Where one is logged in
    path("sessions/", account.session_list, name="usersessions_list"),
    path("sessions/end-others/", account.sessions_end_others, name="sessions_end_others"),
    path("sessions/<int:pk>/end/", account.session_end, name="session_end"),
    # --- The government's single sign-on
    path(
        "sso/",
        single_sign_on.single_sign_on,
        {"provider_id": PROVIDER},
        name="openid_connect_login",
    ),
    path(
        "sso/back/",
        single_sign_on.single_sign_on_back,
        {"provider_id": PROVIDER},
        name="openid_connect_callback",
    ),
    path("sso/cancelled/", socialaccount.login_cancelled, name="socialaccount_login_cancelled"),
]
