"""What the page of a report is put together from: each part on a line, and what it lacks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from teams.deadlines import Grants, Rules, due_for
from teams.models import Office, User

from .actions.sending import DUE_KINDS
from .enums import EDITABLE, ReportKind, ReportStatus
from .models import Comment, Report, Section
from .nation.periods import Calendar
from .sections import FIGURES, Check, CheckKind, Facts, Offer, checklist, offers_of

MOST_FIGURES = 4  # of a part, on its line


@dataclass(frozen=True, slots=True)
class State:
    """How a part stands, in a word; `kind` is the chip's colour."""

    text: str | Promise
    kind: str = ""


READY = State(pgettext_lazy("section", "তৈরি"), "done")
LEFT_OUT = State(pgettext_lazy("section", "রাখা হয়নি"))
MISSING = State(pgettext_lazy("section", "বাকি"), "late")
NEWS = State(_("নথিতে নতুন তথ্য"), "risk")
LOOK = State(_("দেখে নিন"), "risk")


@dataclass(frozen=True, slots=True)
class Line:
    """One part on the page of its report. `state` is None once the report is sent."""

    section: Section
    number: int
    state: State | None
    checks: tuple[Check, ...]
    figures: tuple[str, ...]
    comments: int
    is_news: bool

    @property
    def is_ready(self) -> bool:
        return self.state in (READY, LEFT_OUT)


def lines_of(report: Report, user: User, *, with_checks: bool) -> list[Line]:
    """Every part of the report in order (a fixed number of queries)."""
    sections = list(report.sections.all())
    facts = Facts(report)
    offers = offers_of(report, facts) if with_checks else {}
    checks: dict[str, list[Check]] = {}
    for check in checklist(report, facts, offers) if with_checks else ():
        checks.setdefault(check.section, []).append(check)
    comments = open_comments(report, user)
    return [
        Line(
            section=section,
            number=number,
            state=_state(section, checks[section.key], offers) if with_checks else None,
            checks=_to_do(checks.get(section.key, []), is_news=_is_news(section, offers)),
            figures=tuple(figures_said(section)[:MOST_FIGURES]),
            comments=comments[section.key],
            is_news=_is_news(section, offers),
        )
        for number, section in enumerate(sections, start=1)
    ]


def _to_do(checks: list[Check], *, is_news: bool) -> tuple[Check, ...]:
    """What the list of things to do says of a part. That its records have news stands on its own
    line already; alone it is no line of the list."""
    todo = tuple(one for one in checks if not one.is_done)
    return () if is_news and len(todo) == 1 else todo


def _state(section: Section, checks: list[Check], offers: dict[str, Offer]) -> State:
    kinds = {check.kind for check in checks}
    if CheckKind.LATE in kinds:
        return MISSING
    if section.is_left_out:
        return LEFT_OUT
    if _is_news(section, offers):
        return NEWS
    return LOOK if CheckKind.RISK in kinds else READY


def _is_news(section: Section, offers: dict[str, Offer]) -> bool:
    return section.key in offers and offers[section.key].is_news


def figures_said(section: Section) -> list[str]:
    """The numbers a part says, with their names; no line for a nought."""
    return [
        f"{kind.label}: {kind.say(Decimal(figure['value']))}"
        for kind in FIGURES[section.key]
        if (figure := section.figures.get(kind.key)) and Decimal(figure["value"])
    ]


def open_comments(report: Report, user: User) -> Counter[str]:
    """How many remarks of reviewers wait for an answer, by part ("" is the whole report)."""
    if report.status == ReportStatus.DRAFT:
        return Counter()
    waiting = Comment.objects.visible_to(user).open().filter(report=report, answer="")
    return Counter(waiting.values_list("section", flat=True))


# --- When, and how far ---------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Wait:
    """The day a report is owed, None when nobody asks for it; `days` are left until then."""

    on: date | None
    is_exempt: bool = False

    @property
    def days(self) -> int:
        return (self.on - timezone.localdate()).days if self.on else 0

    @property
    def days_late(self) -> int:
        return -self.days


def wait_for(
    report: Report, *, rules: Rules | None = None, grants: Grants | None = None
) -> Wait | None:
    """By when the team owes what it is writing; None while it owes nothing.

    What came back is owed by the day the reviewer named.
    """
    if report.status not in EDITABLE:
        return None
    if report.status == ReportStatus.RETURNED:
        return Wait(report.resubmit_by)
    due = due_for(
        kind=DUE_KINDS[ReportKind(report.kind)],
        office_id=report.office_id,
        starts_on=report.starts_on,
        ends_on=report.ends_on,
        rules=rules,
        grants=grants,
    )
    return Wait(due.on, due.is_exempt)


@dataclass(frozen=True, slots=True)
class Step:
    """Something that became of a report."""

    at: datetime
    text: str | Promise
    is_late: bool = False


def steps_of(report: Report) -> list[Step]:
    """What became of the report so far, in the order of time; no query."""
    stamps = (
        (report.created_at, _("লেখা শুরু"), False),
        (report.presented_at, _("প্রধানের কাছে পেশ"), False),
        (report.submitted_at, _("অনুমোদন করে পাঠানো"), False),
        (report.returned_at, _("সংশোধনের জন্য ফেরত"), True),
        (report.accepted_at, _("মন্ত্রিপরিষদ বিভাগে গৃহীত"), False),
        (report.published_at, _("প্রকাশিত"), False),
        (report.withdrawn_at, _("প্রত্যাহৃত"), True),
    )
    steps = [Step(at, text, late) for at, text, late in stamps if at is not None]
    return sorted(steps, key=lambda step: step.at)


# --- What to begin -------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Beginning:
    """A report by rule that an office has not begun."""

    office: Office
    kind: ReportKind
    period_code: str
    period_label: str
    wait: Wait


def to_begin(offices: list[Office]) -> list[Beginning]:
    """The reports these offices may begin now: of the period under way, which fills itself all
    year, and of the last one, if it is still owed. The first due comes first; five queries."""
    if not offices:
        return []
    rules, grants, today = Rules(), Grants(), timezone.localdate()
    begun = set(
        Report.objects.filter(office__in=offices).values_list("office", "kind", "starts_on")
    )
    found = []
    for kind in ReportKind:
        calendar = Calendar(kind)
        now = calendar.containing(today)
        for office in offices:
            for period in (calendar.before(now), now):
                due = due_for(
                    kind=DUE_KINDS[kind],
                    office_id=office.pk,
                    starts_on=period.starts_on,
                    ends_on=period.ends_on,
                    rules=rules,
                    grants=grants,
                )
                if (office.pk, kind, period.starts_on) in begun or due.is_exempt:
                    continue
                found.append(Beginning(office, kind, period.code, period.label, Wait(due.on)))
    return sorted(found, key=lambda one: (one.wait.on or date.max, one.kind))
