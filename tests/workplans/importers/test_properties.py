"""Any plan survives any kind of file, and no file whatsoever escapes the importer's one error."""

import io
import zipfile
from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workplans.importers.build import (
    FORM_2016,
    FORM_COMBINED,
    FORM_PROGRESS,
    Task,
    as_docx,
    as_html,
    as_tsv,
    as_xlsx,
    table,
)
from tests.workplans.importers.fixture import make_tasks
from workplans.importers import UnreadablePlan, read_paste, read_plan
from workplans.periods import Period

PERIOD = Period.parse("2024-2025")
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)

WORDS = st.sampled_from(
    [
        "নাগরিক",
        "সেবা",
        "র\u200d্যাব",
        "উদ্\u200cযোগ",
        "ক্ষুদ্র",
        "ঋণ",
        "আবেদন",
        "ফি",
        "৫০টি",
        "A4",
        "e-GP",
        "(নতুন)",
        "‘ক’",
        "১০%",
        "য়া",
        "ড়ি",
        "ঢ়",
        "&",
        "<",
        ">",
        '"',
        "'",
        "ঢাকা/খুলনা",
    ]
)
LINES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join).map("কাজ {}।".format)
DAYS = st.dates(PERIOD.starts_on, PERIOD.ends_on)
TASKS = st.builds(
    Task,
    subject=LINES.map("বিষয়ভিত্তিক {}".format),
    title=TEXTS,
    starts_on=DAYS,
    ends_on=DAYS,
    responsible=TEXTS,
    expected_result=TEXTS,
    measure=TEXTS,
    progress=st.one_of(st.just(""), TEXTS),
)
FORMS = st.sampled_from([FORM_2016, FORM_PROGRESS, FORM_COMBINED])
WRITERS = st.sampled_from([as_tsv, as_html, as_docx, as_xlsx])

SEED_FILES = {
    "docx": as_docx(table(FORM_2016, make_tasks()[:5])),
    "xlsx": as_xlsx(table(FORM_2016, make_tasks()[:5])),
    "html": as_html(table(FORM_2016, make_tasks()[:5])).encode(),
    "tsv": as_tsv(table(FORM_2016, make_tasks()[:5])).encode(),
}


def told(row, form):
    """What a row says in the columns that `form` prints."""
    printed = {column.attribute for column in form}
    kept = [
        name
        for name in ("subject", "title", "responsible", "expected_result", "measure", "progress")
        if name in printed
    ]
    return [row.starts_on, row.ends_on, *(getattr(row, name) for name in kept)]


def opens_or_refuses(content, **options):
    """Read anything; a plan or the importer's own error with a Bengali sentence must come out."""
    refusal = "।"
    try:
        read_plan(content, period=PERIOD, **options)
    except UnreadablePlan as error:
        refusal = str(error)
    assert refusal.endswith("।")


@UNHURRIED
@given(st.lists(TASKS, min_size=1, max_size=8), FORMS, WRITERS, st.booleans())
def test_any_plan_reads_the_same_from_any_kind_of_file(tasks, form, write, merged):
    tasks = [
        Task(**{**task.__dict__, "starts_on": min(days), "ends_on": max(days)})
        for task in tasks
        for days in [(task.starts_on, task.ends_on)]
    ]
    plan = read_plan(write(table(form, tasks, merged=merged)), period=PERIOD)
    assert [told(row, form) for row in plan.rows] == [told(task, form) for task in tasks]


@UNHURRIED
@given(st.binary(max_size=400))
def test_random_bytes_open_or_are_refused(content):
    opens_or_refuses(content)


@UNHURRIED
@given(st.text(max_size=300), st.text(max_size=300))
def test_random_pastes_open_or_are_refused(text, html):
    with suppress(UnreadablePlan):
        read_paste(text, html, period=PERIOD)


@UNHURRIED
@given(st.sampled_from(sorted(SEED_FILES)), st.data())
def test_truncated_files_open_or_are_refused(kind, data):
    content = SEED_FILES[kind]
    opens_or_refuses(content[: data.draw(st.integers(0, len(content)))])


@UNHURRIED
@given(st.sampled_from(sorted(SEED_FILES)), st.data())
def test_files_with_flipped_bytes_open_or_are_refused(kind, data):
    content = bytearray(SEED_FILES[kind])
    for _flip in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    opens_or_refuses(bytes(content))


@UNHURRIED
@given(st.sampled_from(["docx", "xlsx"]), st.data())
def test_files_with_a_spoilt_part_open_or_are_refused(kind, data):
    """Damage inside a part, under a correct checksum, reaches the readers behind the zip."""
    old = zipfile.ZipFile(io.BytesIO(SEED_FILES[kind]))
    spoilt = data.draw(st.sampled_from(sorted(old.namelist())))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == spoilt:
                cut = data.draw(st.integers(0, len(part)))
                part = part[:cut] + data.draw(st.binary(max_size=20)) + part[cut:]
            new.writestr(name, part)
    opens_or_refuses(stream.getvalue())


LABELS = st.sampled_from(["", "ক্রম", "কার্যক্রম", "শুরু", "শেষ", "১", "১ মে", "&amp;"])
TAGS = st.sampled_from(
    [
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "p",
        "br",
        "div",
        "span",
        "li",
        "<td",
        "rowspan=3",
        "colspan=2>",
        "<!--",
        "-->",
        "/table",
        "/tr",
        "/td",
    ]
)


@UNHURRIED
@given(
    st.lists(
        st.tuples(TAGS, st.sampled_from(["", "ক্রম", "কার্যক্রম", "শুরু", "শেষ", "১", "&amp;"])),
        max_size=60,
    )
)
def test_tangled_tables_open_or_are_refused(pieces):
    page = "<table>" + "".join(
        (tag if tag.startswith("<") else f"<{tag}>") + text for tag, text in pieces
    )
    opens_or_refuses(page.encode())
