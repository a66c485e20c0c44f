"""The duties of innovation teams (কার্যপরিধি) that a plan's tasks serve: which are in force for
the plan, and which of them a task's name speaks of."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from bangla.text import fold
from teams.models import TermOfReference

from .models import WorkPlan

MOST_PROPOSED = 3
# Of several proposals the weaker ones must come this near to the best.
NEAR_TO_BEST = 0.6
_BREAKS = re.compile(r"[\s,;:()\[\]{}‘’“”\"'/|।.?!+*=\-\u2010-\u2015]+")
_SHORTEST = 3  # letters and signs of a word that says something
# What a noun or verb ends in, the longest first; "ওয়েবসাইটগুলোর" and "ওয়েবসাইট" are one word.
_ENDINGS = sorted(
    (
        *("গুলোর", "গুলোকে", "গুলোতে", "গুলো", "সমূহের", "সমূহে", "সমূহ", "দের", "টির", "টি"),
        *("ের", "য়ের", "কে", "তে", "র", "ে", "য়", "করণ", "মূলক"),
    ),
    key=len,
    reverse=True,
)
# Words that stand in tasks and duties of every kind.
_EVERYWHERE = (
    *("করা", "করে", "করতে", "করার", "করানো", "হওয়া", "এবং", "নিজ", "দপ্তর", "অফিস", "কার্যালয়"),
    *("কাজ", "সব", "এসব", "জন্য", "অধীন", "প্রতি", "মধ্যে", "বিষয়", "নিয়ে", "দেওয়া", "নেওয়া"),
    *("তৈরি", "ব্যবস্থা", "উদ্যোগ", "নিশ্চিত", "গ্রহণ", "বাস্তবায়ন", "সরকার", "সরকারি", "সংক্রান্ত"),
    *("ইনোভেশন", "টিম", "অন্য", "চালু", "রাখা", "বছর", "মাস", "দরকারি", "উপজেলা", "জেলা"),
    *("বিভাগ", "আয়োজন", "সেবা", "দেখা", "দেখে", "থেকে", "আনা", "আগে", "আগের", "যাচাই", "বিষয়"),
    *("কর্মকর্তা", "দায়িত্বপ্রাপ্ত", "প্রকাশ", "সঙ্গে", "দিয়ে", "বাড়ানো", "বাড়ে", "ব্যবহার", "নিয়মিত"),
    *("পাঠানো", "সদস্য", "মাধ্যম", "মাধ্যমে", "খোঁজা", "হলে", "হয়ে", "যাতে", "এমন", "তাদের", "সিদ্ধান্ত"),
)
# What officers write for what the gazette calls otherwise, both as read by `_words`.
_SAME = {
    "নথি": "ফাইল",
    "পরীক্ষা": "পাইলট",
    "পাইলটিং": "পাইলট",
    "মেলা": "শোকেসিং",
    "প্রদর্শনী": "শোকেসিং",
    "শোকেস": "শোকেসিং",
    "সহজী": "সহজ",
    "সহজি": "সহজ",
    "অভিযোগ": "জিআরএস",
    "রেপ্লিকেশন": "স্কেল",
    "রেপ্লিকেট": "স্কেল",
    "ধাপ": "process",
    "ডাটা": "উপাত্ত",
    "ডেটা": "উপাত্ত",
    "ডিজিটাইজ": "ডিজিটাইজেশন",
    "ডিজিটাল": "ডিজিটাইজেশন",
}


def terms_in_force(plan: WorkPlan) -> list[TermOfReference]:
    """The duties in force on the plan's first day, in their order (one query).

    None for a plan from before the first notification of 2013.
    """
    return list(TermOfReference.objects.covering(plan.starts_on).order_by("number"))


def propose_terms(title: str, terms: Sequence[TermOfReference]) -> list[TermOfReference]:
    """The duties whose words a task's name shares, at most MOST_PROPOSED, in their order.

    A word counts for the more the fewer duties use it; one word that only two of them use is
    enough. It is no more than a proposal: a task may serve a duty in other words.
    """
    return Proposals(terms).of(title)


class Proposals:
    """The words of the duties, read once for all tasks of a plan."""

    def __init__(self, terms: Sequence[TermOfReference]) -> None:
        self._words = [(term, _words([term.text_bn])) for term in terms]
        users = Counter(word for _term, words in self._words for word in words)
        self._weight = {word: log(1 + len(terms) / used) for word, used in users.items()}
        self._least = log(1 + len(terms) / 2)

    def of(self, *texts: str) -> list[TermOfReference]:
        """The duties that these texts speak of; see `propose_terms`."""
        said = _words(texts)
        scores = [
            (sum(self._weight[word] for word in sorted(said & words)), term)
            for term, words in self._words
        ]
        best = max((score for score, _term in scores), default=0)
        wanted = max(self._least, best * NEAR_TO_BEST)
        found = [(score, term) for score, term in scores if score >= wanted]
        found.sort(key=lambda pair: (-pair[0], pair[1].number))
        return sorted((term for _score, term in found[:MOST_PROPOSED]), key=lambda t: t.number)


def _words(texts: Iterable[str]) -> frozenset[str]:
    """The words of the texts without their endings, without those that say nothing."""
    stems = (_stem(word) for text in texts for word in _BREAKS.split(fold(text)))
    return frozenset(
        _SAME.get(stem, stem) for stem in stems if len(stem) >= _SHORTEST and stem not in _COMMON
    )


def _stem(word: str) -> str:
    """The word without its endings, one after the other: দপ্তরগুলোর, দপ্তরের, দপ্তর."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return _stem(word.removesuffix(ending))
    return word


_COMMON = frozenset(_stem(fold(word)) for word in _EVERYWHERE)
