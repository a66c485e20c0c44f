"""The half-yearly newsletter."""

from django.urls import path

from ..views import newsletters as views
from ..views import public_newsletters as public_views

urlpatterns = [
    path("newsletters/", views.newsletter_list, name="newsletter_list"),
    path("newsletters/create/", views.newsletter_create, name="newsletter_create"),
    path("newsletters/<int:pk>/", views.newsletter_detail, name="newsletter_detail"),
    path("newsletters/<int:pk>/gather/", views.newsletter_gather, name="newsletter_gather"),
    path("newsletters/<int:pk>/print/", views.newsletter_print, name="newsletter_print"),
    path("newsletters/<int:pk>/publish/", views.newsletter_publish, name="newsletter_publish"),
    path("newsletters/<int:pk>/pieces/create/", views.piece_create, name="piece_create"),
    path("newsletters/pieces/<int:pk>/update/", views.piece_update, name="piece_update"),
    path("newsletters/pieces/<int:pk>/move/", views.piece_move, name="piece_move"),
    path("newsletters/pieces/<int:pk>/remove/", views.piece_remove, name="piece_remove"),
    path(
        "newsletters/documents/<int:pk>/",
        views.newsletter_document_detail,
        name="newsletter_document_detail",
    ),
    path(
        "newsletters/documents/<int:pk>/retry/",
        views.newsletter_document_retry,
        name="newsletter_document_retry",
    ),
    path(
        "newsletters/documents/<int:pk>/download/",
        views.newsletter_document_download,
        name="newsletter_document_download",
    ),
]
public = [
    path("newsletters/", public_views.newsletter_list, name="newsletter_list"),
    path("newsletters/<int:pk>/", public_views.newsletter_detail, name="newsletter_detail"),
    path("newsletters/<int:pk>/pdf/", public_views.newsletter_pdf, name="newsletter_pdf"),
    path(
        "newsletters/<int:pk>/pictures/<int:number>/",
        public_views.newsletter_picture,
        name="newsletter_picture",
    ),
    path("newsletters/subscribe/<slug:code>/", public_views.subscribe, name="subscribe"),
    path(
        "newsletters/subscription/<uuid:token>/",
        public_views.subscription_confirm,
        name="subscription_confirm",
    ),
    path(
        "newsletters/subscription/<uuid:token>/end/",
        public_views.unsubscribe,
        name="unsubscribe",
    ),
]
