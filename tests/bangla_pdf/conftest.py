import os
from pathlib import Path

import lxml.html
import pytest

from bangla.pdf import Pdf, render

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def fonts() -> Path:
    """The font folder that `make setup` fills; another one can be named for a trial."""
    return Path(os.environ.get("BANGLA_PDF_FONTS", ROOT / "static/build/fonts"))


@pytest.fixture(scope="session")
def plan_html() -> str:
    return (Path(__file__).parent / "data/plan.html").read_text()


@pytest.fixture(scope="session")
def plan_texts(plan_html: str) -> list[str]:
    """Every text in the body of the plan, element by element."""
    body = lxml.html.document_fromstring(plan_html).body
    return [text for text in body.itertext() if text.strip()]


@pytest.fixture(scope="session")
def plan(plan_html: str, fonts: Path) -> Pdf:
    return render(plan_html, fonts=fonts)
