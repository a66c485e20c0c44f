"""The documents of the corpus. A line here is a document as some office would hand it in."""

# ruff: noqa: E501 -- a line is a document, or a row of one

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from bangla.digits import to_bangla
from tests.workplans.importers.build import Merge, Table, Task, as_tsv
from tests.workplans.importers.corpus import plans, shapes
from tests.workplans.importers.corpus.oddities import odd_cases
from tests.workplans.importers.corpus.plans import Activity, Truth
from tests.workplans.importers.corpus.printing import (
    ALL,
    COMBINED,
    NO_SUBJECT,
    WHEN,
    Case,
    printed,
    truths,
    with_real_dates,
)
from tests.workplans.importers.corpus.writing import DATES


def cases() -> Iterator[Case]:
    """All documents of the corpus."""
    return chain(
        _word(),
        _excel(),
        _html(),
        _text(),
        _bijoy(),
        _several(),
        _lists(),
        _scored(),
        _progress(),
        odd_cases(),
    )


# --- The documents -------------------------------------------------------------------------------
def _word() -> Iterator[Case]:
    tasks, truth = plans.upazila(), truths(plans.upazila(), ALL)
    yield Case(
        "Word, form of 2016",
        shapes.word("কর্মপরিকল্পনা ২০২৫-২৬", printed("2016", ALL, tasks, over=WHEN)),
        truth,
    )
    pieces = shapes.broken_over_pages(
        printed("2016", ALL, tasks, over=WHEN, merged=False, dates="slashes"), 2, 5
    )
    yield Case(
        "Word, head on every page", shapes.word("উপজেলা নির্বাহী অফিসারের কার্যালয়", *pieces), truth
    )
    numbered = printed("2017", ALL, tasks, dates="dots")
    numbers = tuple(to_bangla(number) for number in range(1, 9))
    rows = (numbered.rows[0], numbers, *numbered.rows[1:])
    merges = tuple(replace(m, top=m.top + 1, bottom=m.bottom + 1) for m in numbered.merges)
    yield Case("Word, numbered columns", shapes.word(Table(rows, merges)), truth)
    health = plans.health()
    yield Case(
        "Word, runs and paragraphs",
        shapes.word_with_nested_paragraphs(printed("broken", ALL, health, dates="broken")),
        truths(health, ALL),
    )
    order = (
        "serial",
        "title",
        "responsible",
        "starts_on",
        "ends_on",
        "measure",
        "expected_result",
        "subject",
    )
    yield Case(
        "Word, other order",
        shapes.word(printed("long", order, health, dates="ordinal")),
        truths(health, order),
    )
    few = ("title", "starts_on", "ends_on", "responsible")
    yield Case(
        "Word, four columns",
        shapes.word(printed("short", few, health, dates="dashes")),
        truths(health, few),
    )
    yield Case(
        "Word, combined period",
        shapes.word(
            "কর্মপরিকল্পনা", printed("2016", COMBINED, plans.farm(), dates="khri", period="theke")
        ),
        truths(plans.farm(), COMBINED),
    )
    yield Case("Word, row cut by a page", shapes.word(*_cut_row(health)), truths(health, ALL))
    yield Case("Word, signatures below", shapes.word(
        "স্মারক নং ০৫.৪১.০০০০.০০০", printed("ministry", ALL, plans.farm(), dates="khristabda"),
        "(মোঃ আবদুল করিম)", "উপজেলা কৃষি অফিসার", "অনুলিপি: জেলা প্রশাসক"), truths(plans.farm(), ALL))  # fmt: skip


def _cut_row(tasks: Sequence[Task]) -> list[Table]:
    """The fourth row's longer texts go on in the first row of the next page's table."""
    whole = printed("2016", ALL, tasks, merged=False)
    row = [str(cell) for cell in whole.rows[4]]
    words = row[2].split()
    upper = [*row[:2], " ".join(words[:3]), *row[3:]]
    rest = ["", "", " ".join(words[3:]), "", "", "", "", ""]
    return [
        Table((*whole.rows[:4], tuple(upper))),
        Table((whole.rows[0], tuple(rest), *whole.rows[5:])),
    ]


