"""The words of the hierarchy."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Tier(TextChoices):
    """The level an office stands on; the gazette of 16 November 2023 gives each its own team."""

    CABINET = "cabinet", _("মন্ত্রিপরিষদ বিভাগ")
    MINISTRY = "ministry", _("মন্ত্রণালয়/বিভাগ")
    AGENCY = "agency", _("অধিদপ্তর/সংস্থা")
    DIVISION = "division", _("বিভাগীয় পর্যায়")
    DISTRICT = "district", _("জেলা")
    UPAZILA = "upazila", _("উপজেলা")


class Role(TextChoices):
    """What the holder of a post does in the office's innovation work."""

    HEAD = "head", _("দপ্তর প্রধান")
    INNOVATION_OFFICER = "innovation_officer", _("ইনোভেশন অফিসার")
    MEMBER = "member", _("সদস্য")
    CABINET_REVIEWER = "cabinet_reviewer", _("মন্ত্রিপরিষদ বিভাগের পর্যালোচক")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("সিস্টেম অ্যাডমিনিস্ট্রেটর")


# Roles whose holders work with the office's own papers. A system administrator keeps offices
# and rules in order and reads nobody's drafts.
TEAM_ROLES = frozenset({Role.HEAD, Role.INNOVATION_OFFICER, Role.MEMBER})
# Roles that may send a paper of the team on its way.
LEAD_ROLES = frozenset({Role.HEAD, Role.INNOVATION_OFFICER})


class HoldingKind(TextChoices):
    """How a person holds a post."""

    REGULAR = "regular", _("নিয়মিত")
    ADDITIONAL = "additional", _("অতিরিক্ত দায়িত্ব")
    IN_CHARGE = "in_charge", _("ভারপ্রাপ্ত")


class GroupKind(TextChoices):
    """How a group of posts knows who is in it."""

    LISTED = "listed", _("তালিকা করা পদ")
    TEAM = "team", _("টিমের সকল সদস্য")
    HEADS_BELOW = "heads_below", _("ঠিক নিচের সকল দপ্তরের প্রধান")


class DueKind(TextChoices):
    """What can be owed by a day."""

    PLAN = "plan", _("বাৎসরিক কর্মপরিকল্পনা")
    MEETING = "meeting", _("মাসিক সভা")
    HALF_YEAR = "half_year", _("অর্ধবার্ষিক প্রতিবেদন")
    ANNUAL_REPORT = "annual_report", _("বার্ষিক প্রতিবেদন")
    RESUBMISSION = "resubmission", _("ফেরত প্রতিবেদনের সংশোধন")
    REVIEW = "review", _("প্রতিবেদন পর্যালোচনা")
    DECISION = "decision", _("সভার সিদ্ধান্ত")
