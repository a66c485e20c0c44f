"""What each part of the room shows to whoever walks all pages."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.house import Upazila

Addresses = dict[str, list[str]]


@dataclass(frozen=True)
class Pages:
    """One part of the room: URL names with real addresses, made on the given office.

    `of_officer` are seen by somebody of the team, `of_strangers` without a log-in, `of_reviewer`
    by the Cabinet Division's, `of_administrator` by the system administrator; `no_pages` are the
    names that answer a POST, a file, or only lead on to a page.
    """

    of_officer: Callable[[Upazila], Addresses] = lambda upazila: {}
    of_strangers: Callable[[Upazila], Addresses] = lambda upazila: {}
    of_reviewer: Callable[[Upazila], Addresses] = lambda upazila: {}
    of_administrator: Callable[[Upazila], Addresses] = lambda upazila: {}
    no_pages: frozenset[str] = frozenset()
