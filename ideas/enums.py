"""States of an idea and what hangs on it, and the tables of allowed steps.

The gazette of 16 November 2023 asks a team to pilot what it takes up, to scale up a pilot that
went well (duty 13) and to show what it has taken up (duty 15); the states follow that order.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from teams.transitions import Transition


class IdeaStatus(TextChoices):
    HELD = "held", pgettext_lazy("idea", "যাচাইয়ের অপেক্ষায়")
    RECEIVED = "received", pgettext_lazy("idea", "প্রাপ্ত")
    SHORTLISTED = "shortlisted", pgettext_lazy("idea", "বাছাইকৃত")
    APPROVED = "approved", pgettext_lazy("idea", "অনুমোদিত")
    PILOTING = "piloting", pgettext_lazy("idea", "পাইলট চলছে")
    STOPPED = "stopped", pgettext_lazy("idea", "পাইলট বন্ধ")
    SHOWCASED = "showcased", pgettext_lazy("idea", "প্রদর্শিত")
    REPLICATED = "replicated", pgettext_lazy("idea", "রেপ্লিকেটেড")
    DECLINED = "declined", pgettext_lazy("idea", "গৃহীত হয়নি")
    MERGED = "merged", pgettext_lazy("idea", "একীভূত")
    DISCARDED = "discarded", pgettext_lazy("idea", "বাতিল (স্প্যাম)")


class IdeaChannel(TextChoices):
    """How an idea reached the office."""

    STAFF = "staff", pgettext_lazy("channel", "কর্মকর্তা-কর্মচারী")
    CITIZEN = "citizen", pgettext_lazy("channel", "নাগরিক")
    ONLINE = "online", pgettext_lazy("channel", "অনলাইন")
    PAPER_BOX = "paper_box", pgettext_lazy("channel", "আইডিয়া বাক্স")
    SOCIAL_MEDIA = "social_media", pgettext_lazy("channel", "সামাজিক যোগাযোগমাধ্যম")
    MEETING = "meeting", pgettext_lazy("channel", "সভা")
    SHOWCASE = "showcase", pgettext_lazy("channel", "শোকেসিং")


# The meeting has yet to say yes or no, and the team may still work on the text.
WAITING = frozenset({IdeaStatus.RECEIVED, IdeaStatus.SHORTLISTED})
# Nothing has been tried yet, so the idea can still be let go.
EARLY = WAITING | {IdeaStatus.APPROVED}
# Not in the register: what is held is looked at first, what was discarded never was an idea.
OUTSIDE = frozenset({IdeaStatus.HELD, IdeaStatus.DISCARDED})
# Still going somewhere: another idea that says the same can go on as part of it.
GOING_ON = WAITING | {
    IdeaStatus.APPROVED,
    IdeaStatus.PILOTING,
    IdeaStatus.SHOWCASED,
    IdeaStatus.REPLICATED,
}
# Nobody has worked on it yet, so it can still go to the office it belongs to.
FORWARDABLE = frozenset({IdeaStatus.HELD, IdeaStatus.RECEIVED})
# Somebody of the team has read it and thought it worth going on with: everybody may see that
# it exists, so that the same thought is not worked out twice.
OPEN_TO_ALL = frozenset(
    {
        IdeaStatus.SHORTLISTED,
        IdeaStatus.APPROVED,
        IdeaStatus.PILOTING,
        IdeaStatus.SHOWCASED,
        IdeaStatus.REPLICATED,
    }
)
# Tried and shown: another office may take it over.
PROVEN = frozenset({IdeaStatus.SHOWCASED, IdeaStatus.REPLICATED})

ADMIT = Transition(
    "admit",
    frozenset({IdeaStatus.HELD}),
    IdeaStatus.RECEIVED,
    "admitted",
    "can_review_held",
    _("নিবন্ধনে নিন"),
)
DISCARD = Transition(
    "discard",
    frozenset({IdeaStatus.HELD}),
    IdeaStatus.DISCARDED,
    "discarded",
    "can_review_held",
    _("স্প্যাম বলে বাদ দিন"),
)
# Somebody looked again, or the sender asked: what was taken for spam is an idea after all.
READMIT = Transition(
    "readmit",
    frozenset({IdeaStatus.DISCARDED}),
    IdeaStatus.RECEIVED,
    "admitted",
    "can_review_held",
    _("আবার নিবন্ধনে নিন"),
)
SHORTLIST = Transition(
    "shortlist",
    frozenset({IdeaStatus.RECEIVED}),
    IdeaStatus.SHORTLISTED,
    "shortlisted",
    "can_move_idea",
    _("বাছাই তালিকায় নিন"),
)
APPROVE = Transition(
    "approve",
    frozenset({IdeaStatus.SHORTLISTED}),
    IdeaStatus.APPROVED,
    "approved",
    "can_move_idea",
    _("অনুমোদন করুন"),
)
START_PILOT = Transition(
    "start_pilot",
    frozenset({IdeaStatus.APPROVED}),
    IdeaStatus.PILOTING,
    "piloted",
    "can_move_idea",
    _("পাইলট শুরু করুন"),
)
STOP_PILOT = Transition(
    "stop_pilot",
    frozenset({IdeaStatus.PILOTING}),
    IdeaStatus.STOPPED,
    "stopped",
    "can_move_idea",
    _("পাইলট বন্ধ করুন"),
)
SHOWCASE = Transition(
    "showcase",
    frozenset({IdeaStatus.PILOTING}),
    IdeaStatus.SHOWCASED,
    "showcased",
    "can_move_idea",
    _("প্রদর্শিত ধরুন"),
)
REPLICATE = Transition(
    "replicate",
    frozenset({IdeaStatus.SHOWCASED}),
    IdeaStatus.REPLICATED,
    "replicated",
    "can_move_idea",
    _("রেপ্লিকেটেড ধরুন"),
)
DECLINE = Transition(
    "decline",
    EARLY,
    IdeaStatus.DECLINED,
    "declined",
    "can_move_idea",
    _("গৃহীত হয়নি জানান"),
)
# The submitter asks for a second look, once; whoever holds the tracking code is the submitter,
# known or not, so the step bears no stamp of its own (the Appeal tells when).
APPEAL = Transition(
    "appeal",
    frozenset({IdeaStatus.DECLINED}),
    IdeaStatus.RECEIVED,
    "",
    "can_appeal_idea",
    _("আবার বিবেচনা চান"),
)
MERGE = Transition(
    "merge",
    WAITING,
    IdeaStatus.MERGED,
    "merged",
    "can_merge_idea",
    _("একই আইডিয়ার সঙ্গে মেলান"),
)
# Two ideas were taken for one by mistake; the idea waits by itself again. It bears no stamp of its
# own, and that of the merge stays, as with every step that was taken back.
UNMERGE = Transition(
    "unmerge",
    frozenset({IdeaStatus.MERGED}),
    IdeaStatus.RECEIVED,
    "",
    "can_unmerge_idea",
    _("আলাদা করুন"),
)
TRANSITIONS = (
    ADMIT,
    DISCARD,
    READMIT,
    SHORTLIST,
    APPROVE,
    START_PILOT,
    STOP_PILOT,
    SHOWCASE,
    REPLICATE,
    DECLINE,
    APPEAL,
    MERGE,
    UNMERGE,
)
# The steps that need no more than a word (and for a refusal its reason): those a person takes
# on the idea's page and a meeting takes by a decision. The others have forms of their own.
PLAIN_STEPS = (SHORTLIST, APPROVE, START_PILOT, SHOWCASE, REPLICATE, DECLINE)


# --- The pilot -------------------------------------------------------------------------------
class PilotStatus(TextChoices):
    PLANNED = "planned", pgettext_lazy("pilot", "পরিকল্পিত")
    RUNNING = "running", pgettext_lazy("pilot", "চলমান")
    SUCCEEDED = "succeeded", pgettext_lazy("pilot", "সফলভাবে সমাপ্ত")
    STOPPED = "stopped", pgettext_lazy("pilot", "বন্ধ")


BEGIN_PILOT = Transition(
    "begin",
    frozenset({PilotStatus.PLANNED}),
    PilotStatus.RUNNING,
    "begun",
    "can_move_idea",
    _("পাইলট শুরু করুন"),
)
FINISH_PILOT = Transition(
    "finish",
    frozenset({PilotStatus.RUNNING}),
    PilotStatus.SUCCEEDED,
    "finished",
    "can_move_idea",
    _("সফলভাবে শেষ করুন"),
)
HALT_PILOT = Transition(
    "halt",
    frozenset({PilotStatus.RUNNING}),
    PilotStatus.STOPPED,
    "halted",
    "can_move_idea",
    _("পাইলট বন্ধ করুন"),
)
PILOT_TRANSITIONS = (BEGIN_PILOT, FINISH_PILOT, HALT_PILOT)
# The plan of a pilot is still open.
OPEN_PILOT = frozenset({PilotStatus.PLANNED, PilotStatus.RUNNING})
# Ideas whose pilot can be planned, and those whose pilot still means something.
PILOTABLE = frozenset({IdeaStatus.APPROVED, IdeaStatus.PILOTING})
ALIVE = PILOTABLE | PROVEN


class MeasureKind(TextChoices):
    """What a service takes from whoever needs it: the field's TCV table."""

    TIME = "time", pgettext_lazy("measure", "সময়")
    COST = "cost", pgettext_lazy("measure", "খরচ")
    VISITS = "visits", pgettext_lazy("measure", "যাতায়াত")


