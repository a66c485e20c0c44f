"""What is typed on a plan's way: why it is revised, what is remarked on it."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teams.fields import BengaliCharField
from teams.forms import BaseForm
from teams.models import Post

from ..models import CELL_LABELS, TEXT_FIELDS, Task

LONGEST_REMARK = 4_000


class ReviseForm(BaseForm):
    reason = BengaliCharField(
        label=_("সংশোধনের কারণ"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REMARK,
        help_text=_("যেমন: বরাদ্দ দেরিতে পাওয়ায় প্রশিক্ষণের সময় পেছানো। কারণটি নতুন সংস্করণে লেখা থাকবে।"),
        error_messages={"required": _("কেন সংশোধন করা হচ্ছে, লিখুন।")},
    )


class RemarkForm(BaseForm):
    """Words about the plan, a row or a cell; officers of the team may be called to it."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = BengaliCharField(
        label=_("মন্তব্য"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REMARK,
        error_messages={"required": _("মন্তব্যটি লিখুন।")},
    )
    posts = forms.TypedMultipleChoiceField(
        label=_("যাঁদের জানাতে চান"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("মন্তব্যটি তাঁদের “আমার করণীয়”-তে উঠবে। লেখার মধ্যে “@পদবি” লিখলেও হয়।"),
    )

    def __init__(self, *args: Any, posts: Iterable[Post] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.callable_posts = {post.pk: post for post in posts}
        if self.callable_posts:
            self.fields["posts"].choices = [  # type: ignore[attr-defined]
                (pk, post.designation) for pk, post in self.callable_posts.items()
            ]
        else:
            del self.fields["posts"]

    @property
    def called(self) -> list[Post]:
        """The chosen posts."""
        return [self.callable_posts[pk] for pk in self.cleaned_data.get("posts", [])]


class CommentForm(RemarkForm):
    """A new remark; about a row, the cell may be chosen."""

    cell = forms.ChoiceField(label=_("কোন ঘরে"), required=False)

    field_order = ("form_key", "cell", "text", "posts")

    def __init__(self, *args: Any, task: Task | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if task is None:
            del self.fields["cell"]
            return
        names = ("subject", *TEXT_FIELDS) if task.subject.name else TEXT_FIELDS
        self.fields["cell"].choices = [  # type: ignore[attr-defined]
            ("", _("পুরো সারি")),
            *((name, CELL_LABELS[name]) for name in names),
        ]


class ReplyForm(RemarkForm):
    text = BengaliCharField(
        label=_("জবাব"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_REMARK,
        error_messages={"required": _("জবাবটি লিখুন।")},
    )
