"""The page of the open data; everything else there is for machines."""

from django.urls import reverse

from tests.browser.ideas.parts import Pages

PAGES = Pages(
    of_strangers=lambda upazila: {"open:data": [reverse("open:data")]},
    no_pages=frozenset(
        {
            "open:dump",
            "api:openapi-json",
            "api:api-root",
            "api:dictionary",
            "api:get_report",
            *(
                f"api:list_{name}"
                for name in ("offices", "reports", "plans", "decisions", "initiatives")
            ),
        }
    ),
)
