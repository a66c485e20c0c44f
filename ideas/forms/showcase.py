"""What officers type to show an initiative: its page, its pictures, an event, an award."""

import uuid
from dataclasses import asdict
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from teams.actions import propose_memo
from teams.fields import BengaliCharField, BengaliDateField, MemoField
from teams.forms import BaseForm, OwnOfficeForm
from teams.models import Office
from teams.uploads import CleanFile, clean_upload
from workplans.forms import LONGEST_CELL

from ..actions import AwardText, EventText, InitiativeText
from ..enums import FilePurpose
from ..models import LONGEST_NAME, LONGEST_TITLE, Event, Idea, Initiative
from ..showcase import events_to_honour, ideas_to_honour

LONGEST_SUMMARY = 1_000
LONGEST_CITATION = 600
LONGEST_DATE = 100
LONGEST_LINK = 200  # the column's own length
PAGE_PURPOSES = (FilePurpose.BEFORE, FilePurpose.AFTER, FilePurpose.PICTURE)


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class IdeaChoice(forms.ModelChoiceField):
    """An idea under the title that other offices read."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.public_title)


class LinkField(forms.CharField):
    """The address of a page elsewhere, by https only; a link of any other kind is refused."""

    widget = forms.URLInput

    def clean(self, value: Any) -> str:
        address: str = super().clean(value)
        if not address:
            return ""
        if "://" not in address and ":" not in address.split("/")[0]:
            address = f"https://{address}"
        try:
            URLValidator(schemes=["https"])(address)
        except ValidationError as refused:
            raise ValidationError(
                gettext("ভিডিওর ঠিকানাটি ঠিক নয়। https:// দিয়ে শুরু হওয়া পুরো ঠিকানা লিখুন।")
            ) from refused
        if len(address) > LONGEST_LINK:
            raise ValidationError(gettext("ভিডিওর ঠিকানাটি অনেক লম্বা। ছোট ঠিকানাটি দিন।"))
        return address


# --- The page of an initiative -----------------------------------------------------------------
class InitiativeForm(BaseForm):
    """The words of an initiative's page; `words` are shown at first."""

    title = BengaliCharField(
        label=_("উদ্যোগের নাম"),
        one_line=True,
        max_length=LONGEST_TITLE,
        error_messages={"required": _("উদ্যোগটির একটি নাম লিখুন।")},
    )
    summary = BengaliCharField(
        label=_("এক নজরে"),
        max_length=LONGEST_SUMMARY,
        widget=_lines(3),
        help_text=_("দু-তিন বাক্যে: কী করা হয়েছে, কার কী লাভ হয়েছে। তালিকায় এটুকুই দেখা যায়।"),
        error_messages={"required": _("উদ্যোগটি দু-তিন বাক্যে লিখুন।")},
    )
    before = BengaliCharField(
        label=_("আগে যেমন ছিল"), required=False, max_length=LONGEST_CELL, widget=_lines(4)
    )
    after = BengaliCharField(
        label=_("এখন যেমন"), required=False, max_length=LONGEST_CELL, widget=_lines(4)
    )
    story = BengaliCharField(
        label=_("যেভাবে হলো"),
        required=False,
        max_length=LONGEST_CELL,
        widget=_lines(6),
        help_text=_("অন্য দপ্তর যাতে নিজেরা করতে পারে: কী কী লেগেছে, কোথায় বাধা এসেছে, কীভাবে কেটেছে।"),
    )
    video_url = LinkField(
        label=_("ভিডিওর ঠিকানা"),
        required=False,
        max_length=2 * LONGEST_LINK,
        help_text=_("থাকলে: ইউটিউব বা অন্য কোথাও রাখা ভিডিওর https ঠিকানা।"),
    )
    contact = BengaliCharField(
        label=_("যোগাযোগ"),
        one_line=True,
        required=False,
        max_length=300,
        help_text=_("সবাই দেখবেন: পদবি, দপ্তর ও দাপ্তরিক ফোন। কারও ব্যক্তিগত নম্বর দেবেন না।"),
    )

    def __init__(self, *args: Any, words: InitiativeText, **kwargs: Any) -> None:
        kwargs["initial"] = {**asdict(words), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    @property
    def text(self) -> InitiativeText:
        """The page as typed, ready for the actions."""
        return InitiativeText(
            **{name: self.cleaned_data[name] for name in InitiativeText.__dataclass_fields__}
        )


class InitiativeUpdateForm(InitiativeForm):
    """The words as they are; `words` are shown instead of the page's own."""

    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft-keep": ""}))

    def __init__(
        self,
        *args: Any,
        initiative: Initiative,
        words: InitiativeText | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"version": initiative.version}
        super().__init__(*args, words=words or InitiativeText.of(initiative), **kwargs)


class CaptionForm(BaseForm):
    """What a picture shows, and the words under it."""

    purpose = forms.ChoiceField(
        label=_("কী দেখায়"), choices=[(each.value, each.label) for each in PAGE_PURPOSES]
    )
    caption = BengaliCharField(
        label=_("ছবির কথা"),
        one_line=True,
        required=False,
        max_length=300,
        help_text=_("ছবিতে কী আছে, এক বাক্যে; যাঁরা দেখতে পান না তাঁরা এটি শুনবেন।"),
    )


class PictureForm(CaptionForm):
    """A picture for the page."""

    field_order = ("picture",)
    picture = forms.FileField(
        label=_("ছবি"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": _("একটি ছবি বেছে নিন।"),
            "empty": _("ফাইলটি খালি। আবার বেছে নিন।"),
        },
    )

    def clean_picture(self) -> CleanFile:
        return clean_upload(self.cleaned_data["picture"], pictures_only=True)


# --- Events ------------------------------------------------------------------------------------
class EventForm(BaseForm):
    """What is said of a showcase."""

    title = BengaliCharField(
        label=_("অনুষ্ঠানের নাম"),
        one_line=True,
        max_length=LONGEST_TITLE,
        help_text=_("যেমন “জেলা ইনোভেশন শোকেসিং ২০২৬”।"),
        error_messages={"required": _("অনুষ্ঠানের নাম লিখুন।")},
    )
    held_on = BengaliDateField(
        label=_("তারিখ"),
        max_length=LONGEST_DATE,
        error_messages={"required": _("অনুষ্ঠানের তারিখ লিখুন।")},
    )
    place = BengaliCharField(label=_("স্থান"), one_line=True, required=False, max_length=300)
    text = BengaliCharField(
        label=_("বিবরণ"), required=False, max_length=LONGEST_CELL, widget=_lines(4)
    )

    @property
    def words(self) -> EventText:
        """The event as typed, ready for the actions."""
        return EventText(**{name: self.cleaned_data[name] for name in EventForm.base_fields})


class EventCreateForm(OwnOfficeForm, EventForm):
    """A showcase to be prepared."""

    field_order = ("office",)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class EventUpdateForm(EventForm):
    """The words as they are; `words` are shown instead of the event's own."""

    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft-keep": ""}))

    def __init__(
        self, *args: Any, event: Event, words: EventText | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {**asdict(words or EventText.of(event)), "version": event.version}
        super().__init__(*args, **kwargs)


class EntryForm(BaseForm):
    """What is said of an initiative at an event."""

    remark = BengaliCharField(label=_("মন্তব্য"), one_line=True, required=False, max_length=300)


# --- Awards ------------------------------------------------------------------------------------
class AwardForm(BaseForm):
    """An award of one office, as it will stand on the certificate."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    title = BengaliCharField(
        label=_("স্বীকৃতির নাম"),
        one_line=True,
        max_length=LONGEST_TITLE,
        help_text=_("যেমন “শ্রেষ্ঠ উদ্ভাবনী উদ্যোগ ২০২৬”।"),
        error_messages={"required": _("স্বীকৃতির নাম লিখুন।")},
    )
    recipient_name = BengaliCharField(
        label=_("যিনি বা যাঁরা পেলেন"),
        one_line=True,
        max_length=LONGEST_NAME,
        help_text=_("ব্যক্তি, দল বা দপ্তরের নাম, সনদে যেভাবে থাকবে।"),
        error_messages={"required": _("কে পেলেন, তাঁর নাম লিখুন।")},
    )
    recipient_detail = BengaliCharField(
        label=_("পদবি ও দপ্তর"), one_line=True, required=False, max_length=300
    )
    citation = BengaliCharField(
        label=_("যে জন্য"),
        one_line=True,  # the certificate has one paragraph for it
        max_length=LONGEST_CITATION,
        widget=_lines(4),
        help_text=_("সনদের মূল কথা, এক-দুই বাক্যে: “নামজারি সেবায় … চালু করে … কমানোর জন্য”।"),
        error_messages={"required": _("কী জন্য স্বীকৃতি, এক-দুই বাক্যে লিখুন।")},
    )
    idea = IdeaChoice(
        label=_("উদ্যোগ বা আইডিয়া"),
        queryset=Idea.objects.none(),
        required=False,
        empty_label=_("কোনোটি নয়"),
    )
    event = forms.ModelChoiceField(
        label=_("শোকেসিং অনুষ্ঠান"),
        queryset=Event.objects.none(),
        required=False,
        empty_label=_("কোনোটি নয়"),
    )
    given_on = BengaliDateField(
        label=_("প্রদানের তারিখ"),
        initial=timezone.localdate,
        max_length=LONGEST_DATE,
        error_messages={"required": _("কোন তারিখে দেওয়া হলো, লিখুন।")},
    )
    memo = MemoField(
        label=_("স্মারক নম্বর"),
        required=False,
        max_length=200,
        help_text=_("না থাকলে খালি রাখুন; সনদে নিজের নম্বর তো থাকবেই।"),
    )

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        memo = propose_memo(office)
        kwargs["initial"] = {"memo": memo, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["idea"]).queryset = ideas_to_honour(office)
        cast(forms.ModelChoiceField, self.fields["event"]).queryset = events_to_honour(office)

    def clean_given_on(self) -> date:
        given_on: date = self.cleaned_data["given_on"]
        if given_on > timezone.localdate():
            raise ValidationError(gettext("প্রদানের তারিখ আজকের পরে হতে পারে না।"))
        return given_on

    @property
    def text(self) -> AwardText:
        """The award as typed, ready for the actions."""
        return AwardText(
            **{name: self.cleaned_data[name] for name in AwardText.__dataclass_fields__}
        )


class RevokeForm(BaseForm):
    reason = BengaliCharField(
        label=_("বাতিলের কারণ"),
        widget=_lines(3),
        max_length=2_000,
        help_text=_("যিনি সনদটি যাচাই করবেন, তিনি তারিখসহ এই কারণ দেখবেন।"),
        error_messages={"required": _("স্বীকৃতিটি কেন বাতিল হলো, লিখুন।")},
    )
