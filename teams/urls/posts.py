"""The posts of an office, who holds them, and who held them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
