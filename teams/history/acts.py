"""What was done, in words: the Bengali of every action that the record knows.

Each room says its own in `record_words.py`. Passive, because the name stands beside it and may be
missing: somebody without an account, a command on the server.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise

_words: dict[str, Words] = {}
_groups: list[tuple[Words, list[str]]] = []


def say(group: Words, words: Mapping[str, Words]) -> None:
    """Put these actions into words; `group` is the heading under which a filter offers them."""
    _groups.append((group, list(words)))
    _words.update(words)


def in_words(action: str) -> str:
    """ "workplan.submit" → "কর্মপরিকল্পনা পেশ করা হয়েছে"."""
    return str(_words[action]) if action in _words else _("পরিবর্তন করা হয়েছে")


def has_words(action: str) -> bool:
    return action in _words


def choices() -> list[tuple[Words, list[tuple[str, Words]]]]:
    """Every action under its heading, for the select of a form."""
    return [(group, [(name, _words[name]) for name in names]) for group, names in _groups]
