"""Something real on every page of reports.urls.sending."""

from django.urls import reverse

from reports.actions import keep_certificate, return_report, submit_report
from reports.models import Report
from reports.signing import read_credential
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.browser.papers import end_job
from tests.reports.build import make_report, soon
from tests.reports.certificates import make_authority
from tests.reports.contents_of_reports import freeze, sections

# Years of this part alone: an office has one report on each.
TO_SEND, WANTING, SENT, ACCEPTED, WITHDRAWN, PUBLIC = (
    "2012",
    "2013",
    "2014",
    "2011",
    "2010-2011",
    "2009-2010",
)


def sent_twice(upazila: Upazila, period: str) -> Report:
    """A report that was sent, returned and sent again; the first has its PDF, the last's failed."""
    report = make_report(upazila.office, by=upazila.head, period=period, status="submitted")
    freeze(report.submissions.get(), sections())
    end_job(report.submissions.get(), is_good=True)
    return_report(report=report, by=upazila.reviewer, reason="সংখ্যার উৎস দিন", resubmit_by=soon())
    end_job(submit_report(report=report, by=upazila.head), is_good=False)
    return report


def of_officer(upazila: Upazila) -> Addresses:
    """The head sends, reads what was sent, and keeps the office's certificate."""
    head, office = upazila.head, upazila.office
    ready = make_report(office, by=head, period=TO_SEND)
    wanting = make_report(office, by=head, period=WANTING)
    wanting.sections.filter(key="problems").update(words="")
    submissions = sent_twice(upazila, SENT).submissions.order_by("number")
    credential = read_credential(make_authority().issue("ইউএনও, শ্রীপুর"), "")
    keep_certificate(office=office, credential=credential, by=head)
    return {
        "reports:send": [reverse("reports:send", args=[one.pk]) for one in (ready, wanting)],
        "reports:submission": [one.get_absolute_url() for one in submissions],
        "reports:receipt": [reverse("reports:receipt", args=[submissions[0].pk])],
        "reports:certificate": [reverse("reports:certificate", args=[office.pk])],
    }


def of_reviewer(upazila: Upazila) -> Addresses:
    head, reviewer = upazila.head, upazila.reviewer
    accepted, withdrawn = (
        make_report(upazila.office, by=head, reviewer=reviewer, period=period, status=status)
        for period, status in ((ACCEPTED, "accepted"), (WITHDRAWN, "withdrawn"))
    )
    return {
        "reports:withdraw": [reverse("reports:withdraw", args=[accepted.pk])],
        "reports:submission": [withdrawn.submissions.get().get_absolute_url()],
    }


def of_strangers(upazila: Upazila) -> Addresses:
    report = sent_twice(upazila, PUBLIC)
    codes = report.submissions.order_by("number").values_list("code", flat=True)
    return {
        "open:verify_report": [
            reverse("open:verify_report"),
            reverse("open:verify_report") + "?code=ABC",
        ],
        "open:verify_report_code": [
            *(reverse("open:verify_report_code", args=[code]) for code in codes),
            reverse("open:verify_report_code", args=["A" * 16]),
        ],
    }


PAGES = Pages(
    of_officer=of_officer,
    of_strangers=of_strangers,
    of_reviewer=of_reviewer,
    no_pages=frozenset(
        {
            "reports:certificate_remove",
            "reports:submission_download",
            "reports:submission_picture",
            "reports:submission_retry",
        }
    ),
)
