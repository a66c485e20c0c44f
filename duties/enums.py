"""What can be owed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reach(TextChoices):
    """How far up a reminder goes; each step includes those before it."""

    OWNER = "owner", _("যাঁর করণীয়")
    HEAD = "head", _("দপ্তর প্রধানও")
    SUPERIOR = "superior", _("ঊর্ধ্বতন দপ্তরের ইনোভেশন অফিসারও")


class State(TextChoices):
    """How something owed stands on a day."""

    LATE = "late", _("দেরি")
    OPEN = "open", _("বাকি")
    DONE = "done", _("সময়মতো হয়েছে")
    DONE_LATE = "done_late", _("দেরিতে হয়েছে")
    EXEMPT = "exempt", _("অব্যাহতি")


class Urgency(TextChoices):
    """How soon an item wants its owner; the order is the order on the page."""

    LATE = "late", _("দেরি")
    SOON = "soon", _("এই সপ্তাহে")
    NEXT = "next", _("এরপর")
