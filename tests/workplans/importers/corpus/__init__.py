"""Plans in the shapes offices give them, what each truly says, and how well they are read."""

from tests.workplans.importers.corpus.cases import cases
from tests.workplans.importers.corpus.marks import Marks, mark_of
from tests.workplans.importers.corpus.printing import YEAR, Case
from workplans.importers import UnreadablePlan, read_plan

__all__ = ["Case", "Marks", "cases", "read_case"]


def read_case(case: Case) -> Marks:
    """Read one document and compare; one that is refused is wrong in every cell."""
    try:
        rows = read_plan(case.content, filename=case.filename, period=YEAR).rows
    except UnreadablePlan as refusal:
        marks = mark_of(case.truth, ())
        marks.wrong = [f"refused: {refusal}"]
        return marks
    return mark_of(case.truth, rows)
