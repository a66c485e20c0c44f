"""What of a plan, of a meeting's decisions and of a report is laid open: records to content.

Like every paper the content is plain data in Bengali. A report is laid open as it was sent (the
shape in reports.documents). The other two:

    {"format": 1, "kind": "plan", "title", "office", "office_code", "period", "period_code",
     "approved_on", "signature": {"name", "designation", "office"},
     "sections": [{"key": "plan", "tables": [a table of the kind "plan", without progress]}]}

    {"format": 1, "kind": "decisions", "title", "office", "office_code", "meeting", "held_on",
     "held_on_bangla", "decisions": [{"key": "decision:7", "serial", "topic", "text",
     "implementer", "due"}]}

The reasons for what is left out are in docs/adr/0020-what-is-laid-open.md.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone, translation

from bangla.dates import format_bangla_date, format_date
from bangla.digits import to_bangla
from meetings.documents import due_words, meeting_words
from meetings.models import Decision, Meeting
from meetings.search.words import search_key
from teams.models import Office
from teams.papers import Content, fingerprint, head_signature
from teams.prints import Print
from workplans.documents import COLUMNS, row_content
from workplans.enums import PlanForm
from workplans.models import WorkPlan
from workplans.table import plan_table

from ..enums import PublicationKind
from ..models import Publication, Report
from .contacts import MACHINE_KEYS, open_content

FORMAT = 1
LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Release:
    """Something about to be laid open, as everybody will read it.

    `about` names the paper it comes from, by the field of Publication; `withheld` counts the
    texts from which a contact was taken out.
    """

    office: Office
    kind: PublicationKind
    title: str
    starts_on: date
    ends_on: date
    content: dict[str, Any]
    withheld: int
    about: dict[str, Any]

    @property
    def folded(self) -> str:
        """Everything it says, as a search compares it."""
        words = (self.title, self.office.name_bn, self.office.name_en, *words_of(self.content))
        return search_key(" ".join(words))

    @property
    def draft(self) -> Publication:
        """The row it will be, not saved: for a look beforehand."""
        return Publication(
            office=self.office,
            kind=self.kind,
            title=self.title,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            content=self.content,
            **self.about,
        )


def seen(release: Release, standing: Publication | None) -> str:
    """What somebody looked at before releasing it: this content, in the place of that version."""
    return fingerprint({"content": release.content, "standing": standing.pk if standing else 0})


# --- A plan ------------------------------------------------------------------------------------
def plan_release(plan: WorkPlan) -> Release:
    """The plan as it was approved; how far its tasks are is the report's to tell."""
    form = PlanForm.COMBINED if plan.form == PlanForm.COMBINED else PlanForm.SUBJECT
    columns = [
        {"key": key, "heading": heading, "class": css} for key, heading, css in COLUMNS[form]
    ]
    shown = {column["key"] for column in columns} | {"serial", "title"}
    with translation.override("bn"):
        table = plan_table(plan, today=timezone.localdate())
        signature = head_signature(plan.office)
        content = {
            "format": FORMAT,
            "kind": PublicationKind.PLAN.value,
            "title": "ইনোভেশন সংক্রান্ত বাৎসরিক কর্মপরিকল্পনা",
            "office": plan.office.name_bn,
            "office_code": plan.office.code,
            "period": plan.period.label,
            "period_code": plan.period.code,
            "approved_on": format_date(timezone.localdate(plan.approved_at)),
            "signature": {key: signature[key] for key in ("name", "designation", "office")},
            "sections": [
                {
                    "key": "plan",
                    "number": "১",
                    "title": "গৃহীতব্য কাজ",
                    "paragraphs": [],
                    "figures": [],
                    "pictures": [],
                    "tables": [
                        {
                            "key": "plan",
                            "kind": "plan",
                            "title": "",
                            "columns": columns,
                            "groups": [
                                {
                                    "subject": group.subject.name,
                                    "rows": [
                                        {
                                            "key": f"task:{row.task.pk}",
                                            **{
                                                key: words
                                                for key, words in row_content(row).items()
                                                if key in shown
                                            },
                                        }
                                        for row in group.rows
                                    ],
                                }
                                for group in table.groups
                            ],
                        }
                    ],
                }
            ],
        }
        title = f"কর্মপরিকল্পনা, {plan.period.label}"
    return _release(
        plan.office,
        PublicationKind.PLAN,
        title,
        (plan.starts_on, plan.ends_on),
        content,
        {"plan": plan},
    )


