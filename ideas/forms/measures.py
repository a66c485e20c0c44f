"""What officers type into the TCV table: time, cost and visits, before and after."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bangla.digits import to_ascii
from bangla.text import squeeze
from teams.fields import BengaliCharField
from teams.forms import BaseForm

from ..actions.measures import MeasureRow, People, rows_of, state_of
from ..enums import UNITS_OF, MeasureKind, MeasureUnit
from ..models import Measure, Pilot, Replication
from ..templatetags.savings_tags import quantity

# Digits in groups as they are written here and abroad: 1,20,000 and 120,000. A comma that sets
# off no group of three, as in "12,5", may be meant as a point and is asked about.
PLAIN_NUMBER = re.compile(r"(?:\d+|\d{1,3}(?:,\d{2,3})*,\d{3})(?:\.\d+)?", re.ASCII)
CURRENCY = re.compile(r"^৳|(?:/[-=]|টাকা)$")
LONGEST_NUMBER = 40  # characters, before anything is read
LARGEST_VALUE = Decimal("9999999999.99")
MOST_PEOPLE = 10_000_000_000


class BengaliDecimalField(forms.CharField):
    """An exact number in either script, with or without commas: ১২.৫, 1,20,000, ৳৫০০/-.

    The value is a Decimal that is not negative, or None. `places` are the most digits after the
    point, `largest` the largest value.
    """

    def __init__(
        self, *, places: int = 2, largest: Decimal | int = LARGEST_VALUE, **options: Any
    ) -> None:
        self.places = places
        self.largest = Decimal(largest)
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return quantity(value) if isinstance(value, Decimal | int) else value

    def clean(self, value: Any) -> Any:
        text = squeeze(super().clean(value) or "")
        if not text:
            return None
        bare = CURRENCY.sub("", to_ascii(text)).replace(" ", "")
        if bare.startswith(("-", "−", "–")):  # noqa: RUF001
            raise ValidationError(_("সংখ্যাটি শূন্যের কম হতে পারে না।"))
        if len(bare) > LONGEST_NUMBER or not PLAIN_NUMBER.fullmatch(bare):
            raise ValidationError(
                _("“%(words)s” সংখ্যা হিসেবে পড়া গেল না। শুধু সংখ্যা লিখুন, যেমন ১২.৫ বা ১,২০,০০০।"),
                params={"words": text[:LONGEST_NUMBER]},
            )
        number = Decimal(bare.replace(",", ""))
        if number > self.largest:
            raise ValidationError(
                _("সংখ্যাটি অনেক বড়। সর্বোচ্চ %(most)s লেখা যায়।"),
                params={"most": quantity(self.largest)},
            )
        if number != round(number, self.places):
            raise ValidationError(self._too_fine())
        return round(number, self.places)

    def _too_fine(self) -> Any:
        if not self.places:
            return _("পূর্ণ সংখ্যা লিখুন, দশমিক ছাড়া।")
        return _("দশমিকের পরে সর্বোচ্চ দুই অঙ্ক লিখুন।")


class BengaliCountField(BengaliDecimalField):
    """A whole number, read as generously: ১,২০,০০০. The value is an int or None."""

    def __init__(self, *, largest: int, **options: Any) -> None:
        super().__init__(places=0, largest=largest, **options)

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        return None if number is None else int(number)


@dataclass(frozen=True)
class MeasureLine:
    """One line of the table on the page; `unit` is None where there is nothing to choose."""

    kind: MeasureKind
    before: forms.BoundField
    after: forms.BoundField
    note: forms.BoundField
    unit: forms.BoundField | None
    unit_label: str


class MeasuresForm(BaseForm):
    """The whole table of a pilot or a replication (`of`), with the people it serves in a year.

    Shown by templates/ideas/_measure_fields.html. When valid, `rows`, `people` and `was` go to
    `actions.save_measures`. `words` and `people` are shown instead of what is saved, for a page
    that shows two versions. `before` can be given first and `after` later; a line with neither is
    no row.
    """

    was = forms.CharField(
        widget=forms.HiddenInput(attrs={"data-draft-keep": ""}), required=False, max_length=64
    )
    people_per_year = BengaliCountField(
        label=_("বছরে সেবাগ্রহীতা (জন)"),
        largest=MOST_PEOPLE,
        required=False,
        help_text=_("বছরে মোট সাশ্রয়ের হিসাব এই সংখ্যা দিয়ে গুণ করে হয়।"),
    )
    people_source = BengaliCharField(
        label=_("সংখ্যাটির উৎস"),
        one_line=True,
        required=False,
        max_length=300,
        help_text=_("যেমন “সেবা রেজিস্টার, ২০২৫-২০২৬”।"),
    )

    def __init__(
        self,
        *args: Any,
        of: Pilot | Replication | None = None,
        words: list[MeasureRow] | None = None,
        people: People | None = None,
        **kwargs: Any,
    ) -> None:
        saved = rows_of(of) if of else []
        saved_people = People.of(of) if of else People()
        shown_people = people or saved_people
        kwargs["initial"] = {
            "was": state_of(saved, saved_people),
            "people_per_year": shown_people.per_year,
            "people_source": shown_people.source,
            **_initial(saved if words is None else words),
        }
        super().__init__(*args, **kwargs)
        for kind in MeasureKind:
            self.fields |= _fields_of(kind)

    def lines(self) -> Iterator[MeasureLine]:
        """The lines of the table, for the page."""
        for kind in MeasureKind:
            units = UNITS_OF[kind]
            yield MeasureLine(
                kind=kind,
                before=self[f"{kind}_before"],
                after=self[f"{kind}_after"],
                note=self[f"{kind}_note"],
                unit=self[f"{kind}_unit"] if len(units) > 1 else None,
                unit_label=str(units[0].label),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for kind in MeasureKind:
            name = f"{kind}_before"
            if name in cleaned and cleaned[name] is None and _is_begun(kind, cleaned):
                self.add_error(
                    name,
                    _("%(kind)s: আগে কত লাগত, তা-ও লিখুন; না হলে পরিবর্তন বোঝা যায় না।")
                    % {"kind": kind.label},
                )
        return cleaned

    @property
    def rows(self) -> list[MeasureRow]:
        """The table as typed, ready for the action."""
        found = []
        for kind in MeasureKind:
            before = self.cleaned_data[f"{kind}_before"]
            if before is not None:
                found.append(
                    MeasureRow(
                        kind=kind,
                        unit=self.cleaned_data.get(f"{kind}_unit") or UNITS_OF[kind][0],
                        before=before,
                        after=self.cleaned_data[f"{kind}_after"],
                        note=self.cleaned_data[f"{kind}_note"],
                    )
                )
        return found

    @property
    def people(self) -> People:
        return People(self.cleaned_data["people_per_year"], self.cleaned_data["people_source"])

    @property
    def opened_on(self) -> str:
        """The table this form was opened on, for `save_measures(was=…)`."""
        return self.cleaned_data["was"]


def _fields_of(kind: MeasureKind) -> dict[str, forms.Field]:
    units = UNITS_OF[kind]
    longest = Measure._meta.get_field("note").max_length
    fields: dict[str, forms.Field] = {
        f"{kind}_before": BengaliDecimalField(
            label=pgettext_lazy("measure", "আগে"), required=False
        ),
        f"{kind}_after": BengaliDecimalField(label=pgettext_lazy("measure", "পরে"), required=False),
        f"{kind}_note": BengaliCharField(
            label=_("কীভাবে মাপা হলো"),
            one_line=True,
            required=False,
            max_length=longest,
        ),
    }
    if len(units) > 1:
        fields[f"{kind}_unit"] = forms.ChoiceField(
            label=_("একক"),
            choices=[(unit.value, unit.label) for unit in units],
            initial=MeasureUnit.DAY,
        )
    return fields


def _initial(rows: list[MeasureRow]) -> dict[str, Any]:
    return {
        f"{row.kind}_{name}": getattr(row, name)
        for row in rows
        for name in ("before", "after", "note", "unit")
    }


def _is_begun(kind: MeasureKind, cleaned: Mapping[str, Any]) -> bool:
    return cleaned.get(f"{kind}_after") is not None or bool(cleaned.get(f"{kind}_note"))
