"""Invented people, their posts, and who held which from when to when."""

from datetime import date
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from bangla.text import normalise
from teams.actions import give_post
from teams.enums import Role
from teams.models import Office, Post, User

from .contents import read

Row = dict[str, Any]
PASSWORD = "udbhabon-demo"  # noqa: S105 - printed by `make run`


def load_people() -> dict[str, User]:
    """Everybody, by the key that the files name them by."""
    return {row["key"]: make_person(row) for row in read("people.json")}


def make_person(row: Row) -> User:
    """One of them, unless there is such a log-in already."""
    person = User.objects.filter(login=row["email"]).first()
    return person or User.objects.create(
        login=row["email"],
        email=row["email"],
        mobile=row["mobile"],
        name_bn=normalise(row["name_bn"]),
        name_en=row["name_en"],
        password=_password(),
    )


@cache
def _password() -> str:
    """Hashed once: it is the same for all, and hashing takes its time."""
    return make_password(PASSWORD)


def load_posts(people: dict[str, User]) -> dict[str, Post]:
    """The posts of every demonstration office with their holders, by key."""
    posts = {}
    for entry in read("offices.json"):
        office = Office.objects.get(code=entry["office"])
        for position, row in enumerate(entry["posts"], start=1):
            post, created = Post.objects.get_or_create(
                office=office,
                designation_bn=normalise(row["designation_bn"]),
                defaults={
                    "designation_en": row["designation_en"],
                    "role": row["role"],
                    "phone": row.get("phone", ""),
                    "position": position,
                },
            )
            posts[row["key"]] = post
            if created:
                _holdings(post, row, people)
    return posts


def holder_of(office: Office, role: Role) -> User | None:
    """Who holds the office's post of this role today."""
    posts = office.posts.active().filter(role=role).with_holders(timezone.localdate())
    return next((post.holder for post in posts if post.holder), None)


def _holdings(post: Post, row: dict[str, Any], people: dict[str, User]) -> None:
    for earlier in row.get("previous", []):
        give_post(
            post=post,
            person=people[earlier["holder"]],
            starts_on=date.fromisoformat(earlier["from"]),
            ends_on=date.fromisoformat(earlier["to"]),
        )
    for extra in row.get("concurrent", []):
        give_post(
            post=post,
            person=people[extra["holder"]],
            starts_on=date.fromisoformat(extra["from"]),
            kind=extra["kind"],
        )
    if row.get("holder"):
        holder = people[row["holder"]]
        give_post(post=post, person=holder, starts_on=date.fromisoformat(row["from"]))
        if not post.email:
            post.email = holder.email
            post.save(update_fields=["email"])
