"""What is missing in a report, and how it will look to a reviewer: asked all year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from ideas.national import savings_of
from meetings.enums import MeetingKind
from teams.templatetags.bangla_tags import digits
from workplans.enums import EDITABLE

from ..enums import ActivityKind, SectionKey
from ..models import Report, Section
from .facts import Facts
from .offers import Offer, offers_of


class CheckKind(TextChoices):
    """How much it matters: what is late must be mended before sending; a risk can be sent, and
    the reviewer will ask."""

    LATE = "late", pgettext_lazy("check", "না হলে পাঠানো যাবে না")
    RISK = "risk", pgettext_lazy("check", "দেখে নিন")
    DONE = "done", pgettext_lazy("check", "ঠিক আছে")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list. `section` is the key of the part, `title` its name."""

    section: str
    title: str
    is_required: bool
    kind: CheckKind
    text: str

    @property
    def is_done(self) -> bool:
        return self.kind == CheckKind.DONE


def checklist(
    report: Report, facts: Facts | None = None, offers: dict[str, Offer] | None = None
) -> list[Check]:
    """Every part in order, each with what it lacks or with the word that it lacks nothing.

    A fixed number of queries; fewer with the facts and offers of the same page.
    """
    facts = facts or Facts(report)
    offers = offers_of(report, facts) if offers is None else offers
    return [
        check
        for section in report.sections.all()
        for check in _checks(section, facts, offers.get(section.key))
    ]


def is_ready(report: Report) -> bool:
    """Nothing is missing without which it cannot be sent (one query)."""
    sections = list(report.sections.all())
    return bool(sections) and not any(map(lacks_what_is_required, sections))


def lacks_what_is_required(section: Section) -> bool:
    """A part that no report goes without is left out, or says nothing."""
    return section.is_required and (section.is_left_out or not section.words.strip())


def _checks(section: Section, facts: Facts, offer: Offer | None) -> Iterator[Check]:
    def check(kind: CheckKind, text: str) -> Check:
        return Check(section.key, section.title, section.is_required, kind, text)

    if lacks_what_is_required(section):
        yield check(CheckKind.LATE, _("অংশটি ছাড়া প্রতিবেদন পাঠানো যাবে না। এখানে কথা লিখুন।"))
        return
    if section.is_left_out:
        reason = {"reason": section.left_out_reason}
        yield check(CheckKind.DONE, _("অংশটি রাখা হয়নি। কারণ: %(reason)s") % reason)
        return
    lacks = list(_lacks(section, facts, offer))
    yield from (check(CheckKind.RISK, text) for text in lacks)
    if not lacks:
        yield check(CheckKind.DONE, _("নথির সঙ্গে মিল আছে।"))


def _lacks(section: Section, facts: Facts, offer: Offer | None) -> Iterator[str]:
    if not section.words.strip() and not section.tables:
        yield _("অংশটি খালি। কথা লিখুন, অথবা কারণ জানিয়ে অংশটি বাদ দিন।")
    if offer and offer.is_news:
        yield _("নথিতে নতুন তথ্য এসেছে। দেখে নিয়ে প্রতিবেদনে আনুন।")
    own = sum(1 for figure in section.figures.values() if figure["is_own"])
    if own:
        yield ngettext(
            "%(count)sটি সংখ্যা হাতে লেখা। পর্যালোচনায় এর কারণ দেখা হবে।",
            "%(count)sটি সংখ্যা হাতে লেখা। পর্যালোচনায় এগুলোর কারণ দেখা হবে।",
            own,
        ) % {"count": digits(own)}
    of_part = LACKS.get(SectionKey(section.key))
    if of_part:
        yield from of_part(section, facts)


