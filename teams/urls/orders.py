"""The office order of a team, and the duties it lists."""

from django.urls import path

from ..views import orders

urlpatterns = [
    path("teams/terms/", orders.term_list, name="term_list"),
    path("teams/<int:pk>/order/", orders.order_detail, name="order_detail"),
    path("teams/<int:pk>/order/print/", orders.order_print, name="order_print"),
    path("teams/<int:pk>/order/docx/", orders.order_docx, name="order_docx"),
    path("teams/orders/<int:pk>/", orders.order_document_detail, name="order_document_detail"),
    path("teams/orders/<int:pk>/retry/", orders.order_document_retry, name="order_document_retry"),
    path(
        "teams/orders/<int:pk>/download/",
        orders.order_document_download,
        name="order_document_download",
    ),
]
