"""What officers type to lay something open or to take it back, and readers to find it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bangla.collation import sort_key
from teams.enums import Tier
from teams.fields import BengaliCharField
from teams.filters import LONGEST_SEARCH
from teams.forms import BaseForm
from teams.models import Office

from ..publishing.contacts import open_words
from ..publishing.portal import ThingKind, Wanted

LONGEST_REASON = 1_000
# The branches of the government a reader can ask for, each by its own field.
BRANCHES = {"ministry": Tier.MINISTRY, "division": Tier.DIVISION, "district": Tier.DISTRICT}


class WithdrawForm(BaseForm):
    """Why something is taken back; everybody reads the reason."""

    reason = BengaliCharField(
        label=_("প্রত্যাহারের কারণ"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("পুরোনো ঠিকানায় যিনি আসবেন, তিনি তারিখসহ এই কারণ পড়বেন।"),
        error_messages={
            "required": _("কেন প্রত্যাহার করছেন, লিখুন।"),
            "max_length": _("কারণটি এক হাজার অক্ষরের মধ্যে লিখুন।"),
        },
    )

    def clean_reason(self) -> str:
        """Everybody's to read, so without contacts."""
        reason: str = open_words(self.cleaned_data["reason"])
        if not reason:
            raise ValidationError(_("কারণটি কথায় লিখুন; ফোন নম্বর বা ই-মেইল সবার সামনে দেখানো হয় না।"))
        return reason


class PortalForm(BaseForm):
    """What to look for among everything that was laid open; odd values are no condition.

    `offices` are those that have laid something open; only their branches are offered.
    """

    q = forms.CharField(
        label=_("কী খুঁজছেন"),
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(label=_("ধরন"), required=False)
    tier = forms.ChoiceField(label=_("দপ্তরের পর্যায়"), required=False)
    ministry = forms.ChoiceField(label=_("মন্ত্রণালয়"), required=False)
    division = forms.ChoiceField(label=_("বিভাগ"), required=False)
    district = forms.ChoiceField(label=_("জেলা"), required=False)

    def __init__(self, *args: Any, paths: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        over = {code for path in paths for code in path.split("/")}
        branches = Office.objects.filter(tier__in=BRANCHES.values())
        self._branches = {office.code: office for office in branches if office.code in over}
        self._offer("kind", _("সব ধরন"), list(ThingKind.choices))
        self._offer("tier", _("সব পর্যায়"), list(Tier.choices))
        for name, tier in BRANCHES.items():
            offered = [(one.code, one.place) for one in self._branches.values() if one.tier == tier]
            every = (_("সব মন্ত্রণালয়"), _("সব বিভাগ"), _("সব জেলা"))[list(BRANCHES).index(name)]
            self._offer(name, every, sorted(offered, key=lambda choice: sort_key(choice[1])))

    def _offer(self, name: str, every: Any, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", every), *choices]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Wanted:
        """What was asked for, as far as it can be read."""
        self.is_valid()
        asked = self.cleaned_data
        branches = [self._branches[code] for name in BRANCHES if (code := asked.get(name))]
        # The innermost of the branches; one inside another narrows it, two apart find nothing.
        path = max((branch.path for branch in branches), key=len, default="")
        if any(not path.startswith(branch.path) for branch in branches):
            path = "/"
        return Wanted(
            words=asked.get("q", ""),
            kind=asked.get("kind", ""),
            tier=asked.get("tier", ""),
            path=path,
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether more than words was asked for."""
        return any(self.data.get(name) for name in ("kind", "tier", *BRANCHES))
