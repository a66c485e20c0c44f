"""`manage.py seednation`: a country's invented reports over years, to look around in."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from reports.nation.seeding import AlreadyReal, refuse_real_data, seed_nation


class Command(BaseCommand):
    help = (
        "Add invented annual reports in every state, with figures, submissions and scores: by "
        "default of 1,000 offices over five years. The same numbers on every machine. For the "
        "reviewers' log-in run loaddemo first. Takes a minute."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--teams", type=int, default=1000, help="so many offices (1000)")
        parser.add_argument("--years", type=int, default=5, help="so many years back (5)")
        parser.add_argument(
            "--force", action="store_true", help="also where there are reports or real people"
        )

    def handle(self, *, teams: int, years: int, force: bool, **options: object) -> None:
        if teams < 1 or not 1 <= years <= 10:
            raise CommandError("Give at least 1 office and 1 to 10 years.")
        if not force:
            try:
                refuse_real_data()
            except AlreadyReal as why:
                raise CommandError(
                    f"{why} This adds invented reports. Add --force if that is wanted."
                ) from why
        made = seed_nation(teams=teams, years=years)
        self.stdout.write(
            f"nation: {made.reports} reports, {made.submissions} submissions, "
            f"{made.figures} figures, {made.reviews} reviews, {made.people} people"
        )
