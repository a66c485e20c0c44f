"""The nation on one page, and its consolidated report."""

from django.urls import path

from ..views import nation, national

urlpatterns = [
    path("nation/", nation.nation, name="nation"),
    path("nation/reports/", nation.nation_reports, name="nation_reports"),
    # the consolidated report
    path("national/", national.national_list, name="national_list"),
    path("national/create/", national.national_create, name="national_create"),
    path("national/<int:pk>/", national.national_detail, name="national_detail"),
    path(
        "national/<int:pk>/parts/<slug:part>/", national.national_section, name="national_section"
    ),
    path("national/<int:pk>/print/", national.national_print, name="national_print"),
    path("national/<int:pk>/word/", national.national_word, name="national_word"),
    path("national/<int:pk>/reopen/", national.national_reopen, name="national_reopen"),
    path("national/documents/<int:pk>/", national.national_document, name="national_document"),
    path(
        "national/documents/<int:pk>/retry/",
        national.national_document_retry,
        name="national_document_retry",
    ),
    path(
        "national/documents/<int:pk>/download/",
        national.national_document_download,
        name="national_document_download",
    ),
    path(
        "national/documents/<int:pk>/publish/", national.national_publish, name="national_publish"
    ),
]
