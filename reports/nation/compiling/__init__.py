"""The consolidated report of the nation: accepted reports to content, in the shape of any report.

The content has the shape `reports.documents` describes, so the same templates show, print and
publish it. Each part has generated words, until somebody has written other ones.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone, translation

from bangla.dates import format_bangla_date, format_date
from bangla.digits import to_bangla
from teams.enums import Tier
from teams.models import Office
from teams.papers import head_signature

from ...enums import NationalPart, ReportKind
from ...models import NationalReport
from .tables import tables_of
from .words import generated_words
from .year import Year, load_year

__all__ = ["generated_words", "load_year", "national_content", "version_of", "words_of"]

FORMAT = 1
TITLES = {
    ReportKind.ANNUAL: "উদ্ভাবনী কার্যক্রমের জাতীয় বার্ষিক প্রতিবেদন",
    ReportKind.HALF_YEARLY: "উদ্ভাবনী কার্যক্রমের জাতীয় অর্ধবার্ষিক প্রতিবেদন",
}


def national_content(report: NationalReport) -> dict[str, Any]:
    """The report as it stands, as plain data, in Bengali."""
    today = timezone.localdate()
    with translation.override("bn"):
        year = load_year(report)
        root = Office.objects.filter(parent=None).order_by("pk").first()
        signature = head_signature(root) if root else {}
        return {
            "format": FORMAT,
            "kind": report.kind,
            "title": TITLES[year.kind],
            "office": root.name_bn if root else "",
            "office_code": root.code if root else "",
            "tier": Tier.CABINET.value,
            "superior": "",
            "period": year.period.label,
            "period_code": year.period.code,
            "starts_on": report.starts_on.isoformat(),
            "ends_on": report.ends_on.isoformat(),
            "period_dates": f"{format_date(report.starts_on)} থেকে {format_date(report.ends_on)}",
            "date": format_date(today),
            "bangla_date": format_bangla_date(today),
            "sections": [
                _section(NationalPart(part), number, report, year)
                for number, part in enumerate(NationalPart.values, start=1)
            ],
            "signature": {key: signature.get(key, "") for key in ("name", "designation", "office")},
        }


def _section(part: NationalPart, number: int, report: NationalReport, year: Year) -> dict[str, Any]:
    own = words_of(report, part)
    return {
        "key": part.value,
        "number": to_bangla(number),
        "title": str(part.label),
        "paragraphs": lines_of(own) if own else generated_words(part, year),
        "figures": [],
        "tables": tables_of(part, year),
        "pictures": [],
    }


# --- Words -------------------------------------------------------------------------------------
def words_of(report: NationalReport, part: str) -> str:
    """What was written by hand; "" where the generated words stand."""
    text: str = report.words.get(part, {}).get("text", "")
    return text


def version_of(report: NationalReport, part: str) -> int:
    """How often the part was saved: two people may write on different parts at once."""
    version: int = report.words.get(part, {}).get("version", 0)
    return version


def lines_of(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
