"""The nation on one page, and its consolidated report."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
