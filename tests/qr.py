"""A QR picture on a page, read as a telephone would: by sampling the middle of every module."""

import pymupdf
import segno

POINTS_PER_MM = 72 / 25.4
DPI = 400


def modules_of(address: str) -> list[bytes]:
    """The rows of the picture an address has; 1 is dark."""
    return [bytes(row) for row in segno.make(address, error="m", micro=False).matrix]


def drawn_qr(page: pymupdf.Page) -> tuple[list[bytes], float]:
    """The rows of the one QR picture on a page, and how many millimetres a module has.

    The three corner marks tell its size: dark for seven modules, then white.
    """
    (square,) = (
        drawing["rect"]
        for drawing in page.get_drawings()
        if drawing.get("fill") == (0.0, 0.0, 0.0)
        and abs(drawing["rect"].width - drawing["rect"].height) < 0.1
        and drawing["rect"].width > 30
    )
    picture = page.get_pixmap(dpi=DPI, colorspace="gray")
    scale = DPI / 72

    def is_dark(x: float, y: float) -> bool:
        return picture.pixel(int((square.x0 + x) * scale), int((square.y0 + y) * scale))[0] < 128

    step = 0.1
    corner = next(n * step for n in range(1, 1000) if not is_dark(n * step, step))
    size = round(square.width / (corner / 7))
    module = square.width / size
    rows = [
        bytes(is_dark((x + 0.5) * module, (y + 0.5) * module) for x in range(size))
        for y in range(size)
    ]
    return rows, module / POINTS_PER_MM