# --- Decisions ---------------------------------------------------------------------------------
def open_decisions(meeting: Meeting) -> list[Decision]:
    """The decisions of settled minutes, in their order."""
    return list(Decision.objects.kept().filter(meeting=meeting).select_related("item").in_order())


def decisions_release(meeting: Meeting, chosen: Collection[int]) -> Release:
    """These decisions of the meeting (by primary key), and nothing else that its minutes say."""
    picked = [decision for decision in open_decisions(meeting) if decision.pk in chosen]
    with translation.override("bn"):
        name = meeting_words(meeting)
        content = {
            "format": FORMAT,
            "kind": PublicationKind.DECISIONS.value,
            "title": "ইনোভেশন টিমের সভার সিদ্ধান্ত",
            "office": meeting.office.name_bn,
            "office_code": meeting.office.code,
            "meeting": name,
            "held_on": format_date(meeting.held_on),
            "held_on_bangla": format_bangla_date(meeting.held_on),
            "decisions": [
                {
                    "key": f"decision:{decision.pk}",
                    "serial": to_bangla(serial),
                    "topic": decision.item.topic,
                    "text": decision.text,
                    "implementer": decision.implementer_text,
                    "due": due_words(decision),
                }
                for serial, decision in enumerate(picked, start=1)
            ],
        }
    title = f"{name}র সিদ্ধান্ত" if name.endswith("সভা") else f"{name}: সিদ্ধান্ত"
    return _release(
        meeting.office,
        PublicationKind.DECISIONS,
        title,
        (meeting.held_on, meeting.held_on),
        content,
        {"meeting": meeting},
    )


def chosen_of(publication: Publication | None) -> set[int]:
    """Primary keys of the decisions that a publication shows."""
    if publication is None:
        return set()
    keys = (decision["key"] for decision in publication.content.get("decisions", ()))
    return {int(key.partition(":")[2]) for key in keys}


# --- A report ----------------------------------------------------------------------------------
def report_release(report: Report) -> Release:
    """The last submission, word for word but for contacts. The report has been sent."""
    submission = report.submissions.latest("number")
    content = submission.content
    return _release(
        report.office,
        PublicationKind.REPORT,
        f"{content['title']}, {content['period']}",
        (report.starts_on, report.ends_on),
        content,
        {"submission": submission},
    )


def is_whole(paper: Print) -> bool:
    """Nothing has to be taken out of it, so that its PDF may be handed to anybody."""
    return open_content(paper.content)[1] == 0


def pictures_in(content: Content) -> list[str]:
    """SHA-256 of every picture that frozen content shows."""
    sections = content.get("sections", ())
    return [picture["sha256"] for part in sections for picture in part.get("pictures", ())]


# --- All of them -------------------------------------------------------------------------------
def words_of(content: Content) -> Iterator[str]:
    """Every text a reader sees, in its order."""
    for key, value in content.items():
        if key in MACHINE_KEYS or key == "columns":
            continue
        yield from _texts(value)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from words_of(value)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _release(
    office: Office,
    kind: PublicationKind,
    title: str,
    days: tuple[date, date],
    content: dict[str, Any],
    about: dict[str, Any],
) -> Release:
    cleaned, withheld = open_content(content)
    return Release(
        office=office,
        kind=kind,
        title=title[:LONGEST_TITLE],
        starts_on=days[0],
        ends_on=days[1],
        content=cleaned,
        withheld=withheld,
        about=about,
    )
