"""Addresses that anybody may open, without log-in.

Each part of the room keeps its own list, named `public` beside its `urlpatterns`.
"""

from . import open_data, publications, sending

app_name = "open"
urlpatterns = [
    *sending.public,
    *publications.public,
    *open_data.public,
]
