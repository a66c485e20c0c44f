"""What the system administrator keeps of this room."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.open_papers import OpenPapers, register_papers
from teams.rule_kinds import RuleKind, Words, register
from teams.templatetags.bangla_tags import digits

from .enums import ReportStatus
from .models import Report, ReportingYear, ReviewCriterion, SectionRule

OPEN = (ReportStatus.DRAFT, ReportStatus.SUBMITTED, ReportStatus.RETURNED)


def tell_section(rule: SectionRule) -> str:
    told = {
        "kind": rule.get_kind_display(),
        "section": rule.get_section_display(),
        "position": digits(rule.position),
    }
    if rule.is_required:
        return _("%(kind)s, %(position)s: %(section)s (না থাকলে পাঠানো যায় না)") % told
    return _("%(kind)s, %(position)s: %(section)s") % told


def tell_criterion(rule: ReviewCriterion) -> str:
    return _("%(name)s (পূর্ণমান %(points)s)") % {"name": rule.name, "points": digits(rule.points)}


def points_objection(values: Mapping[str, Any]) -> Words:
    return "" if values.get("points") else _("পূর্ণমান ১ বা তার বেশি লিখুন।")


register(
    RuleKind(
        code="reporting-years",
        model=ReportingYear,
        label=gettext_lazy("প্রতিবেদনের বছর"),
        about=gettext_lazy("কোন প্রতিবেদন অর্থবছর ধরে হয়, কোনটি পঞ্জিকাবছর ধরে।"),
        columns=("kind", "period_kind"),
        follows=("kind",),
        labels={"kind": gettext_lazy("কোন প্রতিবেদন")},
    ),
    RuleKind(
        code="report-sections",
        model=SectionRule,
        label=gettext_lazy("প্রতিবেদনের অংশ"),
        about=gettext_lazy("প্রতিবেদনে কোন কোন অংশ থাকে, কোন ক্রমে, কোনটি ছাড়া পাঠানো যায় না।"),
        columns=("kind", "section", "position", "is_required"),
        follows=("kind", "section"),
        tell=tell_section,
        labels={
            "kind": gettext_lazy("কোন প্রতিবেদন"),
            "section": gettext_lazy("অংশ"),
            "position": gettext_lazy("ক্রম"),
        },
    ),
    RuleKind(
        code="review-criteria",
        model=ReviewCriterion,
        label=gettext_lazy("পর্যালোচনার প্রশ্ন"),
        about=gettext_lazy("পর্যালোচক যে প্রশ্নগুলোর উত্তরে নম্বর দেন, এবং প্রতিটির পূর্ণমান।"),
        columns=("key", "position", "name_bn", "name_en", "help_bn", "help_en", "points"),
        follows=("key",),
        tell=tell_criterion,
        objection=points_objection,
        labels={
            "key": gettext_lazy("পরিচয় (ছোট হাতের ইংরেজি)"),
            "position": gettext_lazy("ক্রম"),
            "name_bn": gettext_lazy("প্রশ্ন (বাংলা)"),
            "name_en": gettext_lazy("প্রশ্ন (ইংরেজি)"),
            "help_bn": gettext_lazy("ব্যাখ্যা (বাংলা)"),
            "help_en": gettext_lazy("ব্যাখ্যা (ইংরেজি)"),
        },
    ),
)
register_papers(
    OpenPapers(
        code="reports",
        label=gettext_lazy("প্রতিবেদন"),
        of_offices=lambda offices: Report.objects.filter(office__in=offices, status__in=OPEN),
    )
)
