"""`manage.py importideas`: read a list of ideas, show what was found, and write it if asked to."""

import json as json_module
from argparse import ArgumentParser
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from ideas.actions import UnwritableRow, import_ideas, keep_import, office_names
from ideas.importers import FoundList, UnreadableList, read_list
from teams.models import Office, User, canonical_login
from teams.templatetags.bangla_tags import digits


class Command(BaseCommand):
    help = "Read a list of ideas (.docx, .xlsx, .html, .tsv, .csv, .txt) into an office's register."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--office", required=True, help="the office's code: kaliganj-gazipur")
        parser.add_argument("--by", default="", help="e-mail or mobile of whoever brings it in")
        parser.add_argument("--year", default="", help="of rows that name none: 2017-18 or 2018")
        parser.add_argument("--dry-run", action="store_true", help="read only, write nothing")
        parser.add_argument("--json", action="store_true", help="print what was read as JSON")

    def handle(
        self,
        *,
        file: Path,
        office: str,
        by: str,
        year: str,
        dry_run: bool,
        json: bool,
        **options: object,
    ) -> None:
        try:
            of = Office.objects.get(code=office)
            found = read_list(
                file.read_bytes(),
                filename=file.name,
                names=office_names(of),
                year=year,
                today=timezone.localdate(),
            )
            if not dry_run:
                self._write(of, found, file.name, _person(by))
        except Office.DoesNotExist as error:
            message = _("“%(code)s” কোডের কোনো দপ্তর নেই।") % {"code": office}
            raise CommandError(message, returncode=2) from error
        except OSError as error:
            message = _("%(file)s ফাইলটি খোলা যায় না: %(why)s") % {
                "file": file,
                "why": error.strerror,
            }
            raise CommandError(message, returncode=2) from error
        except PermissionDenied as error:
            message = _("%(by)s এই দপ্তরের প্রধান বা ইনোভেশন অফিসার নন; তালিকা আনতে পারেন না।") % {"by": by}
            raise CommandError(message, returncode=2) from error
        except (UnreadableList, UnwritableRow) as error:
            raise CommandError(str(error), returncode=2) from error
        if json:
            self.stdout.write(json_module.dumps(found.as_json(), ensure_ascii=False, indent=2))
        else:
            self._tell(found)

    @transaction.atomic
    def _write(self, office: Office, found: FoundList, filename: str, by: User) -> None:
        kept = keep_import(office=office, found=found, filename=filename, by=by)
        rows = [
            {**row, "received_on": parse_date(row["received_on"]) if row["received_on"] else None}
            for row in kept.rows
            # Nobody is here to say whether it is the office's own.
            if all(doubt["field"] != "office" for doubt in row["doubts"])
        ]
        import_ideas(idea_import=kept, rows=rows, by=by)

    def _tell(self, found: FoundList) -> None:
        for row in found.rows:
            self.stdout.write(
                f"{row.serial or '-'}\t{row.received_text}\t{row.status}\t{row.title}"
            )
            for doubt in row.doubts:
                self.stdout.write(f"\t? {doubt.field}: {doubt.reason}")
        for line in found.skipped:
            self.stdout.write(f"- {line.line}: {line.reason}")
        self.stdout.write(
            _("%(rows)sটি সারি, %(skipped)sটি লাইন বাদ।")
            % {"rows": digits(len(found.rows)), "skipped": digits(len(found.skipped))}
        )


def _person(login: str) -> User:
    """Whoever answers for the list: states without a meeting need a name beside them."""
    try:
        return User.objects.get(login=canonical_login(login))
    except User.DoesNotExist as error:
        message = _("--by-তে যিনি তালিকা আনছেন, তাঁর ই-মেইল বা মোবাইল দিন; “%(by)s” চেনা যায়নি।")
        raise CommandError(message % {"by": login}, returncode=2) from error
