"""The marks by which a plan's own exports are known again when somebody hands them back.

Excel. The table is in the first sheet. Its last column is hidden: ROW_HEAD stands in the first
line of the heading, in every line of the table the row's mark (`row_mark`). In the scored and the
quarterly form each indicator has a line, and its mark names task and indicator; a task without
indicators has one line with the task's own mark. TERMS_HEAD is a column only where some task
serves a term of reference. Sheets INDICATOR_SHEET and ENTRY_SHEET stand there when the plan has
such rows, their columns are INDICATOR_COLUMNS and ENTRY_COLUMNS, the heading is line 1, and the
hidden last column has ROW_HEAD and marks again: task and indicator, task and entry. The hidden
sheet PLAN_SHEET holds `PlanMark` as lines of key and value, then a line ("task", number, version)
of each row as it was when the file was made.

A line without a mark below all others that begins with "মোট" in the second column is a sum.

Word. The first cell of each line that does not belong to the line above (of a second indicator
that is its indicator's) has a bookmark (`bookmark_name`); the document's keywords hold
`PlanMark.words`.

Values of the cells are words as written in the plan; days and weights are real days and numbers
in Excel. An empty cell is an empty value, a column that is not there is not spoken of.
"""

import re
from dataclasses import dataclass
from typing import Any, Self

from .enums import PlanForm

PDF_DATA = "udbhabon-plan.json"  # the name of what a plan's PDF carries
ROW_HEAD = "udbhabon-row"
PLAN_SHEET = "udbhabon"
TABLE_SHEET = "কর্মপরিকল্পনা"
INDICATOR_SHEET = "সূচক"
ENTRY_SHEET = "অগ্রগতি"
TERMS_HEAD = "কার্যপরিধি"

# (key, heading) of the further sheets, after which comes the hidden column. Keys of the first
# are fields of Indicator ("quarter_1" … are its quarter targets), keys of the second those of
# ProgressEntry; "serial" and "task" are the number and the name of the task, for the reader.
INDICATOR_COLUMNS = (
    ("serial", "কাজের ক্রঃ নং"),
    ("task", "গৃহীতব্য কাজ"),
    ("name", "কর্মসম্পাদন সূচক"),
    ("unit", "একক"),
    ("weight", "সূচকের মান"),
    ("previous", "পূর্ববর্তী অর্জন"),
    ("target_100", "অসাধারণ (১০০%)"),
    ("target_90", "অতি উত্তম (৯০%)"),
    ("target_80", "উত্তম (৮০%)"),
    ("target_70", "চলতি মান (৭০%)"),
    ("target_60", "চলতি মানের নিম্নে (৬০%)"),
    ("projection", "প্রক্ষেপণ"),
    ("quarter_1", "১ম ত্রৈমাসিকের লক্ষ্যমাত্রা"),
    ("quarter_2", "২য় ত্রৈমাসিকের লক্ষ্যমাত্রা"),
    ("quarter_3", "৩য় ত্রৈমাসিকের লক্ষ্যমাত্রা"),
    ("quarter_4", "৪র্থ ত্রৈমাসিকের লক্ষ্যমাত্রা"),
)
ENTRY_COLUMNS = (
    ("serial", "কাজের ক্রঃ নং"),
    ("task", "গৃহীতব্য কাজ"),
    ("on", "তারিখ"),
    ("text", "কী হয়েছে"),
    ("percent", "অগ্রগতি (শতাংশ)"),
    ("part", "কাজের অংশ"),
    ("part_percent", "অংশের অগ্রগতি (শতাংশ)"),
    ("indicator", "সূচক"),
    ("achieved_value", "অর্জিত মান"),
    ("evidence_name", "প্রমাণের ফাইল"),
)

# A number as a row's id: longer ones have never reached int().
_ID = "([0-9]{1,18})"
_MARK = re.compile(rf"{_ID}(?:\.{_ID})?")
_BOOKMARK = re.compile(rf"udb_row_{_ID}(?:_{_ID})?")
_MOMENT = "[0-9T:.+-]{10,40}"
_PLAN = re.compile(rf"udbhabon-plan:{_ID}:([a-z]{{1,12}})(?::({_MOMENT}))?")


