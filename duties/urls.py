from django.urls import path

from .views import deadlines, handovers, home, superior

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
    path("posts/<int:pk>/work/", handovers.post_work, name="post_work"),
    path("handovers/", handovers.handover_list, name="handover_list"),
    path("handovers/<int:pk>/", handovers.handover_detail, name="handover_detail"),
    path("handovers/<int:pk>/note/", handovers.handover_note, name="handover_note"),
    path("handovers/<int:pk>/give/", handovers.handover_give, name="handover_give"),
    path("handovers/<int:pk>/take/", handovers.handover_take, name="handover_take"),
    path("handovers/<int:pk>/settle/", handovers.handover_settle, name="handover_settle"),
]
