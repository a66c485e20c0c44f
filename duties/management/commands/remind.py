"""`manage.py remind`: write the day's reminders now instead of waiting for the clock."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from duties.reminders import remind


class Command(BaseCommand):
    help = "Write today's reminders of decisions. Running it again writes to nobody twice."

    def handle(self, **options: object) -> None:
        letters = remind(today=timezone.localdate())
        self.stdout.write(f"reminders: {letters} letters written")
