"""PDF files: opened in a process of their own, looked through or cleaned."""

import subprocess
import sys

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from . import pdf_program

PDF_SECONDS = 30


def clean_pdf(upload: UploadedFile) -> bytes:
    """The same pages without programs, other files, and who made them. Raises ValidationError."""
    return _run(upload, pdf_program.CLEAN)


def refuse_active_pdf(upload: UploadedFile) -> None:
    """Raises ValidationError for a PDF that is broken, locked, or does something when opened."""
    _run(upload, pdf_program.LOOK)


def data_in_pdf(content: bytes, name: str) -> bytes | None:
    """The file `name` that is embedded in a PDF; None when it has none. Raises ValidationError."""
    done = _program(content, pdf_program.DATA, name)
    return None if done.returncode == pdf_program.MISSING else _answer(done)


def _run(upload: UploadedFile, task: str) -> bytes:
    upload.seek(0)
    try:
        return _answer(_program(upload.read(), task))
    finally:
        upload.seek(0)


def _program(content: bytes, *words: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-I", pdf_program.__file__, *words]
    try:
        return subprocess.run(
            command, input=content, capture_output=True, timeout=PDF_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as endless:
        raise _unreadable() from endless


def _answer(done: subprocess.CompletedProcess[bytes]) -> bytes:
    if done.returncode == pdf_program.LOCKED:
        raise ValidationError(_("PDF ফাইলটি পাসওয়ার্ড দিয়ে আটকানো। পাসওয়ার্ড ছাড়া ফাইল দিন।"))
    if done.returncode == pdf_program.ACTIVE:
        raise ValidationError(
            _(
                "PDF ফাইলটির ভেতরে প্রোগ্রাম বা অন্য ফাইল বসানো আছে। কাগজটি “Print to PDF” দিয়ে নতুন করে "
                "তৈরি করে দিন।"
            )
        )
    if done.returncode or not done.stdout or len(done.stdout) > 2 * settings.MAX_UPLOAD_BYTES:
        raise _unreadable()
    return done.stdout


def _unreadable() -> ValidationError:
    return ValidationError(_("PDF ফাইলটি পড়া গেল না; ভাঙা হতে পারে। আবার তৈরি করে দিন।"))
