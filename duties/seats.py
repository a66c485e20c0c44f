"""Who holds which post on a day, for every office at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import FilteredRelation, Q

from teams.enums import Role
from teams.models import Office, Post


@dataclass(frozen=True, slots=True)
class Seat:
    """An active post and the id of whoever holds it that day; None when it is vacant."""

    post_id: int
    office_id: int
    role: str
    person_id: int | None


class Seats:
    """All active posts with their holders of a day, and the tree of offices (two queries)."""

    def __init__(self, day: date) -> None:
        self._by_post: dict[int, Seat] = {}
        self._by_role: dict[tuple[int, str], list[Seat]] = defaultdict(list)
        self.reviewers: list[Seat] = []
        self._parents = dict(Office.objects.order_by().values_list("pk", "parent_id"))
        held = FilteredRelation(
            "holdings",
            condition=Q(holdings__starts_on__lte=day)
            & (Q(holdings__ends_on__isnull=True) | Q(holdings__ends_on__gte=day)),
        )
        posts = Post.objects.active().annotate(held=held)
        # The newest holding first, as everywhere else.
        in_order = posts.order_by("position", "pk", "-held__starts_on", "-held__pk")
        for row in in_order.values_list("pk", "office_id", "role", "held__person_id"):
            if row[0] not in self._by_post:
                self._add(Seat(*row))

    def _add(self, seat: Seat) -> None:
        self._by_post[seat.post_id] = seat
        self._by_role[seat.office_id, seat.role].append(seat)
        if seat.role == Role.CABINET_REVIEWER:
            self.reviewers.append(seat)

    def __iter__(self) -> Iterator[Seat]:
        return iter(self._by_post.values())

    def of_post(self, post_id: int) -> Seat | None:
        """None for a post that is no more."""
        return self._by_post.get(post_id)

    def head(self, office_id: int) -> Seat | None:
        return next(iter(self._by_role.get((office_id, Role.HEAD), ())), None)

    def officers(self, office_id: int) -> list[Seat]:
        """The innovation officers' posts of an office."""
        return self._by_role.get((office_id, Role.INNOVATION_OFFICER), [])

    def has_leads(self, office_id: int) -> bool:
        """Whether the office has anybody to write to, or will have once the post is filled."""
        return bool(self.head(office_id) or self.officers(office_id))

    def superiors(self, office_id: int) -> list[Seat]:
        """The innovation officers of the nearest office above that has one on the post, else
        its head."""
        above = self._parents.get(office_id)
        while above is not None:
            head = self.head(above)
            for seats in (self.officers(above), [head] if head else []):
                if held := [seat for seat in seats if seat.person_id]:
                    return held
            above = self._parents.get(above)
        return []
