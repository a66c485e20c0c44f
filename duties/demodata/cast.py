"""Who and what the story names: its posts, and the records that came of it so far, by key."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from ideas.models import Idea, Replication
from meetings.models import Decision
from teams.enums import Role
from teams.models import Office, Post, User

from .people import holder_of


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens on a day."""

    day: date
    happen: Callable[[], object]


@dataclass(slots=True)
class Cast:
    """`posts` are all demonstration posts by key; the rest fills as the story goes on."""

    today: date
    posts: dict[str, Post]
    ideas: dict[str, Idea] = field(default_factory=dict)
    copies: dict[str, Replication] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    # The tasks that decisions spoke of, so that no two speak of the same.
    task_ids: set[int] = field(default_factory=set)
    _people: dict[tuple[int, str], User] = field(default_factory=dict)

    def head(self, office: Office) -> User:
        return self._holder(office, Role.HEAD)

    def officer(self, office: Office) -> User:
        """The innovation officer, who runs the meetings."""
        return self._holder(office, Role.INNOVATION_OFFICER)

    def speaker_for(self, post: Post) -> User:
        """Whoever reports on the post's part: its holder, else the innovation officer."""
        return post.holder_on(self.today) or self.officer(post.office)

    def _holder(self, office: Office, role: Role) -> User:
        """The holder of today. Raises ValueError when the post is vacant."""
        key = (office.pk, role.value)
        if key not in self._people:
            holder = holder_of(office, role)
            if holder is None:
                raise ValueError(f"{office.code} has no {role} today")
            self._people[key] = holder
        return self._people[key]
