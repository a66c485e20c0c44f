"""Who gets what at the addresses of reports.urls.writing"""

from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from reports.actions import add_report_picture, leave_out_section
from reports.documents import REPORT_PDF
from reports.models import Report, ReportDocument, ReportPicture, ScoreLine, Section
from teams.uploads import CleanFile
from tests.access_ideas.parts import Part
from tests.access_rules import (
    DONE,
    GONE,
    KEPT,
    NO,
    OK,
    PAGE_FOR_ALL,
    POST_ONLY,
    TEAM_PAGE,
    at,
    get,
    post,
)
from tests.factories import Country
from tests.prints import printed
from tests.reports.activities import make_activity, make_activity_picture
from tests.reports.build import make_report

TEAM_ACTION = (POST_ONLY, post(team=DONE, others=GONE))
TEAM_FORM = (get(team=OK, others=GONE), post(team=DONE, others=GONE))
FIRST = {"version": 1}


def things(country: Country) -> dict[str, list[Any]]:
    """A draft with a part of each kind, a part left out, a picture, and prints."""
    head = country["upazila.head"]
    # A period of its own: nothing else here is about it, and nobody sends it.
    report = make_report(country.upazila, by=head, period="2023-2024")
    done, failed = (
        printed(ReportDocument, REPORT_PDF, done=done, by=head, report=report)
        for done in (True, False)
    )
    circles = report.sections.get(key="circles")
    leave_out_section(section=circles, reason="হয়নি", version=circles.version, by=head)
    picture = add_report_picture(report=report, clean=_clean("green"), caption="ছবি", by=head)
    # After the report was begun, so that there is something to take.
    activity = make_activity(country.upazila, by=head, held_on=date(2024, 3, 1), participants=20)
    of_activity = make_activity_picture(activity, by=head)
    return {
        "draft_report": [report.pk],
        "report_part": [report.pk, "training"],
        "part_left_out": [report.pk, "circles"],
        "report_figure": [report.pk, "training", "participants"],
        "report_picture": [picture.pk],
        "picture_to_take": [report.pk, of_activity.pk],
        "report_document": [done.pk],
        "failed_report_document": [failed.pk],
    }


def _drawn(colour: str) -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (8, 8), colour).save(drawn, "PNG")
    return drawn.getvalue()


def _clean(colour: str) -> CleanFile:
    return CleanFile(_drawn(colour), "image/png", "png")


def new_report(things: Any) -> dict[str, Any]:
    return {"office": things.plan.office_id, "kind": "annual", "period": "2019-2020"}


def new_words(things: Any) -> dict[str, Any]:
    return {**FIRST, "words": "নিজের কথা"}


def own_figure(things: Any) -> dict[str, Any]:
    return {**FIRST, "value": "৩০", "reason": "দশজন পরে যোগ দেন"}


def scores(things: Any) -> dict[str, Any]:
    return {
        **FIRST,
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 0,
        "form-0-indicator": "উদ্ভাবনী উদ্যোগ",
        "form-0-weight": "১০",
        "form-0-score": "৮",
    }


def another_picture(things: Any) -> dict[str, Any]:
    return {"picture": SimpleUploadedFile("a.png", _drawn("red"), "image/png"), "caption": "সভা"}


PART = Part(
    addresses={
        "reports:list": at("", *PAGE_FOR_ALL),
        "reports:create": at("", POST_ONLY, post(team=DONE, others=GONE), sends=new_report),
        "reports:detail": at("draft_report", *TEAM_PAGE),
        "reports:preview": at("draft_report", *TEAM_PAGE),
        "reports:take_all": at("draft_report", *TEAM_ACTION),
        "reports:present": at("draft_report", POST_ONLY, post(member=NO, team=DONE, others=GONE)),
        "reports:print": at("draft_report", *TEAM_ACTION),
        # one part
        "reports:section": at("report_part", *TEAM_FORM, sends=new_words),
        "reports:section_restore": at("report_part", *TEAM_ACTION, sends=lambda things: FIRST),
        "reports:section_take": at("report_part", *TEAM_ACTION, sends=lambda things: FIRST),
        "reports:section_leave_out": at(
            "report_part", *TEAM_ACTION, sends=lambda things: {**FIRST, "reason": "হয়নি"}
        ),
        "reports:section_bring_back": at(
            "part_left_out", *TEAM_ACTION, sends=lambda things: {"version": 2}
        ),
        "reports:source": at("report_figure", *TEAM_PAGE),
        "reports:section_own_figure": at("report_figure", *TEAM_ACTION, sends=own_figure),
        "reports:scores": at("draft_report", *TEAM_FORM, sends=scores),
        # pictures of the annex
        "reports:picture_create": at("draft_report", *TEAM_ACTION, sends=another_picture),
        "reports:picture_take": at("picture_to_take", *TEAM_ACTION),
        "reports:picture": at("report_picture", *TEAM_PAGE),
        "reports:picture_update": at(
            "report_picture", *TEAM_ACTION, sends=lambda things: {"caption": "মহড়া"}
        ),
        # A single picture has no place to move to.
        "reports:picture_move": at("report_picture", POST_ONLY, post(team=KEPT, others=GONE)),
        "reports:picture_remove": at("report_picture", *TEAM_ACTION),
        # prints of the draft
        "reports:document_detail": at("report_document", *TEAM_PAGE),
        "reports:document_retry": at("failed_report_document", *TEAM_ACTION),
        "reports:document_download": at("report_document", *TEAM_PAGE),
    },
    things=things,
    watched=(Report, ReportDocument, ReportPicture, ScoreLine, Section),
)
