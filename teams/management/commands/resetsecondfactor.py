"""Open the way in for a person who has lost every second proof and has nobody above."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from teams.actions.second_factor import reset_second_factor
from teams.models import User


class Command(BaseCommand):
    help = "Take a person's second factor away and end their sessions; the password stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("login", help="e-mail address or mobile number")

    def handle(self, *args: Any, login: str, **options: Any) -> None:
        person = User.objects.by_identifier(login)
        if person is None:
            raise CommandError(f"nobody has the e-mail address or mobile number {login}")
        kinds = reset_second_factor(person=person, by=None)
        self.stdout.write(f"{person.login}: {', '.join(kinds) or 'nothing to take away'}")
