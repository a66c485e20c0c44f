"""Something real on every page of reports.urls.publications."""

from datetime import date

from django.urls import reverse

from reports.models import Publication
from reports.publishing.contents import open_decisions
from teams.models import Post
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.factories import make_plan
from tests.ideas.showcase import make_initiative
from tests.reports.build import make_report
from tests.reports.publishing import (
    circulated,
    draw,
    published_report,
    released_decisions,
    released_plan,
)
from workplans.models import WorkPlan

# A month in which no other page's meeting is held.
HELD_ON = date(2023, 3, 13)


def open_papers(upazila: Upazila) -> list[Publication]:
    """One of each kind, and an older version of one."""
    office, head = upazila.office, upazila.head
    if standing := {one.kind: one for one in Publication.objects.public().filter(office=office)}:
        return [standing["plan"], standing["decisions"], standing["report"]]
    owes = Post.objects.filter(office=office).order_by("pk")[0]
    plan = make_plan(office, by=head, status="approved", period="2015", tasks=3)
    released_plan(plan, by=head)
    WorkPlan.objects.filter(pk=plan.pk).update(form="combined")
    plan.refresh_from_db()
    texts = ("সকল সেবার ফরম এক পাতায় আনা হবে।", "টোকেন যন্ত্র বসানো হবে।")
    meeting = circulated(office, *texts, by=head, owed_by=owes, on=HELD_ON)
    report = published_report(office, by=head, reviewer=upazila.reviewer, period="2016-2017")
    draw(report.submission)
    make_initiative(office, by=head, status="published")
    return [
        released_plan(plan, by=head),
        released_decisions(meeting, by=head, places=(0, 1)),
        report,
    ]


def of_officer(upazila: Upazila) -> Addresses:
    office, head = upazila.office, upazila.head
    plan, decisions, report = open_papers(upazila)
    waiting = make_plan(office, by=head, status="approved", period="2014", tasks=3)
    accepted = make_report(
        office, by=head, reviewer=upazila.reviewer, status="accepted", period="2017-2018"
    )
    meeting = decisions.meeting
    assert meeting is not None
    choose = reverse("reports:publication_decisions", args=[meeting.pk])
    chosen = f"{choose}?look=1&decision={open_decisions(meeting)[0].pk}"
    return {
        "reports:publication_list": [reverse("reports:publication_list")],
        "reports:publication_detail": [
            reverse("reports:publication_detail", args=[one.pk]) for one in (plan, report)
        ],
        "reports:publication_withdraw": [
            reverse("reports:publication_withdraw", args=[decisions.pk])
        ],
        "reports:publication_plan": [reverse("reports:publication_plan", args=[waiting.pk])],
        "reports:publication_decisions": [choose, chosen],
        "reports:publication_report": [reverse("reports:publication_report", args=[accepted.pk])],
    }


def of_strangers(upazila: Upazila) -> Addresses:
    published = open_papers(upazila)
    older = Publication.objects.filter(replaced_by__isnull=False)
    home, office = reverse("open:home"), reverse("open:office", args=[upazila.office.code])
    return {
        "open:home": [home, f"{home}?q=টোকেন", f"{home}?q=কিছুই+নেই&tier=upazila"],
        "open:office_list": [reverse("open:office_list")],
        "open:office": [office, reverse("open:office", args=[upazila.office.parent.code])],
        "open:widget": [reverse("open:widget", args=[upazila.office.code])],
        "open:publication": [one.get_absolute_url() for one in (*published, older[0])],
    }


PAGES = Pages(
    of_officer=of_officer,
    of_strangers=of_strangers,
    no_pages=frozenset(
        {
            "open:feed",
            "open:language",
            "open:office_feed",
            "open:publication_download",
            "open:publication_picture",
            "open:robots",
            "open:sitemap",
            "open:sitemap_section",
        }
    ),
)
