"""Addresses of the work plans, one module for each part of the room."""

from . import forms, life, plans, reporting, scores, seeing, starting, together

app_name = "workplans"
urlpatterns = [
    pattern
    for part in (plans, life, scores, forms, reporting, seeing, together, starting)
    for pattern in part.urlpatterns
]
