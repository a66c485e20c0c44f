"""How well are the tables that offices have read?

Reads every document of the corpus (tests/workplans/importers/corpus: invented plans in the shapes
that Word, Excel, web pages, plain text and SutonnyMJ give them) and compares each cell with what
the document truly says.

    python -m scripts.bench_import [PART OF A NAME]

Exit code 1 when fewer than 99 % of the cells are right, or a date is wrong and nobody is warned.
"""

import os
import sys

import django

LEAST_SHARE = 0.99
FEWEST_TABLES = 40


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DEBUG", "true")  # reads no database and serves nobody
    django.setup()
    from tests.workplans.importers.corpus import Marks, cases, read_case

    wanted = " ".join(sys.argv[1:])
    total, tables = Marks(), 0
    print(f"{'document':36}{'cells':>7}{'right %':>9}{'silent':>8}{'doubts':>8}")
    for case in cases():
        if wanted not in case.name:
            continue
        marks = read_case(case)
        tables += 1
        total.add(marks)
        figures = (
            f"{marks.cells:7}{100 * marks.share:9.2f}{len(marks.silent_dates):8}{marks.doubts:8}"
        )
        print(f"{case.name:36}{figures}")
        for fault in marks.wrong:
            print(f"    {fault}")
    print(
        f"{tables} tables, {total.cells} cells: {100 * total.share:.2f} % right, "
        f"{len(total.silent_dates)} silent wrong dates, {total.doubts} doubts"
    )
    is_whole = bool(wanted) or tables >= FEWEST_TABLES
    return 0 if is_whole and total.share >= LEAST_SHARE and not total.silent_dates else 1


if __name__ == "__main__":
    sys.exit(main())
