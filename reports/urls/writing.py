"""Writing a report: the list, one report with its parts, prints of the draft."""

from django.urls import path

from ..views import report_pictures as pictures
from ..views import sections
from ..views import writing as views

SECTION = "<int:pk>/sections/<slug:key>/"

urlpatterns = [
    path("", views.report_list, name="list"),
    path("create/", views.report_create, name="create"),
    path("<int:pk>/", views.report_detail, name="detail"),
    path("<int:pk>/preview/", views.report_preview, name="preview"),
    path("<int:pk>/take/", views.report_take_all, name="take_all"),
    path("<int:pk>/present/", views.report_present, name="present"),
    path("<int:pk>/print/", views.report_print, name="print"),
    # one part
    path(SECTION, sections.section, name="section"),
    path(f"{SECTION}restore/", sections.section_restore, name="section_restore"),
    path(f"{SECTION}take/", sections.section_take, name="section_take"),
    path(f"{SECTION}leave-out/", sections.section_leave_out, name="section_leave_out"),
    path(f"{SECTION}bring-back/", sections.section_bring_back, name="section_bring_back"),
    path(f"{SECTION}figures/<slug:figure>/", sections.source, name="source"),
    path(
        f"{SECTION}figures/<slug:figure>/own/",
        sections.section_own_figure,
        name="section_own_figure",
    ),
    path("<int:pk>/scores/", sections.scores, name="scores"),
    # pictures of the annex
    path("<int:pk>/pictures/create/", pictures.picture_create, name="picture_create"),
    path("<int:pk>/pictures/take/<int:picture_pk>/", pictures.picture_take, name="picture_take"),
    path("pictures/<int:pk>/", pictures.picture, name="picture"),
    path("pictures/<int:pk>/update/", pictures.picture_update, name="picture_update"),
    path("pictures/<int:pk>/move/", pictures.picture_move, name="picture_move"),
    path("pictures/<int:pk>/remove/", pictures.picture_remove, name="picture_remove"),
    # prints of the draft
    path("documents/<int:pk>/", views.document_detail, name="document_detail"),
    path("documents/<int:pk>/retry/", views.document_retry, name="document_retry"),
    path("documents/<int:pk>/download/", views.document_download, name="document_download"),
]
