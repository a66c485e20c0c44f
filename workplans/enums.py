"""States of a plan and of its tasks, and the table of allowed steps."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from teams.transitions import Transition


class PeriodKind(TextChoices):
    CALENDAR = "calendar", _("পঞ্জিকা বছর")
    HALF = "half", _("অর্ধবছর")
    FISCAL = "fiscal", _("অর্থবছর")


class PlanForm(TextChoices):
    """The printed shapes the government has used for the plan."""

    SUBJECT = "subject", _("বিষয়সহ, শুরু ও সমাপ্তির তারিখ")
    PROGRESS = "progress", _("বিষয়সহ, অগ্রগতির কলামসহ")
    COMBINED = "combined", _("বিষয় ছাড়া, একটি বাস্তবায়নকাল")
    SCORED = "scored", _("মানভিত্তিক: সূচক, লক্ষ্যমাত্রা ও স্কোর")
    QUARTERLY = "quarterly", _("ত্রৈমাসিক লক্ষ্যমাত্রা ও অর্জন")


# The forms whose rows are measured by indicators.
FORMS_WITH_INDICATORS = frozenset({PlanForm.SCORED, PlanForm.QUARTERLY})


class Unit(TextChoices):
    """What an indicator is counted in."""

    NUMBER = "number", _("সংখ্যা")
    PERCENT = "percent", _("%")
    DATE = "date", _("তারিখ")
    YES_NO = "yes_no", _("হ্যাঁ/না")


class Occasion(TextChoices):
    """Why a plan's words were kept as they were."""

    SUBMITTED = "submitted", _("পেশ")
    APPROVED = "approved", _("অনুমোদন")
    DECIDED = "decided", _("সভার সিদ্ধান্ত")


class PlanStatus(TextChoices):
    DRAFT = "draft", _("খসড়া")
    SUBMITTED = "submitted", _("অনুমোদনের অপেক্ষায়")
    RETURNED = "returned", _("সংশোধনের জন্য ফেরত")
    APPROVED = "approved", _("অনুমোদিত")
    CLOSED = "closed", _("সমাপ্ত")
    # Only of a revision that nobody wants any more; its words stay with the team.
    WITHDRAWN = "withdrawn", _("প্রত্যাহার করা")


# The team works on the text; nobody above the office sees it.
EDITABLE = frozenset({PlanStatus.DRAFT, PlanStatus.RETURNED})
# The text is settled or on its way; the superior office may read it.
SENT = frozenset({PlanStatus.SUBMITTED, PlanStatus.APPROVED, PlanStatus.CLOSED})

SUBMIT = Transition(
    "submit", EDITABLE, PlanStatus.SUBMITTED, "submitted", "can_submit_workplan", _("পেশ করুন")
)
RETURN = Transition(
    "return",
    frozenset({PlanStatus.SUBMITTED}),
    PlanStatus.RETURNED,
    "returned",
    "can_return_workplan",
    _("সংশোধনের জন্য ফেরত দিন"),
)
APPROVE = Transition(
    "approve",
    frozenset({PlanStatus.SUBMITTED}),
    PlanStatus.APPROVED,
    "approved",
    "can_approve_workplan",
    _("অনুমোদন করুন"),
)
CLOSE = Transition(
    "close",
    frozenset({PlanStatus.APPROVED}),
    PlanStatus.CLOSED,
    "closed",
    "can_close_workplan",
    _("সমাপ্ত ঘোষণা করুন"),
)
WITHDRAW = Transition(
    "withdraw",
    EDITABLE,
    PlanStatus.WITHDRAWN,
    "withdrawn",
    "can_withdraw_revision",
    _("সংশোধন প্রত্যাহার করুন"),
)
TRANSITIONS = (SUBMIT, RETURN, APPROVE, CLOSE, WITHDRAW)


class TaskState(TextChoices):
    """Computed from dates and progress, never typed."""

    DONE = "done", _("সম্পন্ন")
    LATE = "late", _("দেরি")
    AT_RISK = "at_risk", _("ঝুঁকিতে")
    RUNNING = "running", _("চলমান")
    UPCOMING = "upcoming", _("শুরু হয়নি")
    UNDATED = "undated", _("তারিখ নেই")


class ImportMode(TextChoices):
    APPEND = "append", _("আগের কাজের নিচে যোগ করুন")
    REPLACE = "replace", _("আগের সব কাজের জায়গায় বসান")
    UPDATE = "update", _("একই সারিগুলো হালনাগাদ করুন")
