"""What an office lays open, and the public pages that show it."""

from django.urls import path

from .. import feeds, sitemaps
from ..views import portal
from ..views import publications as views

urlpatterns = [
    path("publications/", views.publication_list, name="publication_list"),
    path("publications/<int:pk>/", views.publication_detail, name="publication_detail"),
    path(
        "publications/<int:pk>/withdraw/", views.publication_withdraw, name="publication_withdraw"
    ),
    path("publications/plans/<int:pk>/", views.publication_plan, name="publication_plan"),
    path(
        "publications/meetings/<int:pk>/",
        views.publication_decisions,
        name="publication_decisions",
    ),
    path("publications/reports/<int:pk>/", views.publication_report, name="publication_report"),
]
public = [
    path("portal/", portal.home, name="home"),
    path("portal/offices/", portal.office_list, name="office_list"),
    path("portal/feed/", feeds.national_feed, name="feed"),
    path("portal/language/<slug:code>/", portal.language, name="language"),
    path("office/<slug:code>/", portal.office, name="office"),
    path("office/<slug:code>/feed/", feeds.office_feed, name="office_feed"),
    path("office/<slug:code>/widget/", portal.widget, name="widget"),
    path("published/<int:pk>/", portal.publication, name="publication"),
    path("published/<int:pk>/download/", portal.publication_download, name="publication_download"),
    path(
        "published/<int:pk>/pictures/<slug:sha256>/",
        portal.publication_picture,
        name="publication_picture",
    ),
    path("robots.txt", portal.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap_section, name="sitemap_section"),
]
