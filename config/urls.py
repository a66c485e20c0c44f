"""Every address of the application. Log-in is asked for unless a view says otherwise."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from reports.urls import open_data
from teams.urls import invitations

urlpatterns = [
    path("", include("duties.urls")),
    path("", include("teams.urls")),
    path("plans/", include("workplans.urls")),
    path("ideas/", include("ideas.urls")),
    # Before those of ideas, where verify/<code>/ would take verify/report/ for a code.
    path("", include("reports.urls.public")),
    path("api/v1/", include((open_data.urlpatterns, open_data.app_name), open_data.namespace)),
    path("", include("ideas.urls.public")),
    path("meetings/", include("meetings.urls")),
    path("reports/", include("reports.urls")),
    path("account/", include("teams.account_urls")),
    path("", include(invitations.public)),
    path("language/", login_not_required(set_language), name="set_language"),
]

handler500 = "teams.views.faults.server_error"
