"""Words that would like to be a script, in every text of the ideas: the browser runs none."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from ideas import guard
from ideas.actions.newsletters import (
    PieceText,
    add_news,
    create_newsletter,
    publish_newsletter,
)
from ideas.enums import IdeaStatus
from ideas.models import Idea, Initiative, Newsletter
from ideas.newsletters import half_year_of
from ideas.similar.index import index_idea
from tests.browser.house import Upazila
from tests.browser.support import NewPage, Troubles, log_in
from tests.ideas.hostile import BREAKS, MARKS, poison_everything
from tests.ideas.register import TEXT, make_idea
from tests.ideas.showcase import make_initiative

pytestmark = pytest.mark.browser

# Called by a script or an attribute that the words made, it complains aloud.
EVIL = "window.evil = () => console.error('a script of hostile words ran')"
MARK = {name: mark for mark, name in MARKS.items()}


@pytest.fixture
def world(upazila: Upazila, monkeypatch: pytest.MonkeyPatch) -> Upazila:
    """Ideas, a page and two newsletters whose every text is hostile; nobody types too fast."""
    guard.forget()
    monkeypatch.setattr(guard, "FASTEST", 0)
    office, head = upazila.office, upazila.head
    for status in (IdeaStatus.RECEIVED, IdeaStatus.RECEIVED, IdeaStatus.SHORTLISTED):
        make_idea(office, by=head, status=status)
    make_initiative(office, by=head, status="published")
    for day in (date(2020, 1, 1), date(2020, 8, 1)):
        newsletter = create_newsletter(
            office=office, period=half_year_of(day), title="বার্তা", by=head
        )
        text = PieceText("ক", "লেখা")
        add_news(newsletter=newsletter, text=text, picture=None, by=head, form_key=uuid4())
    poison_everything()
    # What this one speaks of can still be found.
    shared = Idea.objects.get(status=IdeaStatus.SHORTLISTED)
    shared.title, shared.description = f"{BREAKS} {TEXT.title}", TEXT.description
    shared.save()
    index_idea(shared)
    publish_newsletter(newsletter=Newsletter.objects.first(), by=head)
    return upazila


def listen(page: Page) -> list[str]:
    """Boxes that a script opens; `Troubles` hears the rest."""
    opened: list[str] = []
    page.context.add_init_script(EVIL)
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    return opened


def sees(page: Page, field: str, *, within: str = "main") -> None:
    """The words of a field are read as they were typed."""
    words = page.locator(within).get_by_text(f"{MARK[field]}{BREAKS[:40]}")
    expect(words.first).to_be_visible()


def test_hostile_words_run_nowhere(world: Upazila, new_page: NewPage, troubles: Troubles) -> None:
    troubles.expect("status of 422", "status of 409")
    page = new_page()
    opened = listen(page)

    # --- Anybody ---------------------------------------------------------------------------
    page.goto(reverse("public:idea_create"))
    page.get_by_label("সমস্যা").fill(TEXT.title)
    page.get_by_label("প্রস্তাব").fill(TEXT.description)
    expect(page.locator("[data-similar]").get_by_text(BREAKS[:40]).first).to_be_visible()
    page.get_by_label("সমস্যা").fill(BREAKS)
    page.get_by_label("প্রস্তাব").fill("")
    page.locator("form.form").evaluate("form => (form.noValidate = true)")
    page.get_by_role("button", name="জমা দিন").click()
    expect(page.get_by_text("আপনার প্রস্তাবটি দু-এক বাক্যে লিখুন।")).to_be_visible()
    expect(page.get_by_label("সমস্যা")).to_have_value(BREAKS)

    received, double = Idea.objects.filter(status=IdeaStatus.RECEIVED)[:2]
    page.goto(reverse("public:follow", args=[received.code]))
    sees(page, "Idea.title")
    page.goto(Initiative.objects.get().get_absolute_url())
    sees(page, "Initiative.summary")
    sent, draft = Newsletter.objects.order_by("-status")[:2]
    page.goto(reverse("public:newsletter_detail", args=[sent.pk]))
    sees(page, "Piece.text")

    # --- The team --------------------------------------------------------------------------
    log_in(page, world.officer)
    page.goto(received.get_absolute_url())
    sees(page, "Idea.description")
    page.goto(f"{reverse('ideas:merge', args=[double.pk])}?into={received.pk}")
    sees(page, "Idea.title")
    page.goto(reverse("ideas:update", args=[received.pk]))
    Idea.objects.filter(pk=received.pk).update(version=9)
    page.get_by_label("সমস্যা").fill(BREAKS)
    page.get_by_role("button", name="সংরক্ষণ করুন").click()
    sees(page, "Idea.problem")
    page.goto(reverse("ideas:newsletter_detail", args=[draft.pk]))
    page.get_by_role("button", name="সরান").first.click()
    sees(page, "Piece.title", within="[data-confirm-dialog]")
    page.keyboard.press("Escape")
    assert opened == []
