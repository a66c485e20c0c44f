"""Progress, of the whole task or of one part of it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