def _excel() -> Iterator[Case]:
    health, farm = plans.health(), plans.farm()
    real = with_real_dates("2016", ALL, plans.upazila(), over=WHEN)
    yield Case(
        "Excel, real dates", shapes.workbook(real), truths(plans.upazila(), ALL), "plan.xlsx"
    )
    yield Case(
        "Excel, dates in words",
        shapes.workbook(printed("steps", ALL, health), real_dates=False),
        truths(health, ALL),
    )

    def hide(sheet) -> None:
        sheet.row_dimensions[3 + 2].hidden = True
        sheet.column_dimensions["H"].hidden = True

    yield Case(
        "Excel, a hidden row and column",
        shapes.workbook(with_real_dates("2017", ALL, health), hide=hide),
        [one for number, one in enumerate(truths(health, ALL)) if number != 1],
    )
    last_year = [replace(t, starts_on=t.starts_on.replace(year=t.starts_on.year - 1),
                         ends_on=t.ends_on.replace(year=t.ends_on.year - 1, day=min(t.ends_on.day, 28))) for t in farm]  # fmt: skip
    yield Case(
        "Excel, a sheet for each year",
        shapes.workbook(
            with_real_dates("short", ALL, last_year), with_real_dates("short", ALL, farm)
        ),
        truths(farm, ALL),
    )
    yield Case(
        "Excel, numbers for dates",
        shapes.workbook(printed("both", ALL, farm, dates="Excel number"), real_dates=False),
        truths(farm, ALL),
    )
    yield Case(
        "Excel, English",
        shapes.workbook(printed("english", ALL, health, dates="English, short"), real_dates=False),
        truths(health, ALL),
    )
    yield Case(
        "Excel in SutonnyMJ",
        shapes.workbook(printed("2016", ALL, farm, dates="slashes"), real_dates=False, bijoy=True),
        truths(farm, ALL),
    )


def _html() -> Iterator[Case]:
    tasks, farm, health = plans.upazila(), plans.farm(), plans.health()
    one = printed("2016", ALL, tasks, over=WHEN, dates="words, comma")
    yield Case("HTML from Word", shapes.word_html(one), truths(tasks, ALL), "paste.html")
    yield Case(
        "HTML from Excel",
        shapes.excel_html(printed("visarga", ALL, health, dates="Latin slashes")),
        truths(health, ALL),
        "paste.html",
    )
    period = printed("long", COMBINED, farm, period="lines", dates="dashes")
    yield Case(
        "HTML, period in two lines", shapes.word_html(period), truths(farm, COMBINED), "paste.html"
    )
    steps = printed("steps", NO_SUBJECT, health, dates="ISO")
    yield Case(
        "HTML without subjects", shapes.excel_html(steps), truths(health, NO_SUBJECT), "paste.html"
    )
    page = f"<h1>কর্মপরিকল্পনা</h1><div><table><tr><td>{shapes.excel_html(printed('from-to', ALL, farm, dates='no blank'))}</td></tr></table></div>"
    yield Case("HTML, a table inside a table", page, truths(farm, ALL), "page.html")


def _text() -> Iterator[Case]:
    tasks, farm, health = plans.upazila(), plans.farm(), plans.health()
    yield Case(
        "text with tabs",
        as_tsv(printed("2016", ALL, tasks, over=WHEN, dates="slashes, bare")),
        truths(tasks, ALL),
    )
    yield Case(
        "text, misspelt",
        as_tsv(printed("misspelt", ALL, health, dates="misspelt")),
        truths(health, ALL),
    )
    yield Case(
        "text, month first",
        as_tsv(printed("english-2", ALL, farm, dates="English, month first")),
        truths(farm, ALL),
    )
    yield Case(
        "text, English dates",
        as_tsv(printed("ministry", ALL, farm, dates="English", latin_serials=True)),
        truths(farm, ALL),
    )
    yield Case(
        "text with strokes",
        shapes.piped(printed("2017", ALL, farm, dates="Latin dots")),
        truths(farm, ALL),
        "plan.txt",
    )
    strokes = shapes.piped(
        printed("short", few := ("title", "period", "responsible"), health, period="dash"),
        rule=False,
    )
    yield Case("text with strokes, no rule", strokes, truths(health, few), "plan.txt")
    yield Case(
        "text lined up",
        shapes.lined_up(printed("2016", NO_SUBJECT, farm, dates="Latin dashes")),
        truths(farm, NO_SUBJECT),
    )
    yield Case(
        "text lined up, gaps",
        shapes.lined_up(printed("2017", ALL, health, dates="khrih")),
        truths(health, ALL),
    )
    yield Case(
        "text, weekdays",
        as_tsv(printed("short", ALL, health, dates="weekday")),
        truths(health, ALL),
    )
    yield Case(
        "text, two digits",
        as_tsv(printed("from-to", ALL, farm, dates="two digits")),
        truths(farm, ALL),
    )
    yield Case(
        "text, both calendars",
        as_tsv(printed("steps", ALL, farm, dates="both calendars")),
        truths(farm, ALL),
    )
    yield Case(
        "text, period in English",
        as_tsv(printed("english", COMBINED, farm, dates="English, shorter", period="to")),
        truths(farm, COMBINED),
    )
    commas = "\n".join(
        ",".join(f'"{cell}"' for cell in row)
        for row in printed("both", ALL, health, dates="ing").texts()
    )
    yield Case("text with commas", commas, truths(health, ALL), "plan.csv")
    yield Case("recurring dates", *_recurring())


