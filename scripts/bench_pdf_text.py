"""How much of a document's text do readers find, by the engine that made it?

Prints, for each reader, the percentage of distinct words found in the same document made by our
engine, by WeasyPrint as it comes and by Chromium's print; and what our text layer costs in time.

    python -m scripts.bench_pdf_text [--fonts FOLDER] [--chromium PROGRAM]
"""

import argparse
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import lxml.html

from bangla.pdf import render
from bangla.pdf.check import Reader, distinct_words, missing_words
from bangla.pdf.engine import weasyprint
from bangla.pdf.fonts import available_faces, document_fonts

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "tests/bangla_pdf/data/plan.html"
READERS: tuple[Reader, ...] = ("poppler", "pdfium", "mupdf", "pypdf")
RANGES = {
    "bengali": "U+0951-0952, U+0964-0965, U+0980-09FE, U+200C-200D, U+20B9, U+25CC",
    "latin": "U+0000-00FF, U+2000-200B, U+200E-206F",
    "latin-ext": "U+0100-02BA, U+1E00-1E9F, U+20A0-20B8, U+20BA-20C0",
}
ROUNDS = 7


def stock(html: str, fonts: Path) -> bytes:
    """The document by WeasyPrint as it comes, with the same fonts."""
    source = weasyprint.HTML(string=html)
    content: bytes = source.write_pdf(font_config=document_fonts(fonts), pdf_variant="pdf/ua-1")
    return content


def ours(html: str, fonts: Path) -> bytes:
    """The document by our engine."""
    return render(html, fonts=fonts).content


def chromium(html: str, fonts: Path, *, program: str) -> bytes:
    """The document by Chromium's print to PDF, with the same fonts."""
    faces = "".join(
        f"@font-face {{ font-family: '{face.family}'; font-weight: {face.weight};"
        f" src: url('{face.path(fonts).resolve().as_uri()}');"
        f" unicode-range: {RANGES[face.subset]} }}\n"
        for face in available_faces(fonts)
    )
    with tempfile.TemporaryDirectory() as name:
        page, printed = Path(name, "page.html"), Path(name, "page.pdf")
        page.write_text(re.sub("<style>", f"<style>{faces}", html, count=1))
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += [f"--user-data-dir={name}/profile", f"--print-to-pdf={printed}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return printed.read_bytes()


def percentage(pdf: bytes, texts: list[str], reader: Reader) -> str:
    """The share of distinct words of `texts` found, such as `99.5`."""
    words = distinct_words(texts)
    found = len(words) - len(missing_words(pdf, texts, reader=reader))
    return f"{100 * found / len(words):.1f}"


def seconds(engine: Callable[[str, Path], bytes], html: str, fonts: Path) -> float:
    """How long `engine` takes for the document once it is warm."""
    started = time.perf_counter()
    engine(html, fonts)
    return time.perf_counter() - started


def time_ratio(html: str, fonts: Path) -> float:
    """Our time ÷ stock time, the median of rounds that take turns."""
    pairs = [(seconds(ours, html, fonts), seconds(stock, html, fonts)) for _ in range(ROUNDS)]
    return statistics.median(mine / theirs for mine, theirs in pairs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fonts", type=Path, default=ROOT / "static/build/fonts")
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    options = parser.parse_args()

    html = DOCUMENT.read_text()
    body = lxml.html.document_fromstring(html).body
    texts = [text for text in body.itertext() if text.strip()]
    pdfs = {"ours": ours(html, options.fonts), "stock": stock(html, options.fonts)}
    if options.chromium:
        pdfs["chromium"] = chromium(html, options.fonts, program=options.chromium)

    print(f"% of {len(distinct_words(texts))} distinct words found")
    print("reader  ", *(f"{engine:>9}" for engine in pdfs))
    for reader in READERS:
        shares = (percentage(pdf, texts, reader) for pdf in pdfs.values())
        print(f"{reader:8}", *(f"{share:>9}" for share in shares))
    print("KB      ", *(f"{len(pdf) / 1000:>9.0f}" for pdf in pdfs.values()))
    print(f"time, ours ÷ stock: {time_ratio(html, options.fonts):.2f}")


if __name__ == "__main__":
    main()
