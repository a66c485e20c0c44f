"""What the record keeps of meetings: which rows have versions, and whose timeline they stand in.

A guest's telephone number and address stay with the list of guests; no version holds them.
"""

from django.utils.translation import gettext_lazy as _

from teams.history.versions import belongs, keep, kept_columns

from .models import (
    AgendaItem,
    Assignment,
    AssignmentReport,
    Attendance,
    CopyRecipient,
    Decision,
    Delivery,
    FollowUp,
    Implementer,
    Meeting,
    MeetingDocument,
    MinutesVersion,
    NoMeeting,
    Notice,
    Phrase,
    StandingTopic,
)

keep(Meeting, without=("year_starts_on",))
keep(
    AgendaItem,
    of="meeting",
    without=("meeting", "confirms", "standing", "carried_from", "times_put_off"),
)
keep(
    Decision,
    of="meeting",
    without=("meeting",),
    labels={"item": _("আলোচ্য বিষয়")},
    parts=[kept_columns(Implementer)],
)
keep(FollowUp, of="meeting", without=("meeting", "before"))
keep(Attendance, "presence", "name", "designation", "office_name", of="meeting")
keep(NoMeeting)
keep(StandingTopic)
keep(Phrase)
belongs(CopyRecipient, "meeting")
belongs(Notice, "meeting")
belongs(Delivery, "meeting")
belongs(MinutesVersion, "meeting")
belongs(MeetingDocument, "meeting")
belongs(Assignment, "decision__meeting")
belongs(AssignmentReport, "assignment__decision__meeting")
