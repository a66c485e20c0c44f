"""Open data: a page, files, and the API."""

from django.urls import URLPattern, path

from ..open_data.api import api
from ..publishing.caching import laid_open
from ..views import open_data as views

public = [
    path("open-data/", views.data_page, name="data"),
    path("open-data/<slug:dataset>.<slug:extension>", views.dump, name="dump"),
]


def _for_everybody(pattern: URLPattern) -> URLPattern:
    """An address of the API: no log-in, and what it gives may be kept by caches."""
    pattern.callback = laid_open(pattern.callback)
    # Nothing is written here, so nothing needs to be exempt from the guard of forms either.
    pattern.callback.csrf_exempt = False  # type: ignore[attr-defined]
    return pattern


_patterns, app_name, namespace = api.urls
urlpatterns = [_for_everybody(pattern) for pattern in _patterns if isinstance(pattern, URLPattern)]
