"""What may come in as a file: checked by its content, never by its name alone.

Every room takes its files through here, in one of three ways:

- evidence (`check_evidence`) is kept for offices to read: pictures are drawn anew, a PDF, Word or
  Excel file stays as it came if nothing in it acts by itself;
- what anybody may hand in (`clean_upload`) is freed of whoever made it as well;
- tables and minutes that are read and not kept are opened with `OfficeArchive`.
"""

from .archive import OfficeArchive
from .cleaning import LONGEST_EDGE, CleanFile, clean_upload, for_screens
from .errors import UnreadableDocument
from .evidence import check_evidence, serve_evidence
from .kinds import EVIDENCE_KINDS, FileKind, kind_of, refuse_too_large

__all__ = [
    "EVIDENCE_KINDS",
    "LONGEST_EDGE",
    "CleanFile",
    "FileKind",
    "OfficeArchive",
    "UnreadableDocument",
    "check_evidence",
    "clean_upload",
    "for_screens",
    "kind_of",
    "refuse_too_large",
    "serve_evidence",
]
