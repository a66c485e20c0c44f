"""Something real on every page of ideas.urls.intake."""

from django.urls import reverse

from ideas.actions import add_file, appeal_idea, forward_idea
from ideas.enums import FilePurpose, IdeaStatus
from ideas.models import Contact, Idea, Support
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.ideas.pilots import picture
from tests.ideas.register import make_idea


def of_strangers(upazila: Upazila) -> Addresses:
    offices = reverse("public:office_list")
    return {
        "public:idea_create": [reverse("public:idea_create")],
        "public:office_idea_create": [
            reverse("public:office_idea_create", args=[upazila.office.code])
        ],
        "public:office_list": [offices, f"{offices}?in=district", f"{offices}?q=নেই"],
        # Of the code itself see tests/browser/test_citizen.py.
        "public:idea_received": [reverse("public:idea_received")],
        **_of_codes(upazila),
    }


def _of_codes(upazila: Upazila) -> Addresses:
    """What the holders of codes see: an idea in each state, a supporter's, one to appeal."""
    office, head = upazila.office, upazila.head
    ideas = {status: make_idea(office, by=head, status=status) for status in IdeaStatus.values}
    codes = [idea.code for idea in ideas.values()]
    codes.append(Support.objects.create(idea=ideas["merged"]).code)
    follow = [reverse("public:follow", args=[code]) for code in codes]
    return {
        "public:track": [reverse("public:track")],
        "public:follow": follow,
        "public:appeal": [reverse("public:appeal", args=[ideas["declined"].code])],
    }


def of_officer(upazila: Upazila) -> Addresses:
    office, officer = upazila.office, upazila.officer
    for status in (IdeaStatus.HELD, IdeaStatus.DISCARDED):
        idea = make_idea(office, by=officer, status=status)
        Idea.objects.filter(pk=idea.pk).update(held_reason="লেখায় অনেকগুলো লিংক আছে।")
    appealed = make_idea(office, by=officer, status=IdeaStatus.DECLINED, submitter_detail="কৃষক")
    appeal_idea(idea=appealed, text="জেলা কার্যালয়ে সেবাটি গত মাসে বন্ধ হয়ে গেছে।", by=None)
    Contact.objects.create(idea=appealed, email="shahinur@example.com", phone="01712345678")
    add_file(idea=appealed, clean=picture(), purpose=FilePurpose.ATTACHMENT, by=officer)
    Idea.objects.filter(pk=appealed.pk).update(submitted_by=officer)
    Support.objects.create(idea=appealed, supported_by=officer)
    sent, typed_in = make_idea(office, by=officer), make_idea(office, by=officer)
    forward_idea(idea=sent, to=office.parent, by=officer)
    held, slips = reverse("ideas:held_list"), reverse("ideas:slips")
    forward = reverse("ideas:forward", args=[appealed.pk])
    return {
        "ideas:held_list": [held, f"{held}?show=discarded"],
        "ideas:box_create": [reverse("ideas:box_create")],
        "ideas:slips": [f"{slips}?idea={appealed.pk}"],
        "ideas:forward": [forward, f"{forward}?q=district", f"{forward}?q=নেই"],
        "ideas:contact": [reverse("ideas:contact", args=[typed_in.pk])],
        "ideas:forwarded_list": [reverse("ideas:forwarded_list")],
        "ideas:mine": [reverse("ideas:mine")],
    }


PAGES = Pages(
    of_officer=of_officer,
    of_strangers=of_strangers,
    no_pages=frozenset(
        {"ideas:held_admit", "ideas:held_discard", "ideas:held_readmit", "ideas:file"}
    ),
)
