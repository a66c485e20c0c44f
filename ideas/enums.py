"""States of an idea, where it came from, and the table of allowed steps.

The gazette of 16 November 2023 asks a team to pilot what it takes up, to scale up a pilot that
went well (duty 13) and to show what it has taken up (duty 15); the states follow that order.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from teams.transitions import Transition


class IdeaStatus(TextChoices):
    RECEIVED = "received", pgettext_lazy("idea", "প্রাপ্ত")
    SHORTLISTED = "shortlisted", pgettext_lazy("idea", "বাছাইকৃত")
    APPROVED = "approved", pgettext_lazy("idea", "অনুমোদিত")
    PILOTING = "piloting", pgettext_lazy("idea", "পাইলট চলছে")
    SHOWCASED = "showcased", pgettext_lazy("idea", "প্রদর্শিত")
    REPLICATED = "replicated", pgettext_lazy("idea", "রেপ্লিকেটেড")
    DECLINED = "declined", pgettext_lazy("idea", "গৃহীত হয়নি")


class IdeaChannel(TextChoices):
    """How an idea reached the office."""

    STAFF = "staff", pgettext_lazy("channel", "কর্মকর্তা-কর্মচারী")
    CITIZEN = "citizen", pgettext_lazy("channel", "নাগরিক")
    PAPER_BOX = "paper_box", pgettext_lazy("channel", "আইডিয়া বাক্স")
    SOCIAL_MEDIA = "social_media", pgettext_lazy("channel", "সামাজিক যোগাযোগমাধ্যম")
    MEETING = "meeting", pgettext_lazy("channel", "সভা")
    SHOWCASE = "showcase", pgettext_lazy("channel", "শোকেসিং")


# The meeting has yet to say yes or no, and the team may still work on the text.
WAITING = frozenset({IdeaStatus.RECEIVED, IdeaStatus.SHORTLISTED})
# Nothing has been tried yet, so the idea can still be let go.
EARLY = WAITING | {IdeaStatus.APPROVED}

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
TRANSITIONS = (SHORTLIST, APPROVE, START_PILOT, SHOWCASE, REPLICATE, DECLINE)
