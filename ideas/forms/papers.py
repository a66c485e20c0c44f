"""Which register, of which office, over which days."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.actions import TEAMS_SINCE
from teams.fields import BengaliDateField
from teams.forms import OwnOfficeForm
from teams.templatetags.bangla_tags import day
from workplans.enums import PeriodKind
from workplans.periods import Period

from ..enums import RegisterKind

OTHER_SPAN = "span"


def year_choices() -> list[tuple[str, Any]]:
    """The years since the first teams, fiscal and calendar, and one's own choice of days."""
    this_year = Period.fiscal_year_of(timezone.localdate())
    years = range(this_year.ends_on.year, TEAMS_SINCE.year - 1, -1)
    fiscal = [Period.parse(f"{year - 1}-{year}") for year in years]
    calendar = [Period.parse(str(year)) for year in years if year <= timezone.localdate().year]
    return [
        *(
            (str(kind.label), [(period.code, period.label) for period in of_kind])
            for kind, of_kind in ((PeriodKind.FISCAL, fiscal), (PeriodKind.CALENDAR, calendar))
        ),
        (OTHER_SPAN, _("নিজে তারিখ লিখুন")),
    ]


class RegisterForm(OwnOfficeForm):
    """A register and its span; `span` of a valid form is its first and its last day."""

    field_order = ("kind", "office", "year", "since", "until")

    kind = forms.ChoiceField(
        label=_("কোন ছক"), choices=RegisterKind.choices, widget=forms.RadioSelect
    )
    year = forms.ChoiceField(label=_("বছর"), choices=year_choices)
    since = BengaliDateField(
        label=_("কবে থেকে"),
        required=False,
        help_text=_("শুধু “নিজে তারিখ লিখুন” বেছে নিলে; যেমন ০১/০৭/২০২৬।"),
    )
    until = BengaliDateField(label=_("কবে পর্যন্ত"), required=False)

    @property
    def span(self) -> tuple[date, date]:
        data = self.cleaned_data
        if data["year"] == OTHER_SPAN:
            return data["since"], data["until"]
        period = Period.parse(data["year"])
        return period.starts_on, period.ends_on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("year") != OTHER_SPAN:
            return data
        for name, missing in (
            ("since", _("কোন তারিখ থেকে, লিখুন; যেমন ০১/০৭/২০২৬।")),
            ("until", _("কোন তারিখ পর্যন্ত, লিখুন; যেমন ৩০/০৬/২০২৭।")),
        ):
            if name not in self.errors and not data.get(name):
                self.add_error(name, missing)
        since, until = data.get("since"), data.get("until")
        if since and until and since > until:
            self.add_error(
                "until",
                ValidationError(
                    _("শেষ তারিখটি (%(until)s) শুরুর তারিখের (%(since)s) আগে। তারিখ দুটি মিলিয়ে লিখুন।"),
                    params={"since": day(since), "until": day(until)},
                ),
            )
        return data