# --- What one part lacks ------------------------------------------------------------------------
def _meetings(section: Section, facts: Facts) -> Iterator[str]:
    told = {meeting.month for meeting in facts.meetings if meeting.kind == MeetingKind.MONTHLY}
    told |= {unmet.month for unmet in facts.months_unmet}
    missing = sum(1 for month in _months_over(facts) if month not in told)
    if missing:
        yield _(
            "%(count)sটি মাসের মাসিক সভার চূড়ান্ত কার্যবিবরণী নেই। কার্যবিবরণী চূড়ান্ত করুন, "
            "অথবা সভা না হওয়ার কারণ লিখুন।"
        ) % {"count": digits(missing)}


def _months_over(facts: Facts) -> Iterator[date]:
    """The first day of every month of the period that is over."""
    first, last = facts.coverage.period.starts_on, facts.coverage.last_day
    this_month = timezone.localdate().replace(day=1)
    while first <= last and first < this_month:
        yield first
        first = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)


def _training(section: Section, facts: Facts) -> Iterator[str]:
    kinds = (ActivityKind.TRAINING, ActivityKind.WORKSHOP)
    uncounted = sum(1 for kind in kinds for one in facts.activities(kind) if not one.participants)
    if uncounted:
        yield _("%(count)sটি প্রশিক্ষণ বা কর্মশালায় কতজন ছিলেন, তা লেখা হয়নি। সংখ্যাটি লিখুন।") % {
            "count": digits(uncounted)
        }


def _projects(section: Section, facts: Facts) -> Iterator[str]:
    totals = savings_of([*facts.pilots_proven, *facts.replications_in_use])
    unmeasured = len({one.source.thing for one in totals.uncounted})
    if unmeasured:
        yield _(
            "%(count)sটি সফল পাইলট বা চালু রেপ্লিকেশনের সাশ্রয় পুরোপুরি হিসাব করা যায়নি। আগের ও পরের "
            "পরিমাপ এবং বছরে সেবাগ্রহীতার সংখ্যা লিখুন।"
        ) % {"count": digits(unmeasured)}


def _plan(section: Section, facts: Facts) -> Iterator[str]:
    if facts.plan is None:
        yield _("এই সময়কালের কোনো কর্মপরিকল্পনা নেই। পরিকল্পনাটি আনুন বা তৈরি করুন।")
        return
    silent = sum(1 for row in facts.plan_rows if row.task.last_progress_on is None)
    if silent:
        yield _("%(count)sটি কাজের কোনো অগ্রগতি জানানো হয়নি। অগ্রগতি লিখুন।") % {"count": digits(silent)}


def _next_plan(section: Section, facts: Facts) -> Iterator[str]:
    if facts.next_plan is None:
        yield _("পরবর্তী সময়ের কর্মপরিকল্পনা এখনো নেই। পরিকল্পনাটি তৈরি করুন।")
    elif facts.next_plan.status in EDITABLE:
        yield _("পরবর্তী সময়ের কর্মপরিকল্পনা এখনো অনুমোদিত হয়নি। পরিকল্পনাটি পেশ করুন।")


def _problems(section: Section, facts: Facts) -> Iterator[str]:
    if not section.is_own_words:
        yield _("সমস্যা, শিক্ষা ও সুপারিশ নিজের ভাষায় লিখুন; নথি থেকে শুধু খসড়া দেওয়া হয়েছে।")


def _scores(section: Section, facts: Facts) -> Iterator[str]:
    if not facts.score_lines:
        yield _("মূল্যায়নের নম্বর লেখা হয়নি। নম্বর লিখুন, অথবা কারণ জানিয়ে অংশটি বাদ দিন।")


LACKS: dict[SectionKey, Callable[[Section, Facts], Iterator[str]]] = {
    SectionKey.MEETINGS: _meetings,
    SectionKey.TRAINING: _training,
    SectionKey.PROJECTS: _projects,
    SectionKey.PLAN: _plan,
    SectionKey.NEXT_PLAN: _next_plan,
    SectionKey.PROBLEMS: _problems,
    SectionKey.SCORES: _scores,
}
