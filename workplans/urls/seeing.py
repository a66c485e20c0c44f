"""The year at a glance: timeline, calendar, coverage of the terms of reference."""

from django.urls import path

from ..views import feeds, terms, timeline

urlpatterns = [
    path("<int:pk>/timeline/", timeline.timeline, name="timeline"),
    path("<int:pk>/timeline/print/", timeline.timeline_print, name="timeline_print"),
    path("<int:pk>/coverage/", terms.coverage, name="coverage"),
    path("<int:pk>/terms/", terms.plan_terms, name="plan_terms"),
    path("tasks/<int:pk>/terms/", terms.task_terms, name="task_terms"),
    path("calendar/", feeds.calendar, name="calendar"),
    path("calendar/make/", feeds.feed_make, name="feed_make"),
    path("calendar/<int:pk>/end/", feeds.feed_end, name="feed_end"),
    # Without log-in: whoever has the address reads it.
    path("calendars/<str:secret>.ics", feeds.feed, name="feed"),
]
