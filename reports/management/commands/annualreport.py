"""`manage.py annualreport`: one office's report as a PDF, made in this process."""

import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports.actions import create_report
from reports.documents import draw_report, report_content
from reports.enums import ReportKind
from teams.models import Office
from teams.papers import texts_of
from workplans.models import WorkPlan
from workplans.periods import Period, PeriodError


class Command(BaseCommand):
    help = "Draw an office's annual report as PDF, without the worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="the office, e.g. madaripur-sadar")
        parser.add_argument("--period", required=True, help="2016, 2017-2018, 2017-01..2017-06")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE.pdf")
        parser.add_argument(
            "--json", type=Path, metavar="FILE.json", help="texts, pages and SHA-256 of the PDF"
        )

    def handle(
        self, *, code: str, period: str, output: Path, json: Path | None, **options: object
    ) -> None:
        plan = self._plan(code, period)
        kind = ReportKind.HALF_YEARLY if plan.period.kind == "half" else ReportKind.ANNUAL
        report = create_report(office=plan.office, kind=kind, period=plan.period, by=None)
        html, pdf = draw_report(report_content(report))
        try:
            output.write_bytes(pdf.content)
            if json:
                json.write_text(_facts(html, pdf.pages, pdf.sha256), encoding="utf-8")
        except OSError as error:
            message = _("%(file)s ফাইলটি লেখা যায় না: %(why)s") % {
                "file": error.filename,
                "why": error.strerror,
            }
            raise CommandError(message, returncode=2) from error
        self.stdout.write(f"{output}: {pdf.pages} pages, sha256 {pdf.sha256}")

    def _plan(self, code: str, period: str) -> WorkPlan:
        try:
            wanted = Period.parse(period)
            office = Office.objects.get(code=code)
        except PeriodError as error:
            raise CommandError(str(error), returncode=2) from error
        except Office.DoesNotExist as error:
            raise CommandError(
                _("“%(code)s” কোডের কোনো দপ্তর নেই।") % {"code": code}, returncode=2
            ) from error
        plan = WorkPlan.objects.filter(office=office).for_period(wanted).first()
        if plan is None:
            raise CommandError(
                _("%(office)s: %(period)s সময়ের কোনো কর্মপরিকল্পনা নেই।")
                % {"office": office.name, "period": wanted.label},
                returncode=2,
            )
        return plan


def _facts(html: str, pages: int, sha256: str) -> str:
    facts = {"texts": texts_of(html), "pages": pages, "sha256": sha256}
    return json.dumps(facts, ensure_ascii=False, indent=2)
