"""Who gets what at the addresses of teams.urls.posts, and of handing a post over (duties)."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from teams.actions import PersonWords, PostWords, close_post, give_charge, give_post, transfer_post
from teams.enums import HoldingKind, Role
from teams.forms.posts import mark_of
from teams.models import Handover, Post, User
from tests.access_ideas.parts import Part
from tests.access_rules import DONE, GET_ONLY, GONE, NO, OK, POST_ONLY, at, get, post
from tests.factories import SINCE, Country, make_person, make_post

# Whoever works there or above reads who is on which post; the head and the administrator write.
READ = (get(team=OK, above=OK, administrator=OK, others=GONE), GET_ONLY)
HEADS_FORM = (
    get(head=OK, administrator=OK, team=NO, above=NO, others=GONE),
    post(head=DONE, administrator=DONE, team=NO, above=NO, others=GONE),
)
HEADS_STEP = (POST_ONLY, post(head=DONE, administrator=DONE, team=NO, above=NO, others=GONE))
# The officer has come; the head of the sister office has left a post that was an additional charge;
# the head manages the office, as the administrator may. Nobody else has to do with it.
CONCERNED: dict[str, Any] = {"head": OK, "officer": OK, "sibling_head": OK, "administrator": OK}
MADE: dict[str, Any] = {}


def post_form(things: Any) -> dict[str, Any]:
    words = PostWords.of(Post.objects.get(pk=MADE["staff_post"]))
    return {
        "designation_bn": "উপজেলা পরিসংখ্যান কর্মকর্তা",
        "designation_en": "",
        "role": Role.STAFF,
        "phone": "",
        "email": "",
        "seen": mark_of(words),
    }


def person_form(things: Any) -> dict[str, Any]:
    person = User.objects.get(pk=MADE["colleague"])
    return {
        "name_bn": "নতুন নাম",
        "name_en": "",
        "email": person.email,
        "mobile": "",
        "seen": mark_of(PersonWords.of(person)),
    }


def incoming_form(things: Any) -> dict[str, Any]:
    return {
        "person": "",
        "name": "আসমা আক্তার",
        "contact": "asma.newcomer@office.test",
        "kind": HoldingKind.REGULAR,
        "starts_on": f"{timezone.localdate():%d/%m/%Y}",
    }


def charge_form(things: Any) -> dict[str, Any]:
    day = f"{timezone.localdate():%d/%m/%Y}"
    return {**incoming_form(things), "kind": HoldingKind.ADDITIONAL, "ends_on": day}


def release_form(things: Any) -> dict[str, Any]:
    return {"ends_on": f"{timezone.localdate() + timedelta(days=2):%d/%m/%Y}"}


def note_form(things: Any) -> dict[str, Any]:
    return {"note": "চাবি ড্রয়ারে", "version": Handover.objects.get(pk=MADE["handover"]).version}


def things(country: Country) -> dict[str, list[Any]]:
    """Posts outside the team, held, closed, about to pass on, and one that has just done so."""
    office, head, today = country.upazila, country["upazila.head"], timezone.localdate()
    colleague = make_person("কামাল উদ্দিন")
    staff = make_post(office, Role.STAFF, "পরিসংখ্যান কর্মকর্তা", colleague)
    planned = make_post(office, Role.STAFF, "সমবায় কর্মকর্তা", make_person())
    transfer_post(post=planned, to=None, starts_on=today + timedelta(days=5), by=head)
    vacant = make_post(office, Role.STAFF, "যুব উন্নয়ন কর্মকর্তা")
    closed = make_post(office, Role.STAFF, "পুরোনো পদ")
    close_post(post=closed, by=head)
    charge = give_charge(
        post=planned,
        to=make_person(),
        kind=HoldingKind.IN_CHARGE,
        starts_on=today,
        ends_on=today + timedelta(days=9),
        by=head,
    )
    passed = make_post(office, Role.STAFF, "মৎস্য কর্মকর্তা")
    given = {"kind": HoldingKind.ADDITIONAL, "post": passed}
    give_post(person=country["sibling.head"], starts_on=SINCE, **given)
    officer = country["upazila.innovation_officer"]
    handover = transfer_post(to=officer, starts_on=today, by=head, **given)
    assert handover is not None
    MADE.update(staff_post=staff.pk, colleague=colleague.pk, handover=handover.pk)
    return {
        "staff_post": [staff.pk],
        "planned_post": [planned.pk],
        "vacant_post": [vacant.pk],
        "closed_post": [closed.pk],
        "charge": [charge.pk],
        "colleague": [office.code, colleague.pk],
        "handover": [handover.pk],
    }


PART = Part(
    addresses={
        "teams:people": at("office", *READ),
        "teams:post_create": at("office", *HEADS_FORM, sends=post_form),
        "teams:post_detail": at("staff_post", *READ),
        "teams:post_update": at("staff_post", *HEADS_FORM, sends=post_form),
        "teams:post_move": at("staff_post", *HEADS_STEP, sends=lambda t: {"direction": "up"}),
        "teams:post_close": at("vacant_post", *HEADS_STEP),
        "teams:post_reopen": at("closed_post", *HEADS_STEP),
        "teams:post_transfer": at("staff_post", *HEADS_FORM, sends=incoming_form),
        "teams:transfer_call_off": at("planned_post", *HEADS_STEP),
        "teams:post_charge": at("vacant_post", *HEADS_FORM, sends=charge_form),
        "teams:holding_release": at("charge", *HEADS_FORM, sends=release_form),
        "teams:person_update": at("colleague", *HEADS_FORM, sends=person_form),
        "duties:post_work": at("staff_post", *READ),
        "duties:handover_list": at("", get(others=OK), GET_ONLY),
        "duties:handover_detail": at("handover", get(**CONCERNED, others=GONE), GET_ONLY),
        "duties:handover_note": at(
            "handover",
            POST_ONLY,
            post(head=DONE, sibling_head=DONE, administrator=DONE, officer=NO, others=GONE),
            sends=note_form,
        ),
        "duties:handover_give": at(
            "handover",
            POST_ONLY,
            post(sibling_head=DONE, head=NO, officer=NO, administrator=NO, others=GONE),
        ),
        "duties:handover_take": at(
            "handover",
            POST_ONLY,
            post(officer=DONE, head=NO, sibling_head=NO, administrator=NO, others=GONE),
        ),
        "duties:handover_settle": at(
            "handover",
            POST_ONLY,
            post(head=DONE, administrator=DONE, officer=NO, sibling_head=NO, others=GONE),
        ),
    },
    things=things,
    watched=(Handover,),
)
