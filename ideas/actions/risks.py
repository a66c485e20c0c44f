"""Writes of a pilot's risks: named, mended, called over, taken off."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from bangla.text import normalise, squeeze
from teams.audit import record
from teams.models import User
from teams.transitions import WrongState

from .. import perms
from ..models import Pilot, Risk
from .pilots import why_closed


@dataclass(frozen=True, slots=True)
class RiskText:
    """What is typed about a risk; the names are the model's."""

    text: str
    mitigation: str = ""
    is_over: bool = False

    @classmethod
    def of(cls, risk: Risk) -> Self:
        return cls(**{name: getattr(risk, name) for name in cls.__dataclass_fields__})

    def as_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


class StaleRisk(Exception):
    """Somebody saved the risk after this copy was opened; `current` is as it is now."""

    def __init__(self, current: Risk) -> None:
        super().__init__("stale")
        self.current = current


@transaction.atomic
def add_risk(*, pilot: Pilot, words: RiskText, by: User, form_key: UUID | None = None) -> Risk:
    """Name a risk. The same `form_key` with the same words returns the risk it made.

    Raises WrongState, PermissionDenied.
    """
    _check_open(pilot, by)
    words = _clean(words)
    key = uuid5(form_key, f"{pilot.pk}:{words.as_json()}") if form_key else uuid4()
    risk, created = Risk.objects.get_or_create(
        form_key=key, defaults={**words.as_json(), "pilot": pilot}
    )
    if created:
        record("risk.add", risk, by=by, office=pilot.idea.office, after=words.as_json())
    return risk


@transaction.atomic
def update_risk(*, risk: Risk, version: int, words: RiskText, by: User) -> Risk:
    """Save a risk typed on copy `version`. Raises StaleRisk, WrongState, PermissionDenied."""
    _check_open(risk.pilot, by)
    before, words = RiskText.of(risk), _clean(words)
    waiting = Risk.objects.filter(pk=risk.pk, version=version)
    if not waiting.update(**words.as_json(), version=F("version") + 1):
        current = Risk.objects.select_related("pilot__idea").filter(pk=risk.pk).first()
        raise StaleRisk(current or risk)
    risk.refresh_from_db()
    record(
        "risk.update",
        risk,
        by=by,
        office=risk.pilot.idea.office,
        before=before.as_json(),
        after=words.as_json(),
    )
    return risk


@transaction.atomic
def settle_risk(*, risk: Risk, is_over: bool, by: User) -> None:
    """Say that a risk is over, or that it is back. Raises WrongState, PermissionDenied."""
    _check_open(risk.pilot, by)
    waiting = Risk.objects.filter(pk=risk.pk).exclude(is_over=is_over)
    if waiting.update(is_over=is_over, version=F("version") + 1):
        record(
            "risk.settle",
            risk,
            by=by,
            office=risk.pilot.idea.office,
            after={"is_over": is_over},
        )


@transaction.atomic
def remove_risk(*, risk: Risk, by: User) -> None:
    """Take a risk off the list; its words stay in the record. Raises as above."""
    _check_open(risk.pilot, by)
    record(
        "risk.remove",
        risk,
        by=by,
        office=risk.pilot.idea.office,
        before=RiskText.of(risk).as_json(),
    )
    risk.delete()


def _check_open(pilot: Pilot, by: User) -> None:
    if not by.scope.is_in_team(pilot.idea.office_id):
        raise PermissionDenied
    if not perms.can_write_pilot(by, pilot):
        raise WrongState(why_closed(pilot))


def _clean(words: RiskText) -> RiskText:
    return RiskText(squeeze(words.text), normalise(words.mitigation), words.is_over)
