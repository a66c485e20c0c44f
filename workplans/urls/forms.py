"""The printed forms of a plan and its progress tables."""

from django.urls import path

from ..views import documents, papers

urlpatterns = [
    path("<int:pk>/docx/", documents.workplan_docx, name="docx"),
    path("<int:pk>/papers/", papers.workplan_papers, name="papers"),
    path("<int:pk>/form/", papers.workplan_switch_form, name="switch_form"),
    path("<int:pk>/progress/", papers.progress_table, name="progress_table"),
    path("<int:pk>/progress/print/", papers.progress_print, name="progress_print"),
    path("<int:pk>/progress/docx/", papers.progress_docx, name="progress_docx"),
    path("<int:pk>/progress/xlsx/", papers.progress_xlsx, name="progress_xlsx"),
]
