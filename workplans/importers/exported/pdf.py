"""The data that a plan's PDF carries: what was frozen when it was printed."""

import json
from typing import Any

from django.core.exceptions import ValidationError

from teams.uploads.pdf import data_in_pdf
from workplans.exchange import PDF_DATA

Data = dict[str, Any]


def data_of_pdf(content: bytes) -> Data | None:
    """What one of our PDFs says as data; None for any other PDF, also a broken or locked one."""
    try:
        data = json.loads(data_in_pdf(content, PDF_DATA) or b"null")
    except (ValidationError, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None
