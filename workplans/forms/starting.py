"""Which rows of an earlier plan, or of the library, a plan begins with."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from teams.forms import BaseForm

from ..models import CommonTask, Task

NOTHING_CHOSEN = _("কোনো কাজে টিক নেই। অন্তত একটি কাজ বেছে নিন।")
GONE = _("এর মধ্যে তালিকা বদলে গেছে। পাতাটি আবার খুলে বাছুন।")


class RowsField(forms.ModelMultipleChoiceField):
    """Rows by their numbers. A number longer than any row's never reaches the database, which
    would refuse to look for it."""

    def clean(self, value: Any) -> Any:
        if any(re.fullmatch("[0-9]{1,18}", one) is None for one in value or ()):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


class BringForm(BaseForm):
    """Rows to carry on, and rows to begin anew."""

    carried = RowsField(
        Task.objects.none(), required=False, error_messages={"invalid_choice": GONE}
    )
    copied = RowsField(Task.objects.none(), required=False, error_messages={"invalid_choice": GONE})

    def __init__(self, *args: Any, tasks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("carried", "copied"):
            self.fields[name].queryset = tasks  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data["carried"] and not data["copied"]:
            raise ValidationError(NOTHING_CHOSEN)
        return data


class LibraryForm(BaseForm):
    """Ready tasks to add."""

    chosen = RowsField(
        CommonTask.objects.none(),
        error_messages={"required": NOTHING_CHOSEN, "invalid_choice": GONE},
    )

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = offered  # type: ignore[attr-defined]