def _recurring() -> tuple[str, list[Truth]]:
    rows = (
        ("প্রতি মাসের ১৫ তারিখ", "প্রতি মাসের ২৫ তারিখ", None, None, "month/1/15/25"),
        ("প্রতি মাসে", "", None, None, "month/1//"),
        ("প্রতি ৩ মাস অন্তর", "", None, None, "month/3//"),
        ("সারা বছর", "", date(2025, 7, 1), date(2026, 6, 30), ""),
        ("১ জুলাই ২০২৫", "৩০ জুন ২০২৬", date(2025, 7, 1), date(2026, 6, 30), ""),
    )
    task = plans.farm()[0]
    head = "ক্রঃ নং\tপ্রস্তাবিত কাজ\tশুরুর তারিখ\tসমাপ্তির তারিখ\tদায়িত্বপ্রাপ্ত কর্মকর্তা"
    lines = [
        f"{number}\t{task.title}\t{start}\t{end}\t{task.responsible}"
        for number, (start, end, *_truth) in enumerate(rows, 1)
    ]
    has = frozenset({"title", "responsible", "dates"})
    truth = [Truth(task, has, first, last, recurs) for _s, _e, first, last, recurs in rows]
    return "\n".join([head, *lines]), truth


def _bijoy() -> Iterator[Case]:
    tasks, farm, health = plans.upazila(), plans.farm(), plans.health()
    yield Case(
        "SutonnyMJ in Word",
        shapes.word("কর্মপরিকল্পনা", printed("2016", ALL, tasks, over=WHEN), bijoy=True),
        truths(tasks, ALL),
    )
    yield Case(
        "SutonnyMJ by style",
        shapes.word(
            printed("2017", ALL, _english(health), dates="slashes"), bijoy=True, in_style=True
        ),
        truths(_english(health), ALL),
    )
    yield Case(
        "SutonnyMJ pasted as text",
        shapes.in_bijoy(as_tsv(printed("2016", ALL, _english(health), over=WHEN))),
        truths(_english(health), ALL),
    )
    ansi = shapes.in_bijoy(as_tsv(printed("long", ALL, farm, dates="dots"))).encode(
        "cp1252", "replace"
    )
    yield Case("SutonnyMJ as a text file", ansi, truths(farm, ALL), "plan.txt")
    yield Case(
        "SutonnyMJ from Word, HTML",
        shapes.word_html(printed("short", ALL, _english(farm)), bijoy="style"),
        truths(_english(farm), ALL),
        "paste.html",
    )
    yield Case(
        "SutonnyMJ by class, HTML",
        shapes.word_html(printed("misspelt", COMBINED, farm), bijoy="class"),
        truths(farm, COMBINED),
        "paste.html",
    )
    mixed = [*shapes.broken_over_pages(printed("2016", ALL, farm, merged=False), 1, 3)]
    yield Case("SutonnyMJ over pages", shapes.word(*mixed, bijoy=True), truths(farm, ALL))


def _english(tasks: Sequence[Task]) -> list[Task]:
    """The tasks with the English words that such papers have between the Bengali ones."""
    words = (
        "ICT শাখার সহায়তায়",
        "Facebook পেইজে",
        "Online আবেদন",
        "e-mail ঠিকানাসহ",
        "Website ও QR কোড",
        "SMS ও Google Form",
        "PDF কপি",
    )
    return [
        replace(task, measure=f"{words[n % len(words)]} {task.measure}")
        for n, task in enumerate(tasks)
    ]


