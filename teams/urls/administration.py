"""Bulk lists of staff, dated rules, changes of offices."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
