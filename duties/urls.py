from django.urls import path

from .views import deadlines, home, superior

app_name = "duties"
urlpatterns = [
    path("", home.home, name="home"),
    path("deadlines/", deadlines.deadline_list, name="deadline_list"),
    path("deadlines/rules/", deadlines.rule_list, name="rule_list"),
    path("deadlines/extensions/", deadlines.extension_list, name="extension_list"),
    path("deadlines/extensions/create/", deadlines.extension_create, name="extension_create"),
    path(
        "deadlines/extensions/<int:pk>/revoke/",
        deadlines.extension_revoke,
        name="extension_revoke",
    ),
    path("below/", superior.below, name="below"),
    path("below/<slug:code>/", superior.below, name="below_office"),
    path("below/<slug:code>/xlsx/", superior.below_xlsx, name="below_xlsx"),
]
