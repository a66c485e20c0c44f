"""The room's addresses, one module for each part."""

from . import (
    administration,
    constituting,
    directory,
    invitations,
    orders,
    posts,
    record,
    second_factor,
)

app_name = "teams"
urlpatterns = [
    *administration.urlpatterns,
    *constituting.urlpatterns,
    *orders.urlpatterns,
    *posts.urlpatterns,
    *invitations.urlpatterns,
    *record.urlpatterns,
    *second_factor.urlpatterns,
    *directory.urlpatterns,
]
