"""What a document may load: the files handed to it by name, and nothing else."""

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from bangla.pdf.engine import URLFetcher, URLFetcherResponse
from bangla.pdf.errors import FetchRefused

SCHEME = "files:"


class NamedFiles(URLFetcher):  # type: ignore[misc, unused-ignore]
    """Serves `files:<name>` from a mapping; every other address is refused unopened.

    WeasyPrint turns the refusal into a log line and draws the document without the resource.
    `refused` keeps the addresses in the order they were asked for.
    """

    def __init__(self, files: Mapping[str, Path]) -> None:
        super().__init__(allowed_protocols=())
        self.refused: list[str] = []
        self._files = {name.removeprefix(SCHEME): path for name, path in files.items()}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The file behind `url`; raises `FetchRefused` for anything that was not handed over."""
        name = unquote(url.removeprefix(SCHEME))
        if not url.startswith(SCHEME) or name not in self._files:
            self.refused.append(url)
            raise FetchRefused(f"{url} is not among the files of this document")
        path = self._files[name]
        content_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type})
