"""Every kind of paper of an office in each of its states, with the addresses that show it.

Much of it stands in the world of tests/access_world.py; the states that are missing there are
made here, through the application's own actions.
"""

from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from duties.actions import settle_handover
from ideas.actions import (
    PilotPlan,
    add_visit,
    begin_replication,
    drop_replication,
    plan_pilot,
    revoke_award,
)
from ideas.certificates import CERTIFICATE_PDF
from ideas.enums import FilePurpose, IdeaStatus, PageStatus
from ideas.models import (
    Award,
    Certificate,
    Event,
    IdeaFile,
    Newsletter,
    NewsletterDocument,
    Pilot,
    Replication,
)
from ideas.newsletters import NEWSLETTER_PDF
from jobs.documents import store
from meetings.enums import MeetingStatus
from reports.documents import REPORT_PDF
from reports.enums import ReportStatus
from reports.models import NationalReport, Publication, ReportDocument, Submission
from teams.actions import transfer_post
from teams.documents import ORDER_PDF
from teams.enums import Role, TeamStatus
from teams.models import AuditEntry, Team, TeamDocument
from tests.access_reports.sending import end_job
from tests.access_rules import ANY
from tests.access_workplans.life import REVISION_YEARS
from tests.access_world import World
from tests.factories import PNG, Country, make_person, make_post
from tests.ideas.pilots import VISIT, picture
from tests.ideas.register import make_idea
from tests.ideas.showcase import make_award, make_initiative, make_picture, piloted
from tests.ideas.spreading import adopt, take
from tests.ideas.spreading import make_initiative as make_proven
from tests.prints import printed
from tests.reports.build import make_report
from tests.teams.orders import freeze, make_order
from workplans.models import PlanComment, Task

# Of these the world has no annual report.
FREE_YEARS = (2014, 2015, 2016, 2019, 2020, 2024)
# Addresses by state.
Shown = dict[str, list[str]]


def papers(world: World) -> dict[tuple[str, str], Shown]:
    """(kind, what of it) -> state -> the addresses at which it is read or taken along."""
    country = world.country
    return {
        **_plans(world),
        **_revisions(world),
        **_remarks(world),
        **_meetings(world),
        **_ideas(country),
        **_pilots(country),
        **_pages(country),
        **_events(),
        **_awards(country),
        **_newsletters(country),
        **_replications(country),
        **_reports(country),
        **_teams(country),
        **_publications(),
        **_nation(world),
        **_handovers(country),
    }


