"""What is typed during a meeting: items, decisions, follow-ups, attendance."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from bangla.dates import parse_date
from ideas.models import Idea
from teams.forms import BaseForm
from workplans.models import Task

from ..actions import DecisionWords
from ..decided_ideas import lacks_reason
from ..enums import Confirmation, FollowUpOutcome, IdeaEffect, ItemState, Presence, TaskEffect
from ..idea_options import IdeaOptions
from ..implementers import Choices
from ..models import AgendaItem, Decision, FollowUp
from .fields import DayField, LineField, WordsField


def version_field() -> forms.IntegerField:
    """The version the words were typed on; a browser's draft takes it along."""
    return forms.IntegerField(
        widget=forms.HiddenInput(attrs={"data-draft-keep": ""}), required=False, initial=0
    )


class ItemForm(BaseForm):
    """An agenda item: its topic, what was said, and of the last minutes what became of them."""

    version = version_field()
    topic = LineField(
        label=_("আলোচ্য বিষয়"), error_messages={"required": _("আলোচ্য বিষয়ের নাম লিখুন।")}
    )
    discussion = WordsField(label=_("আলোচনা"), required=False)
    confirmation = forms.ChoiceField(
        label=_("গত সভার কার্যবিবরণী"),
        choices=[("", _("এখনো বলা হয়নি")), *Confirmation.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    correction = WordsField(label=_("যে সংশোধন করা হলো"), required=False)

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                name: getattr(item, name)
                for name in ("version", "topic", "discussion", "confirmation", "correction")
            },
        )
        kwargs.setdefault("auto_id", f"id_item-{item.pk}-%s")
        super().__init__(*args, **kwargs)
        if item.confirms_id is None:
            del self.fields["confirmation"], self.fields["correction"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("confirmation") == Confirmation.CORRECTED and not data.get("correction"):
            self.add_error("correction", gettext("কী সংশোধন করা হলো, লিখুন।"))
        return data

    @property
    def words(self) -> dict[str, str]:
        return {name: text for name, text in self.cleaned_data.items() if name != "version"}


class NewItemForm(BaseForm):
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
    topic = LineField(
        label=_("নতুন আলোচ্য বিষয়"), error_messages={"required": _("আলোচ্য বিষয়ের নাম লিখুন।")}
    )


class ItemStateForm(BaseForm):
    state = forms.ChoiceField(choices=ItemState.choices)


class DecisionForm(BaseForm):
    """A decision in the few boxes that fit beside the discussion.

    `chosen` are codes of ticked implementers; the page's script fills them, and the decision's
    own page offers them as boxes (`full`), with the link to the work plan.
    """

    version = version_field()
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
    text = WordsField(label=_("সিদ্ধান্ত"), error_messages={"required": _("সিদ্ধান্তটি লিখুন।")})
    implementer_text = LineField(
        label=_("বাস্তবায়নকারী"),
        required=False,
        max_length=1_000,
        help_text=_("যেভাবে ছাপা হবে; পদ বা গ্রুপের নাম লিখলে কাজটি তাঁদের করণীয়তে ওঠে।"),
    )
    due_text = LineField(label=_("শেষ তারিখ"), required=False, help_text=_("যেমন ১৫ ডিসেম্বর ২০২৬"))
    chosen = forms.MultipleChoiceField(
        label=_("কারা করবেন"),
        required=False,
        choices=[],
        widget=forms.CheckboxSelectMultiple,
    )
    task_effect = forms.ChoiceField(
        label=_("কর্মপরিকল্পনায়"), choices=TaskEffect.choices, required=False
    )
    task = forms.ModelChoiceField(
        label=_("কোন কাজ"), queryset=Task.objects.none(), required=False, empty_label=_("কোনোটি নয়")
    )

    idea_effect = forms.ChoiceField(
        label=_("আইডিয়ার বিষয়ে"), choices=IdeaEffect.choices, required=False
    )
    idea_words = LineField(
        label=_("অন্য দপ্তরের প্রকাশিত উদ্যোগ খুঁজুন"),
        required=False,
        help_text=_("শব্দ লিখে “তালিকায় খুঁজুন” চাপলে নিচের তালিকায় মেলা উদ্যোগগুলো আসবে; অন্য লেখা থেকে যাবে।"),
    )
    idea = forms.ModelChoiceField(
        label=_("কোন আইডিয়া"),
        queryset=Idea.objects.none(),
        required=False,
        empty_label=_("কোনোটি নয়"),
    )

    def __init__(
        self,
        *args: Any,
        choices: Choices,
        tasks: Any,
        ideas: IdeaOptions,
        decision: Decision | None = None,
        full: bool = False,
        **kwargs: Any,
    ) -> None:
        if decision is not None:
            kwargs.setdefault("initial", decision_words(decision))
            kwargs.setdefault("auto_id", f"id_decision-{decision.pk}-%s")
        super().__init__(*args, **kwargs)
        groups = (
            (pgettext("list", "পদ"), choices.posts),
            (gettext("গ্রুপ"), choices.groups),
            (gettext("অধীন দপ্তর"), choices.offices),
        )
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            (label, [(one.code, one.label) for one in members])
            for label, members in groups
            if members
        ]
        self.fields["task"].queryset = tasks  # type: ignore[attr-defined]
        self.ideas = ideas
        self.fields["idea"].queryset = ideas.all()  # type: ignore[attr-defined]
        if not choices.offices:  # nobody to recommend anything to
            del self.fields["idea_words"]
            self.fields["idea_effect"].choices = [  # type: ignore[attr-defined]
                option for option in IdeaEffect.choices if option[0] != IdeaEffect.RECOMMEND
            ]
        if full:
            listed = ideas.groups(chosen=self["idea"].value(), with_proven=bool(choices.offices))
            self.fields["idea"].choices = listed  # type: ignore[attr-defined]
        else:
            self.fields.pop("idea_words", None)
            for name in ("task", "task_effect", "idea", "idea_effect"):
                self.fields[name].widget = forms.HiddenInput()
            self.fields["chosen"].widget = forms.MultipleHiddenInput()
            self.fields["text"].widget.attrs["rows"] = 2
            self.fields["implementer_text"].help_text = ""
            self.fields["due_text"].help_text = ""
            self.fields["due_text"].widget.attrs["placeholder"] = gettext("যেমন ১৫ ডিসেম্বর ২০২৬")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        effect = data.get("task_effect", "")
        if effect in {TaskEffect.LINK, TaskEffect.RESCHEDULE} and not data.get("task"):
            self.add_error("task", gettext("কর্মপরিকল্পনার কোন কাজ, তা বেছে নিন।"))
        if data.get("idea_effect") and not data.get("idea"):
            self.add_error("idea", gettext("কোন আইডিয়ার বিষয়ে সিদ্ধান্ত, তা বেছে নিন।"))
        if data.get("idea") and (why := self._why_not_this_idea(data)):
            self.add_error("idea", why)
        if data.get("idea_effect") == IdeaEffect.DECLINE and lacks_reason(data.get("text", "")):
            self.add_error("text", gettext("আইডিয়াটি কেন গ্রহণ করা হলো না, “কারণ:”-এর পরে লিখুন।"))
        due = data.get("due_text", "")
        if effect == TaskEffect.RESCHEDULE and not (due and parse_date(due).value):
            self.add_error(
                "due_text", gettext("কাজের শেষ তারিখ বদলাতে একটি তারিখ লিখুন, যেমন ১৫ ডিসেম্বর ২০২৬।")
            )
        return data

    def _why_not_this_idea(self, data: dict[str, Any]) -> str:
        return self.ideas.why_not(data["idea"], data.get("idea_effect", ""))

    @property
    def words(self) -> DecisionWords:
        data = self.cleaned_data
        return DecisionWords(
            text=data["text"],
            implementer_text=data["implementer_text"],
            due_text=data["due_text"],
            chosen=data["chosen"],
            task=data["task"],
            task_effect=data["task_effect"] or TaskEffect.NONE,
            idea=data["idea"],
            idea_effect=data["idea_effect"] or IdeaEffect.NONE,
        )


