"""Sending a report, its receipt, and checking a paper."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
public: list[URLPattern] = []
