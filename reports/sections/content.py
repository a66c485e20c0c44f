"""One part as it is frozen and printed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from bangla.digits import to_bangla

from ..enums import SectionKey
from ..models import Report, Section
from .figures import CENT
from .registry import FIGURES


def section_content(section: Section, number: int) -> dict[str, Any]:
    """One part as it is frozen and printed, in Bengali (see `reports.documents`)."""
    return {
        "key": section.key,
        "number": to_bangla(number),
        "title": str(SectionKey(section.key).label),
        "paragraphs": [line.strip() for line in section.words.splitlines() if line.strip()],
        "figures": list(_figures(section)),
        "tables": section.tables,
        "pictures": _pictures(section.report) if section.key == SectionKey.ANNEXES else [],
    }


def _figures(section: Section) -> Iterator[dict[str, str]]:
    """What the part says in numbers; `reason` is why one was typed instead of counted."""
    for kind in FIGURES[section.key]:
        if figure := section.figures.get(kind.key):
            value = Decimal(figure["value"])
            yield {
                "key": kind.key,
                "label": str(kind.label),
                "unit": str(kind.unit),
                "value": format(value.quantize(CENT), "f"),
                "text": kind.say(value),
                "reason": figure["reason"] if figure["is_own"] else "",
            }


def _pictures(report: Report) -> list[dict[str, str]]:
    return [
        {
            "sha256": picture.document.sha256,
            "name": f"picture-{number}{PurePath(picture.document.filename).suffix}",
            "caption": picture.caption,
        }
        for number, picture in enumerate(report.pictures.select_related("document"), start=1)
    ]
