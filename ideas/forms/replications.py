"""What officers type about taking an initiative over."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.fields import BengaliCharField, BengaliDateField
from teams.forms import BaseForm
from teams.models import Office
from workplans.forms import LONGEST_CELL

from ..actions import ReplicationText
from ..models import Replication
from .pilots import TaskRowForm, check_order

LONGEST_REASON = 4_000
MOST_TASKS = 20


class ReplicationForm(BaseForm):
    """When it is done here, and what is done differently."""

    starts_on = BengaliDateField(label=gettext_lazy("শুরু"), required=False, max_length=60)
    ends_on = BengaliDateField(label=gettext_lazy("চালু করার লক্ষ্য"), required=False, max_length=60)
    adaptations = BengaliCharField(
        label=gettext_lazy("নিজের দপ্তরের জন্য যা বদলানো হলো"),
        required=False,
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("উদ্ভাবক দপ্তরও এটি পড়বে ও শিখবে। জানা না থাকলে পরে লিখুন।"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        check_order(self, cleaned)
        return cleaned

    @property
    def text(self) -> ReplicationText:
        """The words as typed, ready for the actions."""
        return ReplicationText(
            **{name: self.cleaned_data[name] for name in ReplicationForm.base_fields}
        )


class TakeForm(ReplicationForm):
    """The first words; office and source stand in the address of the form."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class ReplicationUpdateForm(ReplicationForm):
    """The words as they are; `words` are shown instead of the replication's own."""

    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft-keep": ""}))

    def __init__(
        self,
        *args: Any,
        replication: Replication,
        words: ReplicationText | None = None,
        **kwargs: Any,
    ) -> None:
        text = words or ReplicationText.of(replication)
        kwargs["initial"] = {**asdict(text), "version": replication.version}
        super().__init__(*args, **kwargs)


class CopiedTaskForm(TaskRowForm):
    """A task of the source, to be mended and given to a post of the own office.

    `posts` are the designations to choose from.
    """

    responsible_text = forms.ChoiceField(label=gettext_lazy("দায়িত্বপ্রাপ্ত পদ"), required=False)  # type: ignore[assignment]

    def __init__(self, *args: Any, posts: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible_text"].choices = [  # type: ignore[attr-defined]
            ("", _("— পরে ঠিক হবে —")),
            *((post, post) for post in posts),
        ]


CopiedTasks = forms.formset_factory(
    CopiedTaskForm, extra=0, max_num=MOST_TASKS, absolute_max=MOST_TASKS
)


class AdoptForm(BaseForm):
    """Beside the table of measures: may it come later?"""

    is_unmeasured = forms.BooleanField(
        label=gettext_lazy("এখনো মাপা হয়নি, পরে লিখব"),
        required=False,
        help_text=gettext_lazy("না মাপা পর্যন্ত সাশ্রয়ের হিসাবে এ দপ্তর ধরা হবে না।"),
    )


class DropForm(BaseForm):
    reason = BengaliCharField(
        label=gettext_lazy("বাদ দেওয়ার কারণ"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("আপনার টিম ও উদ্ভাবক দপ্তরের টিম পড়বে; সবার জন্য প্রকাশিত হয় না।"),
        error_messages={"required": gettext_lazy("রেপ্লিকেশনটি কেন বাদ দেওয়া হলো, লিখুন।")},
    )


class RefuseForm(BaseForm):
    reason = BengaliCharField(
        label=gettext_lazy("না নেওয়ার কারণ"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("যে দপ্তর সুপারিশ করেছে, তারা পড়বে।"),
        error_messages={"required": gettext_lazy("উদ্যোগটি কেন নেওয়া হচ্ছে না, লিখুন।")},
    )


def posts_to_choose(office: Office) -> list[str]:
    """The designations of the office's posts, as its plan names them."""
    posts = office.posts.active().order_by("position", "pk")
    return list(dict.fromkeys(posts.values_list("designation_bn", flat=True)))
