"""What officers type to call a meeting: month, head, notice, and why there was none."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bangla.dates import parse_schedule
from bangla.digits import to_ascii
from bangla.text import normalise
from teams.actions import propose_memo
from teams.fields import BengaliDateField, BengaliTimeField, MemoField
from teams.filters import LONGEST_SEARCH
from teams.forms import BaseForm, OwnOfficeForm
from teams.models import Office, Post
from teams.templatetags.bangla_tags import day, digits, month_label
from workplans.forms import FIRST_YEAR

from ..actions import HEAD_FIELDS
from ..actions.meetings import Copies
from ..actions.notices import NoticeWords, next_letter, seen_now
from ..documents import Content, agenda_with_decisions, usual_closing, usual_opening
from ..enums import CopyKind, MeetingKind, MinutesForm, NoticeKind
from ..models import Meeting, MeetingQuerySet
from ..months import MONTHS_AHEAD, last_day_of, month_after
from .fields import CopiesField, LineField, WordsField

LONGEST_REASON = 2_000
LONGEST_BODY = 6_000
LONGEST_DATE = 100
LONGEST_MEMO = 200
# A meeting may slip into a neighbouring month; further away the year was mistyped.
MONTHS_APART = 2
NOT_YOURS = _("এই দপ্তরের সভা আপনি ডাকতে পারেন না।")
_CODE = re.compile(r"(\d{4})-(\d{1,2})")
# Fields of the head that hold one side of the copy list.
COPY_FIELDS = {"information": CopyKind.INFORMATION, "action": CopyKind.ACTION}


def read_month(text: str) -> date | None:
    """The first day of a month written "2026-11" or "নভেম্বর ২০২৬", in any digits; else None."""
    words = to_ascii(normalise(text)).strip()
    if match := _CODE.fullmatch(words):
        year, month = int(match[1]), int(match[2])
        return date(year, month, 1) if year >= 1 and 1 <= month <= 12 else None
    span = parse_schedule(words)
    if span.doubts or not (span.starts_on and span.ends_on):
        return None
    first, last = span.starts_on, span.ends_on
    is_whole = first.day == 1 and last == last_day_of(first)
    return first if is_whole else None


class MonthField(forms.CharField):
    """A month; the value is its first day. Months to come are refused after `months_ahead`."""

    def __init__(self, *, months_ahead: int, **options: Any) -> None:
        self.months_ahead = months_ahead
        options["error_messages"] = {"required": _("কোন মাসের সভা, লিখুন।")}
        super().__init__(max_length=LONGEST_DATE, **options)

    def prepare_value(self, value: Any) -> Any:
        return month_label(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        month = read_month(text)
        if month is None:
            raise ValidationError(
                _("“%(text)s” মাস হিসেবে বোঝা যায়নি। মাস ও সন লিখুন, যেমন নভেম্বর ২০২৬।"),
                params={"text": text},
            )
        if month.year < FIRST_YEAR:
            raise ValidationError(
                _("%(month)s অনেক আগের মাস; ইনোভেশন টিম শুরু হয় %(year)s সালে। সন মিলিয়ে দেখুন।"),
                params={"month": month_label(month), "year": digits(FIRST_YEAR)},
            )
        last = month_after(timezone.localdate(), self.months_ahead)
        if month > last:
            raise ValidationError(
                _("%(month)s এখনো অনেক দূরে। %(last)s বা তার আগের মাস লিখুন।"),
                params={"month": month_label(month), "last": month_label(last)},
            )
        return month


class MeetingCreateForm(OwnOfficeForm):
    """The one button that opens a month's meeting."""

    refused = NOT_YOURS
    month = MonthField(label=_("মাস"), months_ahead=MONTHS_AHEAD)
    kind = forms.ChoiceField(label=_("ধরন"), choices=MeetingKind.choices, required=False)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or MeetingKind.MONTHLY


