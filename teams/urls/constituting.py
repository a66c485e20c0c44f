"""Forming a team, and the office's teams."""

from django.urls import path

from ..views import constituting as views

urlpatterns = [
    path("teams/", views.team_list, name="team_list"),
    path("teams/create/<slug:code>/", views.team_create, name="team_create"),
    path("teams/check/<slug:code>/", views.team_check, name="team_check"),
    path("teams/<int:pk>/", views.team_detail, name="team_detail"),
    path("teams/<int:pk>/update/", views.team_update, name="team_update"),
    path("teams/<int:pk>/issue/", views.team_issue, name="team_issue"),
    path("teams/<int:pk>/dissolve/", views.team_dissolve, name="team_dissolve"),
    path("teams/<int:pk>/delete/", views.team_delete, name="team_delete"),
]
