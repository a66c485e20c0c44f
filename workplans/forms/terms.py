"""Choosing the duties of the team that a task serves."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teams.forms import BaseForm
from teams.models import TermOfReference

REFUSED = _("তালিকায় নেই এমন কার্যপরিধি এসেছে। পাতাটি আবার খুলে বেছে নিন।")


class TermsForm(BaseForm):
    """The duties of one task, each a tick. `among` are those in force for the plan.

    The boxes are drawn by workplans/_terms_boxes.html, with `proposed` marked. Whatever sends no
    `terms_shown`, as the grid does, has shown no boxes and says nothing about them.
    """

    terms_shown = forms.BooleanField(required=False)
    # Which were ticked when the boxes were drawn: what others ticked meanwhile stays.
    terms_were = forms.CharField(required=False, max_length=1_000)
    terms = forms.TypedMultipleChoiceField(
        label=_("কার্যপরিধি"),
        coerce=int,
        required=False,
        error_messages={"invalid_choice": REFUSED, "invalid_list": REFUSED},
    )

    def __init__(
        self,
        *args: Any,
        among: Sequence[TermOfReference],
        chosen: Sequence[int] = (),
        proposed: Sequence[TermOfReference] = (),
        is_tagged: bool = False,
        **kwargs: Any,
    ) -> None:
        """`is_tagged`: `chosen` is what a task serves now, perhaps by somebody else's word."""
        super().__init__(*args, **kwargs)
        self.among = among
        self.is_tagged = is_tagged
        self._chosen = {str(pk) for pk in chosen}
        self._proposed = {term.pk for term in proposed}
        field = self.fields["terms"]
        field.choices = [(term.pk, str(term)) for term in among]  # type: ignore[attr-defined]

    @property
    def were(self) -> str:
        """What was ticked when the boxes were first drawn, for `terms_were`."""
        now = ",".join(sorted(self._chosen))
        return self.data.get(self.add_prefix("terms_were"), now) if self.is_bound else now

    @property
    def _were(self) -> set[str]:
        return set(self.cleaned_data["terms_were"].split(","))

    @property
    def boxes(self) -> list[tuple[TermOfReference, bool, bool]]:
        """Each duty, whether it is ticked, and whether it is proposed."""
        was_sent = self.is_bound and self.add_prefix("terms_shown") in self.data
        ticked = set(map(str, self["terms"].data or ())) if was_sent else self._chosen
        return [(term, str(term.pk) in ticked, term.pk in self._proposed) for term in self.among]

    @property
    def ticked(self) -> list[TermOfReference]:
        return [term for term, is_ticked, _is_proposed in self.boxes if is_ticked]

    @property
    def proposals(self) -> list[TermOfReference]:
        """What is proposed and not ticked yet."""
        return [
            term for term, is_ticked, is_proposed in self.boxes if is_proposed and not is_ticked
        ]

    @property
    def chosen(self) -> list[TermOfReference] | None:
        """The duties that were ticked; None where no boxes were shown."""
        if not self.cleaned_data["terms_shown"]:
            return None
        ticked = set(self.cleaned_data["terms"])
        if self.is_tagged and self.add_prefix("terms_were") in self.data:
            were = {term.pk for term in self.among if str(term.pk) in self._were}
            now = {term.pk for term in self.among if str(term.pk) in self._chosen}
            ticked = (now | (ticked - were)) - (were - ticked)
        return [term for term in self.among if term.pk in ticked]
