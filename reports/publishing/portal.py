"""Everything that offices have laid open, in one list: publications, initiatives, newsletters.

A list is one query for its length and one for the page's rows, then one for each of the three
kinds of thing on it, however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, cast, overload

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, TextChoices, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from bangla.digits import to_ascii, to_bangla
from bangla.text import normalise
from ideas.models import Initiative, Newsletter, Piece
from teams.models import Office
from teams.scope import any_of

from ..enums import PublicationKind
from ..models import Publication


class ThingKind(TextChoices):
    """What can be looked for."""

    REPORT = "report", pgettext_lazy("publication", "প্রতিবেদন")
    PLAN = "plan", pgettext_lazy("publication", "কর্মপরিকল্পনা")
    DECISIONS = "decisions", pgettext_lazy("publication", "সভার সিদ্ধান্ত")
    INITIATIVE = "initiative", pgettext_lazy("publication", "উদ্যোগ")
    NEWSLETTER = "newsletter", pgettext_lazy("publication", "ই-নিউজলেটার")
    NATIONAL = "national", pgettext_lazy("publication", "জাতীয় প্রতিবেদন")


NEWSLETTER_WORDS = ("title", "intro", "office__name_bn", "office__name_en")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for: words as typed, a kind, a tier, a branch of the tree (its path),
    one office (its primary key)."""

    words: str = ""
    kind: str = ""
    tier: str = ""
    path: str = ""
    office: int = 0


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that was laid open. `at` is when; `path` its address on this site."""

    kind: str
    label: str | Promise
    title: str
    office: Office
    at: datetime
    path: str
    summary: str = ""


class Things(Sequence[Thing]):
    """What was laid open and is wanted, the newest first, for Django's Paginator."""

    def __init__(self, wanted: Wanted) -> None:
        self._rows = _rows(wanted)

    def __len__(self) -> int:
        return self._count

    @cached_property
    def _count(self) -> int:
        return self._rows.count()

    def __iter__(self) -> Iterator[Thing]:
        return iter(self[:])

    @overload
    def __getitem__(self, part: int) -> Thing: ...

    @overload
    def __getitem__(self, part: slice) -> list[Thing]: ...

    def __getitem__(self, part: int | slice) -> Thing | list[Thing]:
        if isinstance(part, slice):
            return _load(self._rows[part])
        return _load(self._rows[part : part + 1])[0]


# --- Which rows ----------------------------------------------------------------------------------
def _rows(wanted: Wanted) -> QuerySet[Any, Any]:
    """(source, primary key, when) of each thing, the newest first."""
    parts = [
        _keys(source.name, source.find(wanted).filter(_branch(source.office, wanted)))
        for source in SOURCES
        if not wanted.kind or wanted.kind in source.kinds
    ]
    first, *rest = parts or [_keys("publication", Publication.objects.none())]
    united = first.union(*rest, all=True) if rest else first
    return united.order_by("-at", "source", "-key")


def _keys(name: str, found: QuerySet[Any]) -> QuerySet[Any, Any]:
    return (
        found.order_by()
        .annotate(source=Value(name, output_field=CharField()), key=F("pk"), at=F("published_at"))
        .values_list("source", "key", "at")
    )


def _branch(office: str, wanted: Wanted) -> Q:
    narrowed = Q()
    if wanted.tier:
        narrowed &= Q(**{f"{office}__tier": wanted.tier})
    if wanted.path:
        narrowed &= Q(**{f"{office}__path__startswith": wanted.path})
    if wanted.office:
        narrowed &= Q(**{f"{office}_id": wanted.office})
    return narrowed


def _publications(wanted: Wanted) -> QuerySet[Publication]:
    found = Publication.objects.public().search(wanted.words)
    return found.filter(kind=wanted.kind) if wanted.kind else found


def _initiatives(wanted: Wanted) -> QuerySet[Initiative]:
    return Initiative.objects.published().search(wanted.words)


