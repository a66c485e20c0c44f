"""Who gets what at the addresses of the superior's view (duties)."""

from typing import Any

from tests.access_ideas.parts import Part
from tests.access_rules import GET_ONLY, GONE, OK, at, get
from tests.factories import Country


def things(country: Country) -> dict[str, list[Any]]:
    return {"office_below": [country.upazila.code]}


# Of an office those who stand over it, and its own team, who see how it looks from above.
FROM_ABOVE = (get(team=OK, above=OK, others=GONE), GET_ONLY)
PART = Part(
    addresses={
        # Everybody of a team has a page of the offices below; it may be empty.
        "duties:below": at("", get(administrator=GONE, nobody=GONE, others=OK), GET_ONLY),
        "duties:below_office": at("office_below", *FROM_ABOVE),
        "duties:below_xlsx": at("office_below", *FROM_ABOVE),
    },
    things=things,
)
