"""What the page of one part of a report is put together from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from .enums import SectionKey
from .forms.writing import CaptionForm, OwnFigureForm
from .models import ActivityPicture, Report, ReportPicture, Section
from .sections import FIGURES, Facts, FigureKind, FigureOffer, offers_of
from .sections.taking import values_of, words_now


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A number of the part: what it says, what the records say, where they are.

    `form` is where another number is typed; `is_wrong` when it was sent with a fault.
    """

    kind: FigureKind
    said: str
    is_own: bool
    reason: str
    offer: FigureOffer | None
    source_url: str
    form: OwnFigureForm
    is_wrong: bool


def section_context(
    section: Section,
    *,
    wrong: tuple[str, OwnFigureForm] | None = None,
    captions: Mapping[int, CaptionForm] | None = None,
) -> dict[str, Any]:
    """The part as it is and as it could be (a fixed number of queries).

    `wrong` is a number and the form it was sent with; `captions` are such forms by picture.
    """
    report = section.report
    sections = list(report.sections.all())
    facts = Facts(report)
    offer = offers_of(report, facts).get(section.key)
    offered = {one.key: one for one in offer.figures} if offer else {}
    here = next(n for n, one in enumerate(sections) if one.pk == section.pk)
    generated = words_now(section, values_of(sections), facts) if section.is_own_words else ""
    return {
        "number": here + 1,
        "count": len(sections),
        "previous": sections[here - 1] if here else None,
        "next": sections[here + 1] if here + 1 < len(sections) else None,
        "figures": [
            _figure_line(section, kind, offered.get(kind.key), wrong)
            for kind in FIGURES[section.key]
        ],
        "offer": offer,
        "generated": generated if generated != section.words else "",
        **(pictures_context(report, captions or {}) if section.key == SectionKey.ANNEXES else {}),
    }


def _figure_line(
    section: Section,
    kind: FigureKind,
    offer: FigureOffer | None,
    wrong: tuple[str, OwnFigureForm] | None,
) -> FigureLine:
    figure = section.figures.get(kind.key)
    is_wrong = bool(wrong and wrong[0] == kind.key)
    form = wrong[1] if wrong and is_wrong else own_figure_form(section, kind.key)
    return FigureLine(
        kind=kind,
        said=kind.say(Decimal(figure["value"])) if figure else "—",
        is_own=bool(figure and figure["is_own"]),
        reason=figure["reason"] if figure else "",
        offer=offer,
        source_url=source_url(section.report, section.key, kind.key),
        form=form,
        is_wrong=is_wrong,
    )


def own_figure_form(section: Section, figure: str) -> OwnFigureForm:
    said = section.figures.get(figure)
    initial: dict[str, Any] = {"version": section.version}
    if said:
        initial |= {"value": Decimal(said["value"]), "reason": said["reason"]}
    return OwnFigureForm(initial=initial, auto_id=f"id_{figure}_%s")


def source_url(report: Report, section: str, figure: str) -> str:
    """Where the records behind a number are listed."""
    return reverse("reports:source", args=[report.pk, section, figure])


# --- Pictures -----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class PictureLine:
    picture: ReportPicture
    form: CaptionForm


def pictures_context(report: Report, captions: Mapping[int, CaptionForm]) -> dict[str, Any]:
    """The pictures of the annex, and those of the period's activities that could join them."""
    pictures = list(report.pictures.select_related("document"))
    taken = {picture.document_id for picture in pictures}
    of_activities = (
        ActivityPicture.objects.filter(
            activity__office=report.office_id,
            activity__removed_at__isnull=True,
            activity__held_on__range=(report.starts_on, report.ends_on),
        )
        .select_related("activity")
        .order_by("activity__held_on", "pk")
    )
    return {
        "pictures": [
            PictureLine(picture, captions.get(picture.pk) or caption_form(picture))
            for picture in pictures
        ],
        "more_pictures": [one for one in of_activities if one.document_id not in taken],
    }


def caption_form(picture: ReportPicture) -> CaptionForm:
    return CaptionForm(initial={"caption": picture.caption}, auto_id=f"id_{picture.pk}_%s")


def picture_urls(report: Report) -> dict[str, str]:
    """Where each picture of the annex is served, by its SHA-256."""
    return {
        picture.document.sha256: reverse("reports:picture", args=[picture.pk])
        for picture in report.pictures.select_related("document")
    }
