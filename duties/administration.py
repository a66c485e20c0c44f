"""The dated rules of this room, for the system administrator to keep."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.rule_kinds import RuleKind, register
from teams.templatetags.bangla_tags import digits

from .models import ReminderRule


def tell_reminder(rule: ReminderRule) -> str:
    told = {
        "kind": rule.get_kind_display(),
        "days": digits(abs(rule.offset_days)),
        "reach": rule.get_reaches_display(),
    }
    if rule.offset_days < 0:
        return _("%(kind)s: শেষ তারিখের %(days)s দিন আগে; %(reach)s") % told
    if rule.offset_days == 0:
        return _("%(kind)s: শেষ তারিখে; %(reach)s") % told
    return _("%(kind)s: শেষ তারিখের %(days)s দিন পরে; %(reach)s") % told


register(
    RuleKind(
        code="reminders",
        model=ReminderRule,
        label=gettext_lazy("মনে করিয়ে দেওয়ার নিয়ম"),
        about=gettext_lazy("শেষ তারিখের কত দিন আগে বা পরে কাকে মনে করিয়ে দেওয়া হয়।"),
        columns=("kind", "offset_days", "reaches"),
        follows=("kind", "offset_days"),
        tell=tell_reminder,
    )
)
