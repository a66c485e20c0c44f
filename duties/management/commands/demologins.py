"""`manage.py demologins`: who can log in to the demonstration, one of each kind."""

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from duties.demodata import PASSWORD
from teams.models import PostHolding

# The main demonstration office, those above it, and the people of the Cabinet Division.
OFFICES = ("kaliganj-gazipur", "madaripur-sadar", "gazipur", "dhaka-division", "cabinet-division")


class Command(BaseCommand):
    help = "Print the demonstration log-ins."

    def handle(self, **options: object) -> None:
        self.stdout.write(_("পাসওয়ার্ড (সবার): %(password)s") % {"password": PASSWORD} + "\n")
        holdings = (
            PostHolding.objects.on(timezone.localdate())
            .filter(post__office__code__in=OFFICES)
            .select_related("post__office", "person")
            .order_by("post__office__path", "post__position")
        )
        shown: set[tuple[int, str]] = set()
        ordered = sorted(holdings, key=lambda holding: OFFICES.index(holding.post.office.code))
        for holding in ordered:
            kind = (holding.post.office_id, holding.post.role)
            if kind not in shown:
                shown.add(kind)
                self.stdout.write(
                    f"  {holding.person.email:<44} {holding.person.mobile}  "
                    f"{holding.post.get_role_display()}, {holding.post.office.place_bn}"
                )
