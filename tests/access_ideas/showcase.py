"""Who gets what at the addresses of ideas.urls.showcase"""

from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ideas.certificates import CERTIFICATE_PDF
from ideas.models import Award, Certificate, Event, EventEntry, IdeaFile, Initiative
from jobs.documents import store
from jobs.enums import JobStatus
from jobs.models import Job
from tests.access_ideas.parts import Part
from tests.access_rules import (
    DONE,
    GONE,
    METHOD,
    NO,
    OK,
    PAGE_FOR_ALL,
    POST_ONLY,
    TEAM_PAGE,
    at,
    get,
    post,
)
from tests.factories import PNG, Country
from tests.ideas.showcase import (
    TEXT,
    make_award,
    make_event,
    make_initiative,
    make_picture,
    piloted,
)
from tests.prints import printed

PUBLIC_PAGE = (get(anonymous=OK, others=OK), post(anonymous=METHOD, others=METHOD))
# What the team writes in a draft; once everybody sees it, only whoever leads the team.
TEAM_ACTION = (POST_ONLY, post(team=DONE, others=GONE))
TEAM_FORM = (get(team=OK, others=GONE), post(team=DONE, others=GONE))
LEAD_ACTION = (POST_ONLY, post(member=NO, team=DONE, others=GONE))


def page_form(things: Any) -> dict[str, Any]:
    return {"version": 1, "title": "নতুন নাম", "summary": TEXT.summary}


def picture_form(things: Any) -> dict[str, Any]:
    return {
        "purpose": "before",
        "caption": "আগে",
        "picture": SimpleUploadedFile("a.png", PNG, "image/png"),
    }


def event_form(things: Any) -> dict[str, Any]:
    return {
        "office": things.plan.office_id,
        "form_key": uuid4(),
        "version": 1,
        "title": "শোকেসিং",
        "held_on": "২০/১১/২০২৬",
    }


def award_form(things: Any) -> dict[str, Any]:
    return {
        "form_key": uuid4(),
        "title": "স্বীকৃতি",
        "recipient_name": "দল",
        "citation": "কাজের জন্য",
        "given_on": "২০/১১/২০২৬",
    }


def things(country: Country) -> dict[str, list[Any]]:
    """A page in each state with a picture each, an event of each kind, an award, certificates."""
    head, office = country["upazila.head"], country.upazila
    draft = make_initiative(office, by=head)
    published = make_initiative(office, by=head, status="published")
    withdrawn = make_initiative(office, by=head, status="withdrawn")
    event = make_event(office, published, by=head)
    shown = make_event(office, published, by=head, published=True)
    award = make_award(office, by=head)
    certificate = award.certificates.get()
    _finish(certificate)
    failed = printed(Certificate, CERTIFICATE_PDF, done=False, by=head, award=award)
    elsewhere = make_initiative(country.sibling, by=country["sibling.head"], status="published")
    THINGS["initiative"] = elsewhere.pk
    return {
        "piloted_idea": [piloted(office, by=head).pk],
        "initiative": [draft.pk],
        "published_initiative": [published.pk],
        "withdrawn_initiative": [withdrawn.pk],
        "page_picture": [make_picture(draft, by=head).pk],
        "public_picture": [make_picture(published, by=head).pk],
        "showcase_event": [event.pk],
        "public_event": [shown.pk],
        "event_entry": [event.entries.get().pk],
        "award": [award.pk],
        "award_code": [award.code],
        "certificate": [certificate.pk],
        "failed_certificate": [failed.pk],
    }


# A published page of another office, for the event to take.
THINGS: dict[str, int] = {}


def _finish(certificate: Certificate) -> None:
    """As if a worker had drawn it."""
    file = store(b"%PDF-1.7 certificate", content_type="application/pdf", filename="paper.pdf")
    Job.objects.filter(pk=certificate.job_id).update(
        status=JobStatus.DONE, finished_at=timezone.now(), document=file
    )