class NoMeetingForm(OwnOfficeForm):
    """Why a team did not meet in a month that has begun."""

    refused = NOT_YOURS
    month = MonthField(label=_("মাস"), months_ahead=0)
    reason = WordsField(
        label=_("সভা না হওয়ার কারণ"),
        max_length=LONGEST_REASON,
        help_text=_("যেমন “নির্বাচনের দায়িত্বে সকল সদস্য মাঠে ছিলেন”। বছরের তালিকায় কারণটি থাকবে।"),
        error_messages={"required": _("সভা কেন হয়নি, এক-দুই বাক্যে লিখুন।")},
    )


class CancelForm(BaseForm):
    reason = WordsField(
        label=_("বাতিলের কারণ"),
        max_length=LONGEST_REASON,
        help_text=_("নোটিশ জারি হয়ে থাকলে কারণটি বাতিলের নোটিশেও লেখা হবে।"),
        error_messages={"required": _("সভা কেন বাতিল হচ্ছে, লিখুন।")},
    )


# --- The head of a draft -------------------------------------------------------------------
class PostChoice(forms.ModelChoiceField):
    """A post with whoever holds it on the meeting's day."""

    def __init__(self, *, on: date, **options: Any) -> None:
        self.on = on
        super().__init__(**options)

    def label_from_instance(self, obj: Any) -> str:
        holder = obj.holder_on(self.on)
        return f"{obj.designation} — {holder.name if holder else _('পদ শূন্য')}"


