"""Registers on paper, and lists brought in."""

from django.urls import path

from ..views import imports, papers

urlpatterns = [
    path("register/", papers.register_papers, name="register_papers"),
    path("register/print/", papers.register_print, name="register_print"),
    path("register/docx/", papers.register_docx, name="register_docx"),
    path("register/xlsx/", papers.register_xlsx, name="register_xlsx"),
    path(
        "register/documents/<int:pk>/",
        papers.register_document_detail,
        name="register_document_detail",
    ),
    path(
        "register/documents/<int:pk>/retry/",
        papers.register_document_retry,
        name="register_document_retry",
    ),
    path(
        "register/documents/<int:pk>/download/",
        papers.register_document_download,
        name="register_document_download",
    ),
    path("import/", imports.import_create, name="import_create"),
    path("imports/<int:pk>/", imports.import_detail, name="import_detail"),
]
