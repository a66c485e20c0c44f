"""The pictures of a report, ready for the PDF engine, which reads files by path."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jobs.documents import open_document
from jobs.models import StoredDocument
from teams.uploads import CleanFile, for_screens


@contextmanager
def pictures_on_disk(content: Mapping[str, Any]) -> Iterator[dict[str, Path]]:
    """The pictures of a frozen report by the name its paper uses, "<sha256>.jpg", while it lasts.

    As light as a page needs them: two beside each other on A4 want no more points than a screen.
    Raises StoredDocument.DoesNotExist, jobs.documents.DocumentDamaged.
    """
    wanted = {
        picture["sha256"] for section in content["sections"] for picture in section["pictures"]
    }
    found = StoredDocument.objects.filter(sha256__in=wanted)
    if missing := wanted - {document.sha256 for document in found}:
        raise StoredDocument.DoesNotExist(f"no picture {', '.join(sorted(missing))}")
    with TemporaryDirectory() as folder:
        files = {f"{document.sha256}.jpg": document for document in found}
        paths = {name: Path(folder) / name for name in files}
        for name, path in paths.items():
            path.write_bytes(_light(files[name]))
        yield paths


def _light(document: StoredDocument) -> bytes:
    with open_document(document) as file:
        whole = CleanFile(file.read(), document.content_type, "")
    return for_screens(whole).content
