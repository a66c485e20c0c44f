"""The dated rules of this room, for the system administrator to keep."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bangla.dates import month_name
from bangla.digits import Language

from .language import in_bengali
from .models import CompositionRequirement, CompositionRule, DueRule, TermOfReference
from .rule_kinds import RuleKind, RuleLines, Words, register
from .templatetags.bangla_tags import digits

LONGEST_MONTH = 31
FEBRUARY = 2
SHORT_MONTHS = frozenset({4, 6, 9, 11})


def tell_composition(rule: CompositionRule) -> str:
    """ "উপজেলা: প্রধান …; মনোনীত সদস্য ৩–৫ জন" """
    told = {
        "tier": rule.get_tier_display(),
        "leader": rule.leader,
        "least": digits(rule.nominated_min),
        "most": digits(rule.nominated_max),
    }
    return _("%(tier)s: প্রধান %(leader)s; মনোনীত সদস্য %(least)s–%(most)s জন") % told


def tell_term(rule: TermOfReference) -> str:
    return f"{digits(rule.number)}. {rule.text}"


def tell_due(rule: DueRule) -> str:
    """ "বার্ষিক প্রতিবেদন: প্রতি বছর ৩১ জুলাই" """
    told = {"kind": rule.get_kind_display(), "day": digits(rule.day)}
    if rule.days_after is not None:
        return _("%(kind)s: %(days)s দিনের মধ্যে") % {**told, "days": digits(rule.days_after)}
    if rule.month is None and rule.day == LONGEST_MONTH:
        return _("%(kind)s: প্রতি মাসের শেষ দিন") % told
    if rule.month is None:
        return _("%(kind)s: প্রতি মাসের %(day)s তারিখ") % told
    month = month_name(rule.month, _language())
    return _("%(kind)s: প্রতি বছর %(day)s %(month)s") % {**told, "month": month}


def months() -> list[tuple[Any, Words]]:
    named = [(number, month_name(number, _language())) for number in range(1, 13)]
    return [("", gettext_lazy("প্রতি মাসে, অথবা প্রযোজ্য নয়")), *named]


def _language() -> Language:
    return "bn" if in_bengali() else "en"


def due_objection(values: Mapping[str, Any]) -> Words:
    """A day of a year or of a month, or a number of days, and only one of them."""
    month, day, after = values.get("month"), values.get("day"), values.get("days_after")
    if after:
        clash = day or month
        return _("দিন-মাস অথবা “কত দিনের মধ্যে”, যেকোনো একটি দিন; অন্যটি খালি রাখুন।") if clash else ""
    if not day:
        return _("কোন দিনের মধ্যে, অথবা ঘটনার কত দিনের মধ্যে, একটি লিখুন।")
    last = 28 if month == FEBRUARY else 30 if month in SHORT_MONTHS else LONGEST_MONTH
    if day > last:
        return _("ওই মাসে %(day)s তারিখ প্রতি বছর আসে না। সর্বোচ্চ %(last)s লেখা যায়।") % {
            "day": digits(day),
            "last": digits(last),
        }
    return ""


def composition_objection(values: Mapping[str, Any]) -> Words:
    least, most = values.get("nominated_min"), values.get("nominated_max")
    if least is not None and most is not None and least > most:
        return _("মনোনীত সদস্যের সর্বোচ্চ সংখ্যা অন্তত-সংখ্যার চেয়ে কম। সংখ্যা দুটি মিলিয়ে নিন।")
    return ""


def requirements_objection(rows: Sequence[Mapping[str, Any]]) -> Words:
    if any(not row["minimum"] for row in rows):
        return _("প্রতিটি শর্তে অন্তত ১ জন লিখুন; শর্তটি না লাগলে সারিটি বাদ দিন।")
    return ""


register(
    RuleKind(
        code="composition",
        model=CompositionRule,
        label=gettext_lazy("টিম গঠনের নিয়ম"),
        about=gettext_lazy("কোন পর্যায়ে কে টিমের প্রধান, কতজন সদস্য, কোন কোন পটভূমির সদস্য লাগবে।"),
        columns=(
            *("tier", "leading_seat", "leader_bn", "leader_en", "leader_is_head"),
            *("nominated_min", "nominated_max", "formed_by"),
        ),
        follows=("tier",),
        tell=tell_composition,
        objection=composition_objection,
        lines=RuleLines(
            model=CompositionRequirement,
            link="rule",
            columns=("name_bn", "name_en", "backgrounds", "minimum", "is_seat"),
            label=gettext_lazy("টিমে যাঁদের থাকতে হবে"),
            objection=requirements_objection,
        ),
        labels={"backgrounds": gettext_lazy("পটভূমি (যেকোনো একটি থাকলেই হবে)")},
    ),
    RuleKind(
        code="terms",
        model=TermOfReference,
        label=gettext_lazy("কার্যপরিধি"),
        about=gettext_lazy("প্রতিটি ইনোভেশন টিমের কাজ; অফিস আদেশে এই তালিকাই ছাপা হয়।"),
        columns=("number", "text_bn", "text_en"),
        follows=("number",),
        tell=tell_term,
    ),
    RuleKind(
        code="due-dates",
        model=DueRule,
        label=gettext_lazy("সময়সীমা"),
        about=gettext_lazy(
            "পরিকল্পনা, সভা, প্রতিবেদন ও পর্যালোচনা কবে দিতে হবে। একই দিন থেকে একাধিক "
            "নিয়ম থাকলে সবগুলো চলে, যেমন বছরে দুটি অর্ধবার্ষিক প্রতিবেদন।"
        ),
        columns=("kind", "month", "day", "days_after"),
        follows=("kind",),
        tell=tell_due,
        choices={"month": months},
        objection=due_objection,
    ),
)
