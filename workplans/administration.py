"""What the system administrator keeps of this room."""

from django.utils.translation import gettext_lazy as _

from teams.open_papers import OpenPapers, register_papers
from teams.rule_kinds import RuleKind, register

from .enums import PlanStatus
from .models import StandardSubject, WorkPlan

register(
    RuleKind(
        code="subjects",
        model=StandardSubject,
        label=_("প্রচলিত বিষয়"),
        about=_("কর্মপরিকল্পনা লেখার সময় যে বিষয়গুলো প্রস্তাব করা হয়।"),
        columns=("name",),
        follows=("name",),
    )
)
register_papers(
    OpenPapers(
        code="plans",
        label=_("কর্মপরিকল্পনা"),
        of_offices=lambda offices: WorkPlan.objects.filter(office__in=offices).exclude(
            status=PlanStatus.CLOSED
        ),
    )
)
