"""What the system administrator keeps of this room."""

from django.utils.translation import gettext_lazy as _

from teams.open_papers import OpenPapers, register_papers
from teams.rule_kinds import RuleKind, register

from .enums import PlanStatus
from .models import CommonTask, PlanFormRule, StandardSubject, WorkPlan

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
register(
    RuleKind(
        code="common-tasks",
        model=CommonTask,
        label=_("প্রচলিত কাজ"),
        about=_("নতুন পরিকল্পনা শুরু করার সময় স্তর অনুযায়ী যে কাজগুলো বেছে নেওয়া যায়।"),
        columns=(
            *("tier", "subject", "title", "start_text", "end_text", "responsible_text"),
            *("expected_result", "measure", "term_number"),
        ),
        follows=("tier", "subject", "title"),
    )
)
register(
    RuleKind(
        code="plan-forms",
        model=PlanFormRule,
        label=_("কর্মপরিকল্পনার ছক"),
        about=_("কোন সময় থেকে শুরু হওয়া কর্মপরিকল্পনা কোন ছকে ছাপা হয়। খোলা পরিকল্পনার ছক এতে বদলায় না।"),
        columns=("form",),
        follows=(),
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
