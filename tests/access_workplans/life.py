"""Who gets what at the addresses of workplans.urls.life."""

from dataclasses import replace
from typing import Any

from teams.models import User
from tests.access_rules import (
    DONE,
    GONE,
    KEPT,
    NO,
    OK,
    OPEN,
    POST_ONLY,
    SENT,
    Outcome,
    at,
    get,
    post,
)
from tests.access_rules import GET_ONLY as ONLY_READ
from tests.access_workplans.parts import PlanPart
from tests.factories import Country, make_plan, take_plan_to
from workplans.actions import start_revision, withdraw_revision
from workplans.enums import PlanStatus
from workplans.models import CommentMention, PlanComment, PlanSnapshot, Task, WorkPlan

# Revisions, each of a plan of its own, in years for which no office plans any more.
REVISION_YEARS = {
    "draft": "2003-2004",
    "submitted": "2004-2005",
    "returned": "2005-2006",
    "approved": "2006-2007",
    "withdrawn": "2007-2008",
}
READ_WHEN_SENT = (get(OPEN, team=OK, others=GONE), get(SENT, team=OK, above=OK, others=GONE))
STANDING = ("submitted", "approved")
ALL_SEE: dict[str, Outcome] = {"team": NO, "above": NO, "others": GONE}
# The team speaks at any time, offices above once it was sent; of a closed plan nobody.
SPEAK = (
    get(OPEN, team=OK, others=GONE),
    get(STANDING, team=OK, above=OK, others=GONE),
    get(("closed",), **ALL_SEE),
    post(OPEN, team=DONE, others=GONE),
    post(STANDING, team=DONE, above=DONE, others=GONE),
    post(("closed",), **ALL_SEE),
)


def words(_things: Any) -> dict[str, Any]:
    return {"text": "তারিখটি আবার দেখুন", "form_key": "5b0f0b8e-7c1c-4c57-9d2d-0e6f6f0d9b11"}


def make_revision(country: Country, status: str) -> WorkPlan:
    """A revision in that state, of a plan in force."""
    head = country["upazila.head"]
    plan = make_plan(
        country.upazila, by=head, status=PlanStatus.APPROVED, period=REVISION_YEARS[status]
    )
    revision = start_revision(workplan=plan, reason="বরাদ্দ দেরিতে এসেছে", by=head)
    if status == PlanStatus.WITHDRAWN:
        withdraw_revision(workplan=revision, by=head)
        return revision
    return take_plan_to(revision, status, by=head)


def things(country: Country) -> dict[str, list[Any]]:
    revisions = {status: make_revision(country, status) for status in REVISION_YEARS}
    return {f"{status}_revision": [made.pk] for status, made in revisions.items()}


def of_plan(plan: WorkPlan, task: Task, by: User) -> dict[str, list[Any]]:
    """A remark that is shared with offices above, and calls the member to it."""
    comment = PlanComment.objects.create(
        plan=plan, task=task, cell="end_text", text="দিন লিখুন", is_shared=True, created_by=by
    )
    member = plan.office.posts.get(role="member")
    CommentMention.objects.create(comment=comment, post=member)
    return {"comment": [comment.pk], "version": [plan.pk, 1]}


PART = PlanPart(
    addresses={
        "workplans:revise": at(
            "plan",
            get((*OPEN,), team=NO, others=GONE),
            get(("approved",), head=OK, officer=OK, team=NO, above=NO, others=GONE),
            get(("submitted", "closed"), **ALL_SEE),
            post((*OPEN,), team=NO, others=GONE),
            post(("approved",), head=DONE, officer=DONE, team=NO, above=NO, others=GONE),
            post(("submitted", "closed"), **ALL_SEE),
            sends=lambda t: {"reason": "বরাদ্দ দেরিতে এসেছে"},
        ),
        "workplans:withdraw": replace(
            at(
                "draft_revision",
                POST_ONLY,
                post(head=DONE, officer=DONE, team=NO, others=GONE),
            ),
            is_stateless=True,
        ),
        "workplans:versions": at("plan", *READ_WHEN_SENT, ONLY_READ),
        "workplans:version": at(
            "version",
            get(("approved", "closed"), team=OK, above=OK, others=GONE),
            get((*OPEN, "submitted"), others=GONE),
            ONLY_READ,
        ),
        "workplans:compare": at("plan", *READ_WHEN_SENT, ONLY_READ),
        "workplans:comments": at("plan", *READ_WHEN_SENT, ONLY_READ),
        "workplans:comment_create": at("plan", *SPEAK, sends=words),
        "workplans:comment_reply": at("comment", *SPEAK, sends=words),
        "workplans:comment_settle": at(
            "comment",
            POST_ONLY,
            post(OPEN, team=DONE, others=GONE),
            post(STANDING, team=DONE, above=NO, others=GONE),
            post(("closed",), **ALL_SEE),
        ),
        "workplans:comment_seen": at(
            "comment",
            POST_ONLY,
            post(OPEN, member=DONE, team=KEPT, others=GONE),
            post(SENT, member=DONE, team=KEPT, above=KEPT, others=GONE),
        ),
    },
    things=things,
    of_plan=of_plan,
    watched=(PlanComment, CommentMention, PlanSnapshot),
)
