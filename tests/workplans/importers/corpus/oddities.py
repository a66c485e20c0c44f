"""Documents with what offices leave in them: notes, other columns, ditto marks, lost spans."""

# ruff: noqa: E501 -- a line is a document, or a row of one

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bangla.digits import to_bangla
from tests.workplans.importers.build import Merge, Table, Task, as_tsv
from tests.workplans.importers.corpus import plans, shapes
from tests.workplans.importers.corpus.plans import Indicator, Truth
from tests.workplans.importers.corpus.printing import ALL, NO_SUBJECT, WHEN, Case, printed, truths
from tests.workplans.importers.corpus.writing import DATES


def odd_cases() -> Iterator[Case]:
    farm, health = plans.farm(), plans.health()
    yield Case("subjects across the table", shapes.word(_across(farm)), truths(farm, ALL))
    yield Case(
        "subjects across, pasted", as_tsv(replace(_across(farm), merges=())), truths(farm, ALL)
    )
    yield Case("ditto marks", shapes.word(_with_ditto(farm)), truths(farm, ALL))
    yield Case(
        "a column for the budget",
        shapes.word(_with_column(farm, "বাজেট (লক্ষ টাকা)", "২.৫")),
        truths(farm, ALL),
    )
    yield Case(
        "a column for remarks",
        shapes.excel_html(_with_column(health, "মন্তব্য", "")),
        truths(health, ALL),
        "paste.html",
    )
    yield Case(
        "dates without a year",
        as_tsv(printed("2016", ALL, farm, dates="no year")),
        truths(farm, ALL),
    )
    yield Case("one cell for both dates", shapes.word(*_one_cell(health)), truths(health, ALL))
    yield Case("Excel with a title and notes", _annotated(farm), truths(farm, ALL))
    yield Case(
        "blank rows and columns",
        shapes.excel_html(_with_blanks(farm)),
        truths(farm, ALL),
        "paste.html",
    )
    yield Case(
        "cells with several lines",
        shapes.word(printed("long", ALL, _in_lines(health))),
        truths(_in_lines(health), ALL),
    )
    yield Case("subject on every row", as_tsv(_with_every_subject(health)), truths(health, ALL))
    yield Case("scored form, more columns", *_wide_scored())
    yield Case("months for deadlines", *_by_month(farm))


def _across(tasks: Sequence[Task]) -> Table:
    """The subject in a row of its own over its tasks."""
    plain = printed("2017", NO_SUBJECT, tasks)
    width = len(plain.rows[0])
    rows, merges = [plain.rows[0]], []
    for number, (task, row) in enumerate(zip(tasks, plain.rows[1:], strict=True)):
        if number == 0 or tasks[number - 1].subject != task.subject:
            merges.append(Merge(len(rows), 0, len(rows), width - 1))
            rows.append((task.subject, *[""] * (width - 1)))
        rows.append(row)
    return Table(tuple(rows), tuple(merges))


def _with_ditto(tasks: Sequence[Task]) -> Table:
    plain = printed("2016", ALL, tasks, over=WHEN)
    rows = [list(row) for row in plain.rows]
    for number in range(len(rows) - 1, 2, -1):
        if rows[number][5] == rows[number - 1][5]:
            rows[number][5] = "ঐ"
    return Table(tuple(map(tuple, rows)), plain.merges)


def _with_column(tasks: Sequence[Task], label: str, words: str) -> Table:
    plain = printed("2017", ALL, tasks)
    return Table(
        ((*plain.rows[0], label), *((*row, words) for row in plain.rows[1:])), plain.merges
    )


def _one_cell(tasks: Sequence[Task]) -> list[Table]:
    """The period told once, in a cell over both columns of dates."""
    plain = printed("2016", ALL, tasks, over=WHEN, merged=False)
    rows, merges = list(plain.rows), list(plain.merges)
    for number, task in enumerate(tasks, start=2):
        row = list(rows[number])
        row[3], row[4] = f"{DATES['words'](task.starts_on)} হতে {DATES['words'](task.ends_on)}", ""
        rows[number] = tuple(row)
        merges.append(Merge(number, 3, number, 4))
    return [Table(tuple(rows), tuple(merges))]


