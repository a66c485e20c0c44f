"""The words of the hierarchy."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .steps import Transition


class Tier(TextChoices):
    """The level an office stands on; the gazette of 16 November 2023 gives each its own team."""

    CABINET = "cabinet", _("মন্ত্রিপরিষদ বিভাগ")
    MINISTRY = "ministry", _("মন্ত্রণালয়/বিভাগ")
    AGENCY = "agency", _("অধিদপ্তর/সংস্থা")
    DIVISION = "division", _("বিভাগীয় পর্যায়")
    DISTRICT = "district", _("জেলা")
    UPAZILA = "upazila", _("উপজেলা")


# The tiers that have offices below them (teams.offices.TIER_PARENTS).
HAVE_OFFICES_BELOW = frozenset({Tier.CABINET, Tier.MINISTRY, Tier.DIVISION, Tier.DISTRICT})


class Role(TextChoices):
    """What the holder of a post does in the office's innovation work."""

    HEAD = "head", _("দপ্তর প্রধান")
    INNOVATION_OFFICER = "innovation_officer", _("ইনোভেশন অফিসার")
    MEMBER = "member", _("সদস্য")
    STAFF = "staff", _("টিমের বাইরের কর্মকর্তা")
    CABINET_REVIEWER = "cabinet_reviewer", _("মন্ত্রিপরিষদ বিভাগের পর্যালোচক")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("সিস্টেম অ্যাডমিনিস্ট্রেটর")


# Roles whose holders work with the office's own papers. A system administrator keeps offices
# and rules in order and reads nobody's drafts.
TEAM_ROLES = frozenset({Role.HEAD, Role.INNOVATION_OFFICER, Role.MEMBER})
# Roles whose holders must prove who they are in a second way, not by a password alone.
GUARDED_ROLES = frozenset({Role.HEAD, Role.CABINET_REVIEWER, Role.SYSTEM_ADMINISTRATOR})
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
    TASK = "task", _("কর্মপরিকল্পনার কাজ")


# --- Teams ---------------------------------------------------------------------------------
class TeamStatus(TextChoices):
    """The life of a team: written, ordered, and replaced by the next order or ended."""

    DRAFT = "draft", _("খসড়া")
    ISSUED = "issued", _("বলবৎ")
    REPLACED = "replaced", _("পুনর্গঠিত")
    DISSOLVED = "dissolved", _("বিলুপ্ত")


class Seat(TextChoices):
    """As what somebody sits in a team."""

    CHIEF = "chief", _("চিফ ইনোভেশন অফিসার")
    LEADER = "leader", _("ইনোভেশন অফিসার")
    MEMBER = "member", _("সদস্য")
    SECRETARY = "secretary", _("সদস্য-সচিব")


# Who leads the team in the room of the gazette: one of these two, never both.
LEADING_SEATS = frozenset({Seat.CHIEF, Seat.LEADER})

ISSUE = Transition(
    "issue",
    frozenset({TeamStatus.DRAFT}),
    TeamStatus.ISSUED,
    "issued",
    "can_issue_team",
    _("আদেশ জারি করুন"),
)
# An order that a younger one had replaced before it was written down here.
ENTER = Transition(
    "enter",
    frozenset({TeamStatus.DRAFT}),
    TeamStatus.REPLACED,
    "issued",
    "can_issue_team",
    _("আগের আদেশ হিসেবে রাখুন"),
)
REPLACE = Transition(
    "replace",
    frozenset({TeamStatus.ISSUED}),
    TeamStatus.REPLACED,
    "",
    "can_issue_team",
    _("নতুন আদেশে পুনর্গঠিত"),
)
DISSOLVE = Transition(
    "dissolve",
    frozenset({TeamStatus.ISSUED}),
    TeamStatus.DISSOLVED,
    "dissolved",
    "can_dissolve_team",
    _("টিম বিলুপ্ত করুন"),
)
TRANSITIONS = (ISSUE, ENTER, REPLACE, DISSOLVE)


class ChangeKind(TextChoices):
    """What can happen to an office."""

    CREATE = "create", _("নতুন দপ্তর")
    RENAME = "rename", _("নাম পরিবর্তন")
    MOVE = "move", _("ঊর্ধ্বতন দপ্তর পরিবর্তন")
    MERGE = "merge", _("একীভূতকরণ")
    SPLIT = "split", _("বিভাজন")
    CLOSE = "close", _("বিলুপ্তি")


class ChangeStatus(TextChoices):
    """A change waits for its day, then it has happened; until then it can be called off."""

    PLANNED = "planned", _("নির্ধারিত")
    APPLIED = "applied", _("কার্যকর")
    CANCELLED = "cancelled", _("বাতিল")


class InvitationKind(TextChoices):
    """How the one-time code reaches its person."""

    EMAIL = "email", _("ই-মেইলে")
    SLIP = "slip", _("ছাপানো চিরকুটে")


class Origin(TextChoices):
    """From where something was done."""

    WEB = "web", _("ওয়েবসাইট")
    WORKER = "worker", _("পটভূমির কাজ")
    COMMAND = "command", _("সার্ভারের আদেশ")