class MeasureUnit(TextChoices):
    MINUTE = "minute", pgettext_lazy("unit", "মিনিট")
    HOUR = "hour", pgettext_lazy("unit", "ঘণ্টা")
    DAY = "day", pgettext_lazy("unit", "দিন")
    TAKA = "taka", pgettext_lazy("unit", "টাকা")
    VISIT = "visit", pgettext_lazy("unit", "বার")


UNITS_OF = {
    MeasureKind.TIME: (MeasureUnit.MINUTE, MeasureUnit.HOUR, MeasureUnit.DAY),
    MeasureKind.COST: (MeasureUnit.TAKA,),
    MeasureKind.VISITS: (MeasureUnit.VISIT,),
}


class FilePurpose(TextChoices):
    """What a file or picture of an idea shows."""

    ATTACHMENT = "attachment", pgettext_lazy("file", "সংযুক্তি")
    VISIT = "visit", pgettext_lazy("file", "পরিদর্শনের ছবি")
    BEFORE = "before", pgettext_lazy("file", "আগের ছবি")
    AFTER = "after", pgettext_lazy("file", "পরের ছবি")
    PICTURE = "picture", pgettext_lazy("file", "উদ্যোগের ছবি")


# What the public sees once the initiative's page is published.
PUBLIC_PURPOSES = frozenset({FilePurpose.BEFORE, FilePurpose.AFTER, FilePurpose.PICTURE})


