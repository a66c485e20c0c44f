"""The parts of a report: which it has, what the records say in each, and what it says of them.

================ ==============================================================================
`coverage`       whose records, and of which days
`facts`          which records count; each kind fetched once
`figures`        a number and the records it is made of
`tables`         tables whose rows keep their key, and how two of them differ
`meetings` …     the numbers and tables of each part (`registry` puts them in order)
`words`          official prose from the numbers
`taking`         filling a new report, and counting anew
`offers`         what the records say now and the report does not
`checklist`      what is missing before it can be sent
`content`        a part as it is frozen
================ ==============================================================================
"""

from .checklist import Check, CheckKind, checklist, is_ready
from .content import section_content
from .coverage import Coverage, plan_of
from .facts import Facts
from .figures import FigureKind, Record, Records, Unit
from .offers import FigureOffer, Offer, offers_of, records_of
from .registry import FIGURES, figure_kind
from .tables import RowChange, Table, TableOffer
from .taking import begin_sections

__all__ = [
    "FIGURES",
    "Check",
    "CheckKind",
    "Coverage",
    "Facts",
    "FigureKind",
    "FigureOffer",
    "Offer",
    "Record",
    "Records",
    "RowChange",
    "Table",
    "TableOffer",
    "Unit",
    "begin_sections",
    "checklist",
    "figure_kind",
    "is_ready",
    "offers_of",
    "plan_of",
    "records_of",
    "section_content",
]
