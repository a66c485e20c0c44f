"""Pilots: plan, measures, risks, visits, tasks, result."""

from django.urls import path

from ..views import pilot_parts as parts
from ..views import pilots as views

urlpatterns = [
    path("pilots/", views.pilot_list, name="pilot_list"),
    path("pilots/<int:pk>/", views.pilot_detail, name="pilot_detail"),
    path("<int:idea_pk>/pilot/plan/", views.pilot_plan, name="pilot_plan"),
    path("pilots/<int:pk>/update/", views.pilot_update, name="pilot_update"),
    path("pilots/<int:pk>/begin/", views.pilot_begin, name="pilot_begin"),
    path("pilots/<int:pk>/finish/", views.pilot_finish, name="pilot_finish"),
    path("pilots/<int:pk>/stop/", views.pilot_stop, name="pilot_stop"),
    path("pilots/<int:pk>/measures/", parts.pilot_measures, name="pilot_measures"),
    path("pilots/<int:pk>/tasks/", parts.pilot_tasks, name="pilot_tasks"),
    path("pilots/<int:pilot_pk>/risks/create/", parts.risk_create, name="risk_create"),
    path("risks/<int:pk>/update/", parts.risk_update, name="risk_update"),
    path("risks/<int:pk>/settle/", parts.risk_settle, name="risk_settle"),
    path("risks/<int:pk>/remove/", parts.risk_remove, name="risk_remove"),
    path("pilots/<int:pilot_pk>/visits/create/", parts.visit_create, name="visit_create"),
    path("visits/<int:pk>/update/", parts.visit_update, name="visit_update"),
    path(
        "visit-pictures/<int:pk>/remove/", parts.visit_picture_remove, name="visit_picture_remove"
    ),
]
