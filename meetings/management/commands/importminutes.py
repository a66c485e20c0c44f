"""`manage.py importminutes`: read old minutes, show what was found, and take them in if asked."""

import json as json_module
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from meetings.actions import apply_minutes_import, follows_usually, keep_minutes_import
from meetings.importers import ImportedMinutes, UnreadableMinutes, read_minutes
from teams.models import Office
from teams.templatetags.bangla_tags import digits
from teams.transitions import WrongState


class Command(BaseCommand):
    help = "Take old minutes (.docx, .html, .txt, .tsv, .xlsx) in as a draft meeting of an office."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--team", required=True, help="the office's code: madaripur-sadar")
        parser.add_argument("--dry-run", action="store_true", help="read only, write nothing")
        parser.add_argument("--json", action="store_true", help="print what was read as JSON")

    def handle(
        self, *, file: Path, team: str, dry_run: bool, json: bool, **options: object
    ) -> None:
        try:
            office = Office.objects.get(code=team)
            found = read_minutes(file.read_bytes(), filename=file.name)
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
        except (UnreadableMinutes, WrongState) as error:
            raise CommandError(str(error), returncode=2) from error
        if json:
            self.stdout.write(json_module.dumps(found.as_json(), ensure_ascii=False, indent=2))
        else:
            self._tell(found)

    @transaction.atomic
    def _write(self, office: Office, found: ImportedMinutes, filename: str) -> None:
        kept = keep_minutes_import(office=office, found=found, filename=filename, by=None)
        follow = found.held_on is not None and follows_usually(found.held_on)
        apply_minutes_import(minutes_import=kept, by=None, follow=follow)

    def _tell(self, found: ImportedMinutes) -> None:
        self.stdout.write(f"{found.held_on or '-'}\t{found.memo_number or '-'}\t{found.title}")
        for doubt in found.doubts:
            if doubt.item is None:
                self.stdout.write(f"\t? {doubt.field}: {doubt.reason}")
        for item in found.items:
            self.stdout.write(f"{item.serial or '-'}\t{item.topic}\t{item.decision}")
            for doubt in item.doubts:
                self.stdout.write(f"\t? {doubt.field}: {doubt.reason}")
        self.stdout.write(
            _("%(items)sটি আলোচ্য বিষয়, %(doubts)sটি জায়গা দেখে নিতে হবে।")
            % {"items": digits(len(found.items)), "doubts": digits(len(found.doubts))}
        )
