"""What is asked on the pages of due dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.enums import ReportStatus
from reports.models import Report
from teams.deadlines import due_for
from teams.enums import DueKind, Tier
from teams.fields import BengaliCharField, BengaliDateField
from teams.forms import BaseForm
from teams.models import Office
from teams.templatetags.bangla_tags import day

from .enums import State
from .matters import YEAR
from .matters.spans import Spans
from .matters.words import title_of
from .superior import Show

LONGEST_REASON = 1_000
LONGEST_NOTE = 10_000
LONGEST_SEARCH = 100
# Nobody is given more time than that; a slip of the pen in the year is found here.
MOST_TIME = timedelta(days=2 * 366)
# What a post owes and not its office is left out.
BELOW_KINDS = [
    (kind, kind.label) for kind in DueKind if kind not in (DueKind.DECISION, DueKind.TASK)
]


class OfficesFilter(BaseForm):
    """Which of the offices below are shown; what makes no sense filters nothing."""

    q = BengaliCharField(
        label=_("দপ্তরের নাম"),
        required=False,
        one_line=True,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    @property
    def chosen(self) -> dict[str, str]:
        """What was asked for by the name of its field, "" where nothing was; `words` is `q`."""
        self.is_valid()
        asked = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return {"words": asked.pop("q"), **asked}


class BelowFilter(OfficesFilter):
    """Which of the things that they owe."""

    kind = forms.ChoiceField(label=_("কী"), choices=[("", _("সব")), *BELOW_KINDS], required=False)
    state = forms.ChoiceField(
        label=_("অবস্থা"), choices=[("", _("যা বাকি")), *State.choices], required=False
    )
    field_order = ("kind", "state", "q")


class StandingFilter(OfficesFilter):
    """Which of them by how they stand."""

    show = forms.ChoiceField(label=_("কোনগুলো"), choices=Show.choices, required=False)
    tier = forms.ChoiceField(
        label=_("পর্যায়"), choices=[("", _("সব পর্যায়")), *Tier.choices], required=False
    )
    field_order = ("show", "tier", "q")


class Way(TextChoices):
    EXTEND = "extend", _("সময় বাড়ানো")
    EXEMPT = "exempt", _("অব্যাহতি: এটি আর দিতে হবে না")


class ExtensionForm(BaseForm):
    """More time, or none of it owed; for `office`, or None for all of them."""

    matter = forms.ChoiceField(
        label=_("কিসের জন্য"), error_messages={"required": _("কিসের জন্য, তা বেছে নিন।")}
    )
    way = forms.ChoiceField(
        label=_("যা দেওয়া হচ্ছে"), choices=Way, initial=Way.EXTEND, widget=forms.RadioSelect
    )
    new_due_on = BengaliDateField(
        label=_("নতুন শেষ তারিখ"), required=False, help_text=_("সময় বাড়ালে লিখুন, যেমন ৩১/০৮/২০২৭।")
    )
    reason = BengaliCharField(
        label=_("কারণ"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("দপ্তরের কাছে যে চিঠি যাবে, তাতে এটি থাকবে।"),
        error_messages={"required": _("কারণ লিখুন; দপ্তর এটি পড়বে।")},
    )

    def __init__(self, *args: Any, office: Office | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._office, self._spans = office, Spans()
        today = timezone.localdate()
        # kind, first and last day of the period, by the choice's value
        self._periods = {
            f"{span.kind}:{span.starts_on}": (span.kind, span.starts_on, span.ends_on)
            for span in self._spans.due_between(today - YEAR, today + YEAR)
        }
        self._resubmit_by: dict[str, date] = {}
        if office is not None:
            self._add_returned(office)
        self.fields["matter"].choices = [  # type: ignore[attr-defined]
            (value, self._label(value)) for value in self._periods
        ]

    def _add_returned(self, office: Office) -> None:
        returned = Report.objects.filter(
            office=office, status=ReportStatus.RETURNED, resubmit_by__isnull=False
        )
        for report in returned.order_by("-starts_on", "kind"):
            value = f"{DueKind.RESUBMISSION}:{report.starts_on}"
            self._periods[value] = (str(DueKind.RESUBMISSION), report.starts_on, report.ends_on)
            if report.resubmit_by:
                self._resubmit_by[value] = report.resubmit_by

    def _due(self, value: str) -> date | None:
        """When it is due now."""
        if value in self._resubmit_by:
            return self._resubmit_by[value]
        kind, starts_on, ends_on = self._periods[value]
        return due_for(
            kind=kind,
            office_id=self._office.pk if self._office else 0,
            starts_on=starts_on,
            ends_on=ends_on,
            rules=self._spans.rules,
            grants=self._spans.grants,
        ).on

    def _granted(self, value: str) -> date | None:
        """Until when this very office (or all of them) has been given more time."""
        kind, starts_on, _ends_on = self._periods[value]
        office = self._office.pk if self._office else None
        known = self._spans.grants.of(kind, office or 0, starts_on)
        return known.new_due_on if known and known.office_id == office else None

    def _label(self, value: str) -> str:
        title, due = title_of(*self._periods[value]), self._due(value)
        return f"{title} · {day(due)}" if due else title

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("way") != Way.EXTEND or "new_due_on" in self.errors:
            return data
        new, matter = data.get("new_due_on"), data.get("matter")
        if new is None:
            self.add_error("new_due_on", _("নতুন শেষ তারিখ লিখুন।"))
        elif matter:
            self._check_day(new, matter)
        return data

    def _check_day(self, new: date, matter: str) -> None:
        due, today = self._due(matter), timezone.localdate()
        if self._granted(matter) == new:
            return  # the same form, sent twice
        if due and new <= due:
            words = _("নতুন তারিখটি এখনকার শেষ তারিখের (%(day)s) পরে হতে হবে।")
            self.add_error("new_due_on", ValidationError(words, params={"day": day(due)}))
        elif new < today:
            self.add_error("new_due_on", _("নতুন তারিখটি পেরিয়ে গেছে; আজকের বা পরের কোনো তারিখ লিখুন।"))
        elif new > today + MOST_TIME:
            self.add_error("new_due_on", _("তারিখটি দুই বছরের বেশি দূরে; সালটি দেখে নিন।"))

    @property
    def grant(self) -> dict[str, Any]:
        """What is granted, ready for the action."""
        data = self.cleaned_data
        kind, starts_on, _ends_on = self._periods[data["matter"]]
        is_more_time = data["way"] == Way.EXTEND
        return {
            "kind": kind,
            "starts_on": starts_on,
            "new_due_on": data["new_due_on"] if is_more_time else None,
            "reason": data["reason"],
        }


class NoteForm(BaseForm):
    """A word for whoever takes a post over."""

    note = BengaliCharField(
        label=_("পরবর্তীজনের জন্য কথা"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("কোন কাজ কোথায় আটকে আছে, কার সঙ্গে কথা বলতে হবে, কী আগে ধরা দরকার। পাসওয়ার্ড লিখবেন না।"),
    )
    version = forms.IntegerField(
        min_value=0, max_value=10**9, widget=forms.HiddenInput(attrs={"data-draft-keep": ""})
    )
