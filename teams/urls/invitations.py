"""Invitations and the one-time code."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
