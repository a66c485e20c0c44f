"""From the words in the responsible officer's cell to the posts that owe the work."""

from collections.abc import Iterable

from bangla.text import fold
from teams.enums import Role
from teams.models import Post

# Officers name the role as often as the post: "উপজেলা নির্বাহী অফিসার ও ইনোভেশন অফিসার".
ROLE_WORDS = {Role.INNOVATION_OFFICER: ("ইনোভেশন অফিসার", "ইনোভেশন কর্মকর্তা")}


def match_posts(text: str, posts: Iterable[Post]) -> list[Post]:
    """The posts of an office that are named in the text, longest name first.

    A found name is taken out before shorter ones are tried, so that "সহকারী প্রোগ্রামার" does
    not also mean a post called "প্রোগ্রামার".
    """
    rest = fold(text)
    names = _names_of(posts)
    found: dict[int, Post] = {}
    for name, post in sorted(names, key=lambda pair: len(pair[0]), reverse=True):
        if name in rest:
            rest = rest.replace(name, " ")
            found.setdefault(post.pk, post)
    return list(found.values())


def mentioned_posts(text: str, posts: Iterable[Post]) -> list[Post]:
    """The posts that are called by an @ right before their name: "@সহকারী প্রোগ্রামার"."""
    names = sorted(_names_of(posts), key=lambda pair: len(pair[0]), reverse=True)
    found: dict[int, Post] = {}
    for called in fold(text).split("@")[1:]:
        words = called.strip()
        post = next((post for name, post in names if words.startswith(name)), None)
        if post:
            found.setdefault(post.pk, post)
    return list(found.values())


def _names_of(posts: Iterable[Post]) -> list[tuple[str, Post]]:
    return [
        (fold(name), post)
        for post in posts
        for name in (post.designation_bn, post.designation_en, *_role_words(post))
        if name
    ]


def _role_words(post: Post) -> tuple[str, ...]:
    return next((words for role, words in ROLE_WORDS.items() if role == post.role), ())
