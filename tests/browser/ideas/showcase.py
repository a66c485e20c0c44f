"""Something real on every page of ideas.urls.showcase."""

from django.urls import reverse

from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.browser.papers import end_job
from tests.ideas.showcase import (
    make_award,
    make_event,
    make_initiative,
    make_picture,
    piloted,
)

# Words that do not break at a blank.
ENDLESS = "https://www.bangladesh.gov.bd/innovation/2026/showcase/certificates/recipients"


def of_officer(upazila: Upazila) -> Addresses:
    office, head = upazila.office, upazila.head
    published = make_initiative(office, by=head, status="published")
    draft = make_initiative(office, by=head)
    withdrawn = make_initiative(office, by=head, status="withdrawn")
    for initiative in (published, draft):
        for purpose in ("before", "after", "picture"):
            make_picture(initiative, by=head, purpose=purpose)
    shown = make_event(office, published, by=head, published=True)
    prepared = make_event(office, by=head)
    award = make_award(office, by=head, idea=published.idea, event=shown, recipient_name=ENDLESS)
    waiting = make_award(office, by=head)
    end_job(award.certificates.get(), is_good=True)
    return {
        "ideas:initiative_list": [reverse("ideas:initiative_list")],
        "ideas:initiative_create": [
            reverse("ideas:initiative_create", args=[piloted(office, by=head).pk])
        ],
        "ideas:initiative_detail": [
            reverse("ideas:initiative_detail", args=[one.pk])
            for one in (published, draft, withdrawn)
        ],
        "ideas:initiative_update": [reverse("ideas:initiative_update", args=[published.pk])],
        "ideas:initiative_pictures": [reverse("ideas:initiative_pictures", args=[published.pk])],
        "ideas:event_list": [reverse("ideas:event_list")],
        "ideas:event_create": [reverse("ideas:event_create")],
        "ideas:event_detail": [
            shown.get_absolute_url(),
            prepared.get_absolute_url(),
            f"{prepared.get_absolute_url()}?q=আবেদন",
        ],
        "ideas:event_update": [reverse("ideas:event_update", args=[shown.pk])],
        "ideas:award_list": [reverse("ideas:award_list")],
        "ideas:award_create": [reverse("ideas:award_create")],
        "ideas:award_detail": [award.get_absolute_url(), waiting.get_absolute_url()],
        "ideas:award_revoke": [reverse("ideas:award_revoke", args=[award.pk])],
        "ideas:certificate_detail": [award.certificates.get().get_absolute_url()],
    }


def of_strangers(upazila: Upazila) -> Addresses:
    office, head = upazila.office, upazila.head
    published = make_initiative(office, by=head, status="published")
    for purpose in ("before", "after", "picture"):
        make_picture(published, by=head, purpose=purpose)
    event = make_event(office, published, by=head, published=True)
    award = make_award(office, by=head, idea=published.idea, event=event, recipient_name=ENDLESS)
    return {
        "public:initiative_list": [
            reverse("public:initiative_list"),
            reverse("public:initiative_list") + "?q=নেই",
        ],
        "public:initiative_detail": [published.get_absolute_url()],
        "public:event_detail": [reverse("public:event_detail", args=[event.pk])],
        "public:verify": [reverse("public:verify")],
        "public:verify_code": [reverse("public:verify_code", args=[award.code])],
    }


PAGES = Pages(
    of_officer=of_officer,
    of_strangers=of_strangers,
    no_pages=frozenset(
        {
            "ideas:initiative_picture",
            "ideas:initiative_publish",
            "ideas:initiative_withdraw",
            "ideas:picture_update",
            "ideas:picture_move",
            "ideas:picture_remove",
            "ideas:event_publish",
            "ideas:event_withdraw",
            "ideas:entry_create",
            "ideas:entry_update",
            "ideas:entry_move",
            "ideas:entry_remove",
            "ideas:certificate_retry",
            "ideas:certificate_download",
            "public:initiative_picture",
        }
    ),
)
