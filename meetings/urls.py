from django.urls import path

from .views import arranging, attendance, calling, following, looking_back, minutes, writing

app_name = "meetings"
urlpatterns = [
    # calling
    path("", calling.meeting_list, name="list"),
    path("create/", calling.meeting_create, name="create"),
    path("no-meeting/", calling.no_meeting, name="no_meeting"),
    path("<int:pk>/update/", calling.meeting_update, name="update"),
    path("<int:pk>/notice/", calling.meeting_notice, name="notice"),
    path("<int:pk>/cancel/", calling.meeting_cancel, name="cancel"),
    path("<int:pk>/ical/", calling.meeting_ical, name="ical"),
    path("notices/<int:pk>/docx/", calling.notice_docx, name="notice_docx"),
    path("deliveries/<int:pk>/resend/", calling.delivery_resend, name="delivery_resend"),
    # writing
    path("<int:pk>/", writing.meeting_detail, name="detail"),
    path("<int:pk>/agenda/refresh/", writing.agenda_refresh, name="agenda_refresh"),
    path("<int:pk>/items/create/", writing.item_create, name="item_create"),
    path("<int:pk>/attendance/", attendance.attendance, name="attendance"),
    path("<int:pk>/guests/create/", attendance.guest_create, name="guest_create"),
    path(
        "<int:pk>/follow-ups/<int:decision_pk>/update/",
        writing.follow_up_update,
        name="follow_up_update",
    ),
    path("items/<int:pk>/update/", writing.item_update, name="item_update"),
    path("items/<int:pk>/move/", writing.item_move, name="item_move"),
    path("items/<int:pk>/state/", writing.item_state, name="item_state"),
    path("items/<int:pk>/decisions/create/", writing.decision_create, name="decision_create"),
    path("decisions/<int:pk>/update/", writing.decision_update, name="decision_update"),
    path("decisions/<int:pk>/remove/", writing.decision_remove, name="decision_remove"),
    path("decisions/<int:pk>/restore/", writing.decision_restore, name="decision_restore"),
    path("guests/<int:pk>/remove/", attendance.guest_remove, name="guest_remove"),
    # minutes
    path("<int:pk>/minutes/", minutes.meeting_minutes, name="minutes"),
    path("<int:pk>/finalise/", minutes.minutes_finalise, name="finalise"),
    path("<int:pk>/reopen/", minutes.minutes_reopen, name="reopen"),
    path("<int:pk>/circulate/", minutes.minutes_circulate, name="circulate"),
    path("<int:pk>/print/", minutes.minutes_print, name="print"),
    path("<int:pk>/docx/", minutes.minutes_docx, name="docx"),
    path("<int:pk>/extract/", minutes.extract_print, name="extract_print"),
    path("versions/<int:pk>/", minutes.version_detail, name="version"),
    path("documents/<int:pk>/", minutes.document_detail, name="document_detail"),
    path("documents/<int:pk>/retry/", minutes.document_retry, name="document_retry"),
    path("documents/<int:pk>/download/", minutes.document_download, name="document_download"),
    # following
    path("decisions/", following.decision_list, name="decision_list"),
    path("decisions/<int:pk>/", following.decision_detail, name="decision_detail"),
    path("decisions/<int:pk>/complete/", following.decision_complete, name="decision_complete"),
    path("decisions/<int:pk>/drop/", following.decision_drop, name="decision_drop"),
    path("decisions/<int:pk>/resume/", following.decision_resume, name="decision_resume"),
    path("assignments/<int:pk>/report/", following.assignment_report, name="assignment_report"),
    path("reports/<int:pk>/evidence/", following.report_evidence, name="report_evidence"),
    # arranging
    path("arrange/", arranging.arrange, name="arrange"),
    path("offices/<int:office_pk>/topics/create/", arranging.topic_create, name="topic_create"),
    path("topics/<int:pk>/update/", arranging.topic_update, name="topic_update"),
    path("topics/<int:pk>/move/", arranging.topic_move, name="topic_move"),
    path("offices/<int:office_pk>/phrases/create/", arranging.phrase_create, name="phrase_create"),
    path("phrases/<int:pk>/update/", arranging.phrase_update, name="phrase_update"),
    path(
        "offices/<int:office_pk>/phrases/<int:pk>/delete/",
        arranging.phrase_delete,
        name="phrase_delete",
    ),
    path("offices/<int:office_pk>/prefixes/create/", arranging.prefix_create, name="prefix_create"),
    path("prefixes/<int:pk>/update/", arranging.prefix_update, name="prefix_update"),
    path("offices/<int:office_pk>/groups/create/", arranging.group_create, name="group_create"),
    path("groups/<int:pk>/update/", arranging.group_update, name="group_update"),
    path(
        "offices/<int:office_pk>/templates/<slug:kind>/upload/",
        arranging.template_upload,
        name="template_upload",
    ),
    path(
        "offices/<int:office_pk>/templates/<slug:kind>/delete/",
        arranging.template_delete,
        name="template_delete",
    ),
    path(
        "offices/<int:office_pk>/templates/<slug:kind>/download/",
        arranging.template_download,
        name="template_download",
    ),
    path("templates/<slug:kind>/default/", arranging.template_default, name="template_default"),
    # imports
    # looking back
    path("search/", looking_back.search, name="search"),
    path("statistics/", looking_back.statistics, name="statistics"),
    path("books/create/", looking_back.book_create, name="book_create"),
    path("books/<int:pk>/", looking_back.book_detail, name="book_detail"),
    path("books/<int:pk>/retry/", looking_back.book_retry, name="book_retry"),
    path("books/<int:pk>/download/", looking_back.book_download, name="book_download"),
]
