"""Who gets what at the addresses of reports.urls.publications"""

from datetime import date
from typing import Any

from jobs.documents import store
from reports.actions import withdraw_publication
from reports.models import Publication, Report
from reports.publishing.contents import (
    Release,
    decisions_release,
    open_decisions,
    plan_release,
    report_release,
    seen,
)
from teams.models import Post
from tests.access_ideas.parts import Part
from tests.access_rules import (
    DONE,
    GONE,
    METHOD,
    NO,
    OK,
    PAGE_FOR_ALL,
    at,
    get,
    post,
)
from tests.factories import PNG, Country, make_plan
from tests.reports.build import make_report
from tests.reports.publishing import circulated, published_report, released_plan

PUBLIC_PAGE = (get(anonymous=OK, others=OK), post(anonymous=METHOD, others=METHOD))
# Whoever speaks for the office; the rest of the team sees that it could be released.
LEADS = {"head": OK, "officer": OK, "member": NO}
LEADS_WRITE = {"head": DONE, "officer": DONE, "member": NO}
GET_ONLY = post(others=METHOD)

# The tokens of what was looked at, made with the things.
LOOKED_AT: dict[str, dict[str, Any]] = {}


def look(name: str, release: Release, **more: Any) -> None:
    LOOKED_AT[name] = {"looked_at": seen(release, None), **more}


def things(country: Country) -> dict[str, list[Any]]:
    """A paper of each kind that waits, one of each that is out, one that was taken back."""
    head, reviewer, office = country["upazila.head"], country["reviewer"], country.upazila
    plan = make_plan(office, by=head, status="approved", period="2011")
    look("plan", plan_release(plan))
    owes = Post.objects.filter(office=office).order_by("pk")[0]
    meeting = circulated(office, "ফরম এক পাতার হবে।", by=head, owed_by=owes, on=date(2024, 3, 12))
    chosen = [decision.pk for decision in open_decisions(meeting)]
    look("meeting", decisions_release(meeting, chosen), decision=chosen)
    report = make_report(office, by=head, reviewer=reviewer, status="accepted", period="2012-2013")
    look("report", report_release(report))
    out = released_plan(make_plan(office, by=head, status="approved", period="2012"), by=head)
    gone = released_plan(make_plan(office, by=head, status="approved", period="2013"), by=head)
    withdraw_publication(publication=gone, reason="ভুল সময়কাল", by=head)
    told = published_report(office, by=head, reviewer=reviewer, period="2013-2014")
    picture = store(PNG, content_type="image/png", filename="a.png")
    told.content["sections"][0]["pictures"] = [
        {"sha256": picture.sha256, "name": "a.png", "caption": "হাটের দিন"}
    ]
    told.save()
    return {
        "released_plan_row": [plan.pk],
        "open_meeting": [meeting.pk],
        "open_report": [report.pk],
        "publication": [out.pk],
        "gone_publication": [gone.pk],
        "told_report": [told.pk],
        "told_picture": [told.pk, picture.sha256],
        "open_office": [office.code],
        "sitemap_part": ["publications"],
        "language_code": ["en"],
    }


PART = Part(
    addresses={
        "reports:publication_list": at("", *PAGE_FOR_ALL),
        "reports:publication_detail": at(
            "publication", get(team=OK, reviewer=OK, others=GONE), GET_ONLY
        ),
        "reports:publication_withdraw": at(
            "publication",
            get(**LEADS, reviewer=OK, others=GONE),
            post(**LEADS_WRITE, reviewer=DONE, others=GONE),
            sends=lambda t: {"reason": "ভুল তালিকা প্রকাশিত হয়েছিল।"},
        ),
        "reports:publication_plan": at(
            "released_plan_row",
            get(**LEADS, others=GONE),
            post(**LEADS_WRITE, others=GONE),
            sends=lambda t: LOOKED_AT["plan"],
        ),
        "reports:publication_decisions": at(
            "open_meeting",
            get(**LEADS, others=GONE),
            post(**LEADS_WRITE, others=GONE),
            sends=lambda t: LOOKED_AT["meeting"],
        ),
        "reports:publication_report": at(
            "open_report",
            get(**LEADS, reviewer=OK, above=NO, others=GONE),
            post(**LEADS_WRITE, reviewer=DONE, above=NO, others=GONE),
            sends=lambda t: LOOKED_AT["report"],
        ),
        "open:home": at("", *PUBLIC_PAGE),
        "open:office_list": at("", *PUBLIC_PAGE),
        "open:feed": at("", *PUBLIC_PAGE),
        "open:language": at("language_code", *PUBLIC_PAGE),
        "open:office": at("open_office", *PUBLIC_PAGE),
        "open:office_feed": at("open_office", *PUBLIC_PAGE),
        "open:widget": at("open_office", *PUBLIC_PAGE),
        "open:publication": at("publication", *PUBLIC_PAGE),
        "open:publication_download": at("told_report", *PUBLIC_PAGE),
        "open:publication_picture": at("told_picture", *PUBLIC_PAGE),
        "open:robots": at("", *PUBLIC_PAGE),
        "open:sitemap": at("", *PUBLIC_PAGE),
        "open:sitemap_section": at("sitemap_part", *PUBLIC_PAGE),
    },
    things=things,
    public=frozenset(
        {
            "open:home",
            "open:office_list",
            "open:feed",
            "open:language",
            "open:office",
            "open:office_feed",
            "open:widget",
            "open:publication",
            "open:publication_download",
            "open:publication_picture",
            "open:robots",
            "open:sitemap",
            "open:sitemap_section",
        }
    ),
    watched=(Publication, Report),
)
