"""Writing a report: the list, one report with its parts, prints of the draft."""

from django.urls import path

from ..views import writing as views

urlpatterns = [
    path("", views.report_list, name="list"),
    path("create/", views.report_create, name="create"),
    path("<int:pk>/", views.report_detail, name="detail"),
    path("<int:pk>/print/", views.report_print, name="print"),
    path("documents/<int:pk>/", views.document_detail, name="document_detail"),
    path("documents/<int:pk>/retry/", views.document_retry, name="document_retry"),
    path("documents/<int:pk>/download/", views.document_download, name="document_download"),
]
