"""Something real on every page of the superior's view (duties)."""

from django.urls import reverse

from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages


def of_reviewer(upazila: Upazila) -> Addresses:
    root = upazila.office.path_codes[0]
    return {
        "duties:below": [reverse("duties:below"), f"{reverse('duties:below')}?show=no_team"],
        "duties:below_office": [
            reverse("duties:below_office", args=[root]),
            reverse("duties:below_office", args=[upazila.office.code]),
        ],
    }


PAGES = Pages(of_reviewer=of_reviewer, no_pages=frozenset({"duties:below_xlsx"}))
