"""What search engines should know of: every open page, and none that was taken back."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse

from ideas.models import Initiative, Newsletter
from teams.models import Office

from .models import Publication
from .publishing.caching import laid_open
from .publishing.portal import newsletter_path, showing_offices

ADDRESSES_PER_FILE = 5_000
PAGES = (
    "open:home",
    "open:office_list",
    "open:data",
    "public:idea_create",
    "public:initiative_list",
    "public:newsletter_list",
    "public:savings",
)


class PageSitemap(Sitemap):
    """The doors."""

    def items(self) -> list[str]:
        return list(PAGES)

    def location(self, item: str) -> str:
        return reverse(item)


class PublicationSitemap(Sitemap):
    limit = ADDRESSES_PER_FILE

    def items(self) -> QuerySet[Publication]:
        return Publication.objects.public().only("published_at").order_by("pk")

    def lastmod(self, item: Publication) -> datetime:
        return item.published_at


class OfficeSitemap(Sitemap):
    limit = ADDRESSES_PER_FILE

    def items(self) -> QuerySet[Office]:
        return showing_offices().order_by("pk")

    def location(self, item: Office) -> str:
        return reverse("open:office", args=[item.code])


class InitiativeSitemap(Sitemap):
    limit = ADDRESSES_PER_FILE

    def items(self) -> QuerySet[Initiative]:
        return Initiative.objects.published().only("published_at").order_by("pk")

    def lastmod(self, item: Initiative) -> datetime | None:
        return item.published_at


class NewsletterSitemap(Sitemap):
    limit = ADDRESSES_PER_FILE

    def items(self) -> QuerySet[Newsletter]:
        return Newsletter.objects.published().only("published_at").order_by("pk")

    def location(self, item: Newsletter) -> str:
        return newsletter_path(item)

    def lastmod(self, item: Newsletter) -> datetime | None:
        return item.published_at


SECTIONS: dict[str, type[Sitemap] | Sitemap] = {
    "pages": PageSitemap,
    "offices": OfficeSitemap,
    "publications": PublicationSitemap,
    "initiatives": InitiativeSitemap,
    "newsletters": NewsletterSitemap,
}


class AsWeAreCalled(HttpRequest):
    """The question, asked by our public address: caches keep the map, so whoever asks by another
    name must not choose where it leads everybody."""

    def __init__(self, asked: HttpRequest) -> None:
        super().__init__()
        self.method, self.GET = asked.method, asked.GET

    def get_host(self) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def _get_scheme(self) -> str:
        return urlsplit(settings.SITE_URL).scheme


@laid_open
def sitemap_index(request: HttpRequest) -> HttpResponse:
    parts = index(AsWeAreCalled(request), SECTIONS, sitemap_url_name="open:sitemap_section")
    return _drawn("sitemap_index.xml", parts)


@laid_open
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    return _drawn("sitemap.xml", sitemap(AsWeAreCalled(request), SECTIONS, section))


def _drawn(template: str, response: TemplateResponse) -> HttpResponse:
    """The map, drawn without its request like every open page (publishing.caching)."""
    body = render_to_string(template, response.context_data)
    return HttpResponse(body, headers=dict(response.items()))
