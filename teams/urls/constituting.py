"""Forming a team, and the office's teams."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
