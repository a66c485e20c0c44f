"""States of a meeting, of its agenda and of its decisions, and the tables of allowed steps."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from teams.transitions import Transition


# --- The meeting and its minutes -----------------------------------------------------------
class MeetingKind(TextChoices):
    MONTHLY = "monthly", _("মাসিক সভা")
    SPECIAL = "special", _("বিশেষ সভা")


class MeetingStatus(TextChoices):
    """A meeting is called, held and written up as a draft; then its minutes travel."""

    DRAFT = "draft", pgettext_lazy("meeting", "খসড়া")
    FINALISED = "finalised", pgettext_lazy("meeting", "চূড়ান্ত")
    CIRCULATED = "circulated", pgettext_lazy("meeting", "জারি হয়েছে")
    CONFIRMED = "confirmed", pgettext_lazy("meeting", "দৃঢ়ীকৃত")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "বাতিল")


# The minutes are settled: the meeting counts as held and its decisions are in force.
HELD = frozenset({MeetingStatus.FINALISED, MeetingStatus.CIRCULATED, MeetingStatus.CONFIRMED})
# The minutes were sent out; the superior office may read them.
SENT = frozenset({MeetingStatus.CIRCULATED, MeetingStatus.CONFIRMED})

FINALISE = Transition(
    "finalise",
    frozenset({MeetingStatus.DRAFT}),
    MeetingStatus.FINALISED,
    "finalised",
    "can_finalise_minutes",
    _("চূড়ান্ত করুন"),
)
REOPEN = Transition(
    "reopen",
    frozenset({MeetingStatus.FINALISED}),
    MeetingStatus.DRAFT,
    "reopened",
    "can_reopen_minutes",
    _("আবার খুলুন"),
)
CIRCULATE = Transition(
    "circulate",
    frozenset({MeetingStatus.FINALISED}),
    MeetingStatus.CIRCULATED,
    "circulated",
    "can_circulate_minutes",
    _("জারি করুন"),
)
CONFIRM = Transition(
    "confirm",
    frozenset({MeetingStatus.CIRCULATED}),
    MeetingStatus.CONFIRMED,
    "confirmed",
    "can_finalise_minutes",
    _("দৃঢ়ীকরণ করুন"),
)
# The meeting that confirmed them was opened again.
UNCONFIRM = Transition(
    "unconfirm",
    frozenset({MeetingStatus.CONFIRMED}),
    MeetingStatus.CIRCULATED,
    "unconfirmed",
    "can_reopen_minutes",
    _("দৃঢ়ীকরণ তুলে নিন"),
)
CANCEL = Transition(
    "cancel",
    frozenset({MeetingStatus.DRAFT}),
    MeetingStatus.CANCELLED,
    "cancelled",
    "can_cancel_meeting",
    _("সভা বাতিল করুন"),
)
TRANSITIONS = (FINALISE, REOPEN, CIRCULATE, CONFIRM, UNCONFIRM, CANCEL)


class MinutesForm(TextChoices):
    """The two printed shapes of minutes."""

    TABLE = "table", _("ছক আকারে")
    SECTIONS = "sections", _("অনুচ্ছেদ আকারে")


class NoticeKind(TextChoices):
    CALL = "call", _("সভার নোটিশ")
    CHANGE = "change", _("সভার সময় পরিবর্তনের নোটিশ")
    CANCEL = "cancel", _("সভা বাতিলের নোটিশ")


class Presence(TextChoices):
    PRESENT = "present", _("উপস্থিত")
    ONLINE = "online", _("ভিডিওতে")
    REPRESENTED = "represented", _("প্রতিনিধি")
    ABSENT = "absent", _("অনুপস্থিত")


# Whoever sat in the meeting, in the room or on the screen, in person or through another.
ATTENDING = frozenset({Presence.PRESENT, Presence.ONLINE, Presence.REPRESENTED})


class CopyKind(TextChoices):
    INFORMATION = "information", _("সদয় জ্ঞাতার্থে")
    ACTION = "action", _("জ্ঞাতার্থে/কার্যার্থে")


class DocumentKind(TextChoices):
    NOTICE = "notice", _("নোটিশ")
    DRAFT = "draft", _("খসড়া কার্যবিবরণী")
    MINUTES = "minutes", _("কার্যবিবরণী")
    EXTRACT = "extract", _("আপনার জন্য সিদ্ধান্ত")


class TemplateKind(TextChoices):
    """The papers whose Word shape an office may replace by its own."""

    NOTICE = "notice", _("নোটিশ")
    MINUTES = "minutes", _("কার্যবিবরণী")


# --- The agenda ----------------------------------------------------------------------------
class ItemKind(TextChoices):
    """Where an agenda item comes from; the order is the order of a fresh agenda."""

    CONFIRMATION = "confirmation", _("গত সভার কার্যবিবরণী দৃঢ়ীকরণ")
    FOLLOW_UP = "follow_up", _("গত সভার সিদ্ধান্তের অগ্রগতি")
    TASKS = "tasks", _("কর্মপরিকল্পনার কাজ")
    IDEAS = "ideas", _("নতুন আইডিয়া বাছাই")
    PILOTS = "pilots", _("পাইলট পর্যালোচনা")
    STANDING = "standing", _("স্থায়ী আলোচ্য বিষয়")
    OWN = "own", _("নিজস্ব আলোচ্য বিষয়")


# What these are about is looked up anew for each meeting; only the others can be left over.
COMPUTED = frozenset(
    {
        ItemKind.CONFIRMATION,
        ItemKind.FOLLOW_UP,
        ItemKind.TASKS,
        ItemKind.IDEAS,
        ItemKind.PILOTS,
    }
)


class ItemState(TextChoices):
    OPEN = "open", _("আলোচ্যসূচিতে")
    POSTPONED = "postponed", _("পরের সভায়")
    DROPPED = "dropped", _("বাদ")


class Confirmation(TextChoices):
    """What the meeting said about the minutes of the last one."""

    CONFIRMED = "confirmed", _("সংশোধন ছাড়া দৃঢ়ীকৃত")
    CORRECTED = "corrected", _("সংশোধনসহ দৃঢ়ীকৃত")


class FollowUpOutcome(TextChoices):
    """What the meeting said about an open decision."""

    CONTINUE = "continue", _("চলবে")
    EXTENDED = "extended", _("সময় বাড়ানো হলো")
    DONE = "done", _("বাস্তবায়িত")
    DROPPED = "dropped", _("বাদ দেওয়া হলো")


# --- Decisions -----------------------------------------------------------------------------
class DecisionStatus(TextChoices):
    OPEN = "open", pgettext_lazy("decision", "চলমান")
    REPORTED = "reported", pgettext_lazy("decision", "বাস্তবায়নের কথা জানানো হয়েছে")
    DONE = "done", pgettext_lazy("decision", "বাস্তবায়িত")
    DROPPED = "dropped", pgettext_lazy("decision", "বাদ")


# Somebody still owes something on it.
FOLLOWED = frozenset({DecisionStatus.OPEN, DecisionStatus.REPORTED})

REPORT = Transition(
    "report",
    frozenset({DecisionStatus.OPEN}),
    DecisionStatus.REPORTED,
    "reported",
    "can_report_assignment",
    _("বাস্তবায়নের কথা জানান"),
)
COMPLETE = Transition(
    "complete",
    FOLLOWED,
    DecisionStatus.DONE,
    "completed",
    "can_close_decision",
    _("বাস্তবায়িত ধরুন"),
)
DROP = Transition(
    "drop",
    FOLLOWED,
    DecisionStatus.DROPPED,
    "dropped",
    "can_close_decision",
    _("বাদ দিন"),
)
RESUME = Transition(
    "resume",
    frozenset({DecisionStatus.REPORTED, DecisionStatus.DONE, DecisionStatus.DROPPED}),
    DecisionStatus.OPEN,
    "resumed",
    "can_close_decision",
    _("আবার চালু করুন"),
)
DECISION_TRANSITIONS = (REPORT, COMPLETE, DROP, RESUME)


class TaskEffect(TextChoices):
    """What a decision does to the work plan once the minutes are final."""

    NONE = "", _("কর্মপরিকল্পনায় কিছু বদলাবে না")
    LINK = "link", _("এই কাজের সঙ্গে যুক্ত")
    RESCHEDULE = "reschedule", _("এই কাজের শেষ তারিখ বদলাবে")
    CREATE = "create", _("নতুন কাজ হিসেবে যোগ হবে")


class IdeaEffect(TextChoices):
    """What a decision does with an idea once the minutes are final.

    The steps are named as ideas.enums names them. Recommending moves nothing: it asks the offices
    below to take a proven initiative over.
    """

    NONE = "", _("আইডিয়ার অবস্থা বদলাবে না")
    SHORTLIST = "shortlist", _("বাছাই করা হলো")
    APPROVE = "approve", _("অনুমোদন করা হলো")
    START_PILOT = "start_pilot", _("পাইলট শুরু হবে")
    SHOWCASE = "showcase", _("প্রদর্শন করা হলো")
    REPLICATE = "replicate", _("রেপ্লিকেট করা হবে")
    RECOMMEND = "recommend", _("রেপ্লিকেশনের সুপারিশ")
    DECLINE = "decline", _("গ্রহণ করা হলো না")


class PhrasePlace(TextChoices):
    DISCUSSION = "discussion", _("আলোচনা")
    DECISION = "decision", _("সিদ্ধান্ত")
    OPENING = "opening", _("সূচনা")
    CLOSING = "closing", pgettext_lazy("phrase", "সমাপ্তি")
