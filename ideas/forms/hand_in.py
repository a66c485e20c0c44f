"""What anybody types to hand in an idea."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bangla.digits import to_ascii
from bangla.text import squeeze
from teams.fields import BengaliCharField
from teams.forms import BaseForm
from teams.models import Office, User
from teams.templatetags.bangla_tags import digits
from teams.uploads import CleanFile, clean_upload

from ..actions import HandIn
from ..models import LONGEST_NAME, LONGEST_TITLE

LONGEST_TEXT = 8_000  # characters; three pages
MOST_FILES = 3
PHONE_DIGITS = range(6, 16)
# What names a person, dropped when they do not want to be named.
IDENTITY = ("submitter_name", "submitter_detail", "email", "phone")


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class CleanFilesField(forms.FileField):
    """Up to MOST_FILES files, each freed of who made it; the value is a list of CleanFile."""

    def clean(self, data: Any, initial: Any = None) -> list[CleanFile]:
        uploads = data if isinstance(data, list | tuple) else [data]
        uploads = [upload for upload in uploads if isinstance(upload, UploadedFile)]
        if len(uploads) > MOST_FILES:
            most = digits(MOST_FILES)
            raise ValidationError(gettext("একসঙ্গে সর্বোচ্চ %(most)sটি ফাইল দেওয়া যায়।") % {"most": most})
        return [_cleaned(upload) for upload in uploads]


def _cleaned(upload: UploadedFile) -> CleanFile:
    """One file. Raises ValidationError naming it, for there may be three."""
    try:
        return clean_upload(upload)
    except ValidationError as refused:
        name = squeeze(upload.name or "")[:60]
        raise ValidationError([f"“{name}”: {sentence}" for sentence in refused.messages]) from None


class HandInForm(BaseForm):
    """The public form; `person` is who is logged in, `office` where the page belongs."""

    description = BengaliCharField(
        label=_("প্রস্তাব"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5, "data-phonetic": ""}),
        help_text=_("কী করলে কাজটি সহজ হবে, নিজের ভাষায় লিখুন।"),
        error_messages={"required": _("আপনার প্রস্তাবটি দু-এক বাক্যে লিখুন।")},
    )
    problem = BengaliCharField(
        label=_("সমস্যা"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "data-phonetic": ""}),
        help_text=_("এখন কার কী অসুবিধা হয়।"),
    )
    benefit = BengaliCharField(
        label=_("কে উপকৃত হবেন"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2, "data-phonetic": ""}),
    )
    title = BengaliCharField(
        label=_("এক লাইনে শিরোনাম"),
        one_line=True,
        required=False,
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"data-phonetic": ""}),
        help_text=_("খালি রাখলে প্রস্তাবের প্রথম কথাগুলো শিরোনাম হবে।"),
    )
    attachments = CleanFilesField(
        label=_("ছবি বা PDF"),
        required=False,
        widget=ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        help_text=_("সর্বোচ্চ ৩টি। ছবি তোলার স্থান, যন্ত্র ও লেখকের তথ্য মুছে তবেই রাখা হয়।"),
    )
    submitter_name = BengaliCharField(
        label=_("নাম"),
        one_line=True,
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name", "data-phonetic": ""}),
    )
    submitter_detail = BengaliCharField(
        label=_("পদবি ও দপ্তর, বা পেশা ও ঠিকানা"), one_line=True, required=False, max_length=LONGEST_NAME
    )
    email = forms.EmailField(
        label=_("ই-মেইল"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("দিলে প্রতিটি সিদ্ধান্ত চিঠিতে জানানো হবে।"),
        error_messages={"invalid": _("ই-মেইল ঠিকানাটি ঠিক নয়; এভাবে লিখুন: nam@example.com।")},
    )
    phone = BengaliCharField(
        label=_("মোবাইল"),
        one_line=True,
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text=_("কিছু জানার দরকার হলে দপ্তর ফোন করবে।"),
    )
    is_shared = forms.BooleanField(
        label=_("বাছাই হলে শিরোনাম ও লেখা অন্যরা দেখতে পাবেন"),
        required=False,
        initial=True,
        help_text=_("নাম ও যোগাযোগের ঠিকানা কাউকে দেখানো হয় না।"),
    )
    is_anonymous = forms.BooleanField(
        label=_("নাম প্রকাশ না করে দিন"),
        required=False,
        help_text=_("আপনার নাম, পদবি, ঠিকানা বা লগ-ইনের কোনো তথ্য আইডিয়ার সঙ্গে রাখা হবে না।"),
    )
    # For programs that fill in whatever they find.
    website = forms.CharField(
        label=_("এই ঘরটি খালি রাখুন"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    ticket = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_similar = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, office: Office, person: User | None, **kwargs: Any) -> None:
        kwargs["initial"] = {**_known_of(person), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self._is_staff = person is not None
        self.offices = {office.pk: office}
        own = person.scope.office if person else None
        if own and own.is_active:
            self.offices = {own.pk: own} | self.offices
        if len(self.offices) > 1:
            self.fields["office"] = forms.TypedChoiceField(
                label=_("যে দপ্তরকে দিচ্ছেন"),
                coerce=int,
                choices=[(each.pk, each.name) for each in self.offices.values()],
                error_messages={"invalid_choice": _("তালিকা থেকে দপ্তর বেছে নিন।")},
            )

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        figures = "".join(sign for sign in to_ascii(phone) if sign.isdigit())
        if phone and (len(figures) not in PHONE_DIGITS or not figures.isascii()):
            raise ValidationError(gettext("মোবাইল নম্বরটি ঠিক নয়; এভাবে লিখুন: ০১৭১২৩৪৫৬৭৮।"))
        return f"+{figures}" if phone.startswith("+") else figures

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()

    @property
    def hand_in(self) -> HandIn:
        """What was written; without a word of who wrote it if that is not wanted."""
        names = HandIn.__dataclass_fields__
        unnamed = IDENTITY if self.wants_no_name else ()
        return HandIn(**{name: self.cleaned_data[name] for name in names if name not in unnamed})

    @property
    def wants_no_name(self) -> bool:
        return bool(self.cleaned_data.get("is_anonymous"))

    @property
    def is_signed(self) -> bool:
        """Whether the idea may be tied to an account: not if the name was taken out of its box.

        The page promises to keep no trace of whoever gives no name.
        """
        return bool(self.cleaned_data["submitter_name"]) and not self.wants_no_name

    @property
    def offers_no_name(self) -> bool:
        """For staff; and it stays for whoever ticked it before their session ended."""
        return self._is_staff or bool(self["is_anonymous"].value())

    @property
    def receiver(self) -> Office:
        """Where it goes."""
        chosen = self.cleaned_data.get("office")
        return self.offices[chosen] if chosen else next(iter(self.offices.values()))

    @property
    def shows_identity(self) -> bool:
        """Whether the part about the person stands open from the start."""
        return any(self[name].value() or self[name].errors for name in IDENTITY)


def _known_of(person: User | None) -> dict[str, str]:
    """What somebody who is logged in need not type."""
    if person is None:
        return {}
    post = person.scope.main_post
    detail = ", ".join(filter(None, [post.designation, post.office.name])) if post else ""
    return {
        "submitter_name": person.name,
        "submitter_detail": detail[:LONGEST_NAME],
        "email": person.email,
        "phone": person.mobile,
    }