class MeetingForm(BaseForm):
    """The head of a draft: when, where, who presides, how it is printed, who gets a copy.

    `words` are shown instead of the meeting's own: {field: cleaned value}.
    """

    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft-keep": ""}))
    title = LineField(
        label=_("সভার নাম"),
        required=False,
        help_text=_("খালি রাখলে মাসের নামেই সভার নাম হবে।"),
    )
    held_on = BengaliDateField(
        label=_("তারিখ"),
        max_length=LONGEST_DATE,
        help_text=_("নোটিশ জারির পরে তারিখ, সময় বা স্থান বদলালে সদস্যদের জানাতে নতুন নোটিশ জারি করতে হয়।"),
        error_messages={"required": _("সভার তারিখ লিখুন।")},
    )
    starts_at = BengaliTimeField(
        label=_("সময়"),
        max_length=LONGEST_DATE,
        help_text=_("যেমন সকাল ১১:০০ বা বিকাল ৩টা।"),
        error_messages={"required": _("সভা কখন শুরু হবে, লিখুন।")},
    )
    place = LineField(label=_("স্থান"), error_messages={"required": _("সভা কোথায় হবে, লিখুন।")})
    chair_post = forms.ModelChoiceField(label=_("সভাপতি"), queryset=Post.objects.none())
    issuer_post = forms.ModelChoiceField(label=_("পত্রে স্বাক্ষরকারী"), queryset=Post.objects.none())
    form = forms.ChoiceField(
        label=pgettext_lazy("minutes", "ছাপার রূপ"),
        choices=MinutesForm.choices,
        widget=forms.RadioSelect,
    )
    opening = WordsField(
        label=_("সূচনা অনুচ্ছেদ"),
        required=False,
        help_text=_("খালি রাখলে ধূসর লেখাটিই ছাপা হবে।"),
    )
    closing = WordsField(
        label=_("সমাপ্তি অনুচ্ছেদ"),
        required=False,
        help_text=_("খালি রাখলে ধূসর লেখাটিই ছাপা হবে।"),
    )
    information = CopiesField(
        label=_("অনুলিপি সদয় জ্ঞাতার্থে"),
        required=False,
        help_text=_("এক লাইনে একজন। লাইনে ই-মেইল ঠিকানা লিখলে কার্যবিবরণী সেখানেও যাবে; ঠিকানা ছাপা হবে না।"),
    )
    action = CopiesField(
        label=_("অনুলিপি জ্ঞাতার্থে/কার্যার্থে"),
        required=False,
        help_text=_("এক লাইনে একজন, ওপরের নিয়মেই।"),
    )

    def __init__(
        self, *args: Any, meeting: Meeting, words: dict[str, Any] | None = None, **kwargs: Any
    ) -> None:
        shown = head_words(meeting) if words is None else words
        kwargs["initial"] = {**shown, "version": meeting.version}
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self._offer_posts()
        items = agenda_with_decisions(meeting)
        self.fields["opening"].widget.attrs["placeholder"] = usual_opening(meeting, items)
        self.fields["closing"].widget.attrs["placeholder"] = usual_closing()

    def _offer_posts(self) -> None:
        """The office's posts of today, and those the meeting names already."""
        meeting = self.meeting
        named = [pk for pk in (meeting.chair_post_id, meeting.issuer_post_id) if pk]
        posts = Post.objects.filter(
            Q(office=meeting.office_id, is_active=True) | Q(pk__in=named)
        ).with_holders(meeting.held_on)
        self.fields["chair_post"] = PostChoice(
            on=meeting.held_on,
            queryset=posts,
            label=_("সভাপতি"),
            empty_label=_("বেছে নিন"),
            # Old minutes name a chair who holds none of today's posts.
            required=not meeting.chair_text,
            help_text=meeting.chair_text,
            error_messages={"required": _("কে সভাপতিত্ব করবেন, বেছে নিন।")},
        )
        self.fields["issuer_post"] = PostChoice(
            on=meeting.held_on,
            queryset=posts,
            label=_("পত্রে স্বাক্ষরকারী"),
            required=False,
            empty_label=_("সভাপতি নিজে"),
            help_text=_("নোটিশ ও কার্যবিবরণীর পত্রে যিনি স্বাক্ষর করেন।"),
        )

    def clean_held_on(self) -> date:
        held_on: date = self.cleaned_data["held_on"]
        month = self.meeting.month
        first = month_after(month, -MONTHS_APART)
        if not first <= held_on < month_after(month, MONTHS_APART + 1):
            raise ValidationError(
                _("%(day)s তারিখটি %(month)s থেকে অনেক দূরে। মাস ও সন মিলিয়ে দেখুন।"),
                params={"day": day(held_on), "month": month_label(month)},
            )
        return held_on

    @property
    def words(self) -> dict[str, Any]:
        """What was typed, in the shape of head_words."""
        return {name: self.cleaned_data[name] for name in (*HEAD_FIELDS, *COPY_FIELDS)}

    @property
    def head(self) -> dict[str, Any]:
        """The HEAD_FIELDS for update_meeting."""
        return {name: self.cleaned_data[name] for name in HEAD_FIELDS}

    @property
    def copies(self) -> Copies:
        """Both copy lists for update_meeting."""
        return [
            (kind, text, email)
            for name, kind in COPY_FIELDS.items()
            for text, email in self.cleaned_data[name]
        ]

    def shown(self, name: str) -> str:
        """An initial value as the form would show it."""
        field, value = self.fields[name], self.initial[name]
        if isinstance(field, PostChoice):
            return field.label_from_instance(value) if value else str(field.empty_label)
        if name == "form":
            return str(MinutesForm(value).label)
        return str(field.prepare_value(value) or "")


def head_words(meeting: Meeting) -> dict[str, Any]:
    """The head of a meeting as the form's cleaned values."""
    copies = list(meeting.copies.all())
    return {
        **{name: getattr(meeting, name) for name in HEAD_FIELDS},
        **{
            name: [(copy.text, copy.email) for copy in copies if copy.kind == kind]
            for name, kind in COPY_FIELDS.items()
        },
    }


