"""The room's addresses for officers; what everybody may open is in public.py."""

from . import activities, nation, publications, review, sending, writing

app_name = "reports"
urlpatterns = [
    *writing.urlpatterns,
    *activities.urlpatterns,
    *sending.urlpatterns,
    *review.urlpatterns,
    *nation.urlpatterns,
    *publications.urlpatterns,
]