def _newsletters(wanted: Wanted) -> QuerySet[Newsletter]:
    found = Newsletter.objects.published()
    pieces = Piece.objects.filter(newsletter=OuterRef("pk"))
    for word in normalise(wanted.words).split():
        spellings = {word, to_ascii(word), to_bangla(word)}
        in_piece = any_of(
            [Q(**{f"{name}__icontains": one}) for name in ("title", "text") for one in spellings]
        )
        own = [Q(**{f"{name}__icontains": one}) for name in NEWSLETTER_WORDS for one in spellings]
        found = found.filter(any_of([*own, Q(Exists(pieces.filter(in_piece)))]))
    return found


# --- The things themselves -----------------------------------------------------------------------
def _load(rows: Iterable[tuple[str, int, datetime]]) -> list[Thing]:
    rows = list(rows)
    loaded: dict[tuple[str, int], Thing] = {}
    for source in SOURCES:
        keys = [key for name, key, _at in rows if name == source.name]
        # Also for none: a page asks as often whatever stands on it.
        for pk, thing in source.load(keys or [0]):
            loaded[source.name, pk] = thing
    return [loaded[name, key] for name, key, _at in rows if (name, key) in loaded]


def _load_publications(keys: list[int]) -> Iterator[tuple[int, Thing]]:
    found = Publication.objects.filter(pk__in=keys).select_related("office")
    for one in found.defer("content", "folded"):
        yield one.pk, publication_thing(one)


def _load_initiatives(keys: list[int]) -> Iterator[tuple[int, Thing]]:
    for one in Initiative.objects.filter(pk__in=keys).select_related("idea__office"):
        yield one.pk, initiative_thing(one, one.idea.office)


def _load_newsletters(keys: list[int]) -> Iterator[tuple[int, Thing]]:
    for one in Newsletter.objects.filter(pk__in=keys).select_related("office"):
        yield one.pk, newsletter_thing(one, one.office)


def publication_thing(one: Publication) -> Thing:
    return Thing(
        kind=one.kind,
        label=PublicationKind(one.kind).label,
        title=one.title,
        office=one.office,
        at=one.published_at,
        path=one.get_absolute_url(),
    )


def initiative_thing(one: Initiative, office: Office) -> Thing:
    return Thing(
        kind=ThingKind.INITIATIVE,
        label=ThingKind.INITIATIVE.label,
        title=one.title,
        office=office,
        at=cast(datetime, one.published_at),
        path=one.get_absolute_url(),
        summary=one.summary,
    )


def newsletter_thing(one: Newsletter, office: Office) -> Thing:
    return Thing(
        kind=ThingKind.NEWSLETTER,
        label=ThingKind.NEWSLETTER.label,
        title=one.title,
        office=office,
        at=cast(datetime, one.published_at),
        path=newsletter_path(one),
    )


def newsletter_path(newsletter: Newsletter) -> str:
    """Where everybody reads it; the model's own address is the editor's."""
    return reverse("public:newsletter_detail", args=[newsletter.pk])


@dataclass(frozen=True, slots=True)
class Source:
    """One of the three tables: how its rows are found and loaded, and where its office is."""

    name: str
    office: str
    kinds: frozenset[str]
    find: Callable[[Wanted], QuerySet[Any]] = field(repr=False)
    load: Callable[[list[int]], Iterator[tuple[int, Thing]]] = field(repr=False)


SOURCES = (
    Source(
        "publication",
        "office",
        frozenset(PublicationKind.values),
        _publications,
        _load_publications,
    ),
    Source(
        "initiative",
        "idea__office",
        frozenset({ThingKind.INITIATIVE.value}),
        _initiatives,
        _load_initiatives,
    ),
    Source(
        "newsletter",
        "office",
        frozenset({ThingKind.NEWSLETTER.value}),
        _newsletters,
        _load_newsletters,
    ),
)


# --- Offices with something to show --------------------------------------------------------------
def showing_offices() -> QuerySet[Office]:
    """Offices that have laid something open."""
    publications = Publication.objects.public().filter(office=OuterRef("pk"))
    initiatives = Initiative.objects.published().filter(idea__office=OuterRef("pk"))
    newsletters = Newsletter.objects.published().filter(office=OuterRef("pk"))
    return Office.objects.active().filter(
        Q(Exists(publications)) | Q(Exists(initiatives)) | Q(Exists(newsletters))
    )
