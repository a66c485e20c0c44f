"""QR codes as shapes: no picture to load, and sharp at any size."""

from typing import TypedDict

import segno

# Error correction M survives a fold or a stamp over a corner; the border is part of the standard.
QR_ERROR = "m"
QR_BORDER = 4


class Qr(TypedDict):
    """The picture as an SVG path: `size` modules wide and high, `path` its dark runs."""

    size: int
    path: str


def qr_of(address: str) -> Qr:
    """The QR picture of an address."""
    rows = [bytes(row) for row in segno.make(address, error=QR_ERROR, micro=False).matrix]
    path = "".join(
        f"M{QR_BORDER + start} {QR_BORDER + y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _dark_runs(row)
    )
    return {"size": len(rows) + 2 * QR_BORDER, "path": path}


def _dark_runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark modules of a row begin, and how many there are."""
    runs: list[tuple[int, int]] = []
    for x, is_dark in enumerate(row):
        if not is_dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