# --- The public page of an initiative ----------------------------------------------------------
class PageStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("page", "খসড়া")
    PUBLISHED = "published", pgettext_lazy("page", "প্রকাশিত")
    WITHDRAWN = "withdrawn", pgettext_lazy("page", "প্রত্যাহৃত")


PUBLISH = Transition(
    "publish",
    frozenset({PageStatus.DRAFT, PageStatus.WITHDRAWN}),
    PageStatus.PUBLISHED,
    "published",
    "can_publish_initiative",
    _("প্রকাশ করুন"),
)
WITHDRAW = Transition(
    "withdraw",
    frozenset({PageStatus.PUBLISHED}),
    PageStatus.WITHDRAWN,
    "withdrawn",
    "can_publish_initiative",
    _("প্রত্যাহার করুন"),
)
PAGE_TRANSITIONS = (PUBLISH, WITHDRAW)


# --- Replication -------------------------------------------------------------------------------
class ReplicationStatus(TextChoices):
    TAKEN = "taken", pgettext_lazy("replication", "নেওয়া হয়েছে")
    RUNNING = "running", pgettext_lazy("replication", "বাস্তবায়ন চলছে")
    IN_USE = "in_use", pgettext_lazy("replication", "চালু হয়েছে")
    DROPPED = "dropped", pgettext_lazy("replication", "বাদ দেওয়া হয়েছে")


BEGIN_REPLICATION = Transition(
    "begin",
    frozenset({ReplicationStatus.TAKEN}),
    ReplicationStatus.RUNNING,
    "begun",
    "can_move_replication",
    _("বাস্তবায়ন শুরু করুন"),
)
ADOPT = Transition(
    "adopt",
    frozenset({ReplicationStatus.TAKEN, ReplicationStatus.RUNNING}),
    ReplicationStatus.IN_USE,
    "adopted",
    "can_move_replication",
    _("চালু হয়েছে জানান"),
)
DROP_REPLICATION = Transition(
    "drop",
    frozenset({ReplicationStatus.TAKEN, ReplicationStatus.RUNNING, ReplicationStatus.IN_USE}),
    ReplicationStatus.DROPPED,
    "dropped",
    "can_move_replication",
    _("বাদ দিন"),
)
REPLICATION_TRANSITIONS = (BEGIN_REPLICATION, ADOPT, DROP_REPLICATION)


class Answer(TextChoices):
    """What an office says to a recommended replication."""

    WAITING = "", pgettext_lazy("answer", "উত্তর বাকি")
    TAKEN = "taken", pgettext_lazy("answer", "নেওয়া হয়েছে")
    REFUSED = "refused", pgettext_lazy("answer", "নেওয়া হচ্ছে না")


# --- Newsletter --------------------------------------------------------------------------------
class NewsletterStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("newsletter", "খসড়া")
    PUBLISHED = "published", pgettext_lazy("newsletter", "প্রকাশিত")


PUBLISH_NEWSLETTER = Transition(
    "publish",
    frozenset({NewsletterStatus.DRAFT}),
    NewsletterStatus.PUBLISHED,
    "published",
    "can_publish_newsletter",
    _("প্রকাশ করুন"),
)
NEWSLETTER_TRANSITIONS = (PUBLISH_NEWSLETTER,)


class PieceKind(TextChoices):
    """A piece of a newsletter."""

    INITIATIVE = "initiative", pgettext_lazy("piece", "উদ্যোগ")
    REPLICATION = "replication", pgettext_lazy("piece", "রেপ্লিকেশন")
    EVENT = "event", pgettext_lazy("piece", "শোকেসিং ও স্বীকৃতি")
    NEWS = "news", pgettext_lazy("piece", "সংবাদ")


# --- Registers ---------------------------------------------------------------------------------
class RegisterKind(TextChoices):
    """The two official tables of an office's innovation work."""

    REGISTER = "register", pgettext_lazy("register", "উদ্ভাবনী ধারণার নিবন্ধন")
    DATABASE = "database", pgettext_lazy("register", "উদ্ভাবন ডাটাবেজ")
