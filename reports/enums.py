"""Kinds and states of reports, and the table of allowed steps.

Duty 5 of the gazette of 16 November 2023: each year by 31 July a full report on the year before
goes to the Cabinet Division and on to the office's own website.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from teams.transitions import Transition


class ReportKind(TextChoices):
    ANNUAL = "annual", _("বার্ষিক প্রতিবেদন")
    HALF_YEARLY = "half_yearly", _("অর্ধবার্ষিক প্রতিবেদন")


class ReportStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("report", "খসড়া")
    SUBMITTED = "submitted", pgettext_lazy("report", "পর্যালোচনায়")
    RETURNED = "returned", pgettext_lazy("report", "সংশোধনের জন্য ফেরত")
    ACCEPTED = "accepted", pgettext_lazy("report", "গৃহীত")
    PUBLISHED = "published", pgettext_lazy("report", "প্রকাশিত")
    WITHDRAWN = "withdrawn", pgettext_lazy("report", "প্রত্যাহৃত")


# The team works on the text. Of a returned report others still read what was sent, no more.
EDITABLE = frozenset({ReportStatus.DRAFT, ReportStatus.RETURNED})
# Something was sent at least once: offices above know of the report and read what was sent.
SENT_ONCE = frozenset(ReportStatus) - {ReportStatus.DRAFT}
# The Cabinet Division took it; its figures count in the nation's.
SETTLED = frozenset({ReportStatus.ACCEPTED, ReportStatus.PUBLISHED})

SUBMIT = Transition(
    "submit",
    EDITABLE,
    ReportStatus.SUBMITTED,
    "submitted",
    "can_submit_report",
    _("অনুমোদন করে পাঠান"),
)
RETURN = Transition(
    "return",
    frozenset({ReportStatus.SUBMITTED}),
    ReportStatus.RETURNED,
    "returned",
    "can_review_report",
    _("সংশোধনের জন্য ফেরত দিন"),
)
ACCEPT = Transition(
    "accept",
    frozenset({ReportStatus.SUBMITTED}),
    ReportStatus.ACCEPTED,
    "accepted",
    "can_review_report",
    _("গ্রহণ করুন"),
)
PUBLISH = Transition(
    "publish",
    frozenset({ReportStatus.ACCEPTED}),
    ReportStatus.PUBLISHED,
    "published",
    "can_publish_report",
    _("প্রকাশ করুন"),
)
# A mistake was found after all: the office mends it and sends it anew. What is public stays
# public until the new one takes its place.
REOPEN = Transition(
    "reopen",
    frozenset({ReportStatus.ACCEPTED, ReportStatus.PUBLISHED, ReportStatus.WITHDRAWN}),
    ReportStatus.RETURNED,
    "returned",
    "can_review_report",
    _("সংশোধনের জন্য আবার খুলুন"),
)
WITHDRAW = Transition(
    "withdraw",
    SETTLED,
    ReportStatus.WITHDRAWN,
    "withdrawn",
    "can_withdraw_report",
    _("প্রত্যাহার করুন"),
)
TRANSITIONS = (SUBMIT, RETURN, ACCEPT, PUBLISH, REOPEN, WITHDRAW)


class SectionKey(TextChoices):
    """The parts of a report, in the order in which real reports have them."""

    INTRODUCTION = "introduction", _("ভূমিকা")
    MEETINGS = "meetings", _("ইনোভেশন টিমের সভা")
    TRAINING = "training", _("কর্মশালা ও প্রশিক্ষণ")
    PROJECTS = "projects", _("উদ্ভাবনী উদ্যোগ ও পাইলট")
    VISITS = "visits", _("পরিবীক্ষণ ও পরিদর্শন")
    CIRCLES = "circles", _("ইনোভেশন সার্কেল")
    SOCIAL_MEDIA = "social_media", _("সামাজিক যোগাযোগমাধ্যম")
    E_SERVICES = "e_services", _("ওয়েবসাইট, ই-ফাইলিং ও ই-সেবা")
    IDEAS = "ideas", _("প্রাপ্ত ও বাছাইকৃত আইডিয়া")
    SHOWCASE = "showcase", _("শোকেসিং ও স্বীকৃতি")
    REPLICATION = "replication", _("রেপ্লিকেশন")
    FINANCE = "finance", _("আর্থিক সহায়তা")
    PROBLEMS = "problems", _("সমস্যা, শিক্ষা ও সুপারিশ")
    PLAN = "plan", _("কর্মপরিকল্পনা ও বাস্তবায়ন অগ্রগতি")
    SCORES = "scores", _("মূল্যায়নে প্রাপ্ত নম্বর")
    NEXT_PLAN = "next_plan", _("পরবর্তী সময়ের কর্মপরিকল্পনা")
    ANNEXES = "annexes", _("সংযোজনী")


class ActivityKind(TextChoices):
    """What an office does beside meetings, ideas and tasks, and would otherwise be forgotten."""

    TRAINING = "training", pgettext_lazy("activity", "প্রশিক্ষণ")
    WORKSHOP = "workshop", pgettext_lazy("activity", "কর্মশালা/সেমিনার")
    VISIT = "visit", pgettext_lazy("activity", "পরিদর্শন")
    CIRCLE = "circle", pgettext_lazy("activity", "ইনোভেশন সার্কেল")
    SOCIAL_MEDIA = "social_media", pgettext_lazy("activity", "সামাজিক যোগাযোগমাধ্যম")
    E_SERVICE = "e_service", pgettext_lazy("activity", "ই-সেবা, ওয়েবসাইট বা ই-ফাইলিং")
    FUNDING = "funding", pgettext_lazy("activity", "আর্থিক সহায়তা")
    RECOGNITION = "recognition", pgettext_lazy("activity", "প্রাপ্ত স্বীকৃতি")


class CommentSide(TextChoices):
    """For whom a comment speaks."""

    REVIEW = "review", pgettext_lazy("comment", "মন্ত্রিপরিষদ বিভাগ")
    SUPERIOR = "superior", pgettext_lazy("comment", "ঊর্ধ্বতন দপ্তর")


class Verdict(TextChoices):
    """How a review ended."""

    RETURNED = "returned", _("ফেরত")
    ACCEPTED = "accepted", _("গৃহীত")


class NationalStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("national", "খসড়া")
    PUBLISHED = "published", pgettext_lazy("national", "প্রকাশিত")


PUBLISH_NATIONAL = Transition(
    "publish",
    frozenset({NationalStatus.DRAFT}),
    NationalStatus.PUBLISHED,
    "published",
    "can_publish_national",
    _("প্রকাশ করুন"),
)
# What is public stays public until the next print takes its place.
REOPEN_NATIONAL = Transition(
    "reopen",
    frozenset({NationalStatus.PUBLISHED}),
    NationalStatus.DRAFT,
    "",
    "can_publish_national",
    _("সংশোধনের জন্য খুলুন"),
)
NATIONAL_TRANSITIONS = (PUBLISH_NATIONAL, REOPEN_NATIONAL)


class NationalPart(TextChoices):
    """The parts of the consolidated report of the nation."""

    INTRODUCTION = "introduction", _("ভূমিকা")
    REPORTING = "reporting", _("প্রতিবেদন প্রেরণ ও সময়ানুবর্তিতা")
    MEETINGS = "meetings", _("ইনোভেশন টিমের সভা")
    TRAINING = "training", _("কর্মশালা ও প্রশিক্ষণ")
    IDEAS = "ideas", _("প্রাপ্ত ও বাছাইকৃত আইডিয়া")
    PROJECTS = "projects", _("পাইলট ও সাশ্রয়")
    REPLICATION = "replication", _("রেপ্লিকেশন")
    SHOWCASE = "showcase", _("শোকেসিং ও স্বীকৃতি")
    BEST_PRACTICES = "best_practices", _("উত্তম চর্চা")
    PROBLEMS = "problems", _("সমস্যা ও শিক্ষা")
    RECOMMENDATIONS = "recommendations", _("সুপারিশ")
    ANNEX = "annex", _("পরিশিষ্ট: মন্ত্রণালয়, বিভাগ ও জেলার হিসাব")
    UNSENT = "unsent", _("পরিশিষ্ট: যেসব দপ্তর প্রতিবেদন পাঠায়নি")


class PublicationKind(TextChoices):
    """What an office lays open on its public page, beside initiatives and newsletters."""

    PLAN = "plan", pgettext_lazy("publication", "কর্মপরিকল্পনা")
    DECISIONS = "decisions", pgettext_lazy("publication", "সভার সিদ্ধান্ত")
    REPORT = "report", pgettext_lazy("publication", "প্রতিবেদন")
    NATIONAL = "national", pgettext_lazy("publication", "জাতীয় প্রতিবেদন")