@dataclass(frozen=True, slots=True)
class RowMark:
    """The task of a line, and what else the line is about (an indicator, an entry)."""

    task: int
    detail: int | None = None


@dataclass(frozen=True, slots=True)
class PlanMark:
    """Which plan a file is of, in which form, and when it was made, if that is known.

    `exported_at` is a moment in ISO form; `versions` are those of the tasks, by number. Files of
    Word do not have them.
    """

    plan: int
    form: str
    revision: int | None = None
    exported_at: str = ""
    versions: tuple[tuple[int, int], ...] = ()

    @property
    def words(self) -> str:
        made = f":{self.exported_at}" if self.exported_at else ""
        return f"udbhabon-plan:{self.plan}:{self.form}{made}"

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """The lines of the hidden sheet."""
        return [
            ("plan", str(self.plan), ""),
            ("revision", "" if self.revision is None else str(self.revision), ""),
            ("form", self.form, ""),
            ("exported_at", self.exported_at, ""),
            *(("task", str(task), str(version)) for task, version in self.versions),
        ]

    @classmethod
    def from_words(cls, words: str) -> Self | None:
        """The mark among a document's keywords; None when it is not one of ours."""
        found = _PLAN.search(words)
        if found is None or found[2] not in PlanForm.values:
            return None
        return cls(int(found[1]), found[2], exported_at=found[3] or "")

    def as_json(self) -> dict[str, Any]:
        """The mark as plain JSON values."""
        return {
            "plan": self.plan,
            "form": self.form,
            "revision": self.revision,
            "exported_at": self.exported_at,
            "versions": {str(task): version for task, version in self.versions},
        }

    @classmethod
    def from_json(cls, values: Any) -> Self | None:
        """The mark that `as_json` gave; None for anything else."""
        if not isinstance(values, dict):
            return None
        facts = [(key, str(values.get(key) or ""), "") for key in ("plan", "form", "exported_at")]
        versions = values.get("versions")
        known = versions.items() if isinstance(versions, dict) else ()
        revision = ("revision", str(values.get("revision") or ""), "")
        tasks = [("task", str(task), str(version)) for task, version in known]
        return cls.from_lines([*facts, revision, *tasks])

    @classmethod
    def from_lines(cls, lines: list[tuple[str, str, str]]) -> Self | None:
        """The mark of a hidden sheet, from lines as `lines` gives them; None for any other."""
        values = {key: value for key, value, _more in lines if key != "task"}
        plan, form = values.get("plan", ""), values.get("form", "")
        if not re.fullmatch(_ID, plan) or form not in PlanForm.values:
            return None
        revision, made = values.get("revision", ""), values.get("exported_at", "")
        return cls(
            int(plan),
            form,
            int(revision) if re.fullmatch("[0-9]{1,5}", revision) else None,
            made if re.fullmatch(_MOMENT, made) else "",
            tuple(
                (int(task), int(version))
                for key, task, version in lines
                if key == "task" and re.fullmatch(_ID, task) and re.fullmatch(_ID, version)
            ),
        )


def row_mark(task: int, detail: int | None = None) -> str:
    """What the hidden column of Excel says: "7" of task 7, "7.12" of its indicator 12."""
    return str(task) if detail is None else f"{task}.{detail}"


def read_row_mark(text: str) -> RowMark | None:
    """The mark a cell holds; None for an empty cell, a new line, or other words."""
    return _mark(_MARK.fullmatch(text.strip()))


def bookmark_name(task: int, detail: int | None = None) -> str:
    """The bookmark in the first cell of a line in Word."""
    return f"udb_row_{task}" if detail is None else f"udb_row_{task}_{detail}"


def read_bookmark(name: str) -> RowMark | None:
    """The mark a bookmark stands for; None for somebody's own bookmark."""
    return _mark(_BOOKMARK.fullmatch(name))


def _mark(found: re.Match[str] | None) -> RowMark | None:
    if found is None:
        return None
    return RowMark(int(found[1]), int(found[2]) if found[2] else None)