def _several() -> Iterator[Case]:
    farm, health = plans.farm(), plans.health()
    yield Case(
        "a table for each subject",
        shapes.word("বার্ষিক উদ্ভাবন কর্মপরিকল্পনা ২০২৫-২৬", *_by_subject(farm, "{n}। {subject}")),
        truths(farm, ALL),
    )
    yield Case(
        "a labelled heading over each",
        shapes.word(*_by_subject(health, "বিষয়: {subject}")),
        truths(health, ALL),
    )
    other = [
        printed("2016", ALL, farm, over=WHEN),
        "অংশ ২",
        printed(
            "2017",
            ("serial", "title", "responsible", "period", "expected_result", "measure", "subject"),
            health,
        ),
    ]
    yield Case("two tables with other heads", shapes.word(*other), truths([*farm, *health], ALL))
    members = shapes.rows_of(
        [("ক্রমিক", "নাম", "পদবি", "মোবাইল"), ("১", "রহিমা খাতুন", "সভাপতি", "০১৭০০০০০০০০")]
    )
    yield Case(
        "a list of members before",
        shapes.word("ইনোভেশন টিম", members, "কর্মপরিকল্পনা", printed("2016", ALL, farm)),
        truths(farm, ALL),
    )
    text = "\n\n".join(
        part if isinstance(part, str) else as_tsv(part)
        for part in _by_subject(farm, "বিষয়: {subject}")
    )
    yield Case("text, a table for each subject", text, truths(farm, ALL))


def _by_subject(tasks: Sequence[Task], heading: str) -> list[Table | str]:
    parts: list[Table | str] = []
    for number, subject in enumerate(dict.fromkeys(task.subject for task in tasks), start=1):
        parts.append(heading.format(n=to_bangla(number), subject=subject))
        parts.append(
            printed("2016", NO_SUBJECT, [task for task in tasks if task.subject == subject])
        )
    return parts


def _lists() -> Iterator[Case]:
    farm, health = plans.farm(), plans.health()
    bare = frozenset({"title", "responsible", "dates"})
    words, slashes = DATES["words"], DATES["slashes"]
    by_end = [Truth(task, bare, None, task.ends_on) for task in farm]
    lines = [
        f"{to_bangla(n)}। {slashes(t.ends_on)} তারিখের মধ্যে {t.title} — দায়িত্বে: {t.responsible}"
        for n, t in enumerate(farm, 1)
    ]
    yield Case("list by last day", "উদ্ভাবন কর্মপরিকল্পনা\n" + "\n".join(lines), by_end)
    by_start = [Truth(task, bare, task.starts_on, None) for task in health]
    lines = [
        f"{to_bangla(n)}। {words(t.starts_on)}: {t.title} — দায়িত্বে: {t.responsible}"
        for n, t in enumerate(health, 1)
    ]
    yield Case("list by day", "\n".join(["বার্ষিক পরিকল্পনা", *lines]), by_start)
    whole = truths(farm, NO_SUBJECT)
    blocks = [
        f"{n}. {t.title}\nসময়সীমা: {words(t.starts_on)} হতে {words(t.ends_on)}\nদায়িত্বপ্রাপ্ত কর্মকর্তা: {t.responsible}\n"
        f"প্রত্যাশিত ফলাফল: {t.expected_result}\nপরিমাপ: {t.measure}"
        for n, t in enumerate(farm, 1)
    ]
    yield Case("list of blocks", shapes.word(*"\n".join(blocks).split("\n")), whole)
    ranges = truths(health, ("subject", "title", "period", "responsible"))
    parts = []
    for letter, subject in zip("কখগঘ", dict.fromkeys(t.subject for t in health), strict=False):
        parts.append(f"{letter}. {subject}")
        parts += [
            f"{to_bangla(n)}) {slashes(t.starts_on)} থেকে {slashes(t.ends_on)} পর্যন্ত: {t.title} (দায়িত্বে: {t.responsible})"
            for n, t in enumerate((t for t in health if t.subject == subject), 1)
        ]
    yield Case("list under subjects", shapes.word("কর্মপরিকল্পনা ২০২৫-২৬", *parts), ranges)
    yield Case("list in SutonnyMJ", shapes.in_bijoy("\n".join(lines)), by_start)


