"""Addresses that anybody may open, without log-in.

Each part of the room keeps its own list, named `public` beside its `urlpatterns`.
"""

from . import intake, newsletters, replications, showcase, similar

app_name = "public"
urlpatterns = [
    # Before the addresses of offices, which are idea-box/<their code>/.
    *similar.public,
    *intake.public,
    *showcase.public,
    *replications.public,
    *newsletters.public,
]
