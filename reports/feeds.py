"""Feeds of what was laid open, in Bengali: the nation's, and one for each office."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from ideas.letters import site
from teams.models import Office

from .publishing.caching import laid_open
from .publishing.portal import Thing, Things, Wanted

ITEMS = 40


class NationalFeed(Feed):
    """The newest of the whole country."""

    feed_type = Atom1Feed
    language = "bn"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with override("bn"):
            return super().__call__(request, *args, **kwargs)

    def title(self) -> str:
        return _("উদ্ভাবন: সরকারি দপ্তরের প্রকাশনা")

    def subtitle(self) -> str:
        return _("প্রতিবেদন, কর্মপরিকল্পনা, সভার সিদ্ধান্ত, সফল উদ্যোগ ও ই-নিউজলেটার।")

    def link(self) -> str:
        return site(reverse("open:home"))

    def feed_url(self) -> str:
        return site(reverse("open:feed"))

    def items(self) -> list[Thing]:
        return Things(Wanted())[:ITEMS]

    def item_title(self, item: Thing) -> str:
        return item.title

    def item_description(self, item: Thing) -> str:
        # A feed says that this is HTML; readers of feeds would run what offices typed.
        return escape(item.summary or f"{item.office.name_bn}: {item.label}")

    def item_link(self, item: Thing) -> str:
        return site(item.path)

    def item_author_name(self, item: Thing) -> str:
        return item.office.name_bn

    def item_pubdate(self, item: Thing) -> datetime:
        return item.at

    def item_updateddate(self, item: Thing) -> datetime:
        return item.at

    def item_categories(self, item: Thing) -> list[str]:
        return [str(item.label)]


class OfficeFeed(NationalFeed):
    """The newest of one office."""

    def get_object(self, request: HttpRequest, code: str) -> Office:
        return get_object_or_404(Office.objects.known_to_all(), code=code)

    def title(self, office: Office) -> str:  # type: ignore[override]
        return _("%(office)s: ইনোভেশন টিমের প্রকাশনা") % {"office": office.name_bn}

    def link(self, office: Office) -> str:  # type: ignore[override]
        return site(reverse("open:office", args=[office.code]))

    def feed_url(self, office: Office) -> str:  # type: ignore[override]
        return site(reverse("open:office_feed", args=[office.code]))

    def items(self, office: Office) -> list[Thing]:  # type: ignore[override]
        return Things(Wanted(office=office.pk))[:ITEMS]


national_feed = laid_open(NationalFeed())
office_feed = laid_open(OfficeFeed())
