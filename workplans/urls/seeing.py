"""The year at a glance: timeline, calendar, coverage of the terms of reference."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
