"""What the documents of the corpus say: invented plans of three offices, and their indicators."""

# ruff: noqa: E501 -- a line is a document, or a row of one

from dataclasses import dataclass, replace
from datetime import date

from tests.workplans.importers.build import Task
from tests.workplans.importers.fixture import make_tasks

FIRST_YEAR = 2025  # of the fiscal year 2025-26


@dataclass(frozen=True)
class Truth:
    """One task as a careful person reads it; None and "" are what the document does not say.

    `indicators` are (name, unit, weight, previous, targets or quarters); `entries` are (words,
    per cent, day). `recurs` stands for dates that come back.
    """

    task: Task
    has: frozenset[str]
    starts_on: date | None = None
    ends_on: date | None = None
    recurs: str = ""
    indicators: tuple["Indicator", ...] = ()
    entries: tuple[tuple[str, int | None, date | None], ...] = ()
    subject_weight: str | None = None


@dataclass(frozen=True)
class Indicator:
    name: str
    unit: str
    printed_unit: str
    weight: str = ""
    previous: str = ""
    targets: tuple[str, ...] = ()
    quarters: tuple[str, ...] = ()
    achieved: tuple[str, ...] = ()


@dataclass(frozen=True)
class Activity:
    objective: str
    objective_weight: str
    title: str
    indicators: tuple[Indicator, ...]
    responsible: str = "উপজেলা নির্বাহী অফিসার"


def day(month: int, number: int) -> date:
    """A day of the fiscal year: July to December of its first year, January to June of the next."""
    return date(FIRST_YEAR if month > 6 else FIRST_YEAR + 1, month, number)


_HEALTH = (
    ("রোগী সেবা", "বহির্বিভাগে টোকেন পদ্ধতি চালু করে লাইনের সময় কমানো।", (7, 5), (8, 14),
     "আবাসিক মেডিকেল অফিসার", "গড় অপেক্ষার সময় ৯০ মিনিট থেকে ৪০ মিনিটে নামবে।", "টোকেন রেজিস্টার ও রোগীর মতামত।"),
    ("রোগী সেবা", "প্রবীণ ও প্রতিবন্ধী ব্যক্তির জন্য আলাদা কাউন্টার (নিচতলায়) স্থাপন করা", (8, 17), (9, 30),
     "উপজেলা স্বাস্থ্য ও পরিবার পরিকল্পনা কর্মকর্তা", "প্রবীণ রোগী ১৫ মিনিটের মধ্যে সেবা পাবেন", "কাউন্টারের ছবি"),
    ("রোগী সেবা", "ওষুধের মজুত প্রতিদিন নোটিশ বোর্ডে ও ওয়েবসাইটে প্রকাশ", (9, 1), (12, 31),
     "ফার্মাসিস্ট ও পরিসংখ্যানবিদ", "রোগী জানবেন কোন ওষুধ আছে, কোনটি নেই", "হালনাগাদ তালিকার লিংক"),
    ("তথ্য ব্যবস্থাপনা", "ল্যাবের ফলাফল ক্ষুদে বার্তায় পাঠানোর ব্যবস্থা গ্রহণ।", (10, 6), (1, 15),
     "মেডিকেল টেকনোলজিস্ট (ল্যাব)", "ফলাফল নিতে দ্বিতীয়বার আসতে হবে না।", "পাঠানো বার্তার সংখ্যা"),
    ("তথ্য ব্যবস্থাপনা", "গর্ভবতী মায়ের তালিকা ইউনিয়নভিত্তিক হালনাগাদ ও মোবাইল নম্বর যুক্ত করা", (11, 2), (2, 28),
     "পরিসংখ্যানবিদ", "ঝুঁকিপূর্ণ প্রসব আগে শনাক্ত হবে", "তালিকার কপি; মোট নিবন্ধিত মা"),
    ("দক্ষতা বৃদ্ধি", "২৫ জন স্বাস্থ্য সহকারীকে তথ্য ফরম পূরণে দুই দিনের প্রশিক্ষণ", (1, 18), (1, 19),
     "উপজেলা স্বাস্থ্য ও পরিবার পরিকল্পনা কর্মকর্তা", "ভুল ফরমের হার অর্ধেক কমবে", "উপস্থিতি তালিকা ও পূর্ব-পর মূল্যায়ন"),
    ("দক্ষতা বৃদ্ধি", "ছোট উদ্ভাবনের জন্য তিনটি দল গঠন এবং মাসিক আলোচনা", (2, 1), (5, 31),
     "আবাসিক মেডিকেল অফিসার", "তিনটি নতুন ধারণা পরীক্ষা হবে", "দলের সভার নোট"),
)  # fmt: skip
_FARM = (
    ("কৃষকসেবা সহজীকরণ", "সার ও বীজের বরাদ্দের তালিকা ইউনিয়ন পরিষদে টানানো এবং পোর্টালে প্রকাশ", (7, 10), (7, 24),
     "উপসহকারী কৃষি অফিসার", "কৃষক বরাদ্দ নিজে যাচাই করতে পারবেন।", "প্রকাশিত তালিকা"),
    ("কৃষকসেবা সহজীকরণ", "মাটি পরীক্ষার আবেদন এক পৃষ্ঠার ফরমে গ্রহণ", (8, 3), (9, 15),
     "অতিরিক্ত কৃষি অফিসার", "আবেদনে সময় ২০ মিনিট থেকে ৫ মিনিট হবে।", "ফরমের নমুনা; আবেদন সংখ্যা"),
    ("মাঠ প্রদর্শনী", "৬টি ব্লকে কম পানির ধান চাষের প্রদর্শনী প্লট", (10, 1), (3, 31),
     "উপজেলা কৃষি অফিসার", "সেচের খরচ এক-চতুর্থাংশ কমবে।", "প্লটের ফলনের হিসাব"),
    ("মাঠ প্রদর্শনী", "প্রদর্শনী প্লটে ‘কৃষক মাঠ দিবস’ আয়োজন", (4, 12), (4, 12),
     "উপজেলা কৃষি অফিসার", "২০০ জন কৃষক পদ্ধতিটি দেখবেন।", "উপস্থিতি স্বাক্ষর"),
    ("বাজার সংযোগ", "সবজি চাষি ও আড়তদারের সাপ্তাহিক দরের বার্তা চালু", (1, 5), (6, 20),
     "কৃষি বিপণন কর্মকর্তা", "মধ্যস্বত্বভোগীর ওপর নির্ভরতা কমবে।", "পাঠানো বার্তার হিসাব"),
    ("বাজার সংযোগ", "পচনশীল পণ্যের জন্য দুটি সংগ্রহ কেন্দ্রে ছাউনি নির্মাণ", (2, 15), (6, 10),
     "উপজেলা প্রকৌশলী ও উপজেলা কৃষি অফিসার", "নষ্ট সবজির পরিমাণ কমবে।", "কাজ সমাপ্তির প্রতিবেদন"),
)  # fmt: skip


