"""Something real on every page of ideas.urls.newsletters."""

from datetime import date
from uuid import uuid4

from django.urls import reverse

from ideas.actions.newsletters import (
    PieceText,
    add_news,
    create_newsletter,
    print_draft,
    publish_newsletter,
)
from ideas.models import Newsletter, Piece, Subscription
from ideas.newsletters import half_year_of
from jobs.documents import store
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.factories import PNG

LONG = (
    "কৃষিপ্রণোদনার তালিকা প্রকাশ: https://kaliganj.gazipur.gov.bd/innovation/newsletter/2026-07-12/pages"
)


def number(upazila: Upazila, day: date) -> Newsletter:
    newsletter = create_newsletter(
        office=upazila.office, period=half_year_of(day), title="উদ্ভাবন বার্তা", by=upazila.officer
    )
    picture = store(PNG, content_type="image/png", filename="picture.png")
    for title in ("প্রশিক্ষণ", LONG):
        add_news(
            newsletter=newsletter,
            text=PieceText(title, f"{LONG}\nদুই দিনের প্রশিক্ষণে ৪০ জন অংশ নেন।"),
            picture=picture,
            by=upazila.officer,
            form_key=uuid4(),
        )
    return newsletter


def of_officer(upazila: Upazila) -> Addresses:
    draft, sent = number(upazila, date(2026, 8, 1)), number(upazila, date(2026, 2, 1))
    publish_newsletter(newsletter=sent, by=upazila.officer)
    document = print_draft(newsletter=draft, by=upazila.officer)
    piece = Piece.objects.filter(newsletter=draft).earliest("pk")
    return {
        "ideas:newsletter_list": [reverse("ideas:newsletter_list")],
        "ideas:newsletter_create": [reverse("ideas:newsletter_create")],
        "ideas:newsletter_detail": [one.get_absolute_url() for one in (draft, sent)],
        "ideas:newsletter_publish": [reverse("ideas:newsletter_publish", args=[draft.pk])],
        "ideas:piece_create": [reverse("ideas:piece_create", args=[draft.pk])],
        "ideas:piece_update": [reverse("ideas:piece_update", args=[piece.pk])],
        "ideas:newsletter_document_detail": [document.get_absolute_url()],
    }


def of_strangers(upazila: Upazila) -> Addresses:
    sent = number(upazila, date(2025, 8, 1))
    publish_newsletter(newsletter=sent, by=upazila.officer)
    subscription = Subscription.objects.create(office=upazila.office, email="x@example.test")
    of_office = [upazila.office.code]
    return {
        "public:newsletter_list": [
            reverse("public:newsletter_list"),
            f"{reverse('public:newsletter_list')}?office={upazila.office.code}",
        ],
        "public:newsletter_detail": [reverse("public:newsletter_detail", args=[sent.pk])],
        "public:subscribe": [reverse("public:subscribe", args=of_office)],
        "public:subscription_confirm": [
            reverse("public:subscription_confirm", args=[subscription.token])
        ],
        "public:unsubscribe": [reverse("public:unsubscribe", args=[subscription.token])],
    }


PAGES = Pages(
    of_officer=of_officer,
    of_strangers=of_strangers,
    no_pages=frozenset(
        {
            "ideas:newsletter_document_download",
            "ideas:newsletter_document_retry",
            "ideas:newsletter_gather",
            "ideas:newsletter_print",
            "ideas:piece_move",
            "ideas:piece_remove",
            "public:newsletter_pdf",
            "public:newsletter_picture",
        }
    ),
)