def _annotated(tasks: Sequence[Task]) -> bytes:
    plain = printed("ministry", ALL, tasks, dates="words, comma")
    width = len(plain.rows[0])
    blank = ("",) * width
    rows = [
        ("উপজেলা কৃষি অফিসারের কার্যালয়", *blank[1:]),
        ("বার্ষিক উদ্ভাবন কর্মপরিকল্পনা ২০২৫-২৬", *blank[1:]),
        blank,
        *plain.rows,
        blank,
        ("*", "তারিখ প্রয়োজনে পরিবর্তনযোগ্য।", *blank[2:]),
        (*blank[:5], "স্বাক্ষর", *blank[6:]),
    ]
    merges = [replace(m, top=m.top + 3, bottom=m.bottom + 3) for m in plain.merges]
    return shapes.workbook(
        Table(tuple(rows), (*merges, Merge(0, 0, 0, width - 1))), real_dates=False
    )


def _with_blanks(tasks: Sequence[Task]) -> Table:
    plain = printed("steps", ALL, tasks, merged=False)
    rows = []
    for row in plain.rows:
        rows += [("", *row, ""), ("",) * (len(row) + 2)]
    return Table(tuple(rows))


def _in_lines(tasks: Sequence[Task]) -> list[Task]:
    return [
        replace(task, expected_result=f"ক) {task.expected_result}\nখ) সময় ও খরচ কমবে।")
        for task in tasks
    ]


def _with_every_subject(tasks: Sequence[Task]) -> Table:
    plain = printed("both", ALL, tasks, merged=False)
    rows = [
        (row[0], task.subject, *row[2:]) for task, row in zip(tasks, plain.rows[1:], strict=True)
    ]
    return Table((plain.rows[0], *rows))


def _wide_scored() -> tuple[bytes, list[Truth]]:
    """Two years' achievements, two projections, and what reviewers made of it."""
    head = (
        ("কর্মসম্পাদন ক্ষেত্র", "ক্ষেত্রের মান", "কার্যক্রম", "কর্মসম্পাদন সূচক", "একক", "সূচকের মান",
         "প্রকৃত অর্জন", "", "লক্ষ্যমাত্রা ২০২৫-২৬", "", "", "", "", "প্রক্ষেপণ", "", "অর্জন", "খসড়া স্কোর", "ভারিত স্কোর"),
        (*[""] * 6, "২০২৩-২৪", "২০২৪-২৫", "অসাধারণ\n১০০%", "অতি উত্তম\n৯০%", "উত্তম\n৮০%", "চলতি মান\n৭০%",
         "চলতি মানের নিম্নে\n৬০%", "২০২৬-২৭", "২০২৭-২৮", "", "", ""),
    )  # fmt: skip
    merges = [Merge(0, 6, 0, 7), Merge(0, 8, 0, 12), Merge(0, 13, 0, 14)]
    merges += [Merge(0, column, 1, column) for column in (*range(6), 15, 16, 17)]
    rows, truth = [], []
    for one in plans.ACTIVITIES:
        indicators: list[Indicator] = []
        for place, indicator in enumerate(one.indicators):
            names = (one.objective, one.objective_weight, one.title) if place == 0 else ("", "", "")
            rows.append((*names, indicator.name, indicator.printed_unit, indicator.weight, "১",
                         indicator.previous, *indicator.targets, "৬", "৭", "", "", ""))  # fmt: skip
            indicators.append(indicator)
        task = Task(one.objective, one.title, date.min, date.min, "", "", "")
        truth.append(
            Truth(
                task,
                frozenset({"subject", "title"}),
                indicators=tuple(indicators),
                subject_weight=one.objective_weight,
            )
        )
    return shapes.word(Table((*head, *rows), tuple(merges))), truth


def _by_month(tasks: Sequence[Task]) -> tuple[str, list[Truth]]:
    """A month says when work ends, but not on which day it begins."""
    head = "ক্রঃ নং\tবিষয়\tকার্যক্রম\tসময়সীমা\tদায়িত্বপ্রাপ্ত কর্মকর্তা"
    ends = (
        "ডিসেম্বর ২০২৫ এর মধ্যে",
        "৩১ মার্চ ২০২৬ এর মধ্যে",
        "জুন ২০২৬ পর্যন্ত",
        "৩০/০৯/২০২৫ তারিখের মধ্যে",
        "৩১-১২-২০২৫ পর্যন্ত",
        "30 June 2026 এর মধ্যে",
    )
    days = (
        date(2025, 12, 31),
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2025, 9, 30),
        date(2025, 12, 31),
        date(2026, 6, 30),
    )
    lines = [
        f"{to_bangla(n)}\t{task.subject}\t{task.title}\t{words}\t{task.responsible}"
        for n, (task, words) in enumerate(zip(tasks, ends, strict=True), 1)
    ]
    has = frozenset({"subject", "title", "responsible", "dates"})
    truth = [Truth(task, has, None, day) for task, day in zip(tasks, days, strict=True)]
    return "\n".join([head, *lines]), truth
