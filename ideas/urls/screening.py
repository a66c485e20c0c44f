"""Scoring ideas, and their ranking."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
