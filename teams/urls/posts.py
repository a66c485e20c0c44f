"""The posts of an office, who holds them, and who held them."""

from django.urls import path

from ..views import people, posts

urlpatterns = [
    path("offices/<slug:code>/people/", posts.people, name="people"),
    path("offices/<slug:code>/people/posts/create/", posts.post_create, name="post_create"),
    path("offices/<slug:code>/people/<int:pk>/update/", people.person_update, name="person_update"),
    path("posts/<int:pk>/", posts.post_detail, name="post_detail"),
    path("posts/<int:pk>/update/", posts.post_update, name="post_update"),
    path("posts/<int:pk>/move/", posts.post_move, name="post_move"),
    path("posts/<int:pk>/close/", posts.post_close, name="post_close"),
    path("posts/<int:pk>/reopen/", posts.post_reopen, name="post_reopen"),
    path("posts/<int:pk>/transfer/", posts.post_transfer, name="post_transfer"),
    path("posts/<int:pk>/call-off/", posts.transfer_call_off, name="transfer_call_off"),
    path("posts/<int:pk>/charge/", posts.post_charge, name="post_charge"),
    path("posts/holdings/<int:pk>/release/", posts.holding_release, name="holding_release"),
]
