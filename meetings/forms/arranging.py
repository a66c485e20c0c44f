"""What an office arranges for its meetings: topics, phrases, file numbers, groups, templates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bangla.text import squeeze
from teams.forms import BaseForm
from teams.memo import Memo, MemoError, parse_prefix
from teams.models import Office, Post
from teams.templatetags.bangla_tags import filesize

from ..enums import PhrasePlace
from ..word import check_template
from .fields import DayField, LineField, WordsField

# An index of PostgreSQL holds no entry above 2,704 bytes, and a Bengali letter takes three.
LONGEST_PHRASE = 600
LONGEST_FILENAME = 255


class ArrangingForm(BaseForm):
    """One of many forms on a page; `key` ("topic", "topic-12") parts the ids of their fields."""

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:
        self.key = key
        kwargs["auto_id"] = f"id_{key}-%s"
        super().__init__(*args, **kwargs)

    def point_out(self) -> None:
        """Let the page open at the first field with a fault; it may stand far down."""
        first = next((name for name in self.errors if name in self.fields), None)
        if first:
            self.fields[first].widget.attrs["autofocus"] = True


# --- Standing topics -----------------------------------------------------------------------
class TopicForm(ArrangingForm):
    title = LineField(
        label=_("আলোচ্য বিষয়"), error_messages={"required": _("আলোচ্য বিষয়ের নাম লিখুন।")}
    )


class TopicChangeForm(TopicForm):
    is_active = forms.BooleanField(
        label=_("প্রতিটি নতুন আলোচ্যসূচিতে রাখুন"),
        required=False,
        help_text=_("টিক তুলে দিলে পরের সভা থেকে আর উঠবে না; আগের সভায় যা আছে থাকবে।"),
    )


# --- Phrases -------------------------------------------------------------------------------
class PhraseForm(ArrangingForm):
    place = forms.ChoiceField(label=_("কোথায়"), choices=PhrasePlace.choices)
    text = WordsField(
        label=_("বাক্য"),
        max_length=LONGEST_PHRASE,
        error_messages={"required": _("বাক্যটি লিখুন।")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 2


# --- File numbers --------------------------------------------------------------------------
class PrefixField(forms.CharField):
    """A file number (নথি নম্বর) of either grammar, in any digits; the value is a Memo."""

    def clean(self, value: Any) -> Memo:
        try:
            return parse_prefix(super().clean(value))
        except MemoError as error:
            raise ValidationError(str(error)) from error


class PrefixForm(ArrangingForm):
    number = PrefixField(
        label=_("নথি নম্বর"),
        max_length=200,
        help_text=_("স্মারক নম্বরের শেষের জারি নম্বর বাদে যা থাকে, ১৮ বা ২২ অঙ্ক।"),
        error_messages={"required": _("নথি নম্বরটি লিখুন।")},
    )
    label = LineField(label=_("শাখা বা নথির নাম"), required=False, max_length=200)


class PrefixChangeForm(ArrangingForm):
    label = LineField(label=_("শাখা বা নথির নাম"), required=False, max_length=200)
    is_active = forms.BooleanField(label=_("নতুন চিঠিতে এই নথির নম্বর প্রস্তাব করুন"), required=False)


# --- Groups of posts -----------------------------------------------------------------------
class GroupForm(ArrangingForm):
    """A group's name and who is in it; the value of `members` is a list of posts.

    `posts` is everybody who can be ticked, with their offices loaded; `office` is whose group
    it is.
    """

    name = LineField(
        label=_("গ্রুপের নাম"), max_length=200, error_messages={"required": _("গ্রুপের নাম লিখুন।")}
    )
    members = forms.MultipleChoiceField(
        label=_("কারা আছেন"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("গ্রুপে অন্তত একটি পদ বেছে নিন।"),
            "invalid_choice": _("তালিকার একটি পদ এর মধ্যে বদলে গেছে। কারা আছেন, আবার বেছে নিন।"),
        },
    )

    def __init__(self, *args: Any, posts: Sequence[Post], office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._posts = {str(post.pk): post for post in posts}
        own = [(str(post.pk), post.designation) for post in posts if post.office_id == office.pk]
        others = [
            (str(post.pk), f"{post.designation}, {post.office.name}")
            for post in posts
            if post.office_id != office.pk
        ]
        below = (gettext("ঠিক নিচের দপ্তরের প্রধান"), others)
        members: Any = self.fields["members"]
        members.choices = [(office.name, own), below] if others else own

    def clean_members(self) -> list[Post]:
        return [self._posts[code] for code in self.cleaned_data["members"]]


class GroupChangeForm(GroupForm):
    since = DayField(
        label=_("সদস্য তালিকা যে তারিখ থেকে"),
        initial=timezone.localdate,
        help_text=_("আগের তারিখের সভার সিদ্ধান্ত তখনকার সদস্যদেরই থাকে।"),
        error_messages={"required": _("কোন তারিখ থেকে এই সদস্য তালিকা, লিখুন।")},
    )
    is_active = forms.BooleanField(label=_("সিদ্ধান্তে বেছে নেওয়া যাবে"), required=False)

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if since > timezone.localdate():
            raise ValidationError(gettext("তারিখটি আজকের পরে হতে পারে না। আজকের বা আগের তারিখ দিন।"))
        return since


def ticked(members: Iterable[Post]) -> list[str]:
    """Posts as the boxes of a GroupForm name them."""
    return [str(post.pk) for post in members]


# --- Word templates ------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class BroughtTemplate:
    """A .docx that can be used: its bytes, and its name as the officer knows it."""

    content: bytes
    filename: str


class TemplateForm(ArrangingForm):
    """An office's own Word template of a kind; whatever is wrong with it is said at once."""

    file = forms.FileField(
        label=_("নিজস্ব টেমপ্লেট (.docx)"),
        max_length=LONGEST_FILENAME,
        widget=forms.FileInput(attrs={"accept": ".docx", "class": "drop"}),
        error_messages={
            "required": _("Word ফাইলটি বেছে নিন।"),
            "empty": _("ফাইলটি খালি। আবার বেছে নিন।"),
        },
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_file(self) -> BroughtTemplate:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > settings.MAX_UPLOAD_BYTES:
            raise ValidationError(
                gettext("ফাইলটি %(size)s; সর্বোচ্চ %(most)s পর্যন্ত দেওয়া যায়। ছোট করে আবার দিন।")
                % {
                    "size": filesize(upload.size or 0),
                    "most": filesize(settings.MAX_UPLOAD_BYTES),
                }
            )
        content = upload.read()
        if faults := check_template(self.kind, content).sentences:
            raise ValidationError(list(faults))
        return BroughtTemplate(content, squeeze(upload.name or ""))
