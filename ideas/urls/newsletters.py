"""The half-yearly newsletter."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
public: list[URLPattern] = []
