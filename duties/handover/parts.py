"""The parts of the list, each from one room. Every part asks the same few questions, however
much there is to list."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ideas.enums import OPEN_PILOT, WAITING, IdeaStatus, NewsletterStatus, PageStatus
from ideas.enums import ReplicationStatus as Copy
from ideas.models import (
    Event,
    Idea,
    IdeaFile,
    IdeaImport,
    Initiative,
    Newsletter,
    Pilot,
    Recommendation,
    Replication,
)
from meetings.documents import due_words
from meetings.enums import DecisionStatus, MeetingStatus
from meetings.models import Assignment, AssignmentReport, Decision, Meeting, MinutesImport
from reports.enums import EDITABLE as REPORT_EDITABLE
from reports.enums import ReportStatus
from reports.models import Report
from teams.enums import Role, TeamStatus
from teams.models import Team
from teams.templatetags.bangla_tags import day, digits
from workplans.enums import EDITABLE as PLAN_EDITABLE
from workplans.enums import PlanStatus
from workplans.models import PlanImport, ProgressEntry, Task, WorkPlan

from ..items.item import NEXT_DAYS
from ..matters import Words, matters
from .work import Desk, Entry, Group, joined, late_first, latest_of

OPEN_IDEAS = (IdeaStatus.HELD, *sorted(WAITING), IdeaStatus.APPROVED)


def groups_of(desk: Desk) -> list[Group]:
    """Everything open on the desk, in the order in which one would look through it."""
    tasks, assignments = _open_tasks(desk), _open_assignments(desk)
    return [
        Group("tasks", _("কাজ"), _("পদের নামে কোনো কাজ বাকি নেই।"), late_first(_tasks(desk, tasks))),
        Group(
            "decisions",
            _("সভার সিদ্ধান্ত"),
            _("পদের ওপর কোনো সিদ্ধান্ত বাকি নেই।"),
            late_first([*_assignments(desk, assignments), *_reported(desk)]),
        ),
        Group("ideas", _("আইডিয়া ও পাইলট"), _("কোনো আইডিয়া বা পাইলট খোলা নেই।"), [*_ideas(desk)]),
        Group("drafts", _("খসড়া ও চলমান কাগজ"), _("কোনো খসড়া পড়ে নেই।"), [*_drafts(desk)]),
        Group("files", _("ফাইল"), _("খোলা কাজে কোনো ফাইল নেই।"), [*_files(desk, tasks, assignments)]),
        Group("due", _("সময়সীমা"), _("আগামী দেড় মাসে কিছু দেওয়ার নেই।"), late_first(_due(desk))),
    ]


# --- Tasks -------------------------------------------------------------------------------------
def _open_tasks(desk: Desk) -> list[Task]:
    plans = WorkPlan.objects.filter(office_id__in=desk.offices).alive(desk.today)
    found = Task.objects.filter(plan__in=plans).kept().responsibility_of([desk.post.pk])
    return list(found.with_progress().undone().select_related("plan__office", "subject").in_order())


def _tasks(desk: Desk, tasks: Iterable[Task]) -> Iterator[Entry]:
    for task in tasks:
        done = _("অগ্রগতি %(percent)s%%") % {"percent": digits(task.percent or 0)}
        yield Entry(
            title=task.title,
            detail=joined(task.plan.period.label, task.subject.name, task.schedule_text, done),
            url=task.get_absolute_url(),
            since=latest_of(task.updated_at),
            is_late=bool(task.next_due and task.next_due < desk.today),
        )


# --- Decisions ---------------------------------------------------------------------------------
def _open_assignments(desk: Desk) -> list[Assignment]:
    owed = Q(post=desk.post)
    if desk.heads:
        owed |= Q(post__isnull=True, office_id__in=desk.offices)
    found = Assignment.objects.owed().filter(owed)
    return list(found.select_related("decision__meeting__office").order_by("decision__due_on"))


def _assignments(desk: Desk, assignments: Iterable[Assignment]) -> Iterator[Entry]:
    for assignment in assignments:
        decision = assignment.decision
        ours = decision.meeting.office_id in desk.offices
        yield Entry(
            title=decision.text,
            detail=joined(
                decision.meeting.name,
                "" if ours else decision.meeting.office.name,
                due_words(decision),
            ),
            url=reverse("meetings:assignment_report", args=[assignment.pk]),
            since=latest_of(decision.updated_at),
            is_late=bool(decision.due_on and decision.due_on < desk.today),
        )


def _reported(desk: Desk) -> Iterator[Entry]:
    """What is called carried out and waits for those who lead the team."""
    if not desk.leads:
        return
    waiting = Decision.objects.in_force().filter(
        status=DecisionStatus.REPORTED, meeting__office_id__in=desk.offices
    )
    for decision in waiting.order_by("reported_at"):
        yield Entry(
            title=decision.text,
            detail=_("বাস্তবায়নের কথা জানানো হয়েছে, টিমের মত বাকি"),
            url=decision.get_absolute_url(),
            since=latest_of(decision.updated_at),
        )


# --- Ideas -------------------------------------------------------------------------------------
def _ideas(desk: Desk) -> Iterator[Entry]:
    yield from _own_ideas(desk)
    yield from _pilots(desk)
    yield from _copies(desk)


def _own_ideas(desk: Desk) -> Iterator[Entry]:
    open_ones = Idea.objects.filter(office_id__in=desk.offices, status__in=OPEN_IDEAS)
    for idea in open_ones.filter(desk.papers("created_by", "submitted_by")).order_by("pk"):
        held = idea.status == IdeaStatus.HELD
        yield Entry(
            title=idea.title,
            detail=joined(_("আইডিয়া"), idea.get_status_display()),
            url=reverse("ideas:held_list") if held else idea.get_absolute_url(),
            since=latest_of(idea.created_at, idea.updated_at),
        )


def _pilots(desk: Desk) -> Iterator[Entry]:
    mine = Q(owner_post=desk.post)
    if desk.leads:
        mine |= Q(idea__office_id__in=desk.offices)
    for pilot in Pilot.objects.filter(mine, status__in=OPEN_PILOT).select_related("idea"):
        ends = _("মেয়াদ %(day)s") % {"day": day(pilot.ends_on)} if pilot.ends_on else ""
        yield Entry(
            title=pilot.idea.title,
            detail=joined(_("পাইলট"), pilot.get_status_display(), ends),
            url=pilot.get_absolute_url(),
            since=latest_of(pilot.created_at, pilot.updated_at, pilot.idea.updated_at),
            is_late=bool(pilot.ends_on and pilot.ends_on < desk.today),
        )


def _copies(desk: Desk) -> Iterator[Entry]:
    """What the office takes over from others, and what it is asked to take over."""
    taken = Replication.objects.filter(
        desk.papers("taken_by"), office_id__in=desk.offices, status__in=(Copy.TAKEN, Copy.RUNNING)
    )
    for copy in taken.select_related("idea__initiative"):
        yield Entry(
            title=copy.idea.public_title,
            detail=joined(_("রেপ্লিকেশন"), copy.get_status_display()),
            url=reverse("ideas:replication_detail", args=[copy.pk]),
            since=latest_of(copy.taken_at),
        )
    if not desk.leads:
        return
    asked = Recommendation.objects.waiting().filter(office_id__in=desk.offices)
    for one in asked.select_related("idea__initiative", "made_for"):
        yield Entry(
            title=one.idea.public_title,
            detail=joined(_("রেপ্লিকেশনের সুপারিশ, উত্তর বাকি"), one.made_for.name),
            url=reverse("ideas:replication_list"),
            since=latest_of(one.made_at),
        )


# --- Drafts ------------------------------------------------------------------------------------
def _drafts(desk: Desk) -> Iterator[Entry]:
    yield from _plans(desk)
    yield from _meetings(desk)
    yield from _reports(desk)
    yield from _showcase(desk)
    yield from _imports(desk)
    if desk.leads:
        yield from _teams(desk)


def _plans(desk: Desk) -> Iterator[Entry]:
    statuses = {*PLAN_EDITABLE, *((PlanStatus.SUBMITTED,) if desk.heads else ())}
    mine = desk.papers("created_by")
    for plan in WorkPlan.objects.filter(mine, office_id__in=desk.offices, status__in=statuses):
        yield Entry(
            title=_("কর্মপরিকল্পনা %(period)s") % {"period": plan.period.label},
            detail=plan.get_status_display(),
            url=plan.get_absolute_url(),
            since=latest_of(plan.created_at),
        )


def _meetings(desk: Desk) -> Iterator[Entry]:
    mine = desk.papers("created_by")
    if not desk.leads:
        mine |= Q(chair_post=desk.post) | Q(issuer_post=desk.post)
    unfinished = Meeting.objects.filter(
        mine,
        office_id__in=desk.offices,
        status__in=(MeetingStatus.DRAFT, MeetingStatus.FINALISED),
    )
    for meeting in unfinished.select_related("office"):
        held = day(meeting.held_on)
        yield Entry(
            title=_("কার্যবিবরণী: %(meeting)s") % {"meeting": meeting.name},
            detail=joined(meeting.get_status_display(), held),
            url=meeting.get_absolute_url(),
            since=latest_of(meeting.created_at),
        )


def _reports(desk: Desk) -> Iterator[Entry]:
    unsent = Report.objects.filter(
        desk.papers("created_by"), office_id__in=desk.offices, status__in=REPORT_EDITABLE
    )
    for report in unsent:
        yield Entry(
            title=str(report),
            detail=report.get_status_display(),
            url=report.get_absolute_url(),
            since=latest_of(report.created_at),
        )
    if desk.post.role == Role.CABINET_REVIEWER:
        taken = Report.objects.filter(reviewer=desk.post, status=ReportStatus.SUBMITTED)
        for report in taken.with_newest_submission().select_related("office"):
            newest: int | None = report.newest_submission_id  # type: ignore[attr-defined]
            yield Entry(
                title=_("পর্যালোচনা: %(paper)s") % {"paper": report},
                detail=report.office.name,
                url=reverse("reports:review_detail", args=[newest])
                if newest
                else reverse("reports:review_list"),
                since=latest_of(report.submitted_at),
            )


def _showcase(desk: Desk) -> Iterator[Entry]:
    mine, own = desk.papers("created_by"), {"office_id__in": desk.offices}
    for newsletter in Newsletter.objects.filter(mine, status=NewsletterStatus.DRAFT, **own):
        yield Entry(
            newsletter.title,
            _("ই-নিউজলেটারের খসড়া"),
            newsletter.get_absolute_url(),
            latest_of(newsletter.created_at, newsletter.updated_at),
        )
    pages = Initiative.objects.filter(
        mine, status=PageStatus.DRAFT, idea__office_id__in=desk.offices
    )
    for page in pages:
        yield Entry(
            page.title,
            _("উদ্যোগের পাতার খসড়া"),
            reverse("ideas:initiative_detail", args=[page.pk]),
            latest_of(page.created_at, page.updated_at),
        )
    for event in Event.objects.filter(mine, is_published=False, **own):
        yield Entry(
            event.title,
            joined(_("শোকেসিংয়ের খসড়া"), day(event.held_on)),
            event.get_absolute_url(),
            latest_of(event.created_at, event.updated_at),
        )


def _imports(desk: Desk) -> Iterator[Entry]:
    """Tables and old minutes that were read and wait to be taken in."""
    mine, own = desk.papers("created_by"), {"office_id__in": desk.offices}
    open_plans = {"plan__office_id__in": desk.offices, "plan__status__in": PLAN_EDITABLE}
    waiting = (
        (_("কর্মপরিকল্পনায় আনা ছক"), PlanImport.objects.waiting().filter(mine, **open_plans)),
        (_("আনা পুরোনো কার্যবিবরণী"), MinutesImport.objects.waiting().filter(mine, **own)),
        (_("আনা আইডিয়ার তালিকা"), IdeaImport.objects.waiting().filter(mine, **own)),
    )
    for title, found in waiting:
        for one in found:
            detail = joined(one.filename, day(one.created_at))
            yield Entry(title, detail, one.get_absolute_url(), latest_of(one.created_at))


def _teams(desk: Desk) -> Iterator[Entry]:
    for team in Team.objects.filter(office=desk.office, status=TeamStatus.DRAFT):
        yield Entry(
            _("টিম গঠনের অফিস আদেশের খসড়া"),
            day(team.formed_on),
            team.get_absolute_url(),
            latest_of(team.created_at),
        )


# --- Files -------------------------------------------------------------------------------------
def _files(desk: Desk, tasks: Iterable[Task], assignments: Iterable[Assignment]) -> Iterator[Entry]:
    """What proves the work on the open tasks and decisions, and what was added to open ideas."""
    proofs = ProgressEntry.objects.filter(task__in=[one.pk for one in tasks]).exclude(evidence="")
    for proof in proofs.select_related("task"):
        url = reverse("workplans:evidence", args=[proof.pk])
        yield Entry(
            proof.evidence_name or _("প্রমাণ"), proof.task.title, url, latest_of(proof.created_at)
        )
    told = AssignmentReport.objects.filter(assignment__in=[one.pk for one in assignments])
    for report in told.exclude(evidence="").select_related("assignment__decision"):
        yield Entry(
            report.evidence_name or _("প্রমাণ"),
            report.assignment.decision.text,
            reverse("meetings:report_evidence", args=[report.pk]),
            latest_of(report.created_at),
        )
    attached = IdeaFile.objects.filter(
        desk.papers("created_by"),
        idea__office_id__in=desk.offices,
        idea__status__in=(*OPEN_IDEAS, IdeaStatus.PILOTING),
    )
    for file in attached.exclude(idea__status=IdeaStatus.HELD).select_related("idea"):
        url = reverse("ideas:file", args=[file.pk])
        yield Entry(file.filename, file.idea.title, url, latest_of(file.created_at))


# --- What the calendar asks --------------------------------------------------------------------
def _due(desk: Desk) -> Iterator[Entry]:
    """What the office owes by a day, for those who lead its team."""
    if not desk.leads:
        return
    until = desk.today + timedelta(days=NEXT_DAYS)
    owed = matters(today=desk.today, until=until, offices=desk.offices)
    words = Words(owed)
    for matter in sorted(owed, key=lambda one: one.due_on or desk.today):
        yield Entry(
            title=words.title(matter),
            detail=_("শেষ তারিখ %(day)s") % {"day": day(matter.due_on)} if matter.due_on else "",
            url=words.address(matter),
            is_late=bool(matter.due_on and matter.due_on < desk.today),
        )
