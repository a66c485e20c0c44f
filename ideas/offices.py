"""Which office is an idea for? Found by name, or by going down the tree of offices."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from bangla.text import squeeze
from teams.enums import Tier
from teams.models import Office

LONGEST_SEARCH = 100  # characters; nobody's office has a longer name, and each word is a condition


def offices_to_choose(words: str, inside: str) -> tuple[QuerySet[Office], Office | None]:
    """The offices to show, and the one they stand under.

    `words` are searched for in the whole country, or below the office with the code `inside`.
    Without words: the offices right below that one, or below the root.
    """
    below = Count("children", filter=Q(children__is_active=True))
    active = Office.objects.active().annotate(below=below).order_by("path")
    words, inside = squeeze(words)[:LONGEST_SEARCH], squeeze(inside)[:LONGEST_SEARCH]
    parent = active.filter(code=inside).first() if inside else None
    if words:
        found = active.under(parent) if parent else active
        return found.search(words), parent
    if parent:
        return active.filter(parent=parent), parent
    return active.filter(Q(parent=None) | Q(parent__parent=None)), None


def divisions() -> QuerySet[Office]:
    """Where the offices near somebody's home are looked for: the divisions of the country."""
    return Office.objects.active().filter(tier=Tier.DIVISION).order_by("path")


def lineage_of(offices: Iterable[Office]) -> dict[int, list[Office]]:
    """The offices above each of these, from the top, without the root; in one query."""
    offices = list(offices)
    codes = {code for office in offices for code in office.path_codes[1:-1]}
    known = {office.code: office for office in Office.objects.filter(code__in=codes)}
    return {
        office.pk: [known[code] for code in office.path_codes[1:-1] if code in known]
        for office in offices
    }


def receiving_office(code: str) -> Office:
    """The working office with this code, or the one it was merged into. Raises Http404."""
    found = get_object_or_404(Office.objects.select_related("merged_into"), code=code)
    office = found if found.is_active else found.heir
    if office is None:
        raise Http404
    return office
