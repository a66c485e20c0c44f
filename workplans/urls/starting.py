"""A plan begun from what there is: last year, carried tasks, common tasks."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
