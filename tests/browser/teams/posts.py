"""Something real on every page of teams.urls.posts, and of handing a post over (duties)."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from duties.actions import save_note, settle_handover
from teams.actions import close_post, give_charge, transfer_post
from teams.enums import HoldingKind, Role
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.factories import make_person, make_post

# Words that do not break at a blank.
ENDLESS = "https://www.bangladesh.gov.bd/innovation/2026/handover/upazila/sreepur/gazipur/annual"


def of_officer(upazila: Upazila) -> Addresses:
    office, head, today = upazila.office, upazila.head, timezone.localdate()
    leaving = make_person("কৃষিবিদ মো. আনোয়ারুল ইসলাম চৌধুরী")
    post = make_post(office, Role.STAFF, "উপজেলা পরিবার পরিকল্পনা কর্মকর্তা (অতিরিক্ত)", leaving)
    charge = give_charge(
        post=post,
        to=make_person("রুবাইয়াত ফেরদৌস"),
        kind=HoldingKind.IN_CHARGE,
        starts_on=today - timedelta(days=9),
        ends_on=today - timedelta(days=1),
        by=head,
    )
    settled = transfer_post(post=post, to=upazila.member, starts_on=today, by=head)
    assert settled is not None
    save_note(handover=settled, version=1, note=f"চাবি ড্রয়ারে। {ENDLESS}", by=head)
    settle_handover(handover=settled, by=head)
    going = upazila.member.scope.main_post
    waiting = transfer_post(
        post=going, to=None, starts_on=today + timedelta(days=9), reference=ENDLESS, by=head
    )
    assert waiting is not None
    vacant = make_post(office, Role.STAFF, "উপজেলা মহিলা বিষয়ক কর্মকর্তা")
    close_post(post=make_post(office, Role.STAFF, "পুরোনো পদ"), by=head)
    people = reverse("teams:people", args=[office.code])
    return {
        "teams:people": [people, f"{people}?on=০১/০১/২০২৩", f"{people}?on=কবে"],
        "teams:post_create": [reverse("teams:post_create", args=[office.code])],
        "teams:person_update": [
            reverse("teams:person_update", args=[office.code, upazila.officer.pk])
        ],
        "teams:post_detail": [
            reverse("teams:post_detail", args=[one.pk]) for one in (post, going, vacant)
        ],
        "teams:post_update": [reverse("teams:post_update", args=[post.pk])],
        "teams:post_transfer": [
            reverse("teams:post_transfer", args=[one.pk]) for one in (post, vacant)
        ],
        "teams:post_charge": [reverse("teams:post_charge", args=[post.pk])],
        "teams:holding_release": [reverse("teams:holding_release", args=[charge.pk])],
        "duties:post_work": [reverse("duties:post_work", args=[going.pk])],
        "duties:handover_list": [reverse("duties:handover_list")],
        "duties:handover_detail": [settled.get_absolute_url(), waiting.get_absolute_url()],
    }


PAGES = Pages(
    of_officer=of_officer,
    no_pages=frozenset(
        {
            "teams:post_close",
            "teams:post_move",
            "teams:post_reopen",
            "teams:transfer_call_off",
            "duties:handover_give",
            "duties:handover_note",
            "duties:handover_settle",
            "duties:handover_take",
        }
    ),
)
