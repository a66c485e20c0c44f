"""Who gets what at the addresses of reports.urls.sending"""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from jobs.documents import store
from jobs.enums import JobStatus
from jobs.models import Job
from reports.actions.sending import approved_content, head_post_of
from reports.approval import looked_at
from reports.models import Report, ReportFigure, SigningCertificate, Submission
from tests.access_ideas.parts import Part
from tests.access_rules import (
    DONE,
    GET_ONLY,
    GONE,
    KEPT,
    NO,
    OK,
    POST_ONLY,
    at,
    get,
    post,
)
from tests.factories import PNG, Country
from tests.reports.build import make_report
from tests.reports.certificates import make_authority

PUBLIC_FORM = (get(anonymous=OK, others=OK), post(anonymous=KEPT, others=KEPT))
# What was sent is read by the team and from above.
SENT_PAGE = (get(team=OK, above=OK, others=GONE), GET_ONLY)
HEADS_FORM = (get(head=OK, team=NO, others=GONE), post(head=DONE, team=NO, others=GONE))
DRAFT = "2018-2019"
# What the page of the approval carries, and the file of a certificate; made with the world.
MADE: dict[str, Any] = {}


def send_form(things: Any) -> dict[str, Any]:
    return {"looked_at": MADE["looked_at"]}


def certificate_form(things: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("head.p12", MADE["pkcs12"]), "password": "x"}


def pdf_form(things: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("report.pdf", b"%PDF-1.7 sent")}


def things(country: Country) -> dict[str, list[Any]]:
    """A report to send, one that was sent, one that was accepted, and a PDF that failed."""
    head, office, reviewer = country["upazila.head"], country.upazila, country["reviewer"]
    draft = make_report(office, by=head, period=DRAFT)
    content = approved_content(draft, head, head_post_of(draft, head))
    MADE["looked_at"] = looked_at(content)
    MADE["pkcs12"] = make_authority().issue("দপ্তর প্রধান", password="x")
    sent, failed, accepted = (
        make_report(office, by=head, reviewer=reviewer, period=period, status=status)
        for period, status in (
            ("2017-2018", "submitted"),
            ("2021-2022", "submitted"),
            ("2022-2023", "accepted"),
        )
    )
    submission = sent.submissions.get()
    picture = end_job(submission)
    _park_job(failed.submissions.get())
    return {
        "report_to_send": [draft.pk],
        "accepted_report": [accepted.pk],
        "submission": [submission.pk],
        "submission_picture": [submission.pk, picture],
        "submission_code": [submission.code],
        "failed_submission": [failed.submissions.get().pk],
        "headed_office": [office.pk],
    }


def end_job(submission: Submission) -> str:
    """As if a worker had drawn it, with a picture in what was sent; returns the picture's hash."""
    file = store(b"%PDF-1.7 sent", content_type="application/pdf", filename="sent.pdf")
    Job.objects.filter(pk=submission.job_id).update(
        status=JobStatus.DONE, finished_at=timezone.now(), document=file
    )
    picture = store(PNG, content_type="image/png", filename="picture.png")
    shown = {"sha256": picture.sha256, "name": "picture.png", "caption": "মেলা"}
    submission.content["sections"][0]["pictures"] = [shown]
    submission.save(update_fields=["content"])
    return picture.sha256


def _park_job(submission: Submission) -> None:
    Job.objects.filter(pk=submission.job_id).update(
        status=JobStatus.FAILED, finished_at=timezone.now(), error="broken", error_for_user="হয়নি"
    )


PART = Part(
    addresses={
        "reports:send": at("report_to_send", *HEADS_FORM, sends=send_form),
        "reports:submission": at("submission", *SENT_PAGE),
        "reports:submission_retry": at(
            "failed_submission",
            POST_ONLY,
            post(team=DONE, reviewer=DONE, above=NO, others=GONE),
        ),
        "reports:submission_download": at("submission", *SENT_PAGE),
        "reports:submission_picture": at("submission_picture", *SENT_PAGE),
        "reports:receipt": at("submission", *SENT_PAGE),
        "reports:withdraw": at(
            "accepted_report",
            get(reviewer=OK, team=NO, above=NO, others=GONE),
            post(reviewer=DONE, team=NO, above=NO, others=GONE),
            sends=lambda things: {"reason": "প্রশিক্ষণের সংখ্যা ভুল"},
        ),
        "reports:certificate": at("headed_office", *HEADS_FORM, sends=certificate_form),
        "reports:certificate_remove": at(
            "headed_office", POST_ONLY, post(head=KEPT, team=NO, others=GONE)
        ),
        "open:verify_report": at("", *PUBLIC_FORM, sends=pdf_form),
        "open:verify_report_code": at("submission_code", *PUBLIC_FORM, sends=pdf_form),
    },
    things=things,
    public=frozenset({"open:verify_report", "open:verify_report_code"}),
    watched=(Report, Submission, ReportFigure, SigningCertificate),
)
