"""Whether a paper is the one that was sent: by the code printed on it, or by the file itself."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.db.models import Q, TextChoices
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.digits import to_ascii
from ideas.guard import Tally
from teams.templatetags.bangla_tags import clock

from .models import Submission
from .models.submissions import CODE_LENGTH, CODE_LETTERS

LARGEST_FILE = 50 * 1024 * 1024  # bytes; a report with a hundred pictures has a tenth of it
MOST_GUESSES = 60  # unknown codes from one address within an hour
GROUP = 4


# --- The code -----------------------------------------------------------------------------------
def read_code(typed: str) -> str:
    """The code in what somebody typed, in any case, with any gaps or dashes; "" if it is none."""
    signs = "".join(sign for sign in to_ascii(typed).upper() if sign.isalnum())
    return signs if len(signs) == CODE_LENGTH and set(signs) <= set(CODE_LETTERS) else ""


def spaced(code: str) -> str:
    """The code as it is printed and read out: 7KQ2-M4XB-92TD-FHW3."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def verify_address(code: str = "") -> str:
    """Where anybody checks a report; without a code, where the code is typed."""
    path = (
        reverse("open:verify_report_code", args=[code]) if code else reverse("open:verify_report")
    )
    return settings.SITE_URL.rstrip("/") + path


class Guesses(Tally):
    """The unknown codes that came from one address within the hour."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, "reports")

    @property
    def are_spent(self) -> bool:
        return self.count >= MOST_GUESSES

    @property
    def sentence(self) -> str:
        """When codes may be tried again."""
        return _("এখান থেকে অনেকগুলো ভুল কোড লেখা হয়েছে। %(time)s-এর পরে আবার চেষ্টা করুন।") % {
            "time": clock(timezone.localtime(self.ends))
        }


# --- How a sending stands -----------------------------------------------------------------------
class Standing(TextChoices):
    AUTHENTIC = "authentic"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


def newest_of(submission: Submission) -> Submission:
    """The last sending of the same report."""
    return Submission.objects.filter(report=submission.report_id).latest("number")


def standing_of(submission: Submission, newest: Submission) -> Standing:
    """What whoever holds the paper has to know of it. A withdrawal is said of every sending; that
    a later one exists, of all but the last."""
    if submission.withdrawn_at:
        return Standing.WITHDRAWN
    return Standing.AUTHENTIC if submission == newest else Standing.SUPERSEDED


# --- The file -----------------------------------------------------------------------------------
class FileAnswer(TextChoices):
    """What a file turned out to be, beside a code that was given or without one."""

    SAME = "same"  # the very file of the sending in question
    DATA = "data"  # the data that stands inside that file
    OTHER_SENDING = "other_sending"  # that of an earlier or later sending of the same report
    OTHER_REPORT = "other_report"
    UNKNOWN = "unknown"  # changed, or never from here
    NOT_MADE = "not_made"  # our own file is still being made, so nothing can be compared
    MISSING = "missing"
    TOO_LARGE = "too_large"


class Fingerprinter(FileUploadHandler):
    """Takes the SHA-256 of a file as it arrives and keeps nothing of it, on disk or in memory."""

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self._digest = hashlib.sha256()
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size <= LARGEST_FILE:
            self._digest.update(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        file = UploadedFile(name=self.file_name, size=self._size)
        file.sha256 = self._digest.hexdigest()  # type: ignore[attr-defined]
        return file


@dataclass(frozen=True, slots=True)
class FileCheck:
    """The answer about a file, its SHA-256, and the sending whose file it is."""

    answer: FileAnswer
    sha256: str = ""
    submission: Submission | None = None


def check_file(upload: UploadedFile | None, asked: Submission | None = None) -> FileCheck:
    """Compare a file taken by the Fingerprinter with all that were sent; `asked` is the sending
    whose code was given."""
    if upload is None or not upload.size:
        return FileCheck(FileAnswer.MISSING)
    if upload.size > LARGEST_FILE:
        return FileCheck(FileAnswer.TOO_LARGE)
    sha256: str = upload.sha256  # type: ignore[attr-defined]
    if asked is not None and (answer := _is_of(asked, sha256)):
        return FileCheck(answer, sha256, asked)
    found = (
        Submission.objects.filter(Q(job__document__sha256=sha256) | Q(fingerprint=sha256))
        .select_related("report__office", "job__document")
        .first()
    )
    if found is None:
        is_waiting = asked is not None and asked.ordered_job.document is None
        return FileCheck(FileAnswer.NOT_MADE if is_waiting else FileAnswer.UNKNOWN, sha256)
    if asked is None:
        return FileCheck(_is_of(found, sha256) or FileAnswer.UNKNOWN, sha256, found)
    is_same_report = found.report_id == asked.report_id
    other = FileAnswer.OTHER_SENDING if is_same_report else FileAnswer.OTHER_REPORT
    return FileCheck(other, sha256, found)


def _is_of(submission: Submission, sha256: str) -> FileAnswer | None:
    """Whether these bytes are the PDF of a sending, or the data inside it."""
    made = submission.ordered_job.document
    if made is not None and made.sha256 == sha256:
        return FileAnswer.SAME
    return FileAnswer.DATA if submission.fingerprint == sha256 else None
