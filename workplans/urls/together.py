"""Several people in one plan: presence, and taking back."""

from django.urls import path

from ..views import together

urlpatterns = [
    path("<int:pk>/presence/", together.workplan_presence, name="presence"),
    path("<int:pk>/rows/", together.workplan_rows, name="rows"),
    path("<int:pk>/undo/", together.workplan_undo, name="undo"),
]
