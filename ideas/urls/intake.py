"""What reaches an office: held submissions, the paper box, forwarding, one's own ideas."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
public: list[URLPattern] = []
