"""The room's addresses for officers; what everybody may open is in public.py."""

from . import (
    intake,
    newsletters,
    papers,
    pilots,
    register,
    replications,
    screening,
    showcase,
    similar,
)

app_name = "ideas"
urlpatterns = [
    *register.urlpatterns,
    *intake.urlpatterns,
    *similar.urlpatterns,
    *screening.urlpatterns,
    *pilots.urlpatterns,
    *showcase.urlpatterns,
    *replications.urlpatterns,
    *papers.urlpatterns,
    *newsletters.urlpatterns,
]
