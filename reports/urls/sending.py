"""Sending a report, its receipt, and checking a paper."""

from django.urls import path

from ..views import sending as views
from ..views import signing, verifying

urlpatterns = [
    path("<int:pk>/send/", views.report_send, name="send"),
    path("<int:pk>/withdraw/", views.report_withdraw, name="withdraw"),
    path("submissions/<int:pk>/", views.submission_detail, name="submission"),
    path("submissions/<int:pk>/retry/", views.submission_retry, name="submission_retry"),
    path("submissions/<int:pk>/download/", views.submission_download, name="submission_download"),
    path(
        "submissions/<int:pk>/pictures/<str:sha256>/",
        views.submission_picture,
        name="submission_picture",
    ),
    path("submissions/<int:pk>/receipt/", views.receipt, name="receipt"),
    # The number is the office's.
    path("certificate/<int:pk>/", signing.certificate, name="certificate"),
    path("certificate/<int:pk>/remove/", signing.certificate_remove, name="certificate_remove"),
]
public = [
    path("verify/report/", verifying.verify_report, name="verify_report"),
    path("verify/report/<str:code>/", verifying.verify_report_code, name="verify_report_code"),
]
