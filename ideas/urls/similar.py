"""Ideas that say the same: found while one types, supported, merged."""

from django.urls import path

from ..views import similar as views

urlpatterns = [
    path("duplicates/", views.idea_duplicates, name="duplicates"),
    path("<int:pk>/merge/", views.idea_merge, name="merge"),
    path("<int:pk>/unmerge/", views.idea_unmerge, name="unmerge"),
]
public = [
    path("idea-box/similar/", views.idea_similar, name="similar"),
    path("idea-box/support/<int:pk>/", views.idea_support, name="support"),
]
