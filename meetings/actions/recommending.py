"""A decision recommends a proven initiative to the offices below that it is given to."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from bangla.dates import format_date
from ideas.actions import recommend_idea, withdraw_recommendations
from teams.models import Office, User
from teams.transitions import WrongState

from ..documents import meeting_words
from ..enums import IdeaEffect
from ..models import Assignment, Decision, Meeting


def recommend_decided(decision: Decision, *, by: User) -> None:
    """Ask every office below that owes the decision to take the initiative over.

    Asked again after the minutes were opened and changed, it asks nobody twice and keeps what was
    answered. Raises WrongState when no office below is named, or the initiative is not on show.
    """
    if decision.idea is None:
        return
    meeting = decision.meeting
    offices = Office.objects.under(meeting.office).exclude(pk=meeting.office_id)
    owed = Assignment.objects.kept().filter(decision=decision)
    named = list(offices.filter(pk__in=owed.values("office_id")))
    if not named:
        raise WrongState(
            _("“%(idea)s” সুপারিশের সিদ্ধান্তটিতে বাস্তবায়নকারী হিসেবে অন্তত একটি অধীন দপ্তর বেছে নিন।")
            % {"idea": decision.idea.public_title}
        )
    recommend_idea(
        idea=decision.idea,
        offices=named,
        made_for=meeting.office,
        reference=_reference(meeting),
        by=by,
    )


def take_recommendations_back(meeting: Meeting, *, by: User) -> None:
    """Minutes are opened: what they recommended and nobody answered is not asked any more.

    What another meeting recommended as well is asked again in its name.
    """
    given = meeting.decisions.filter(idea_effect=IdeaEffect.RECOMMEND, idea__isnull=False)
    ideas = list(given.values_list("idea_id", flat=True))
    withdrawn = withdraw_recommendations(
        made_for=meeting.office, reference=_reference(meeting), by=by
    )
    if not withdrawn:
        return
    others = Decision.objects.in_force().filter(
        meeting__office=meeting.office_id, idea_effect=IdeaEffect.RECOMMEND, idea__in=ideas
    )
    for decision in others.exclude(meeting=meeting).select_related("idea", "meeting__office"):
        recommend_decided(decision, by=by)


def _reference(meeting: Meeting) -> str:
    """The meeting as the offices below read it, in Bengali like its minutes."""
    with override("bn"):
        return _("%(meeting)s (%(day)s), সিদ্ধান্ত") % {
            "meeting": meeting_words(meeting),
            "day": format_date(meeting.held_on),
        }
