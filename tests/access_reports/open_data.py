"""Who gets what at the addresses of reports.urls.open_data"""

from typing import Any

from tests.access_ideas.parts import Part
from tests.access_rules import GONE, METHOD, OK, at, get, post
from tests.factories import Country

EVERYBODY = (get(anonymous=OK, others=OK), post(anonymous=METHOD, others=METHOD))
NOTHING_THERE = (get(anonymous=GONE, others=GONE), post(anonymous=METHOD, others=METHOD))
LISTS = ("offices", "reports", "plans", "decisions", "initiatives")


def things(country: Country) -> dict[str, list[Any]]:
    return {"dataset": ["offices", "csv"], "no_publication": [999_999]}


PART = Part(
    addresses={
        "open:data": at("", *EVERYBODY),
        "open:dump": at("dataset", *EVERYBODY),
        "api:openapi-json": at("", *EVERYBODY),
        "api:api-root": at("", *NOTHING_THERE),
        "api:dictionary": at("", *EVERYBODY),
        **{f"api:list_{name}": at("", *EVERYBODY) for name in LISTS},
        # What is published answers everybody alike; tests/reports/test_open_data.py looks.
        "api:get_report": at("no_publication", *NOTHING_THERE),
    },
    things=things,
    public=frozenset(
        {
            "open:data",
            "open:dump",
            "api:openapi-json",
            "api:api-root",
            "api:dictionary",
            "api:get_report",
            *(f"api:list_{name}" for name in LISTS),
        }
    ),
)
