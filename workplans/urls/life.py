"""How a plan is sent, returned, approved, revised and compared; remarks on its cells."""

from django.urls import path

from ..views import life, remarks

urlpatterns = [
    path("<int:pk>/revise/", life.workplan_revise, name="revise"),
    path("<int:pk>/withdraw/", life.workplan_withdraw, name="withdraw"),
    path("<int:pk>/versions/", life.version_list, name="versions"),
    path("<int:pk>/versions/<int:number>/", life.version_detail, name="version"),
    path("<int:pk>/compare/", life.workplan_compare, name="compare"),
    path("<int:pk>/comments/", remarks.comment_list, name="comments"),
    path("<int:pk>/comments/create/", remarks.comment_create, name="comment_create"),
    path("comments/<int:pk>/reply/", remarks.comment_reply, name="comment_reply"),
    path("comments/<int:pk>/settle/", remarks.comment_settle, name="comment_settle"),
    path("comments/<int:pk>/seen/", remarks.comment_seen, name="comment_seen"),
]
