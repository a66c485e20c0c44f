"""What the record keeps of reports: which rows have versions, and whose timeline they stand in.

What a reviewer writes is nobody else's until it is sent, so comments, reviews and marks have no
versions; what a report said when it was sent is frozen in its submissions.
"""

from django.utils.translation import gettext_lazy as _

from teams.history.versions import belongs, keep, kept_columns

from .models import (
    Activity,
    ActivityPicture,
    Publication,
    Report,
    ReportDocument,
    ReportPicture,
    ScoreLine,
    Section,
    Submission,
)

keep(Report, without=("reviewer",), parts=[kept_columns(ScoreLine)])
keep(
    Section,
    of="report",
    without=("report", "is_required"),
    labels={
        "key": _("অংশ"),
        "is_own_words": _("নিজেদের লেখা"),
        "figures": _("সংখ্যা"),
        "tables": _("ছক"),
    },
)
keep(Activity)
belongs(ActivityPicture, "activity")
belongs(ReportPicture, "report")
belongs(ReportDocument, "report")
belongs(Submission, "report")
belongs(Publication, "submission__report")
