"""Every address of the application. Log-in is asked for unless a view says otherwise."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("duties.urls")),
    path("", include("teams.urls")),
    path("plans/", include("workplans.urls")),
    path("ideas/", include("ideas.urls")),
    path("", include("ideas.urls.public")),
    path("meetings/", include("meetings.urls")),
    path("reports/", include("reports.urls")),
    path("", include("reports.urls.public")),
    path("account/", include("teams.account_urls")),
    path("language/", login_not_required(set_language), name="set_language"),
]

handler500 = "teams.views.server_error"