def _tasks(rows: tuple[tuple[object, ...], ...]) -> list[Task]:
    return [
        Task(subject, title, day(*start), day(*end), who, result, measure)  # type: ignore[arg-type,misc]
        for subject, title, start, end, who, result, measure in rows
    ]


def health() -> list[Task]:
    return _tasks(_HEALTH)


def farm() -> list[Task]:
    return _tasks(_FARM)


def upazila(count: int = 21) -> list[Task]:
    """The plan of the other tests, moved into the fiscal year."""
    return [
        replace(
            task,
            starts_on=day(task.starts_on.month, task.starts_on.day),
            ends_on=day(task.ends_on.month, task.ends_on.day),
        )
        for task in make_tasks(2022)[:count]
        if (task.starts_on.month > 6) == (task.ends_on.month > 6)
    ]


ACTIVITIES = (
    Activity("সেবা সহজীকরণ", "৪০", "নাগরিক সেবা সহজীকরণ ও বাস্তবায়ন", (
        Indicator("সহজীকৃত সেবা", "number", "সংখ্যা", "১০", "২", ("৫", "৪", "৩", "২", "১")),
        Indicator("সহজীকরণের অফিস আদেশ জারিকৃত", "date", "তারিখ", "৫", "২০.০৩.২০২৫",
                  ("১৫.০২.২০২৬", "২৮.০২.২০২৬", "১৫.০৩.২০২৬", "৩১.০৩.২০২৬", "১৫.০৪.২০২৬")),
    )),
    Activity("সেবা সহজীকরণ", "৪০", "সেবায় নাগরিকের মতামত গ্রহণ", (
        Indicator("মতামত প্রদানকারী সেবাগ্রহীতা", "percent", "%", "৮", "৪৫", ("৮০", "৭০", "৬০", "৫০", "৪০")),
    )),
    Activity("উদ্ভাবন ও সংস্কৃতি", "৩৫", "উদ্ভাবনী ধারণা আহ্বান ও বাছাই", (
        Indicator("প্রাপ্ত ধারণা", "number", "সংখ্যা", "৬", "১২", ("৩০", "২৫", "২০", "১৫", "১০")),
        Indicator("বাছাই সভা আয়োজিত", "date", "তারিখ", "৪", "", ("১০/১১/২০২৫", "২০/১১/২০২৫", "৩০/১১/২০২৫", "১০/১২/২০২৫", "২০/১২/২০২৫")),
        Indicator("পাইলট বাস্তবায়ন শুরু", "yes_no", "হ্যাঁ/না", "৫", "না", ("হ্যাঁ", "", "", "", "না")),
    )),
    Activity("উদ্ভাবন ও সংস্কৃতি", "৩৫", "উদ্ভাবন প্রদর্শনী আয়োজন", (
        Indicator("আয়োজিত প্রদর্শনী", "number", "সংখ্যা", "১০", "১", ("২", "১", "", "", "")),
    )),
    Activity("সক্ষমতা বৃদ্ধি", "২৫", "কর্মকর্তা-কর্মচারীর প্রশিক্ষণ", (
        Indicator("প্রশিক্ষণপ্রাপ্ত জনবল", "number", "জন", "১৫", "৩৫", ("৬০", "৫৪", "৪৮", "৪২", "৩৬")),
        Indicator("প্রশিক্ষণ মূল্যায়নে উত্তীর্ণ", "percent", "শতাংশ", "১০", "৭২.৫", ("৯০", "৮৫", "৮০", "৭৫", "৭০")),
    )),
)  # fmt: skip


def _by_quarter(one: Indicator) -> Indicator:
    """The same indicator with a target for the end of each quarter, and the first achieved."""
    quarters = tuple(target or "০" for target in reversed(one.targets[:4]))
    return replace(one, quarters=quarters, achieved=(quarters[0], "", "", ""), targets=())


QUARTERLY = tuple(
    replace(
        activity,
        indicators=tuple(
            _by_quarter(one) for one in activity.indicators if one.unit in {"number", "percent"}
        ),
    )
    for activity in ACTIVITIES
)
