"""Something real on every page of reports.urls.writing."""

from datetime import date
from decimal import Decimal

from django.urls import reverse

from reports.actions import (
    ScoreText,
    add_report_picture,
    leave_out_section,
    order_report_pdf,
    set_own_figure,
    set_score_lines,
)
from reports.models import Report
from teams.uploads import CleanFile
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.factories import PNG, make_plan
from tests.reports.activities import make_activity, make_activity_picture
from tests.reports.build import make_report
from tests.reports.words import section_of

# A period that no other part of these pages reports on.
PERIOD = "2022-2023"
HELD_ON = date(2023, 3, 10)


def make_full_report(upazila: Upazila) -> Report:
    """A draft with something in every corner: offers, an own number, scores, pictures."""
    office, head = upazila.office, upazila.head
    make_plan(office, by=head, period=PERIOD, tasks=3)
    make_activity(office, by=head, held_on=HELD_ON, participants=40, women=12, batches=2)
    report = make_report(office, by=head, period=PERIOD)
    set_own_figure(
        section=section_of(report, "training"),
        figure="women",
        value=Decimal(15),
        reason="তিনজনের নাম হাজিরা খাতায় ছিল না",
        version=1,
        by=head,
    )
    line = ScoreText("উদ্ভাবনী উদ্যোগ বাস্তবায়ন", Decimal(10), Decimal("7.5"), target="২টি")
    set_score_lines(report=report, lines=[line], by=head)
    picture = CleanFile(PNG, "image/png", "png")
    add_report_picture(report=report, clean=picture, caption="প্রশিক্ষণকক্ষ", by=head)
    circles = section_of(report, "circles")
    leave_out_section(section=circles, reason="এ বছর হয়নি", version=circles.version, by=head)
    late = make_activity(office, by=head, title="পরে লেখা", held_on=HELD_ON, participants=9)
    make_activity_picture(late, by=head)
    return report


def of_officer(upazila: Upazila) -> Addresses:
    report = make_full_report(upazila)
    paper = order_report_pdf(report=report, by=upazila.head)
    parts = ("training", "circles", "plan", "scores", "annexes", "problems")
    return {
        "reports:list": [reverse("reports:list")],
        "reports:detail": [report.get_absolute_url()],
        "reports:preview": [reverse("reports:preview", args=[report.pk])],
        "reports:section": [section_of(report, key).get_absolute_url() for key in parts],
        "reports:source": [
            reverse("reports:source", args=[report.pk, "training", "participants"]),
            reverse("reports:source", args=[report.pk, "meetings", "held"]),
        ],
        "reports:scores": [reverse("reports:scores", args=[report.pk])],
        "reports:document_detail": [reverse("reports:document_detail", args=[paper.pk])],
    }


PAGES = Pages(
    of_officer=of_officer,
    no_pages=frozenset(
        {
            "reports:create",
            "reports:document_download",
            "reports:document_retry",
            "reports:picture",
            "reports:picture_create",
            "reports:picture_move",
            "reports:picture_remove",
            "reports:picture_take",
            "reports:picture_update",
            "reports:present",
            "reports:print",
            "reports:section_bring_back",
            "reports:section_leave_out",
            "reports:section_own_figure",
            "reports:section_restore",
            "reports:section_take",
            "reports:take_all",
        }
    ),
)
