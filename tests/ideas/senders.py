"""Submitters of ideas for tests: who wrote, where they want to hear from us, what they got."""

from django.test import Client

from ideas.actions import ContactText, receive_idea
from ideas.models import Idea, Support
from jobs.models import Letter
from teams.models import Office, User
from tests.ideas.register import TEXT, take

EMAIL = "shahinur@example.com"


def make_told(office: Office, *, by: User, email: str = EMAIL, steps: tuple = ()) -> Idea:
    """An idea whose submitter left an address, taken along `steps`."""
    idea = receive_idea(office=office, text=TEXT, by=by, contact=ContactText(email=email))
    take(idea, steps, by=by)
    return idea


def support(idea: Idea, *, email: str = "", person: User | None = None, name: str = "") -> Support:
    return Support.objects.create(idea=idea, email=email, supported_by=person, name=name)


def letters_to(address: str) -> list[Letter]:
    """What was posted to an address, the oldest first."""
    return list(Letter.objects.filter(to_address=address).order_by("pk"))


def follow_url(code: str) -> str:
    return f"/idea-box/track/{code}/"


def follow(code: str, client: Client | None = None):
    return (client or Client()).get(follow_url(code))
