"""Something real on every page of workplans.urls.life."""

from django.urls import reverse

from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.factories import make_plan, make_task
from workplans.actions import (
    add_comment,
    delete_task,
    reply_to_comment,
    return_workplan,
    start_revision,
    submit_workplan,
    update_task,
)
from workplans.actions.writing import texts_of
from workplans.enums import PlanStatus
from workplans.models import WorkPlan


def of_officer(upazila: Upazila) -> Addresses:
    """A plan in force, its revision that came back with remarks, and one not yet begun."""
    head = upazila.head
    plan, untouched = (
        make_plan(upazila.office, by=head, tasks=4, status=PlanStatus.APPROVED, period=period)
        for period in ("2016-2017", "2015-2016")
    )
    revision = start_revision(workplan=plan, reason="বরাদ্দ দেরিতে এসেছে", by=head)
    rows = list(revision.tasks.kept().in_order())
    first, second, *_others = rows
    delete_task(task=second, by=head)
    make_task(revision, by=head, number=9)
    submit_workplan(workplan=revision, by=head)
    remark = add_comment(
        workplan=revision, by=head, text="শেষ তারিখ মে মাসে আনুন", task=first, cell="end_text"
    )
    reply_to_comment(comment=remark, by=head, text="আনা হচ্ছে")
    return_workplan(workplan=revision, by=head)
    words = {**texts_of(first), "end_text": "৩১ মে ২০২৭"}
    update_task(task=first, version=first.version, fields=words, by=head)

    def at(name: str, of: WorkPlan = plan) -> str:
        return reverse(f"workplans:{name}", args=[of.pk])

    create = at("comment_create", revision)
    return {
        "workplans:revise": [at("revise", untouched)],
        "workplans:versions": [at("versions")],
        "workplans:version": [reverse("workplans:version", args=[plan.pk, 1])],
        "workplans:compare": [
            at("compare", revision),
            f"{at('compare', revision)}?from=1&to=open",
            # The grid with all its marks; it has a part of its own for its filters.
            at("detail", revision),
            f"{at('detail', revision)}?changed=1",
            rows[0].get_absolute_url(),
        ],
        "workplans:comments": [at("comments", revision), at("comments", untouched)],
        "workplans:comment_create": [create, f"{create}?task={first.pk}&cell=end_text"],
        "workplans:comment_reply": [reverse("workplans:comment_reply", args=[remark.pk])],
    }


PAGES = Pages(
    of_officer=of_officer,
    no_pages=frozenset(
        f"workplans:{name}" for name in ("withdraw", "comment_settle", "comment_seen")
    ),
)
