"""The register of activities."""

from django.urls import path

from ..views import activities as views

urlpatterns = [
    path("activities/", views.activity_list, name="activity_list"),
    path("activities/create/", views.activity_create, name="activity_create"),
    path("activities/<int:pk>/", views.activity_detail, name="activity_detail"),
    path("activities/<int:pk>/update/", views.activity_update, name="activity_update"),
    path("activities/<int:pk>/remove/", views.activity_remove, name="activity_remove"),
    path("activities/<int:pk>/restore/", views.activity_restore, name="activity_restore"),
    path("activities/<int:pk>/pictures/", views.activity_pictures, name="activity_pictures"),
    path("activities/pictures/<int:pk>/", views.activity_picture, name="activity_picture"),
    path(
        "activities/pictures/<int:pk>/update/",
        views.activity_picture_update,
        name="activity_picture_update",
    ),
    path(
        "activities/pictures/<int:pk>/remove/",
        views.activity_picture_remove,
        name="activity_picture_remove",
    ),
]
