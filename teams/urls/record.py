"""The record of who did what."""

from django.urls import path

from ..views import record

urlpatterns = [
    path("record/", record.record_list, name="record_list"),
    path("record/export/<slug:form>/", record.record_export, name="record_export"),
    path("record/entries/<int:pk>/", record.record_entry, name="record_entry"),
    path("record/rows/<str:kind>/<int:pk>/", record.record_row, name="record_row"),
    path("record/papers/<str:kind>/<int:pk>/", record.record_timeline, name="record_timeline"),
]
