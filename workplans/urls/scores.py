"""Indicators, targets and what a reviewer makes of them."""

from django.urls import path

from ..views import scores

urlpatterns = [
    path("<int:pk>/scores/", scores.score_detail, name="scores"),
    path("<int:pk>/scores/review/", scores.score_review, name="score_review"),
    path("<int:pk>/weights/update/", scores.weight_update, name="weight_update"),
    path("tasks/<int:pk>/indicators/create/", scores.indicator_create, name="indicator_create"),
    path("indicators/<int:pk>/update/", scores.indicator_update, name="indicator_update"),
    path("indicators/<int:pk>/delete/", scores.indicator_delete, name="indicator_delete"),
    path("indicators/<int:pk>/restore/", scores.indicator_restore, name="indicator_restore"),
]
