"""Making minutes final: the memo number and the day they go out."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from teams.forms import BaseForm

from ..models import Meeting
from .fields import DayField, MemoField


class FinaliseForm(BaseForm):
    memo = MemoField(
        label=_("স্মারক নম্বর"),
        required=False,
        help_text=_("১৮ বা ২২ অঙ্কের নথি নম্বর ও জারি নম্বর, যেকোনো অঙ্কে। খালি রাখলে ছাপায় ফাঁকা থাকবে।"),
    )
    issued_on = DayField(label=_("জারির তারিখ"), error_messages={"required": _("জারির তারিখ লিখুন।")})

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.meeting = meeting
        super().__init__(*args, **kwargs)

    def clean_issued_on(self) -> Any:
        day = self.cleaned_data["issued_on"]
        if day and day < self.meeting.held_on:
            raise ValidationError(gettext("জারির তারিখ সভার তারিখের আগে হতে পারে না।"))
        if day and day > timezone.localdate():
            raise ValidationError(gettext("জারির তারিখ আজকের পরে হতে পারে না।"))
        return day
