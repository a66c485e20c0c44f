"""Pictures for docs/images: each printed form under the columns of the form it is of, a long plan.

    .venv/bin/python -m scripts.form_pictures

The upper half of a picture is drawn from tests/workplans/forms_reference.py, which was written
down from the forms; the lower half is the first page of our own PDF. Everything is made on a new
system that is gone at the end.
"""

import os
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils.html import format_html, format_html_join
from PIL import Image, ImageChops

from scripts.bench.ground import fresh_system
from tests.workplans.forms_reference import FORMS, Form

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
WIDTH = 1180  # pixels of a page lying across
COLOURS = 32
TASKS = 60
MANY_COLUMNS = 12
BARE_FORM = """<html lang="bn"><head><title>{title}</title><style>
@page {{ size: A4 landscape; margin: 8mm 12mm; @bottom-center {{ content: none }} }}
body {{ margin: 0 }} table {{ font-size: {size} }} th, td {{ padding: 1mm }}
</style></head><body><p>ফরমের কলাম: {title}</p>
<table><thead>{lines}</thead><tbody><tr>{empty}</tr><tr>{empty}</tr></tbody></table></body></html>"""
PHONE_WIDTH, PHONE_HEIGHT = 360, 1000


def draw_all() -> None:
    """Write the pictures. Django must have been set up on an empty system."""
    from tests.factories import make_team
    from tests.workplans.whole_year import make_whole_year
    from workplans.documents import draw_plan, plan_content

    team = make_team("office")
    team.office.name_bn = "উপজেলা নির্বাহী অফিসারের কার্যালয়, নমুনা"
    team.office.save(update_fields=["name_bn"])
    plan = make_whole_year(team, tasks=TASKS)
    for form, headings in FORMS.items():
        ours = pages_of(draw_plan(plan_content(plan, form)))
        save(stacked([columns_of(form, headings), ours[0]]), f"form-{form}.png")
        if form == plan.form:
            save(stacked(ours[:2]), "plan-60-a4.png")
    save(on_a_phone(plan.get_absolute_url(), team.member), "plan-60-phone.png")


# --- Paper --------------------------------------------------------------------------------
def pages_of(pdf: bytes) -> list[Image.Image]:
    """The pages as pictures WIDTH pixels wide."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=WIDTH / page.get_width()).to_pil() for page in document]


def columns_of(form: str, headings: Form) -> Image.Image:
    """The bare form: its headings and two empty lines."""
    from teams.papers import make_pdf
    from workplans.enums import PlanForm

    columns = sum(heading.columns for heading in headings[0])
    cell = '<th scope="col" colspan="{}" rowspan="{}">{}</th>'
    lines = format_html_join(
        "",
        "<tr>{}</tr>",
        (
            (format_html_join("", cell, ((each.columns, each.lines, each.text) for each in line)),)
            for line in headings
        ),
    )
    html = format_html(
        BARE_FORM,
        title=PlanForm(form).label,
        size="7.5pt" if columns > MANY_COLUMNS else "9pt",
        lines=lines,
        empty=format_html_join("", "<td>{}</td>", [("\N{NO-BREAK SPACE}",)] * columns),
    )
    page = pages_of(make_pdf(html).content)[0]
    box = ImageChops.invert(page.convert("L")).getbbox() or (0, 0, *page.size)
    return page.crop((0, 0, page.width, min(page.height, box[3] + 30)))


def stacked(pictures: list[Image.Image]) -> Image.Image:
    """The pictures one below the other, a grey line between them."""
    height = sum(picture.height for picture in pictures) + 3 * (len(pictures) - 1)
    whole = Image.new("RGB", (WIDTH, height), "#9aa39c")
    top = 0
    for picture in pictures:
        whole.paste(picture, (0, top))
        top += picture.height + 3
    return whole


def save(picture: Image.Image, name: str) -> None:
    """Write the picture with few colours: it is text on white."""
    written = picture.convert("RGB").quantize(COLOURS)
    written.save(IMAGES / name, optimize=True)
    print(
        f"{name}  {picture.width} x {picture.height}  {(IMAGES / name).stat().st_size // 1000} KB"
    )


# --- Screen -------------------------------------------------------------------------------
def on_a_phone(path: str, person: Any) -> Image.Image:
    """A page as a phone shows it; every request is answered by the application itself."""
    from django.test import Client
    from playwright.sync_api import Route, sync_playwright

    # The browser's driver runs a loop in this thread; nothing else does.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    client = Client()
    client.force_login(person)

    def answer(route: Route) -> None:
        address = route.request.url.removeprefix("http://testserver")
        response = client.get(address)
        body = response.getvalue()
        headers = {"Content-Type": response.headers.get("Content-Type", "text/plain")}
        route.fulfill(status=response.status_code, headers=headers, body=body)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        page = browser.new_page(
            viewport={"width": PHONE_WIDTH, "height": PHONE_HEIGHT}, device_scale_factor=1.5
        )
        page.route("**/*", answer)
        page.goto(f"http://testserver{path}")
        page.locator("tr[id^=task-]").nth(2).scroll_into_view_if_needed()
        shot = page.screenshot()
        browser.close()
    return Image.open(BytesIO(shot))


def main() -> None:
    with fresh_system(with_demo=False):
        draw_all()


if __name__ == "__main__":
    main()
