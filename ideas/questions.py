"""Questions that a person answers at a glance and a simple program does not.

Numbers in words, to be written in figures: no picture (which a slow line loads late and a
screen reader cannot see), nobody else's service, no riddle about things that not everybody knows.
Each answer is one of some five thousand, so that guessing gets next to nobody in.
"""

import random
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bangla.digits import to_ascii

SALT = "ideas.question"
BEST_BEFORE = 60 * 60  # seconds
WORDS = (
    _("শূন্য"),
    _("এক"),
    _("দুই"),
    _("তিন"),
    _("চার"),
    _("পাঁচ"),
    _("ছয়"),
    _("সাত"),
    _("আট"),
    _("নয়"),
)
FIGURES = 4


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; `seal` goes into the form and comes back with the answer, not showing it.

    `is_again` after an answer that was wrong.
    """

    text: str
    seal: str
    is_again: bool


def ask(about: str, *, again: bool = False) -> Question:
    """A new question for the form whose ticket's key is `about`."""
    text, answer = secrets.choice(KINDS)()
    nonce = secrets.token_hex(8)
    seal = {"about": about, "nonce": nonce, "answer": _sealed(about, nonce, answer)}
    return Question(text, signing.dumps(seal, salt=SALT), again)


def is_answered(about: str, seal: str, typed: str) -> bool:
    """Whether `typed` answers the question in `seal`, and that was asked of this form."""
    try:
        asked = signing.loads(seal, salt=SALT, max_age=BEST_BEFORE)
    except signing.BadSignature:
        return False
    figures = "".join(sign for sign in to_ascii(typed[:100]) if sign.isdigit())
    sealed = _sealed(asked["about"], asked["nonce"], figures)
    return asked["about"] == about and constant_time_compare(asked["answer"], sealed)


def _sealed(about: str, nonce: str, answer: str) -> str:
    """Without the server's secret nobody can try the answers out at home."""
    return salted_hmac(SALT, f"{about}:{nonce}:{answer}", algorithm="sha256").hexdigest()


def _numbers(how_many: int) -> list[int]:
    """Different ones, so that the smallest and the largest are one each."""
    return random.SystemRandom().sample(range(10), how_many)


def _in_words(numbers: Sequence[int]) -> str:
    return ", ".join(str(WORDS[number]) for number in numbers)


def _in_figures(numbers: Sequence[int]) -> str:
    return "".join(map(str, numbers))


def _forwards() -> tuple[str, str]:
    numbers = _numbers(FIGURES)
    return gettext("অঙ্কে লিখুন: %(words)s") % {"words": _in_words(numbers)}, _in_figures(numbers)


def _backwards() -> tuple[str, str]:
    numbers = _numbers(FIGURES)
    text = gettext("শেষেরটি থেকে শুরু করে উল্টো দিকে অঙ্কে লিখুন: %(words)s")
    return text % {"words": _in_words(numbers)}, _in_figures(numbers[::-1])


def _without_largest() -> tuple[str, str]:
    numbers = _numbers(FIGURES + 1)
    text = gettext("সবচেয়ে বড়টি বাদ দিয়ে বাকিগুলো পরপর অঙ্কে লিখুন: %(words)s")
    return text % {"words": _in_words(numbers)}, _in_figures(_but(numbers, max(numbers)))


def _without_smallest() -> tuple[str, str]:
    numbers = _numbers(FIGURES + 1)
    text = gettext("সবচেয়ে ছোটটি বাদ দিয়ে বাকিগুলো পরপর অঙ্কে লিখুন: %(words)s")
    return text % {"words": _in_words(numbers)}, _in_figures(_but(numbers, min(numbers)))


def _but(numbers: Sequence[int], one: int) -> list[int]:
    return [number for number in numbers if number != one]


KINDS: tuple[Callable[[], tuple[str, str]], ...] = (
    _forwards,
    _backwards,
    _without_largest,
    _without_smallest,
)
