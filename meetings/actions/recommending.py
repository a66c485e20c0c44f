"""A decision recommends a proven initiative to the offices below that it is given to.

Whether it can is asked when the minutes are settled; the offices are asked when the minutes are
sent, for before that nobody below knows of the decision.
"""

from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import override

from bangla.dates import format_date
from ideas.actions import recommend_idea
from ideas.models import Idea
from teams.models import Office, OfficeQuerySet, User
from teams.transitions import WrongState

from ..documents import meeting_words
from ..enums import IdeaEffect
from ..models import Assignment, Decision, Meeting


def check_recommendation(decision: Decision) -> None:
    """Raises WrongState when no office below is named, or the initiative is not on show."""
    idea = decision.idea
    if idea is None:
        return
    if not Idea.objects.proven().filter(pk=idea.pk).exists():
        raise WrongState(
            _("“%(idea)s” এখন প্রকাশিত উদ্যোগ নয়, তাই সুপারিশ করা যায় না। সিদ্ধান্তটি ঠিক করুন।")
            % {"idea": idea.public_title}
        )
    if not _offices_named(decision).exists():
        raise WrongState(
            _("“%(idea)s” সুপারিশের সিদ্ধান্তটিতে বাস্তবায়নকারী হিসেবে অন্তত একটি অধীন দপ্তর বেছে নিন।")
            % {"idea": idea.public_title}
        )


def send_recommendations(meeting: Meeting, *, by: User) -> None:
    """Ask the offices below to take over what these minutes recommend, once each.

    An initiative that was withdrawn since the minutes were settled is recommended to nobody; the
    decision stands.
    """
    given = meeting.decisions.kept().filter(idea_effect=IdeaEffect.RECOMMEND)
    proven = given.filter(idea__in=Idea.objects.proven())
    for decision in proven.select_related("idea__office", "meeting__office"):
        recommend_idea(
            idea=cast(Idea, decision.idea),
            offices=_offices_named(decision),
            made_for=meeting.office,
            reference=_reference(meeting),
            by=by,
        )


def _offices_named(decision: Decision) -> OfficeQuerySet:
    """The offices below that owe the decision."""
    below = Office.objects.under(decision.meeting.office).exclude(pk=decision.meeting.office_id)
    owed = Assignment.objects.kept().filter(decision=decision)
    return below.filter(pk__in=owed.values("office_id"))


def _reference(meeting: Meeting) -> str:
    """The meeting as the offices below read it, in Bengali like its minutes."""
    with override("bn"):
        return _("%(meeting)s (%(day)s), সিদ্ধান্ত") % {
            "meeting": meeting_words(meeting),
            "day": format_date(meeting.held_on),
        }
