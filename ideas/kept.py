"""What the record keeps of ideas: which rows have versions, and whose timeline they stand in.

Nothing that says who handed an idea in, or how to reach them, is ever kept in a version, so only
named columns of an idea are. Scores and marks are nobody's but the scorer's until their round is
closed, so they have no versions.
"""

from django.utils.translation import gettext_lazy as _

from teams.history.versions import belongs, keep, kept_columns

from .models import (
    Appeal,
    Award,
    Event,
    EventEntry,
    Idea,
    IdeaFile,
    Initiative,
    LinkedTask,
    Measure,
    Newsletter,
    Piece,
    Pilot,
    Recommendation,
    Replication,
    Risk,
    Screening,
    Visit,
)

keep(
    Idea,
    *("office", "title", "problem", "description", "benefit", "status", "reference"),
    *("decline_reason", "merged_into", "is_shared"),
)
_measures = kept_columns(
    Measure,
    without=("pilot", "replication"),
    labels={"kind": _("কী মাপা হয়"), "unit": _("একক")},
)
keep(Pilot, of="idea", without=("idea",), parts=[_measures])
keep(Risk, of="pilot__idea", without=("pilot",), labels={"is_over": _("আর নেই")})
keep(Visit, of="pilot__idea", without=("pilot",))
keep(Initiative, of="idea", without=("idea",))
keep(
    Replication,
    of="idea",
    without=("idea",),
    labels={"taken_from": _("যেখান থেকে নেওয়া")},
    parts=[_measures],
)
keep(
    Recommendation,
    of="idea",
    without=("idea",),
    labels={"made_for": _("যাদের জন্য"), "answer": _("উত্তর")},
)
keep(Event, parts=[kept_columns(EventEntry)])
keep(Award, without=("code",))
keep(Newsletter, parts=[kept_columns(Piece, labels={"picture": _("ছবি")})])
belongs(Screening, "idea")
belongs(IdeaFile, "idea")
belongs(Appeal, "idea")
belongs(LinkedTask, "pilot__idea")