def decision_words(decision: Decision) -> dict[str, Any]:
    """A decision as its form shows it."""
    return {
        "version": decision.version,
        "text": decision.text,
        "implementer_text": decision.implementer_text,
        "due_text": decision.due_text,
        "chosen": [one.code for one in decision.implementers.all()],
        "task": decision.task_id,
        "task_effect": decision.task_effect,
        "idea": decision.idea_id,
        "idea_effect": decision.idea_effect,
    }


class FollowUpForm(BaseForm):
    version = version_field()
    note = WordsField(label=_("সভায় যা বলা হলো"), required=False)
    outcome = forms.ChoiceField(
        label=_("সভার কথা"), choices=FollowUpOutcome.choices, initial=FollowUpOutcome.CONTINUE
    )
    new_due_on = DayField(label=_("নতুন শেষ তারিখ"), required=False)

    def __init__(
        self, *args: Any, decision_pk: int, note: FollowUp | None = None, **kwargs: Any
    ) -> None:
        if note is not None:
            names = ("version", "note", "outcome", "new_due_on")
            kwargs.setdefault("initial", {name: getattr(note, name) for name in names})
        kwargs.setdefault("auto_id", f"id_follow-{decision_pk}-%s")
        super().__init__(*args, **kwargs)
        self.fields["note"].widget.attrs["rows"] = 1

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        outcome = data.get("outcome")
        is_open_ended = not data.get("new_due_on") and "new_due_on" not in self.errors
        if outcome == FollowUpOutcome.EXTENDED and is_open_ended:
            self.add_error(
                "new_due_on", gettext("সময় বাড়লে নতুন শেষ তারিখটি লিখুন, যেমন ১৫ ডিসেম্বর ২০২৬।")
            )
        if outcome == FollowUpOutcome.DROPPED and not data.get("note"):
            self.add_error("note", gettext("সিদ্ধান্তটি কেন বাদ দেওয়া হলো, লিখুন।"))
        return data

    @property
    def words(self) -> dict[str, Any]:
        """What is written about the decision; a new day counts only where time is given."""
        data = self.cleaned_data
        is_extended = data["outcome"] == FollowUpOutcome.EXTENDED
        new_due_on = data["new_due_on"] if is_extended else None
        return {"note": data["note"], "outcome": data["outcome"], "new_due_on": new_due_on}


