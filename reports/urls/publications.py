"""What an office lays open, and the public pages that show it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
public: list[URLPattern] = []
