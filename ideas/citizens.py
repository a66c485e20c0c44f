"""What becomes of an idea, in the words of somebody who is no officer.

The register's own names of the states are the officers'; a citizen who wrote a slip for the box
wants to know whether anybody read it, what was decided and why.
"""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from .enums import IdeaStatus, PageStatus, PilotStatus
from .models import Idea, Initiative, Pilot

# All that the words, the letters and the public page need of an idea, in one query.
KNOWN_OF = ("office", "pilot", "initiative", "appeal", "merged_into")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an idea stands: `title` in a few words, `text` what that means for its submitter."""

    title: str
    text: str


def standing_of(idea: Idea) -> Standing:
    """Where the idea stands, in the language of the page (fetch it with KNOWN_OF)."""
    if idea.status == IdeaStatus.RECEIVED and related(idea, "appeal"):
        return Standing(
            _("আবার দেখা হচ্ছে"),
            _("পুনর্বিবেচনার আবেদন পাওয়া গেছে। দপ্তরের ইনোভেশন টিমের সভায় আইডিয়াটি আবার উঠবে।"),
        )
    pilot = pilot_of(idea)
    if idea.status == IdeaStatus.PILOTING and pilot and pilot.status == PilotStatus.SUCCEEDED:
        return Standing(
            _("করে দেখে ভালো ফল পাওয়া গেছে"),
            _("আইডিয়াটি ছোট পরিসরে করে দেখা শেষ হয়েছে। দপ্তর এখন এটি সবার সামনে তুলে ধরবে।"),
        )
    return Standing(*_words()[IdeaStatus(idea.status)])


def _words() -> dict[IdeaStatus, tuple[str, str]]:
    """Each state and what it means for whoever had the idea."""
    return {
        IdeaStatus.HELD: (
            _("দেখা হচ্ছে"),
            _("লেখাটি পৌঁছেছে। দপ্তরের একজন এটি পড়ে নিবন্ধনে তুলবেন।"),
        ),
        IdeaStatus.RECEIVED: (
            _("দপ্তর পেয়েছে"),
            _("আইডিয়াটি দপ্তরের নিবন্ধনে উঠেছে। ইনোভেশন টিমের মাসিক সভায় এটি নিয়ে আলোচনা হবে।"),
        ),
        IdeaStatus.SHORTLISTED: (
            _("প্রথম বাছাইয়ে টিকেছে"),
            _("ইনোভেশন টিম আইডিয়াটি বাছাই করেছে। এটি করে দেখা হবে কি না, টিমের সভা এখন তা ঠিক করবে।"),
        ),
        IdeaStatus.APPROVED: (
            _("করে দেখার সিদ্ধান্ত হয়েছে"),
            _("দপ্তর আইডিয়াটি ছোট পরিসরে করে দেখার প্রস্তুতি নিচ্ছে।"),
        ),
        IdeaStatus.PILOTING: (
            _("করে দেখা হচ্ছে"),
            _("আইডিয়াটি ছোট পরিসরে করে দেখা হচ্ছে। ফল ভালো হলে এটি আরও ছড়ানো হবে।"),
        ),
        IdeaStatus.STOPPED: (
            _("করে দেখার পর থেমেছে"),
            _("ছোট পরিসরে করে দেখা হয়েছিল, এখন আর এগোনো হচ্ছে না। যা শেখা গেছে, দপ্তর তা লিখে রেখেছে।"),
        ),
        IdeaStatus.SHOWCASED: (
            _("সফল হয়েছে"),
            _("আইডিয়াটি কাজে লেগেছে এবং সবার সামনে তুলে ধরা হয়েছে।"),
        ),
        IdeaStatus.REPLICATED: (
            _("অন্য দপ্তরেও চালু হয়েছে"),
            _("আইডিয়াটি সফল হয়েছে, অন্য দপ্তরও এটি কাজে লাগিয়েছে।"),
        ),
        IdeaStatus.DECLINED: (
            _("গৃহীত হয়নি"),
            _("দপ্তর আইডিয়াটি নিয়ে এগোচ্ছে না।"),
        ),
        IdeaStatus.MERGED: (
            _("একই রকম আরেকটি আইডিয়ার সঙ্গে এগোচ্ছে"),
            _("একই কথা আরও একজন বলেছেন। দুটি আইডিয়া এখন একসঙ্গে দেখা হচ্ছে।"),
        ),
        IdeaStatus.DISCARDED: (
            _("নেওয়া হয়নি"),
            _(
                "লেখাটিতে দপ্তরের কাজ ভালো করার কোনো আইডিয়া পাওয়া যায়নি, তাই এটি নিবন্ধনে তোলা হয়নি। "
                "ভুল হয়ে থাকলে কথাটি আরেকটু খুলে আবার লিখুন।"
            ),
        ),
    }


def related(idea: Idea, name: str) -> models.Model | None:
    """The one row that hangs on an idea under `name`, or None."""
    try:
        found: models.Model = getattr(idea, name)
    except ObjectDoesNotExist:
        return None
    return found


def pilot_of(idea: Idea) -> Pilot | None:
    pilot = related(idea, "pilot")
    return pilot if isinstance(pilot, Pilot) else None


def published_page_of(idea: Idea) -> Initiative | None:
    """The initiative's page, if everybody may read it."""
    page = related(idea, "initiative")
    is_public = isinstance(page, Initiative) and page.status == PageStatus.PUBLISHED
    return page if isinstance(page, Initiative) and is_public else None


def what_became_of(idea: Idea) -> Idea:
    """The idea itself, or the one it goes on with after it was merged, however often."""
    while idea.merged_into_id:
        idea = Idea.objects.select_related(*KNOWN_OF).get(pk=idea.merged_into_id)
    return idea
