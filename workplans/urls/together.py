"""Several people in one plan: presence, and taking back."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