PART = Part(
    addresses={
        # --- Pages of initiatives ----------------------------------------------------------
        "ideas:initiative_list": at("", *PAGE_FOR_ALL),
        "ideas:initiative_create": at("piloted_idea", *TEAM_FORM, sends=page_form),
        "ideas:initiative_detail": at("initiative", *TEAM_PAGE),
        "ideas:initiative_update": at("initiative", *TEAM_FORM, sends=page_form),
        "ideas:initiative_publish": at("initiative", *LEAD_ACTION),
        "ideas:initiative_withdraw": at("published_initiative", *LEAD_ACTION),
        "ideas:initiative_pictures": at("initiative", *TEAM_FORM, sends=picture_form),
        "ideas:initiative_picture": at("page_picture", *TEAM_PAGE),
        "ideas:picture_update": at(
            "page_picture", *TEAM_ACTION, sends=lambda t: {"purpose": "before", "caption": "আগে"}
        ),
        "ideas:picture_move": at(
            # The only picture has nowhere to go.
            "page_picture",
            POST_ONLY,
            post(team=OK, others=GONE),
        ),
        "ideas:picture_remove": at("page_picture", *TEAM_ACTION),
        "public:initiative_list": at("", *PUBLIC_PAGE),
        "public:initiative_detail": at("published_initiative", *PUBLIC_PAGE),
        "public:initiative_picture": at("public_picture", *PUBLIC_PAGE),
        # --- Events ------------------------------------------------------------------------
        "ideas:event_list": at("", *PAGE_FOR_ALL),
        "ideas:event_create": at(
            "",
            get(team=OK, reviewer=NO, administrator=NO, nobody=NO, others=OK),
            # The others have events too, but of their own offices; this form names another.
            post(team=DONE, reviewer=NO, administrator=NO, nobody=NO, others=422),
            sends=event_form,
        ),
        "ideas:event_detail": at("showcase_event", *TEAM_PAGE),
        "ideas:event_update": at("showcase_event", *TEAM_FORM, sends=event_form),
        "ideas:event_publish": at("showcase_event", *LEAD_ACTION),
        "ideas:event_withdraw": at("public_event", *LEAD_ACTION),
        "ideas:entry_create": at("showcase_event", *TEAM_ACTION, sends=lambda t: THINGS),
        "ideas:entry_update": at(
            "event_entry", *TEAM_ACTION, sends=lambda t: {"remark": "সেরা তিনের একটি"}
        ),
        "ideas:entry_move": at("event_entry", POST_ONLY, post(team=OK, others=GONE)),
        "ideas:entry_remove": at("event_entry", *TEAM_ACTION),
        "public:event_detail": at("public_event", *PUBLIC_PAGE),
        # --- Awards ------------------------------------------------------------------------
        "ideas:award_list": at("", *PAGE_FOR_ALL),
        "ideas:award_create": at(
            "",
            get(
                member=NO,
                team=OK,
                division_member=NO,
                reviewer=NO,
                administrator=NO,
                nobody=NO,
                others=OK,
            ),
            # Whoever leads another team gives an award of that one.
            post(
                member=NO,
                team=DONE,
                division_member=NO,
                reviewer=NO,
                administrator=NO,
                nobody=NO,
                others=DONE,
            ),
            sends=award_form,
        ),
        "ideas:award_detail": at("award", *TEAM_PAGE),
        "ideas:award_revoke": at(
            "award",
            get(member=NO, team=OK, others=GONE),
            post(member=NO, team=DONE, others=GONE),
            sends=lambda t: {"reason": "ভুল ব্যক্তির নামে দেওয়া হয়েছিল"},
        ),
        "ideas:certificate_detail": at("certificate", *TEAM_PAGE),
        "ideas:certificate_retry": at("failed_certificate", *TEAM_ACTION),
        "ideas:certificate_download": at("certificate", *TEAM_PAGE),
        "public:verify": at("", *PUBLIC_PAGE),
        "public:verify_code": at("award_code", *PUBLIC_PAGE),
    },
    things=things,
    public=frozenset(
        {
            "public:initiative_list",
            "public:initiative_detail",
            "public:initiative_picture",
            "public:event_detail",
            "public:verify",
            "public:verify_code",
        }
    ),
    watched=(Initiative, IdeaFile, Event, EventEntry, Award, Certificate),
)
