"""Indicators, targets and what a reviewer makes of them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
