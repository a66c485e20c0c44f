"""Indicators on the rows of a plan, and what was achieved on them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from teams.models import User
from workplans.actions import IndicatorWords, add_indicator
from workplans.enums import Unit
from workplans.models import Indicator, ProgressEntry, Task

# What a form sends: an indicator that counts people, more is better.
TYPED = {
    "name": "প্রশিক্ষণপ্রাপ্ত কর্মকর্তা",
    "unit": "number",
    "weight": "১০",
    "previous": "৪০",
    "target_100": "১০০",
    "target_90": "৯০",
    "target_80": "৮০",
    "target_70": "৭০",
    "target_60": "৬০",
    "projection": "১২০",
    "quarter_1": "২০",
    "quarter_2": "৫০",
}


def make_indicator(
    task: Task,
    *,
    by: User | None = None,
    name: str = "প্রশিক্ষণপ্রাপ্ত কর্মকর্তা",
    unit: str = Unit.NUMBER,
    weight: int | str | None = 10,
    targets: tuple[str, ...] = ("১০০", "৯০", "৮০", "৭০", "৬০"),
    quarters: Mapping[int, str] | None = None,
) -> Indicator:
    """An indicator as the form would write it."""
    fields = {
        "name": name,
        "unit": unit,
        "weight": None if weight is None else Decimal(weight),
        "previous": "",
        "projection": "",
        **{
            f"target_{grade}": words
            for grade, words in zip((100, 90, 80, 70, 60), targets, strict=True)
        },
    }
    return add_indicator(task=task, words=IndicatorWords(fields, quarters or {}), by=by)


def achieve(indicator: Indicator, value: str, *, on: date = date(2026, 10, 10)) -> ProgressEntry:
    """The value reached by a day, as the form of progress writes it."""
    return ProgressEntry.objects.create(
        task=indicator.task, indicator=indicator, on=on, achieved_value=value
    )


def send_new(client: Client, task: Task, **cells: str) -> HttpResponse:
    url = reverse("workplans:indicator_create", args=[task.pk])
    return client.post(url, {**TYPED, **cells})


def save(client: Client, indicator: Indicator, **cells: object) -> HttpResponse:
    """Send the form of an indicator, from the copy `indicator`."""
    url = reverse("workplans:indicator_update", args=[indicator.pk])
    return client.post(url, {**TYPED, "version": indicator.version, **cells})
