"""How a plan is sent, returned, approved, revised and compared; remarks on its cells."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
