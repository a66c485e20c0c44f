"""Who gets what at the addresses of reports.urls.activities"""

from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from reports.models import Activity, ActivityPicture
from tests.access_ideas.parts import Part
from tests.access_rules import (
    DONE,
    GONE,
    KEPT,
    NO,
    OK,
    PAGE_FOR_ALL,
    POST_ONLY,
    TEAM_PAGE,
    at,
    get,
    post,
)
from tests.factories import Country
from tests.reports.activities import make_activity, make_activity_picture


def things(country: Country) -> dict[str, list[Any]]:
    head = country["upazila.head"]
    activity = make_activity(country.upazila, by=head)
    picture = make_activity_picture(activity, by=head)
    return {"activity": [activity.pk], "activity_picture": [picture.pk]}


def new_activity(things: Any) -> dict[str, Any]:
    return {
        "kind": "training",
        "office": things.plan.office_id,
        "form_key": uuid4(),
        "title": "প্রশিক্ষণ",
        "held_on": "১০/০৩/২০২৬",
    }


def changed_activity(things: Any) -> dict[str, Any]:
    return {"version": 1, "title": "নতুন নাম", "held_on": "১১/০৩/২০২৬"}


def another_picture(things: Any) -> dict[str, Any]:
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "red").save(drawn, "PNG")
    return {"pictures": SimpleUploadedFile("a.png", drawn.getvalue(), "image/png")}


TEAM_ACTION = (POST_ONLY, post(team=DONE, others=GONE))
TEAM_FORM = (get(team=OK, others=GONE), post(team=DONE, others=GONE))

PART = Part(
    addresses={
        "reports:activity_list": at("", *PAGE_FOR_ALL),
        "reports:activity_create": at(
            "",
            get(nobody=NO, administrator=NO, reviewer=NO, others=OK),
            # Everybody who is in a team writes into the register of an own office only.
            post(team=DONE, nobody=NO, administrator=NO, reviewer=NO, others=422),
            sends=new_activity,
        ),
        "reports:activity_detail": at("activity", *TEAM_PAGE),
        "reports:activity_update": at("activity", *TEAM_FORM, sends=changed_activity),
        "reports:activity_remove": at("activity", *TEAM_ACTION),
        "reports:activity_restore": at("activity", POST_ONLY, post(team=KEPT, others=GONE)),
        "reports:activity_pictures": at("activity", *TEAM_ACTION, sends=another_picture),
        "reports:activity_picture": at("activity_picture", *TEAM_PAGE),
        "reports:activity_picture_update": at(
            "activity_picture", *TEAM_ACTION, sends=lambda things: {"caption": "প্রশিক্ষণকক্ষ"}
        ),
        "reports:activity_picture_remove": at("activity_picture", *TEAM_ACTION),
    },
    things=things,
    watched=(Activity, ActivityPicture),
)
