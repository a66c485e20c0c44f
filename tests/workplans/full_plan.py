"""A plan with everything that a plan can say, in invented words: what must survive any journey."""

from datetime import date

from bangla.text import normalise
from teams.models import TermOfReference, User
from workplans.actions import (
    IndicatorWords,
    Weighing,
    add_indicator,
    add_progress,
    add_task,
    tag_task,
    weigh_subjects,
)
from workplans.models import Indicator, Task, WorkPlan

ZWNJ, ZWJ = "\u200c", "\u200d"
# The letter and the nukta apart, and as the one sign that other keyboards type.
PRECOMPOSED = "পরিচ\u09df"
ROWS: tuple[dict[str, str], ...] = (
    {
        "subject": "সেবা সহজীকরণ",
        "title": "নামজারি আবেদনের ধাপ কমানো\nও নতুন ফরম চালু\n\nপরের ধাপে সব ইউনিয়নে",
        "start_text": "০১/০৮/২০২৬",
        "end_text": "৩১ ডিসেম্বর ২০২৬",
        "responsible_text": "সহকারী প্রোগ্রামার",
        "expected_result": "ধাপ ১১টি থেকে 7টিতে নামবে; সময় ৪৫ দিন → ২৮ দিন",
        "measure": "অনুমোদিত নকশা\n২টি ফরম",
    },
    {
        "subject": "সেবা সহজীকরণ",
        "title": f"{PRECOMPOSED}পত্র যাচাই: স্বাস্থ্যোজ্জ্বল র{ZWJ}্যাক ও ক্{ZWNJ}ষ চিহ্নিতকরণ",
        "start_text": "প্রতি মাসের ১৫ তারিখ",
        "end_text": "",
        "responsible_text": "উপজেলা নির্বাহী অফিসার ও সহকারী প্রোগ্রামার",
        "expected_result": "=SUM(A1) দিয়ে শুরু হলেও এটি লেখা",
        "measure": "-",
    },
    {
        "subject": "প্রশিক্ষণ",
        "title": "মাসিক সমন্বয় সভা আয়োজন",
        "start_text": "",
        "end_text": "পরবর্তী মাসের ২৫ তারিখ",
        "responsible_text": "",
        "expected_result": "",
        "measure": "সভার সংখ্যা",
    },
    {
        "subject": "প্রশিক্ষণ",
        "title": "ক) চাহিদা নিরূপণ খ) প্রশিক্ষণ গ) মূল্যায়ন",
        "start_text": "ক) ১ সেপ্টেম্বর ২০২৬ খ) ১ ডিসেম্বর ২০২৬ গ) ১ মার্চ ২০২৭",
        "end_text": "ক) ৩০ সেপ্টেম্বর ২০২৬ খ) ৩১ জানুয়ারি ২০২৭ গ) ৩১ মার্চ ২০২৭",
        "responsible_text": "সহকারী প্রোগ্রামার",
        "expected_result": "নথি নিষ্পত্তির সময় কমবে।",
        "measure": "প্রশিক্ষণপ্রাপ্ত কর্মকর্তার সংখ্যা",
    },
    {
        "subject": "উদ্ভাবন প্রদর্শনী",
        "title": "মেলা আয়োজন",
        "start_text": "ডিসেম্বর ২০২৬ এর মধ্যে",
        "end_text": "",
        "responsible_text": "সহকারী প্রোগ্রামার",
        "expected_result": "অন্তত ২০টি উদ্যোগ দেখানো হবে",
        "measure": "উদ্যোগের সংখ্যা",
    },
    {
        "subject": "উদ্ভাবন প্রদর্শনী",
        "title": "মেলা আয়োজন",  # two rows may be called the same
        "start_text": "৩২ জুলাই ২০২৬",
        "end_text": "কখনো একদিন",
        "responsible_text": "",
        "expected_result": "",
        "measure": "",
    },
)


def make_full_plan(plan: WorkPlan, *, by: User) -> WorkPlan:
    """Fill an empty plan of 2026-27; `by` leads the office."""
    tasks = [add_task(workplan=plan, fields=_typed(words), by=by) for words in ROWS]
    weights = zip(plan.subjects.order_by("position"), (50, 30, None), strict=True)
    weighings = [Weighing(subject.pk, weight, None) for subject, weight in weights]
    weigh_subjects(workplan=plan, weighings=weighings, by=by)
    _tag(tasks, by=by)
    indicators = _indicators(tasks, by=by)
    _report(tasks, indicators, by=by)
    return plan


def _typed(words: dict[str, str]) -> dict[str, str]:
    """As the forms keep what is typed: both spellings of a letter become one."""
    return {cell: normalise(text) for cell, text in words.items()}


def _tag(tasks: list[Task], *, by: User) -> None:
    terms = list(TermOfReference.objects.covering(tasks[0].plan.starts_on).order_by("number"))
    for task, numbers in ((tasks[0], (3, 5)), (tasks[3], (7,))):
        tag_task(task=task, terms=[term for term in terms if term.number in numbers], by=by)


def _indicators(tasks: list[Task], *, by: User) -> list[Indicator]:
    wanted = (
        (tasks[0], "ধাপের সংখ্যা\nকমানো", "number", "12.5", ("৭", "৮", "৯", "১০", "১১"), "৬"),
        (tasks[0], "নিষ্পত্তির হার", "percent", "10", ("৯৫%", "90%", "৮৫%", "৮০%", "৭৫%"), "৯৬%"),
        (
            tasks[1],
            "চালুর তারিখ",
            "date",
            "8",
            ("৩০/১১/২০২৬", "১৫/১২/২০২৬", "৩১/১২/২০২৬", "", ""),
            "",
        ),
        (tasks[3], "নির্দেশনা জারি", "yes_no", "", ("হ্যাঁ", "", "", "", ""), "হ্যাঁ"),
    )
    return [
        add_indicator(
            task=task,
            words=IndicatorWords(
                {
                    "name": name,
                    "unit": unit,
                    "weight": weight or None,
                    "previous": "১১",
                    **dict(zip(_TARGETS, targets, strict=True)),
                    "projection": projection,
                },
                {1: targets[4], 2: targets[3], 3: targets[2], 4: targets[0]},
            ),
            by=by,
        )
        for task, name, unit, weight, targets, projection in wanted
    ]


_TARGETS = ("target_100", "target_90", "target_80", "target_70", "target_60")


def _report(tasks: list[Task], indicators: list[Indicator], *, by: User) -> None:
    first, monthly, _meeting, staged, *_others = tasks
    add_progress(task=first, by=by, on=date(2026, 9, 10), text="খসড়া হয়েছে", percent=20)
    add_progress(task=first, by=by, on=date(2026, 10, 10), text="দুই লাইনে\nলেখা (৫০% নয়)", percent=45)
    add_progress(
        task=first, by=by, on=date(2026, 11, 1), achieved_value="৯", indicator=indicators[0]
    )
    add_progress(
        task=first, by=by, on=date(2026, 9, 30), achieved_value="৮২%", indicator=indicators[1]
    )
    add_progress(
        task=monthly, by=by, on=date(2026, 8, 15), part="2026-08-15", part_percent=100, text="হয়েছে"
    )
    add_progress(task=staged, by=by, on=date(2026, 10, 2), part="ক", part_percent=100)
