"""A letter that takes about a second to write, so that there is time to kill its writer."""

import os
import time
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from jobs.registry import Payload, Produced, Progress, handler

KIND = "faults.slow_letter"
STEPS = 10
STEP_SECONDS = 0.1


def trail() -> Path:
    """Where handlers note what they start, one line in one write."""
    return Path(settings.DATA_DIR) / "trail"


@handler(KIND)
def slow_letter(payload: Payload, progress: Progress) -> Produced:
    """Every run writes other bytes, so a second result could not hide behind the first."""
    descriptor = os.open(trail(), os.O_APPEND | os.O_CREAT | os.O_WRONLY)
    os.write(descriptor, b"started\n")
    os.close(descriptor)
    for step in range(1, STEPS + 1):
        time.sleep(STEP_SECONDS)
        progress(100 * step // STEPS, "লেখা হচ্ছে")
    return Produced(
        content=uuid4().bytes, content_type="application/octet-stream", filename="চিঠি.bin"
    )
