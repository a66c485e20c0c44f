"""`manage.py importplan`: read a plan's file, show what was found, and write it if asked to."""

import json as json_module
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from teams.models import Office
from teams.transitions import WrongState
from workplans.actions import (
    DuplicatePlan,
    UnwritableRow,
    apply_import,
    create_workplan,
    keep_import,
)
from workplans.enums import ImportMode
from workplans.importers import ImportedPlan, UnreadablePlan, read_plan
from workplans.importers.exported import as_new
from workplans.periods import Period, PeriodError


class Command(BaseCommand):
    help = "Read a work plan from a file (.docx, .xlsx, .html, .tsv, .txt) into an office's plan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--team", required=True, help="the office's code: madaripur-sadar")
        parser.add_argument("--period", required=True, help="2016, 2017-2018, 2017-01..2017-06")
        parser.add_argument("--dry-run", action="store_true", help="read only, write nothing")
        parser.add_argument("--json", action="store_true", help="print what was read as JSON")

    def handle(
        self, *, file: Path, team: str, period: str, dry_run: bool, json: bool, **options: object
    ) -> None:
        try:
            office = Office.objects.get(code=team)
            # Rows of a plan exported here are taken like those of any other table.
            found = as_new(
                read_plan(file.read_bytes(), filename=file.name, period=Period.parse(period))
            )
            if not dry_run:
                self._write(office, found, file.name)
        except Office.DoesNotExist as error:
            message = _("“%(code)s” কোডের কোনো দপ্তর নেই।") % {"code": team}
            raise CommandError(message, returncode=2) from error
        except OSError as error:
            message = _("%(file)s ফাইলটি খোলা যায় না: %(why)s") % {
                "file": file,
                "why": error.strerror,
            }
            raise CommandError(message, returncode=2) from error
        except (PeriodError, UnreadablePlan, UnwritableRow, WrongState) as error:
            raise CommandError(str(error), returncode=2) from error
        if json:
            self.stdout.write(json_module.dumps(found.as_json(), ensure_ascii=False, indent=2))
        else:
            self._tell(found)

    @transaction.atomic
    def _write(self, office: Office, found: ImportedPlan, filename: str) -> None:
        try:
            plan = create_workplan(office=office, period=found.period, by=None)
        except DuplicatePlan as duplicate:
            plan = duplicate.existing
        table = keep_import(workplan=plan, found=found, filename=filename, by=None)
        rows = [{**row, "responsible_text": row["responsible"]} for row in table.rows]
        mode = ImportMode.REPLACE if plan.tasks.kept().exists() else ImportMode.APPEND
        apply_import(plan_import=table, rows=rows, mode=mode, by=None)

    def _tell(self, found: ImportedPlan) -> None:
        for row in found.rows:
            self.stdout.write(f"{row.serial or '-'}\t{row.schedule_text}\t{row.title}")
            for doubt in row.doubts:
                self.stdout.write(f"\t? {doubt.field}: {doubt.reason}")
        self.stdout.write(
            _("%(rows)sটি সারি, %(skipped)sটি লাইন বাদ।")
            % {"rows": len(found.rows), "skipped": len(found.skipped)}
        )
