"""Write the index of ideas anew, as needed when words are folded or grouped differently."""

from typing import Any

from django.core.management.base import BaseCommand

from ideas.similar.index import rebuild


class Command(BaseCommand):
    help = "Write the index by which similar ideas are found anew; safe while people work."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild()} ideas indexed")
