"""What the system administrator keeps of this room."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.open_papers import OpenPapers, register_papers
from teams.rule_kinds import RuleKind, RuleLines, Words, register
from teams.templatetags.bangla_tags import digits

from .enums import IdeaStatus
from .models import Criteria, Criterion, Idea

WHOLE = 100
OPEN = (
    *(IdeaStatus.HELD, IdeaStatus.RECEIVED, IdeaStatus.SHORTLISTED),
    *(IdeaStatus.APPROVED, IdeaStatus.PILOTING),
)


def tell_criteria(criteria: Criteria) -> str:
    names = (str(one) for one in criteria.criterion_set.all())
    return "; ".join(names)


def weights_objection(rows: Sequence[Mapping[str, Any]]) -> Words:
    """The weights of a set add up to 100, and each criterion has a name of its own."""
    keys = [row["key"] for row in rows]
    if len(set(keys)) < len(keys):
        return _("একই পরিচয় দুটি মানদণ্ডে আছে। প্রতিটির জন্য আলাদা পরিচয় লিখুন।")
    if any(not 1 <= row["weight"] <= WHOLE for row in rows):
        return _("প্রতিটি মানদণ্ডের গুরুত্ব ১ থেকে ১০০-এর মধ্যে লিখুন।")
    total = sum(row["weight"] for row in rows)
    if total != WHOLE:
        return _("গুরুত্বের যোগফল %(total)s; যোগফল ১০০ হতে হবে।") % {"total": digits(total)}
    return ""


register(
    RuleKind(
        code="criteria",
        model=Criteria,
        label=gettext_lazy("আইডিয়া বাছাইয়ের মানদণ্ড"),
        about=gettext_lazy("যাচাই-বাছাইয়ে সদস্যরা যে মানদণ্ডে নম্বর দেন, এবং প্রতিটির গুরুত্ব।"),
        columns=(),
        follows=(),
        tell=tell_criteria,
        lines=RuleLines(
            model=Criterion,
            link="criteria",
            columns=("key", "name_bn", "name_en", "help_bn", "help_en", "weight"),
            label=gettext_lazy("মানদণ্ড"),
            objection=weights_objection,
        ),
        labels={
            "key": gettext_lazy("পরিচয় (ছোট হাতের ইংরেজি)"),
            "name_bn": gettext_lazy("নাম (বাংলা)"),
            "name_en": gettext_lazy("নাম (ইংরেজি)"),
            "help_bn": gettext_lazy("ব্যাখ্যা (বাংলা)"),
            "help_en": gettext_lazy("ব্যাখ্যা (ইংরেজি)"),
            "weight": gettext_lazy("গুরুত্ব (শতাংশ)"),
        },
    )
)
register_papers(
    OpenPapers(
        code="ideas",
        label=gettext_lazy("চলমান আইডিয়া"),
        of_offices=lambda offices: Idea.objects.filter(office__in=offices, status__in=OPEN),
    )
)