def _at(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def _history(kind: str, papers: dict[str, Model]) -> dict[tuple[str, str], Shown]:
    """The timeline of the paper in each state, and the newest entry of the record about it."""
    timelines, entries = {}, {}
    for state, paper in papers.items():
        label = paper._meta.label_lower
        entry = AuditEntry.objects.filter(object_type=label, object_id=paper.pk).latest("pk")
        timelines[state] = [_at("teams:record_timeline", label, paper.pk)]
        entries[state] = [_at("teams:record_entry", entry.pk)]
    return {(kind, "history"): timelines, (kind, "an entry of the record"): entries}


# --- Plans and meetings: as the world has them ---------------------------------------------------
def _plans(world: World) -> dict[tuple[str, str], Shown]:
    read, rows, plans = {}, {}, {}
    for state in ANY:
        names = world.things[state].addresses
        read[state] = [
            _at(f"workplans:{name}", *names[about])
            for name, about in (
                *(("detail", "plan"), ("xlsx", "plan"), ("task_detail", "task")),
                *(("evidence", "progress"), ("document_detail", "document")),
                *(("document_download", "document"), ("scores", "plan")),
            )
        ]
        rows[state] = [_at("teams:record_row", "workplans.task", *names["task"])]
        plans[state] = world.things[state].plan
    return {
        ("Plan", "rows, evidence, prints, Excel"): read,
        ("Plan", "earlier versions of a row"): rows,
        **_history("Plan", plans),
    }


def _revisions(world: World) -> dict[tuple[str, str], Shown]:
    """Of plans in force, which stand in the table in their own right; and what was in force."""
    names = world.things["approved"].addresses
    read: Shown = {}
    for state in REVISION_YEARS:
        [pk] = names[f"{state}_revision"]
        task = Task.everything.filter(plan=pk).first()
        read[state] = [
            *(_at(f"workplans:{name}", pk) for name in ("detail", "xlsx", "compare", "comments")),
            _at("workplans:task_detail", task.pk),
        ]
    versions = {
        state: [_at("workplans:version", *world.things[state].addresses["version"])]
        for state in ("approved", "closed")
    }
    return {("Revision", "rows, Excel, comparison"): read, ("Plan", "a version"): versions}


def _remarks(world: World) -> dict[tuple[str, str], Shown]:
    """By the page on which one answers them."""
    own, shared = {}, {}
    for state in ("draft", "returned", "submitted", "approved"):
        things = world.things[state]
        said = PlanComment.objects.create(
            plan=things.plan, text="কে করবেন?", created_by=world.country["upazila.member"]
        )
        own[state] = [_at("workplans:comment_reply", said.pk)]
        shared[state] = [_at("workplans:comment_reply", *things.addresses["comment"])]
    return {("Plan", "a remark of the team"): own, ("Plan", "a remark from above"): shared}


def _meetings(world: World) -> dict[tuple[str, str], Shown]:
    read, own, proof, meetings = {}, {}, {}, {}
    for state in MeetingStatus.values:
        things = world.things[f"meeting:{state}"]
        names = things.addresses
        read[state], own[state], proof[state] = (
            [_at(f"meetings:{name}", *names[about]) for name, about in addresses]
            for addresses in (
                (
                    *(("detail", "meeting"), ("minutes", "meeting"), ("docx", "meeting")),
                    *(("decision_detail", "decision"), ("document_detail", "minutes_document")),
                    ("document_download", "minutes_document"),
                ),
                (
                    *(("notice", "meeting"), ("notice_docx", "notice"), ("ical", "meeting")),
                    *(("version", "version"), ("attendance", "meeting")),
                ),
                (("report_evidence", "evidence"),),
            )
        )
        meetings[state] = things.meeting
    return {
        ("Meeting", "minutes, decisions, prints, Word"): read,
        ("Meeting", "letters, attendance, versions, calendar"): own,
        ("Meeting", "evidence of what was done"): proof,
        **_history("Meeting", meetings),
    }


# --- Ideas ---------------------------------------------------------------------------------------
def _ideas(country: Country) -> dict[tuple[str, str], Shown]:
    read, ideas = {}, {}
    for state in IdeaStatus.values:
        ideas[state] = idea = make_idea(country.upazila, by=country["upazila.head"], status=state)
        file = IdeaFile.objects.create(
            idea=idea,
            purpose=FilePurpose.ATTACHMENT,
            document=store(PNG, content_type="image/png", filename="idea.png"),
            filename="ছবি.png",
        )
        read[state] = [_at("ideas:detail", idea.pk), _at("ideas:file", file.pk)]
    return {("Idea", "words, files"): read, **_history("Idea", ideas)}


def _pilots(country: Country) -> dict[tuple[str, str], Shown]:
    office, head = country.upazila, country["upazila.head"]
    approved = make_idea(office, by=head, status=IdeaStatus.APPROVED)
    found = [
        plan_pilot(idea=approved, plan=PilotPlan(), by=head),
        make_idea(office, by=head, status=IdeaStatus.PILOTING).pilot,
        make_idea(office, by=head, status=IdeaStatus.STOPPED).pilot,
        piloted(office, by=head).pilot,
    ]
    add_visit(pilot=found[1], words=VISIT, pictures=[picture()], by=head)
    read: Shown = {}
    for pilot in Pilot.objects.filter(pk__in=[one.pk for one in found]).order_by("pk"):
        files = [_at("ideas:file", file.pk) for file in IdeaFile.objects.filter(idea=pilot.idea_id)]
        read[pilot.status] = [_at("ideas:pilot_detail", pilot.pk), *files]
    return {("Pilot", "plan, visits, pictures"): read}


def _pages(country: Country) -> dict[tuple[str, str], Shown]:
    read, public = {}, {}
    head = country["upazila.head"]
    for state in PageStatus.values:
        page = make_initiative(country.upazila, by=head, status=state)
        shown = make_picture(page, by=head)
        read[state] = [
            _at("ideas:initiative_detail", page.pk),
            _at("ideas:initiative_picture", shown.pk),
        ]
        public[state] = [
            _at("public:initiative_detail", page.pk),
            _at("public:initiative_picture", shown.pk),
        ]
    return {
        ("Page of an initiative", "inside, with its draft"): read,
        ("Page of an initiative", "the public page"): public,
    }


def _events() -> dict[tuple[str, str], Shown]:
    read, public = {}, {}
    for event in Event.objects.all():
        state = "published" if event.is_published else "draft"
        read[state] = [_at("ideas:event_detail", event.pk)]
        public[state] = [_at("public:event_detail", event.pk)]
    return {("Event", "inside"): read, ("Event", "the public page"): public}


def _awards(country: Country) -> dict[tuple[str, str], Shown]:
    head = country["upazila.head"]
    read: Shown = {}
    for state in ("standing", "revoked"):
        award: Award = make_award(country.upazila, by=head)
        certificate = printed(Certificate, CERTIFICATE_PDF, done=True, by=head, award=award)
        if state == "revoked":
            revoke_award(award=award, reason="ভুল ব্যক্তি", by=head)
        read[state] = [
            _at("ideas:award_detail", award.pk),
            _at("ideas:certificate_detail", certificate.pk),
            _at("ideas:certificate_download", certificate.pk),
        ]
    return {("Award", "words, certificate"): read}


def _newsletters(country: Country) -> dict[tuple[str, str], Shown]:
    read, public = {}, {}
    head = country["upazila.head"]
    for paper in Newsletter.objects.all():
        sheet = printed(NewsletterDocument, NEWSLETTER_PDF, done=True, by=head, newsletter=paper)
        read[paper.status] = [
            _at("ideas:newsletter_detail", paper.pk),
            _at("ideas:newsletter_document_detail", sheet.pk),
            _at("ideas:newsletter_document_download", sheet.pk),
        ]
        public[paper.status] = [_at("public:newsletter_detail", paper.pk)]
    return {("Newsletter", "inside, prints"): read, ("Newsletter", "the public page"): public}


def _replications(country: Country) -> dict[tuple[str, str], Shown]:
    """Of an initiative of the office elsewhere."""
    office, head = country.upazila, country["upazila.head"]
    for step in ("taken", "running", "in_use", "dropped"):
        source = make_proven(country.elsewhere, by=country["elsewhere.head"], title=f"উদ্যোগ {step}")
        one = take(source, office, by=head, adaptations="নিজের মতো")
        if step == "running":
            begin_replication(replication=one, by=head)
        elif step == "in_use":
            adopt(one, by=head)
        elif step == "dropped":
            drop_replication(replication=one, reason="জনবল নেই", by=head)
    found = Replication.objects.filter(office=office).order_by("pk")
    read = {one.status: [_at("ideas:replication_detail", one.pk)] for one in found}
    return {("Replication", "what was changed"): read}


# --- Reports and what is laid open ---------------------------------------------------------------
def _reports(country: Country) -> dict[tuple[str, str], Shown]:
    writing, sent, reports = {}, {}, {}
    office, head, reviewer = country.upazila, country["upazila.head"], country["reviewer"]
    for year, state in zip(FREE_YEARS, ReportStatus.values, strict=True):
        reports[state] = report = make_report(
            office, by=head, reviewer=reviewer, status=state, period=f"{year}-{year + 1}"
        )
        sheet = printed(ReportDocument, REPORT_PDF, done=True, by=head, report=report)
        writing[state] = [
            *(_at(f"reports:{name}", report.pk) for name in ("detail", "preview")),
            _at("reports:source", report.pk, "training", "participants"),
            _at("reports:document_detail", sheet.pk),
            _at("reports:document_download", sheet.pk),
        ]
        sent[state] = [address for one in report.submissions.all() for address in _submission(one)]
    return {
        ("Report", "what is being written, its prints"): writing,
        ("Report", "what was sent, its receipt"): {
            state: shown for state, shown in sent.items() if shown
        },
        **_history("Report", reports),
    }


def _submission(submission: Submission) -> list[str]:
    picture_hash = end_job(submission)
    names = ("submission", "submission_download", "receipt", "review_detail")
    return [
        *(_at(f"reports:{name}", submission.pk) for name in names),
        _at("reports:submission_picture", submission.pk, picture_hash),
    ]


def _publications() -> dict[tuple[str, str], Shown]:
    inside, public = {}, {}
    for one in Publication.objects.filter(kind="plan", replaced_by=None):
        state = "withdrawn" if one.withdrawn_at else "standing"
        inside[state] = [_at("reports:publication_detail", one.pk)]
        public[state] = [_at("open:publication", one.pk)]
    return {("Publication", "inside"): inside, ("Publication", "the public page"): public}


def _nation(world: World) -> dict[tuple[str, str], Shown]:
    names = world.things["draft"].addresses
    prints = {"draft": "national_document", "published": "published_national_document"}
    read = {}
    for state, about in prints.items():
        report = NationalReport.objects.get(status=state)
        read[state] = [
            _at("reports:national_detail", report.pk),
            _at("reports:national_word", report.pk),
            _at("reports:national_document", *names[about]),
            _at("reports:national_document_download", *names[about]),
        ]
    return {("National report", "words, prints, Word"): read}


# --- Teams and posts -----------------------------------------------------------------------------
def _teams(country: Country) -> dict[tuple[str, str], Shown]:
    read, draft = {}, {}
    office, head = country.upazila, country["upazila.head"]
    # An office writes one draft at a time, and has one.
    issued = {"status": TeamStatus.DISSOLVED, "content": {}, "issued_at": timezone.now()}
    posts = {"designations": ("উপজেলা নির্বাচন কর্মকর্তা",), "leader_role": Role.STAFF}
    ended = make_order(office, head=head, issued_by=head, **posts, **issued)
    freeze(ended, TeamStatus.DISSOLVED, by=head)
    for team in Team.objects.filter(office=office):
        sheet, of_draft = (
            printed(TeamDocument, ORDER_PDF, done=True, by=head, team=team, is_draft=is_draft)
            for is_draft in (team.status == TeamStatus.DRAFT, True)
        )
        read[team.status] = [
            *(_at(f"teams:{name}", team.pk) for name in ("team_detail", "order_detail")),
            _at("teams:order_docx", team.pk),
            _at("teams:order_document_detail", sheet.pk),
            _at("teams:order_document_download", sheet.pk),
        ]
        draft[team.status] = [_at("teams:order_document_download", of_draft.pk)]
    return {
        ("Team and its order", "members, order, print, Word"): read,
        ("Team and its order", "print of the draft"): draft,
    }


def _handovers(country: Country) -> dict[tuple[str, str], Shown]:
    """Of a post that neither whoever came nor whoever left has another post with."""
    read: Shown = {}
    today = timezone.localdate()
    for state in ("open", "settled"):
        post = make_post(country.upazila, Role.STAFF, f"পদ {state}", make_person())
        handover = transfer_post(
            post=post, to=make_person(), starts_on=today, by=country["upazila.head"]
        )
        assert handover is not None
        if state == "settled":
            settle_handover(handover=handover, by=country["upazila.head"])
        read[state] = [_at("duties:handover_detail", handover.pk)]
    return {("Handover", "the list, the note, the signatures"): read}
