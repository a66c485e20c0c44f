"""`manage.py loaddemo`: invented offices at work, to look around in."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from duties.demodata import load_demo


class Command(BaseCommand):
    help = "Load the demonstration data. Running it twice adds nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--yes", action="store_true", help="also into a database that is not SQLite"
        )

    def handle(self, *, yes: bool, **options: object) -> None:
        if connection.vendor != "sqlite" and not yes:
            raise CommandError(
                "This adds invented people with a known password. Add --yes if that is wanted."
            )
        loaded = load_demo()
        self.stdout.write(
            f"demo: {loaded.people} people, {loaded.plans} new plans, "
            f"{loaded.meetings} new meetings, {loaded.ideas} new ideas"
        )
