"""Every hostile file through every reader of ours, in a process of its own: `python -m
tests.hostile_run` prints what became of each, and how much memory it took at most.

A file may be taken or refused in words. Anything else is a fault.
"""

import io
import json
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import django
import pikepdf
from PIL import Image

TAKEN, REFUSED = "taken", "refused"


def peak() -> float:
    """The most memory this process held so far, in megabytes. (What getrusage calls the most counts
    in whoever started the process.)"""
    [held] = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(held) / 1024


def readers() -> dict[str, Callable[[str, bytes], object]]:
    """What takes files: each raises a ValueError or a ValidationError with a sentence, or answers
    with what it keeps."""
    from django.core.exceptions import ValidationError
    from django.core.files.uploadedfile import SimpleUploadedFile

    from ideas.importers import OfficeNames, read_list
    from meetings.importers import read_minutes
    from meetings.word import check_template
    from reports.signing import read_credential
    from teams.importers.reading import UnreadableStaff, read_workbook
    from teams.uploads import check_evidence, clean_upload
    from workplans.importers import read_plan
    from workplans.periods import Period

    names = OfficeNames.of([], place=[], around=[], others=[], other_places=[])
    year = Period.parse("2026-2027")

    def template(name: str, content: bytes) -> None:
        if sentences := check_template("minutes", content).sentences:
            raise ValidationError(list(sentences))

    def staff(name: str, content: bytes) -> None:
        try:
            read_workbook(content)
        except UnreadableStaff as why:
            raise ValidationError(str(why)) from why

    return {
        "evidence": lambda name, content: check_evidence(SimpleUploadedFile(name, content)).read(),
        "handed in": lambda name, content: clean_upload(SimpleUploadedFile(name, content)).content,
        "picture": lambda name, content: (
            clean_upload(SimpleUploadedFile(name, content), pictures_only=True).content
        ),
        "plan": lambda name, content: read_plan(content, filename=name, period=year),
        "minutes": lambda name, content: read_minutes(content, filename=name),
        "list of ideas": lambda name, content: read_list(
            content, filename=name, names=names, today=date(2026, 11, 21)
        ),
        "template": template,
        "list of staff": staff,
        "certificate": lambda name, content: read_credential(content[:100_000], "x"),
    }


def is_what_it_says(content: bytes) -> bool:
    """Is what was kept a whole picture, PDF or Office file?"""
    from teams.uploads.office import office_kind

    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as paper:
            return len(paper.pages) > 0
    if content.startswith(b"PK"):
        return office_kind(content) != ""
    with Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "WEBP"]) as picture:
        picture.load()
        return not getattr(picture, "is_animated", False)


def main() -> None:
    django.setup()
    from django.core.exceptions import ValidationError

    from tests.hostile_files import FILES, PAYLOAD

    doors = readers()
    answers: dict[str, dict[str, str]] = {door: {} for door in doors}
    kept_evil, false_kinds, took = [], [], {}
    folder = Path(sys.argv[1])
    for number, (what, (name, _make)) in enumerate(FILES.items()):
        content = (folder / str(number)).read_bytes()
        before = peak()
        for door, read in doors.items():
            kept: Any = None
            try:
                kept = read(name, content)
                answers[door][what] = TAKEN
            except (ValidationError, ValueError) as why:
                # A sentence for an officer, not what a library calls it.
                sentence = "".join(getattr(why, "messages", [str(why)]))
                is_bengali = any("\u0980" <= letter <= "\u09ff" for letter in sentence)
                answers[door][what] = REFUSED if is_bengali else repr(why)
            except Exception as error:
                answers[door][what] = repr(error)[:200]
            if isinstance(kept, bytes):
                if PAYLOAD in kept:
                    kept_evil.append(f"{door}: {what}")
                if not is_what_it_says(kept):
                    false_kinds.append(f"{door}: {what}")
        took[what] = round(peak() - before)
    print(
        json.dumps(
            {
                "answers": answers,
                "kept_evil": kept_evil,
                "false_kinds": false_kinds,
                "took": {what: grown for what, grown in took.items() if grown > 4},
                "peak": round(peak()),
            },
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main()