def _scored() -> Iterator[Case]:
    yield Case(
        "scored form in Word",
        shapes.word("কর্মপরিকল্পনা", _scored_table(plans.ACTIVITIES)),
        _scored_truth(plans.ACTIVITIES),
    )
    yield Case(
        "scored form in Excel",
        shapes.workbook(_scored_table(plans.ACTIVITIES), real_dates=False),
        _scored_truth(plans.ACTIVITIES),
    )
    yield Case(
        "scored form from Word, HTML",
        shapes.word_html(_scored_table(plans.ACTIVITIES, two_rows=True)),
        _scored_truth(plans.ACTIVITIES),
        "paste.html",
    )
    flat = replace(_scored_table(plans.ACTIVITIES, two_rows=True), merges=())
    yield Case("scored form as text", as_tsv(flat), _scored_truth(plans.ACTIVITIES))
    yield Case(
        "scored form in SutonnyMJ",
        shapes.word(_scored_table(plans.ACTIVITIES), bijoy=True),
        _scored_truth(plans.ACTIVITIES),
    )
    yield Case(
        "quarterly form in Word",
        shapes.word(_quarterly_table(plans.QUARTERLY)),
        _scored_truth(plans.QUARTERLY, weights=False),
    )
    yield Case(
        "quarterly form in Excel",
        shapes.workbook(_quarterly_table(plans.QUARTERLY), real_dates=False),
        _scored_truth(plans.QUARTERLY, weights=False),
    )


def _scored_truth(activities: Sequence[Activity], *, weights: bool = True) -> list[Truth]:
    return [
        Truth(
            Task(one.objective, one.title, date.min, date.min, one.responsible, "", ""),
            frozenset({"subject", "title"}),
            indicators=one.indicators
            if weights
            else tuple(replace(i, weight="", previous="") for i in one.indicators),
            subject_weight=one.objective_weight if weights else None,
        )
        for one in activities
    ]


def _scored_table(activities: Sequence[Activity], *, two_rows: bool = False) -> Table:
    grades = ("অসাধারণ", "অতি উত্তম", "উত্তম", "চলতি মান", "চলতি মানের নিম্নে")
    per_cent = ("১০০%", "৯০%", "৮০%", "৭০%", "৬০%")
    if two_rows:
        grades = tuple(f"{word} ({figure})" for word, figure in zip(grades, per_cent, strict=True))
    fixed = (
        "ক্রম",
        "উদ্দেশ্য",
        "উদ্দেশ্যের মান",
        "কার্যক্রম",
        "কর্মসম্পাদন সূচক",
        "একক",
        "কর্মসম্পাদন সূচকের মান",
        "প্রকৃত অর্জন ২০২৪-২৫",
    )
    width = len(fixed)
    head: list[tuple[str, ...]] = [
        (*fixed, "লক্ষ্যমাত্রা/নির্ণায়ক ২০২৫-২৬", "", "", "", ""),
        (*[""] * width, *grades),
    ]
    if not two_rows:
        head.append((*[""] * width, *per_cent))
    height = len(head)
    merges = [Merge(0, column, height - 1, column) for column in range(width)]
    merges.append(Merge(0, width, 0, width + 4))
    body: list[tuple[str, ...]] = []
    objectives = list(dict.fromkeys(one.objective for one in activities))
    spans: dict[tuple[int, str], list[int]] = {}
    for number, one in enumerate(activities, start=1):
        for place, indicator in enumerate(one.indicators):
            row = height + len(body)
            is_first_of_objective = not spans.get((1, one.objective))
            spans.setdefault((1, one.objective), []).append(row)
            spans.setdefault((3, one.title), []).append(row)
            body.append((
                to_bangla(number) if place == 0 else "",
                one.objective if is_first_of_objective else "",
                one.objective_weight if is_first_of_objective else "",
                one.title if place == 0 else "",
                indicator.name, indicator.printed_unit, indicator.weight, indicator.previous, *indicator.targets,
            ))  # fmt: skip
    for (column, _words), rows in spans.items():
        if len(rows) > 1:
            merges.append(Merge(rows[0], column, rows[-1], column))
            merges.append(
                Merge(
                    rows[0],
                    column - 1 if column == 3 else column + 1,
                    rows[-1],
                    column - 1 if column == 3 else column + 1,
                )
            )
    # The weight's column stands between objective and work, so it is merged by objective alone.
    merges = [
        m for m in merges if not (m.left == 2 and m.top >= height and not _is_objective(m, spans))
    ]
    assert objectives
    return Table((*head, *body), tuple(merges))


