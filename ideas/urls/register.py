"""The register of ideas and one idea."""

from django.urls import path

from ..views import register as views

urlpatterns = [
    path("", views.idea_list, name="list"),
    path("create/", views.idea_create, name="create"),
    path("<int:pk>/", views.idea_detail, name="detail"),
    path("<int:pk>/update/", views.idea_update, name="update"),
    path("<int:pk>/shortlist/", views.idea_shortlist, name="shortlist"),
    path("<int:pk>/approve/", views.idea_approve, name="approve"),
    path("<int:pk>/start-pilot/", views.idea_start_pilot, name="start_pilot"),
    path("<int:pk>/showcase/", views.idea_showcase, name="showcase"),
    path("<int:pk>/replicate/", views.idea_replicate, name="replicate"),
    path("<int:pk>/decline/", views.idea_decline, name="decline"),
]
