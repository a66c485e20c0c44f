"""Invitations and the one-time code.

`public` needs no log-in and stands beside the addresses of the account.
"""

from django.urls import path

from ..views import invitations

urlpatterns = [
    path("invitations/", invitations.invitation_list, name="invitation_list"),
    path("invitations/<slug:code>/", invitations.invitation_office, name="invitation_office"),
    path(
        "invitations/<slug:code>/create/", invitations.invitation_create, name="invitation_create"
    ),
    path("invitations/<int:pk>/revoke/", invitations.invitation_revoke, name="invitation_revoke"),
]
public = [
    path("welcome/", invitations.welcome, name="welcome"),
    path("welcome/password/", invitations.welcome_password, name="welcome_password"),
]
