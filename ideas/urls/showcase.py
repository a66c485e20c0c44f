"""Pages of initiatives, showcase events, awards and certificates."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
public: list[URLPattern] = []
