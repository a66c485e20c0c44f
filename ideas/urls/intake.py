"""What reaches an office: held submissions, the paper box, forwarding, one's own ideas."""

from django.urls import path

from ..views import hand_in, tracking
from ..views import intake as views

urlpatterns = [
    path("held/", views.held_list, name="held_list"),
    path("held/admit/", views.held_admit, name="held_admit"),
    path("held/discard/", views.held_discard, name="held_discard"),
    path("held/readmit/", views.held_readmit, name="held_readmit"),
    path("box/", views.box_create, name="box_create"),
    path("box/slips/", views.slip_list, name="slips"),
    path("<int:pk>/contact/", views.idea_contact, name="contact"),
    path("<int:pk>/forward/", views.idea_forward, name="forward"),
    path("forwarded/", views.forwarded_list, name="forwarded_list"),
    path("mine/", views.my_ideas, name="mine"),
    path("files/<int:pk>/", views.idea_file, name="file"),
]
public = [
    path("idea-box/", hand_in.idea_create, name="idea_create"),
    path("idea-box/offices/", hand_in.office_list, name="office_list"),
    path("idea-box/received/", hand_in.idea_received, name="idea_received"),
    path("idea-box/track/", tracking.idea_track, name="track"),
    path("idea-box/track/<str:code>/", tracking.idea_follow, name="follow"),
    path("idea-box/track/<str:code>/appeal/", tracking.idea_appeal, name="appeal"),
    # Last: any other word is the code of an office.
    path("idea-box/<slug:code>/", hand_in.office_idea_create, name="office_idea_create"),
]
