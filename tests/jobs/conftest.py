"""What every test of jobs needs: a queue that only remembers, files in a temporary folder."""

from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from jobs import actions, publishing, registry, tasks
from jobs.letters import post_letter
from jobs.models import Job, Letter
from jobs.registry import Handler, Payload, Produced, Progress
from tests.jobs.support import (
    ADDRESS,
    BODY,
    LEASE_SECONDS,
    MAX_ATTEMPTS,
    SUBJECT,
    SWEEP_SECONDS,
    MakeJob,
    Post,
    Register,
    a_paper,
)


@pytest.fixture(autouse=True)
def job_settings(settings: Settings, tmp_path: Path) -> Settings:
    """Known periods, and a storage of this test's own."""
    settings.JOB_LEASE_SECONDS = LEASE_SECONDS
    settings.JOB_SWEEP_SECONDS = SWEEP_SECONDS
    settings.JOB_MAX_ATTEMPTS = MAX_ATTEMPTS
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        },
    }
    return settings


@pytest.fixture(autouse=True)
def queue(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids that were published, instead of a broker."""
    published: list[int] = []

    def remember(*, args: list[int], **options: object) -> None:
        published.extend(args)

    monkeypatch.setattr(tasks.run_job, "apply_async", remember)
    monkeypatch.setattr(publishing, "_queue_rest", publishing.QueueRest())
    return published


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Register:
    """Register a handler for the length of one test."""

    def register_handler(kind: str, handler: Handler) -> None:
        monkeypatch.setitem(registry._handlers, kind, handler)

    return register_handler


@pytest.fixture(autouse=True)
def letter_kind(register: Register) -> None:
    """`test.letter`: a kind whose paper says what the payload says."""

    def write_letter(payload: Payload, progress: Progress) -> Produced:
        return a_paper(payload.get("text", "চিঠি"))

    register("test.letter", write_letter)


@pytest.fixture
def make_job(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> MakeJob:
    """Ask for a job as a view does, and let the transaction commit."""

    def make(key: str = "letter:1", kind: str = "test.letter", **payload: object) -> Job:
        with django_capture_on_commit_callbacks(execute=True):
            return actions.enqueue(kind=kind, key=key, payload=payload)

    return make


@pytest.fixture
def post(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Post:
    """Post a letter as an action does, and let the transaction commit."""

    def posted(key: str = "notice:1", to_address: str = ADDRESS, **words: object) -> Letter:
        with django_capture_on_commit_callbacks(execute=True):
            return post_letter(
                **{"key": key, "to_address": to_address, "subject": SUBJECT, "body": BODY, **words}
            )

    return posted
