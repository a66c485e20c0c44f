"""The Cabinet Division's review and the comments of superior offices."""

from django.urls import path

from ..views import comments, review_bulk
from ..views import review as views

urlpatterns = [
    path("review/", views.review_list, name="review_list"),
    path("review/assign/", review_bulk.review_assign_many, name="review_assign_many"),
    path("review/remind/", review_bulk.review_remind, name="review_remind"),
    path("review/publish/", review_bulk.review_publish_many, name="review_publish_many"),
    # one submission
    path("review/<int:pk>/", views.review_detail, name="review_detail"),
    path("review/<int:pk>/take/", views.review_take, name="review_take"),
    path("review/<int:pk>/assign/", views.review_assign, name="review_assign"),
    path("review/<int:pk>/marks/", views.review_marks, name="review_marks"),
    path("review/<int:pk>/return/", views.review_return, name="review_return"),
    path("review/<int:pk>/accept/", views.review_accept, name="review_accept"),
    path("review/<int:pk>/reopen/", views.review_reopen, name="review_reopen"),
    # what was said of it
    path("review/<int:pk>/comments/create/", comments.comment_create, name="comment_create"),
    path("review/<int:pk>/comments/send/", comments.comment_send, name="comment_send"),
    path("comments/<int:pk>/update/", comments.comment_update, name="comment_update"),
    path("comments/<int:pk>/delete/", comments.comment_delete, name="comment_delete"),
    path("comments/<int:pk>/answer/", comments.comment_answer, name="comment_answer"),
    path("comments/<int:pk>/settle/", comments.comment_settle, name="comment_settle"),
]
