"""The page on which an office arranges what its meetings use, as a test drives it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from teams.models import AuditEntry, Office, Post, PostGroup
from tests.pages import texts_of


def to(name: str, *args: object) -> str:
    return reverse(f"meetings:{name}", args=args)


def page(client: Client, office: Office, **query: str) -> HttpResponse:
    return client.get(to("arrange"), {"office": office.pk, **query})


def add(client: Client, office: Office, what: str, **form: object) -> HttpResponse:
    return client.post(to(f"{what}_create", office.pk), form)


def shown(client: Client, office: Office, section: str) -> str:
    """The words of a section of the page."""
    return texts_of(page(client, office), f"section#{section}")[0]


def faults(response: HttpResponse, key: str) -> str:
    """What is said under the fields of a form that came back open."""
    assert response.status_code == 422
    return " ".join(texts_of(response, f"#form-{key} .invalid-feedback"))


def records(action: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action=action))


def make_group(client: Client, office: Office, *members: Post, name: str = "কমিটি") -> PostGroup:
    response = add(client, office, "group", name=name, members=[post.pk for post in members])
    assert response.status_code == 302
    return office.post_groups.get(name=name)


def upload(
    client: Client, office: Office, content: bytes, kind: str = "minutes", name: str = "ছক.docx"
) -> HttpResponse:
    file = SimpleUploadedFile(name, content)
    return client.post(to("template_upload", office.pk, kind), {"file": file})