# --- Notices -------------------------------------------------------------------------------
class NoticeForm(BaseForm):
    """The next letter about a meeting. `words` are shown instead of those proposed."""

    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft-keep": ""}))
    letters = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft-keep": ""}))
    memo = MemoField(
        label=_("স্মারক নম্বর"),
        required=False,
        max_length=LONGEST_MEMO,
        help_text=_("নথি থেকে পরের নম্বরটি বসানো আছে। খালি রাখলে ছাপা চিঠিতে হাতে লেখার জায়গা থাকবে।"),
    )
    issued_on = BengaliDateField(
        label=_("জারির তারিখ"),
        max_length=LONGEST_DATE,
        error_messages={"required": _("চিঠি জারির তারিখ লিখুন।")},
    )
    body = WordsField(
        label=_("চিঠির কথা"),
        required=False,
        max_length=LONGEST_BODY,
        help_text=_("আলোচ্যসূচি, তারিখ, সময় ও স্থান চিঠিতে আলাদা করে লেখা থাকে। খালি রাখলে প্রচলিত কথাই যাবে।"),
    )
    reason = WordsField(
        label=_("পরিবর্তনের কারণ"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("চিঠিতে আলাদা লাইনে লেখা হবে।"),
    )

    def __init__(
        self, *args: Any, meeting: Meeting, words: NoticeWords | None = None, **kwargs: Any
    ) -> None:
        self.meeting = meeting
        shown = words or NoticeWords(propose_memo(meeting.office), timezone.localdate())
        self._proposed = next_letter(meeting, shown)
        version, letters = seen_now(meeting)
        kwargs["initial"] = {
            "version": version,
            "letters": letters,
            "memo": shown.memo,
            "issued_on": shown.issued_on,
            "body": self._proposed["body"],
            "reason": self._proposed["reason"],
        }
        super().__init__(*args, **kwargs)
        if self._proposed["kind"] == NoticeKind.CALL:
            del self.fields["reason"]
        elif self._proposed["kind"] == NoticeKind.CANCEL:
            self.fields["reason"].label = _("বাতিলের কারণ")

    def clean_issued_on(self) -> date:
        """The letter is frozen with its day: a mistyped year could not be mended any more."""
        issued_on: date = self.cleaned_data["issued_on"]
        if issued_on > timezone.localdate():
            raise ValidationError(_("জারির তারিখ আজকের পরে হতে পারে না।"))
        return issued_on

    @property
    def words(self) -> NoticeWords:
        """What the officer typed, as far as it could be read."""
        typed = self.cleaned_data
        return NoticeWords(
            typed.get("memo"),
            typed.get("issued_on") or timezone.localdate(),
            typed.get("body", ""),
            typed.get("reason", ""),
        )

    @property
    def letter(self) -> Content:
        """The letter as it would be issued with what the form shows."""
        return next_letter(self.meeting, self.words) if self.is_bound else self._proposed

    @property
    def seen(self) -> tuple[int, int]:
        """The meeting and its letters as they were when the page was opened."""
        return self.cleaned_data["version"], self.cleaned_data["letters"]


# --- The offices below ---------------------------------------------------------------------
class CirculatedFilter(django_filters.FilterSet):
    """Minutes that offices below have sent out, by office and by month."""

    q = django_filters.CharFilter(
        method="search",
        label=_("দপ্তরের নাম"),
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    month = django_filters.ChoiceFilter(label=_("মাস"), empty_label=pgettext_lazy("filter", "সব মাস"))

    class Meta:
        model = Meeting
        fields = ("q", "month")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["month"].extra["choices"] = _month_choices(self.queryset)

    def search(self, queryset: MeetingQuerySet, _name: str, value: str) -> MeetingQuerySet:
        return queryset.filter(office__in=Office.objects.search(value))


def _month_choices(meetings: MeetingQuerySet) -> Iterable[tuple[str, str]]:
    """The months that these meetings belong to, the latest first."""
    months = meetings.order_by("-month").values_list("month", flat=True).distinct()
    return [(month.isoformat(), month_label(month)) for month in months]
