"""One entry of the record as its page shows it: what changed, or only what kind of thing did."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bangla.pieces import text_pieces

from ..models import AuditEntry, RowVersion
from ..templatetags.bangla_tags import day
from .changes import Change, Names, changed_columns, changes, names_in, with_earlier
from .timeline import LONGEST_SUBJECT
from .versions import Kept, kept_of, row_name

# What actions tell beside the columns of their row.
TOLD = {
    "reason": gettext_lazy("কারণ"),
    "note": gettext_lazy("কথা"),
    "reference": gettext_lazy("সূত্র"),
    "added": gettext_lazy("যোগ হয়েছে"),
    "caption": gettext_lazy("ছবির লেখা"),
    "file": gettext_lazy("ফাইল"),
    "filename": gettext_lazy("ফাইল"),
    "due_on": gettext_lazy("শেষ তারিখ"),
    "subject": pgettext_lazy("plan", "বিষয়"),
    "correction": gettext_lazy("সংশোধনী"),
    "words": gettext_lazy("লেখা"),
    "answer": gettext_lazy("উত্তর"),
    "presence": gettext_lazy("উপস্থিতি"),
    "implementer": gettext_lazy("বাস্তবায়নকারী"),
    "due": gettext_lazy("সময়সীমা"),
    "rows": gettext_lazy("সারির সংখ্যা"),
    "items": gettext_lazy("বিষয়ের সংখ্যা"),
}
# Who handed an idea in, and how anybody is reached, is shown to nobody from the record.
NEVER = frozenset(
    {"submitter_name", "submitter_detail", "email", "phone", "mobile", "contact", "to_address"}
)


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that an entry changed. `changes` is empty for whoever sees only their `names`."""

    title: str
    kind: str
    pk: int
    number: int
    is_first: bool
    changes: tuple[Change, ...]
    names: tuple[str, ...]


def row_changes(
    entry: AuditEntry, *, with_words: bool, types: Collection[str] | None = None
) -> list[RowChange]:
    """What the entry changed, row by row; what versions do not hold as the entry tells it.

    `types` are the kinds of rows that may be shown; None is every kind.
    """
    versions = list(entry.versions.select_related("entry").order_by("pk"))
    pairs = [
        (kept, one, before)
        for one, before in with_earlier(versions)
        if (kept := kept_of(one.object_type))
        and (types is None or one.object_type in types)
        # Of a row older than its versions the first one only says what it was.
        and not (before is None and _is_followed(one, versions))
    ]
    rows = _of_versions(pairs, with_words=with_words)
    told = _told(entry, without={column for kept, _new, _old in pairs for column in kept.columns})
    if told:
        rows.append(
            RowChange(
                title=_("কাজের সঙ্গে লেখা"),
                kind="",
                pk=0,
                number=0,
                is_first=False,
                changes=tuple(told) if with_words else (),
                names=tuple(one.label for one in told),
            )
        )
    return rows


def _is_followed(first: RowVersion, versions: list[RowVersion]) -> bool:
    return any(
        (one.object_type, one.object_id, one.number)
        == (first.object_type, first.object_id, first.number + 1)
        for one in versions
    )


def _of_versions(
    pairs: list[tuple[Kept, RowVersion, RowVersion | None]], *, with_words: bool
) -> list[RowChange]:
    names = names_in(
        [
            (kept, fields)
            for kept, one, before in pairs
            for fields in (one.fields, before.fields if before else {})
            if with_words
        ],
        rows=[(kept, one.object_id) for kept, one, _before in pairs if with_words],
    )
    rows = []
    for kept, one, before in pairs:
        old = before.fields if before else None
        columns = changed_columns(kept, old, one.fields)
        if not columns:
            continue
        rows.append(
            RowChange(
                title=_title(one, names),
                kind=one.object_type,
                pk=one.object_id,
                number=one.number,
                is_first=before is None,
                changes=tuple(changes(kept, old, one.fields, names)) if with_words else (),
                names=tuple(kept.label(column) for column in columns),
            )
        )
    return rows


def _title(version: RowVersion, names: Names) -> str:
    """ "কাজ: রেজিস্টারের হিসাব দেখা", or only what kind of row it is."""
    kind = row_name(version.object_type)
    name = readable_name(names.get(version.object_type, {}).get(version.object_id, ""))
    if not name:
        return kind
    return f"{kind}: {name if len(name) <= LONGEST_SUBJECT else f'{name[:LONGEST_SUBJECT]}…'}"


# Rows without a title of their own name themselves by ids and days: "143 2026-11-03", "12 → 7".
ID_IN_FRONT = re.compile(r"^[0-9]+(?=$|: | → | [0-9]{4}-)[ :→]*")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def readable_name(name: str) -> str:
    """A row's name as a reader wants it: without ids, with days in words."""
    name = ID_IN_FRONT.sub("", ID_IN_FRONT.sub("", name.strip()))
    return ISO_DAY.sub(lambda found: day(date.fromisoformat(found[0])), name)


def _told(entry: AuditEntry, *, without: set[str]) -> list[Change]:
    """What the entry itself tells from before and after, of keys that have words."""
    found = []
    for key in {**entry.before, **entry.after}:
        if key in without or key in NEVER or not (label := _label(entry.object_type, key)):
            continue
        before, after = (_text(told.get(key)) for told in (entry.before, entry.after))
        if before == after:
            continue
        pieces = text_pieces(before, after)
        found.append(
            Change(
                label,
                tuple(one for one in pieces if one.kind != "ins"),
                tuple(one for one in pieces if one.kind != "del"),
            )
        )
    return found


def _label(object_type: str, key: str) -> str:
    if key in TOLD:
        return str(TOLD[key])
    if kept := kept_of(object_type):
        return kept.label(key) if key in kept.columns else ""
    try:
        field: Any = apps.get_model(object_type)._meta.get_field(key)
    except (LookupError, FieldDoesNotExist):
        return ""
    name = str(field.verbose_name) if not field.is_relation else ""
    return name if name != key.replace("_", " ") else ""


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return "\n".join(_text(one) for one in value.values() if one not in (None, ""))
    if isinstance(value, list):
        return "\n".join(_text(one) for one in value)
    if isinstance(value, bool):
        return _("হ্যাঁ") if value else _("না")
    return "" if value is None else str(value)