class SeatForm(BaseForm):
    """One member's tap. `was` is what the page showed, so that only changes are written."""

    was = forms.CharField(required=False, widget=forms.HiddenInput)
    presence = forms.ChoiceField(
        choices=[("", ""), *Presence.choices], required=False, widget=forms.RadioSelect
    )
    name = LineField(label=_("প্রতিনিধির নাম"), required=False)
    designation = LineField(label=_("প্রতিনিধির পদবি"), required=False)

    @property
    def is_changed(self) -> bool:
        data = self.cleaned_data
        said = f"{data['presence']}|{data['name']}|{data['designation']}"
        return bool(data["presence"]) and said != data["was"]


class GuestForm(BaseForm):
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
    name = LineField(label=_("নাম"), error_messages={"required": _("অতিথির নাম লিখুন।")})
    designation = LineField(label=_("পদবি"), required=False)
    office_name = LineField(label=_("দপ্তর"), required=False)
    contact = LineField(
        label=_("ফোন বা ই-মেইল"),
        required=False,
        max_length=200,
        help_text=_("শুধু আপনার টিম দেখবে। ই-মেইল দিলে কার্যবিবরণী তাঁর কাছেও যাবে।"),
    )
    presence = forms.ChoiceField(
        label=_("উপস্থিতি"),
        choices=[
            (Presence.PRESENT, Presence.PRESENT.label),
            (Presence.ONLINE, Presence.ONLINE.label),
        ],
        initial=Presence.PRESENT,
        widget=forms.RadioSelect,
    )

    def clean_presence(self) -> Presence:
        return Presence(self.cleaned_data["presence"])


class ReasonForm(BaseForm):
    reason = WordsField(label=_("কারণ"), error_messages={"required": _("কারণটি লিখুন।")})

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if not reason:
            raise ValidationError(gettext("কারণটি লিখুন।"))
        return reason
