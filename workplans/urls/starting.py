"""A plan begun from what there is: last year, carried tasks, common tasks."""

from django.urls import path

from ..views import starting

urlpatterns = [
    path("<int:pk>/bring/", starting.task_bring, name="bring"),
    path("<int:pk>/library/", starting.library, name="library"),
]
