"""The printed forms of a plan and its progress tables."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
