"""Pilots: plan, measures, risks, visits, result."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
