"""`manage.py loadoffices`: the tree of government offices from teams/data/offices.csv."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from teams.actions import load_offices
from teams.offices import DEFAULT, read_offices


class Command(BaseCommand):
    help = "Load or update the tree of offices. Running it twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", type=Path, default=DEFAULT, help="CSV of offices")

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            result = load_offices(rows=read_offices(file))
        except (ValueError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"offices: {result.created} created, {result.changed} changed, "
            f"{result.unchanged} unchanged"
        )
