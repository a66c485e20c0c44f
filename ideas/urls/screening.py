"""Scoring ideas, and their ranking."""

from django.urls import path

from ..views import screening as views

urlpatterns = [
    path("screening/", views.screening_list, name="screening_list"),
    path("screening/<int:pk>/", views.screening_detail, name="screening_detail"),
    path("screening/<int:pk>/close/", views.screening_close, name="screening_close"),
    path("criteria/", views.criteria_list, name="criteria"),
    path("<int:pk>/score/", views.idea_score, name="score"),
    path("<int:pk>/score/take-back/", views.score_take_back, name="score_take_back"),
]
