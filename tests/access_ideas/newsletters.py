"""Who gets what at the addresses of ideas.urls.newsletters."""

from datetime import date
from typing import Any
from uuid import uuid4

from ideas.actions.newsletters import (
    PieceText,
    add_news,
    create_newsletter,
    publish_newsletter,
)
from ideas.models import Newsletter, NewsletterDocument, Piece, Subscription
from ideas.newsletters import NEWSLETTER_PDF, half_year_of
from jobs.documents import store
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
from tests.prints import printed

OPEN_PAGE = (get(anonymous=OK, others=OK), post(anonymous=METHOD, others=METHOD))
OPEN_FORM = (get(anonymous=OK, others=OK), post(anonymous=DONE, others=DONE))
TEAM_FORM = (get(team=OK, others=GONE), post(team=DONE, others=GONE))
TEAM_ACTION = (POST_ONLY, post(team=DONE, others=GONE))


def create_form(things: Any) -> dict[str, Any]:
    return {
        "office": things.plan.office_id,
        "period": half_year_of(date.today()).code,  # noqa: DTZ011 - the page offers today's own
        "form_key": uuid4(),
    }


def words(things: Any) -> dict[str, Any]:
    return {"title": "নতুন শিরোনাম", "text": "নতুন লেখা", "version": 1, "form_key": uuid4()}


def things(country: Country) -> dict[str, list[Any]]:
    """A draft with two pieces, a published number with a picture, papers and a subscriber."""
    head = country["upazila.head"]
    draft, sent = (
        create_newsletter(office=country.upazila, period=half_year_of(day), title="বার্তা", by=head)
        for day in (date(2020, 1, 1), date(2020, 8, 1))
    )
    picture = store(PNG, content_type="image/png", filename="picture.png")
    first, _second, _sent = (
        add_news(
            newsletter=newsletter,
            text=PieceText(title, "লেখা"),
            picture=picture,
            by=head,
            form_key=uuid4(),
        )
        for newsletter, title in ((draft, "ক"), (draft, "খ"), (sent, "গ"))
    )
    publish_newsletter(newsletter=sent, by=head)
    done, failed = (
        printed(NewsletterDocument, NEWSLETTER_PDF, done=done, by=head, newsletter=draft)
        for done in (True, False)
    )
    subscription = Subscription.objects.create(office=country.upazila, email="x@example.test")
    return {
        "newsletter": [draft.pk],
        "sent_newsletter": [sent.pk],
        "newsletter_picture": [sent.pk, 1],
        "piece": [first.pk],
        "newsletter_document": [done.pk],
        "failed_newsletter_document": [failed.pk],
        "subscription": [subscription.token],
    }


PART = Part(
    addresses={
        "ideas:newsletter_list": at("", *PAGE_FOR_ALL),
        "ideas:newsletter_create": at(
            "",
            get(team=OK, reviewer=NO, administrator=NO, nobody=NO, others=OK),
            # The others have newsletters too, but of their own offices; this form names another.
            post(team=DONE, reviewer=NO, administrator=NO, nobody=NO, others=422),
            sends=create_form,
        ),
        "ideas:newsletter_detail": at("newsletter", *TEAM_FORM, sends=words),
        "ideas:newsletter_gather": at("newsletter", POST_ONLY, post(team=OK, others=GONE)),
        "ideas:newsletter_print": at("newsletter", *TEAM_ACTION),
        "ideas:newsletter_publish": at(
            "newsletter",
            get(member=NO, team=OK, others=GONE),
            post(member=NO, team=DONE, others=GONE),
        ),
        "ideas:piece_create": at("newsletter", *TEAM_FORM, sends=words),
        "ideas:piece_update": at("piece", *TEAM_FORM, sends=words),
        "ideas:piece_move": at("piece", *TEAM_ACTION, sends=lambda t: {"to": "down"}),
        "ideas:piece_remove": at("piece", *TEAM_ACTION),
        "ideas:newsletter_document_detail": at("newsletter_document", *TEAM_PAGE),
        "ideas:newsletter_document_retry": at("failed_newsletter_document", *TEAM_ACTION),
        "ideas:newsletter_document_download": at("newsletter_document", *TEAM_PAGE),
        "public:newsletter_list": at("", *OPEN_PAGE),
        "public:newsletter_detail": at("sent_newsletter", *OPEN_PAGE),
        "public:newsletter_pdf": at("sent_newsletter", *OPEN_PAGE),
        "public:newsletter_picture": at("newsletter_picture", *OPEN_PAGE),
        "public:subscribe": at(
            "office", *OPEN_FORM, sends=lambda t: {"email": "reader@example.test"}
        ),
        "public:subscription_confirm": at("subscription", *OPEN_FORM),
        "public:unsubscribe": at("subscription", *OPEN_FORM),
    },
    things=things,
    public=frozenset(
        {
            "public:newsletter_list",
            "public:newsletter_detail",
            "public:newsletter_pdf",
            "public:newsletter_picture",
            "public:subscribe",
            "public:subscription_confirm",
            "public:unsubscribe",
        }
    ),
    watched=(Newsletter, NewsletterDocument, Piece, Subscription),
)
