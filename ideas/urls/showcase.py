"""Pages of initiatives, showcase events, awards and certificates."""

from django.urls import path

from ..views import awards, events, exhibition
from ..views import showcase as views

urlpatterns = [
    # pages of initiatives
    path("<int:pk>/initiative/create/", views.initiative_create, name="initiative_create"),
    path("initiatives/", views.initiative_list, name="initiative_list"),
    path("initiatives/<int:pk>/", views.initiative_detail, name="initiative_detail"),
    path("initiatives/<int:pk>/update/", views.initiative_update, name="initiative_update"),
    path("initiatives/<int:pk>/publish/", views.initiative_publish, name="initiative_publish"),
    path("initiatives/<int:pk>/withdraw/", views.initiative_withdraw, name="initiative_withdraw"),
    path("initiatives/<int:pk>/pictures/", views.initiative_pictures, name="initiative_pictures"),
    path("pictures/<int:pk>/", views.initiative_picture, name="initiative_picture"),
    path("pictures/<int:pk>/update/", views.picture_update, name="picture_update"),
    path("pictures/<int:pk>/move/", views.picture_move, name="picture_move"),
    path("pictures/<int:pk>/remove/", views.picture_remove, name="picture_remove"),
    # showcase events
    path("events/", events.event_list, name="event_list"),
    path("events/create/", events.event_create, name="event_create"),
    path("events/<int:pk>/", events.event_detail, name="event_detail"),
    path("events/<int:pk>/update/", events.event_update, name="event_update"),
    path("events/<int:pk>/publish/", events.event_publish, name="event_publish"),
    path("events/<int:pk>/withdraw/", events.event_withdraw, name="event_withdraw"),
    path("events/<int:pk>/entries/create/", events.entry_create, name="entry_create"),
    path("entries/<int:pk>/update/", events.entry_update, name="entry_update"),
    path("entries/<int:pk>/move/", events.entry_move, name="entry_move"),
    path("entries/<int:pk>/remove/", events.entry_remove, name="entry_remove"),
    # awards and certificates
    path("awards/", awards.award_list, name="award_list"),
    path("awards/create/", awards.award_create, name="award_create"),
    path("awards/<int:pk>/", awards.award_detail, name="award_detail"),
    path("awards/<int:pk>/revoke/", awards.award_revoke, name="award_revoke"),
    path("certificates/<int:pk>/", awards.certificate_detail, name="certificate_detail"),
    path("certificates/<int:pk>/retry/", awards.certificate_retry, name="certificate_retry"),
    path(
        "certificates/<int:pk>/download/", awards.certificate_download, name="certificate_download"
    ),
]
public = [
    path("initiatives/", exhibition.initiative_list, name="initiative_list"),
    path("initiatives/<int:pk>/", exhibition.initiative_detail, name="initiative_detail"),
    path(
        "initiatives/pictures/<int:pk>/", exhibition.initiative_picture, name="initiative_picture"
    ),
    path("events/<int:pk>/", exhibition.event_detail, name="event_detail"),
    path("verify/", exhibition.verify, name="verify"),
    path("verify/<str:code>/", exhibition.verify_code, name="verify_code"),
]
