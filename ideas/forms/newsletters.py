"""What is typed about a newsletter, and by those who want to have it."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from teams.fields import BengaliCharField
from teams.forms import BaseForm, OwnOfficeForm
from teams.models import Office
from workplans.forms import LONGEST_CELL
from workplans.periods import Period

from ..actions.newsletters import NewsletterHead, PieceText
from ..models import LONGEST_NAME, LONGEST_TITLE, Newsletter, Piece
from ..newsletters import half_year_of

HALF_YEARS_OFFERED = 6


def offered_half_years(today: date) -> list[Period]:
    """The half-year under way and those before it, the newest first."""
    periods = [half_year_of(today)]
    while len(periods) < HALF_YEARS_OFFERED:
        first = periods[-1].starts_on
        earlier = date(first.year - 1, 7, 1) if first.month == 1 else date(first.year, 1, 1)
        periods.append(half_year_of(earlier))
    return periods


class NewsletterCreateForm(OwnOfficeForm):
    """Of which office and which half-year."""

    period = forms.ChoiceField(label=_("সময়কাল"))
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, offices: Sequence[Office], today: date, **kwargs: Any) -> None:
        super().__init__(*args, offices=offices, **kwargs)
        period = cast(forms.ChoiceField, self.fields["period"])
        period.choices = [(one.code, one.label) for one in offered_half_years(today)]


class NewsletterForm(BaseForm):
    """Title and editorial."""

    title = BengaliCharField(
        label=_("শিরোনাম"),
        one_line=True,
        max_length=LONGEST_TITLE,
        error_messages={"required": _("নিউজলেটারের শিরোনাম লিখুন।")},
    )
    intro = BengaliCharField(
        label=_("সম্পাদকীয়"),
        required=False,
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("এই সংখ্যার শুরুতে দু-চার কথা; খালিও রাখা যায়।"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft-keep": ""}))

    def __init__(
        self, *args: Any, newsletter: Newsletter, words: NewsletterHead | None = None, **kw: Any
    ) -> None:
        shown = words or NewsletterHead(newsletter.title, newsletter.intro)
        kw["initial"] = {**asdict(shown), "version": newsletter.version}
        super().__init__(*args, **kw)

    @property
    def head(self) -> NewsletterHead:
        return NewsletterHead(self.cleaned_data["title"], self.cleaned_data["intro"])


class PieceForm(BaseForm):
    """A piece's words and picture."""

    title = BengaliCharField(
        label=_("শিরোনাম"),
        one_line=True,
        max_length=LONGEST_TITLE,
        error_messages={"required": _("লেখাটির শিরোনাম দিন।")},
    )
    text = BengaliCharField(
        label=_("লেখা"),
        max_length=LONGEST_CELL,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("কী জানাতে চান, লিখুন।")},
    )
    picture = forms.FileField(
        label=_("ছবি"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPG, PNG বা WebP; ছবির ভেতরের স্থান ও যন্ত্রের তথ্য মুছে রাখা হয়।"),
    )

    @property
    def words(self) -> PieceText:
        return PieceText(self.cleaned_data["title"], self.cleaned_data["text"])


class NewsForm(PieceForm):
    """A piece of one's own."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class PieceUpdateForm(PieceForm):
    """A piece as it is."""

    drop_picture = forms.BooleanField(label=_("ছবিটি সরিয়ে দিন"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft-keep": ""}))

    def __init__(
        self, *args: Any, piece: Piece, words: PieceText | None = None, **kwargs: Any
    ) -> None:
        shown = words or PieceText(piece.title, piece.text)
        kwargs["initial"] = {**asdict(shown), "version": piece.version}
        super().__init__(*args, **kwargs)
        if piece.picture_id is None:
            del self.fields["drop_picture"]


class SubscribeForm(BaseForm):
    """Somebody outside wants an office's newsletter."""

    email = forms.EmailField(
        label=_("ই-মেইল"),
        error_messages={
            "required": _("যে ই-মেইলে নিউজলেটার পেতে চান, লিখুন।"),
            "invalid": _("ঠিকানাটি ই-মেইল ঠিকানার মতো নয়; name@example.com এভাবে লিখুন।"),
        },
    )
    name = BengaliCharField(label=_("নাম"), one_line=True, required=False, max_length=LONGEST_NAME)