def _is_objective(merge: Merge, spans: dict[tuple[int, str], list[int]]) -> bool:
    return any(
        column == 1 and rows[0] == merge.top and rows[-1] == merge.bottom
        for (column, _w), rows in spans.items()
    )


def _quarterly_table(activities: Sequence[Activity]) -> Table:
    fixed = ("ক্রমিক", "বিষয়", "কার্যক্রম", "কর্মসম্পাদন সূচক", "একক")
    quarters = ("১ম ত্রৈমাসিক", "২য় ত্রৈমাসিক", "৩য় ত্রৈমাসিক", "৪র্থ ত্রৈমাসিক")
    upper = [*fixed, *(cell for quarter in quarters for cell in (quarter, ""))]
    lower = [*[""] * 5, *["লক্ষ্যমাত্রা", "অর্জন"] * 4]
    merges = [Merge(0, column, 1, column) for column in range(5)]
    merges += [Merge(0, 5 + 2 * n, 0, 6 + 2 * n) for n in range(4)]
    body = []
    for number, one in enumerate(activities, start=1):
        for place, indicator in enumerate(one.indicators):
            values = [
                cell
                for pair in zip(indicator.quarters, indicator.achieved, strict=True)
                for cell in pair
            ]
            names = (to_bangla(number), one.objective, one.title) if place == 0 else ("", "", "")
            body.append((*names, indicator.name, indicator.printed_unit, *values))
    return Table((tuple(upper), tuple(lower), *body), tuple(merges))


def _progress() -> Iterator[Case]:
    farm = plans.farm()
    said = (
        ("৬০% কাজ হয়েছে।", 60, None), ("সম্পন্ন", 100, None), ("১৫/১২/২০২৫: প্লট নির্বাচন শেষ; অগ্রগতি ৪০ শতাংশ", 40, date(2025, 12, 15)),
        ("চলমান", None, None), ("", None, None), ("২০% কৃষক তালিকাভুক্ত, যাচাই চলছে", None, None),
    )  # fmt: skip
    told = [replace(task, progress=words) for task, (words, _p, _d) in zip(farm, said, strict=True)]
    columns = (*ALL, "progress")
    truth = [
        replace(
            one,
            has=one.has | {"entries"},
            entries=((_without_day(words), percent, on),) if words else (),
        )
        for one, (words, percent, on) in zip(truths(farm, ALL), said, strict=True)
    ]
    yield Case("form with progress", shapes.word(printed("2017", columns, told)), truth)
    yield Case("form with progress, text", as_tsv(printed("2016", columns, told, over=WHEN)), truth)
    heads = ("১ম ত্রৈমাসিকের অগ্রগতি", "২য় ত্রৈমাসিকের অগ্রগতি")
    yield Case(
        "progress by quarter", shapes.word(_quarters_told(farm, heads)), _quarters_truth(farm)
    )
    yield Case(
        "progress by quarter, two rows",
        shapes.workbook(
            _quarters_told(farm, ("১ম ত্রৈমাসিক", "২য় ত্রৈমাসিক"), "অগ্রগতি"), real_dates=False
        ),
        _quarters_truth(farm),
    )


def _without_day(words: str) -> str:
    return words.partition(": ")[2] if words.startswith("১৫/১২") else words


def _quarters_told(tasks: Sequence[Task], heads: tuple[str, str], over: str = "") -> Table:
    plain = printed("2016", NO_SUBJECT, tasks)
    if not over:
        rows = [
            (*plain.rows[0], *heads),
            *((*row, "৩০%", "কাজের ৭০% শেষ") for row in plain.rows[1:]),
        ]
        return Table(tuple(rows), plain.merges)
    width = len(plain.rows[0])
    rows = [(*plain.rows[0], over, ""), (*[""] * width, *heads)]
    rows += [(*row, "৩০%", "কাজের ৭০% শেষ") for row in plain.rows[1:]]
    merges = [
        *(Merge(0, column, 1, column) for column in range(width)),
        Merge(0, width, 0, width + 1),
    ]
    return Table(tuple(rows), tuple(merges))


def _quarters_truth(tasks: Sequence[Task]) -> list[Truth]:
    entries = (("৩০%", 30, date(2025, 9, 30)), ("কাজের ৭০% শেষ", 70, date(2025, 12, 31)))
    return [
        replace(one, has=one.has | {"entries"}, entries=entries)
        for one in truths(tasks, NO_SUBJECT)
    ]
