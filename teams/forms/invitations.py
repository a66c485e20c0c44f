"""The forms of inviting and of being welcomed."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ..entry.invitations import MOST_AT_ONCE
from ..enums import InvitationKind
from ..models import User
from ..templatetags.bangla_tags import digits
from .base import BaseForm


class InviteForm(BaseForm):
    """Who is invited and how; `people` are those who may be asked for.

    Cleaned, `person` is a list of them.
    """

    refused = _("যাঁকে বেছেছেন, তাঁকে এখান থেকে আমন্ত্রণ করা যায় না। তালিকাটি আবার দেখুন।")

    person = forms.MultipleChoiceField(
        error_messages={
            "required": _("কাকে আমন্ত্রণ করবেন, তালিকা থেকে অন্তত একজনকে বেছে নিন।"),
            "invalid_choice": refused,
            "invalid_list": refused,
        }
    )
    kind = forms.ChoiceField(
        choices=InvitationKind.choices,
        error_messages={
            "required": _("ই-মেইলে না চিরকুটে, তা বেছে নিন।"),
            "invalid_choice": _("ই-মেইলে না চিরকুটে, তা বেছে নিন।"),
        },
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): person for person in people}
        cast(forms.MultipleChoiceField, self.fields["person"]).choices = [
            (pk, person.name) for pk, person in self._people.items()
        ]

    def clean_person(self) -> list[User]:
        chosen = [self._people[pk] for pk in dict.fromkeys(self.cleaned_data["person"])]
        if len(chosen) > MOST_AT_ONCE:
            raise forms.ValidationError(
                _("একবারে %(most)s জনের বেশি নয়। কয়েকজনকে বাদ দিন।") % {"most": digits(MOST_AT_ONCE)}
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        """A letter needs an address."""
        cleaned = super().clean() or self.cleaned_data
        people: list[User] = cleaned.get("person", [])
        unreachable = [person.name for person in people if not person.email]
        if unreachable and cleaned.get("kind") == InvitationKind.EMAIL:
            self.add_error(
                "person",
                _("%(names)s: ই-মেইল ঠিকানা নেই। তাঁদের জন্য চিরকুট ছাপুন।")
                % {"names": ", ".join(unreachable)},
            )
        return cleaned


class CodeForm(BaseForm):
    """The one-time code, as it is read from the slip or the letter."""

    code = forms.CharField(
        label=_("এককালীন কোড"),
        help_text=_("চিরকুট বা ই-মেইলের ১৬টি অঙ্ক। বাংলা বা ইংরেজি অঙ্কে লিখুন; ফাঁক থাকলেও চলে।"),
        max_length=100,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autofocus": True,
                "data-welcome-code": True,
            }
        ),
        error_messages={"required": _("চিরকুট বা ই-মেইল দেখে কোডটি লিখুন।")},
    )
