"""What the system administrator sees of this room before an office is changed."""

from django.utils.translation import gettext_lazy as _

from teams.open_papers import OpenPapers, register_papers

from .enums import MeetingStatus
from .models import Meeting

OPEN = (MeetingStatus.DRAFT, MeetingStatus.FINALISED)

register_papers(
    OpenPapers(
        code="meetings",
        label=_("যে সভার কার্যবিবরণী জারি হয়নি"),
        of_offices=lambda offices: Meeting.objects.filter(office__in=offices, status__in=OPEN),
    )
)
