"""Three rows of a plan as an office would bring them."""

from datetime import date

from tests.workplans.importers.build import Task

ROWS = [
    Task(
        subject="সেবা সহজীকরণ",
        title="নামজারি আবেদনের ধাপ কমানো\nও নতুন ফরম চালু",
        starts_on=date(2026, 8, 1),
        ends_on=date(2026, 12, 31),
        responsible="সহকারী প্রোগ্রামার",
        expected_result="ধাপ ১১টি থেকে ৭টিতে নামবে।",
        measure="অনুমোদিত নকশা",
        progress="নকশার খসড়া তৈরি হয়েছে",
    ),
    Task(
        subject="সেবা সহজীকরণ",
        title="হেল্প ডেস্ক স্থাপন",
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 2, 28),
        responsible="উপজেলা নির্বাহী অফিসার",
        expected_result="তথ্য এক জায়গায় মিলবে।",
        measure="সেবাগ্রহীতার সংখ্যা",
    ),
    Task(
        subject="প্রশিক্ষণ",
        title="ই-নথি ব্যবহারে প্রশিক্ষণ",
        starts_on=date(2027, 1, 10),
        ends_on=date(2027, 1, 12),
        responsible="সহকারী প্রোগ্রামার",
        expected_result="নথি নিষ্পত্তির সময় কমবে।",
        measure="প্রশিক্ষণপ্রাপ্ত কর্মকর্তার সংখ্যা",
    ),
]
