"""Papers: stored whole, stored once, served with the right headers."""

import hashlib
import stat
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.storage import default_storage
from django.http import FileResponse
from django.test import RequestFactory
from pytest_django import Settings

from jobs import documents
from jobs.documents import DocumentDamaged
from jobs.models import StoredDocument

pytestmark = pytest.mark.django_db

CONTENT = "বার্ষিক প্রতিবেদন".encode()
SHA = hashlib.sha256(CONTENT).hexdigest()


def stored(content: bytes = CONTENT, filename: str = "প্রতিবেদন.pdf") -> StoredDocument:
    return documents.store(content, content_type="application/pdf", filename=filename)


def files_of(settings: Settings) -> list[Path]:
    root = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    return sorted(path.relative_to(root) for path in root.rglob("*") if path.is_file())


def test_store_addresses_the_file_by_its_content(settings: Settings) -> None:
    document = stored()
    assert (document.sha256, document.size) == (SHA, len(CONTENT))
    assert files_of(settings) == [Path(f"documents/{SHA[:2]}/{SHA[2:4]}/{SHA}.pdf")]
    with documents.open_document(document) as file:
        assert file.read() == CONTENT


def test_store_of_equal_bytes_is_one_document(settings: Settings) -> None:
    first, again = stored(), stored(filename="other.docx")
    assert again == first
    assert again.filename == "প্রতিবেদন.pdf"
    assert len(files_of(settings)) == 1


@pytest.mark.parametrize("filename", ["নাম", "a.PDF/../../x", "a.দলিল", "a.toolongsuffix"])
def test_store_takes_no_odd_suffix_into_the_path(filename: str) -> None:
    assert stored(filename=filename).file.name.endswith(SHA)


def test_store_of_nothing_is_refused(settings: Settings) -> None:
    with pytest.raises(ValueError, match="empty"):
        stored(b"")
    assert files_of(settings) == []


def test_store_repairs_a_damaged_file() -> None:
    document = stored()
    Path(document.file.path).write_bytes(b"half")
    stored()
    documents.verify(document)


def test_store_interrupted_leaves_no_half_paper(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(descriptor: int) -> None:
        raise OSError("power cut")

    monkeypatch.setattr(documents.os, "fsync", power_cut)
    with pytest.raises(OSError, match="power cut"):
        stored()
    assert files_of(settings) == []
    assert not StoredDocument.objects.exists()


def test_store_keeps_the_file_mode_of_the_storage(settings: Settings) -> None:
    settings.FILE_UPLOAD_PERMISSIONS = 0o640
    assert stat.S_IMODE(Path(stored().file.path).stat().st_mode) == 0o640


def test_store_works_with_a_storage_that_has_no_paths(settings: Settings) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    document = stored()
    assert stored() == document
    with default_storage.open(document.file.name) as file:
        assert file.read() == CONTENT


@pytest.mark.parametrize("damage", ["missing", "cut short"])
def test_open_notices_a_damaged_file(damage: str) -> None:
    document = stored()
    path = Path(document.file.path)
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(CONTENT[:-1])
    with pytest.raises(DocumentDamaged, match=r"missing|bytes instead of"):
        documents.open_document(document)


def test_verify_notices_changed_bytes_of_the_same_length() -> None:
    document = stored()
    documents.verify(document)
    Path(document.file.path).write_bytes(CONTENT[::-1])
    with pytest.raises(DocumentDamaged, match="hashes to"):
        documents.verify(document)


def test_serve_sends_a_bengali_name_and_safe_headers() -> None:
    response = documents.serve(stored(), filename="বার্ষিক প্রতিবেদন ২০১৭.pdf")
    assert isinstance(response, FileResponse)
    assert response.getvalue() == CONTENT
    assert response["Content-Disposition"] == (
        f"attachment; filename*=utf-8''{quote('বার্ষিক প্রতিবেদন ২০১৭.pdf')}"
    )
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"
    assert response["ETag"] == f'"{SHA}"'
    response.close()


def test_serve_shows_a_pdf_inline_when_asked() -> None:
    response = documents.serve(stored(), as_attachment=False)
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''")
    response.close()


def test_serve_never_opens_what_could_run_script() -> None:
    page = documents.store(b"<script>", content_type="text/html", filename="a.html")
    response = documents.serve(page, as_attachment=False)
    assert response["Content-Disposition"] == 'attachment; filename="a.html"'
    response.close()


def test_serve_again_to_the_same_browser_sends_nothing(rf: RequestFactory) -> None:
    document = stored()
    same = documents.serve(document, request=rf.get("/", headers={"If-None-Match": f'"{SHA}"'}))
    assert (same.status_code, same.content) == (304, b"")
    assert same["Cache-Control"] == "private, no-cache"
    other = documents.serve(document, request=rf.get("/", headers={"If-None-Match": '"old"'}))
    assert other.status_code == 200
    other.close()


def test_serve_of_a_damaged_file_is_an_error_not_a_paper() -> None:
    document = stored()
    Path(document.file.path).write_bytes(b"half")
    with pytest.raises(DocumentDamaged):
        documents.serve(document)
