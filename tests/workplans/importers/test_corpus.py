"""The corpus is read as promised; `python -m scripts.bench_import` prints the figures."""

from tests.workplans.importers.corpus import Marks, cases, read_case
from tests.workplans.importers.corpus.writing import DATES, HEADS


def test_corpus_is_read_right_and_never_wrong_in_silence():
    total, tables = Marks(), 0
    for case in cases():
        tables += 1
        total.add(read_case(case))
    assert tables >= 48
    assert total.silent_dates == []
    assert total.share >= 0.99, total.wrong


def test_corpus_is_as_varied_as_it_says():
    assert len(HEADS) >= 12
    assert len(DATES) >= 20
