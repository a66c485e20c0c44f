"""The Cabinet Division's review and the comments of superior offices."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
