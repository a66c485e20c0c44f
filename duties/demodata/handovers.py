"""A post that passed on the day before yesterday, with nobody's signature yet."""

from datetime import timedelta

from django.utils import timezone

from bangla.text import normalise
from duties.actions import save_note
from teams.actions import transfer_post
from teams.enums import Role
from teams.models import Post, User

from .contents import read
from .people import holder_of


def load_handovers(people: dict[str, User], posts: dict[str, Post]) -> None:
    """Let the posts pass on, unless they have."""
    for row in read("handovers.json"):
        post, day = posts[row["post"]], timezone.localdate() - timedelta(days=row["days_ago"])
        head = holder_of(post.office, Role.HEAD)
        # Set up before the story begins, there is nobody to leave yet.
        leaving = post.holdings.filter(ends_on__isnull=True, starts_on__lt=day).first()
        if head is None or leaving is None or post.handovers.exists():
            continue
        handover = transfer_post(
            post=post,
            to=people[row["to"]],
            starts_on=day,
            reference=normalise(row["reference"]),
            by=head,
        )
        if handover is not None:
            note = normalise(row["note"])
            save_note(handover=handover, version=handover.version, note=note, by=leaving.person)
