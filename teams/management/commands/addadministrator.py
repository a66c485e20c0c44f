"""`manage.py addadministrator`: the first person who can let others in."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from bangla.digits import to_bangla
from teams.actions.invitations import invite_first_administrator
from teams.entry.invitations import spaced, welcome_address
from teams.models import Office, canonical_login, canonical_mobile


class Command(BaseCommand):
    help = "Make somebody system administrator and print the one-time code to begin with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("contact", help="e-mail address or mobile number")
        parser.add_argument("name", help="the person's name in Bengali")

    def handle(self, *args: Any, contact: str, name: str, **options: Any) -> None:
        contact = canonical_login(contact)
        if "@" in contact:
            try:
                validate_email(contact)
            except ValidationError as wrong:
                raise CommandError(f"{contact} is not an e-mail address") from wrong
        elif not canonical_mobile(contact):
            raise CommandError(f"{contact} is neither an e-mail address nor a mobile number")
        try:
            issued = invite_first_administrator(name=name.strip(), contact=contact)
        except Office.DoesNotExist as missing:
            raise CommandError("no offices yet; run: manage.py loadoffices") from missing
        except PermissionDenied as held:
            raise CommandError(str(held)) from held
        self.stdout.write(f"{issued.invitation.person.name_bn}: {to_bangla(spaced(issued.code))}")
        self.stdout.write(welcome_address())
