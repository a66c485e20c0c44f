"""Progress, of the whole task or of one part of it."""

from django.urls import path

from ..views import reporting

urlpatterns = [
    path("tasks/<int:pk>/", reporting.task_detail, name="task_detail"),
    path("tasks/<int:pk>/progress/create/", reporting.progress_create, name="progress_create"),
    path("progress/<int:pk>/evidence/", reporting.evidence_download, name="evidence"),
]
