"""Registers on paper, and lists brought in."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
