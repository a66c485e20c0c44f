"""What the figures say in words, where nobody has written other ones."""

from __future__ import annotations

from ...enums import NationalPart
from ..ground import By
from ..page import order_of_groups
from ..tally import tallies, tally_of
from .year import FIGURES, Year, amount, count, share


def generated_words(part: NationalPart, year: Year) -> list[str]:
    """What the figures say in words, a paragraph each."""
    if part == NationalPart.INTRODUCTION:
        return _introduction(year)
    if part == NationalPart.REPORTING:
        return _reporting(year)
    if part in FIGURES:
        return _of_figures(part, year)
    if part == NationalPart.BEST_PRACTICES:
        return [f"{year.period.label} সময়ে প্রকাশিত উদ্যোগগুলোর মধ্য থেকে কয়েকটি নিচে দেওয়া হলো।"]
    if part == NationalPart.PROBLEMS:
        return [
            "ভালো নম্বর পাওয়া প্রতিবেদনগুলোতে দপ্তরগুলো সমস্যা ও শিক্ষা সম্পর্কে যা লিখেছে "
            "তার কয়েকটি নিচে দেওয়া হলো।"
        ]
    if part == NationalPart.RECOMMENDATIONS:
        return _recommendations(year)
    if part == NationalPart.UNSENT and not year.all.unsent:
        return ["যেসব দপ্তরের পাঠানোর কথা, সবাই প্রতিবেদন পাঠিয়েছে।"]
    return []


def _introduction(year: Year) -> list[str]:
    counted = year.all
    return [
        "প্রতিটি সরকারি দপ্তরের ইনোভেশন টিম বছর শেষে উদ্ভাবনী কার্যক্রমের প্রতিবেদন মন্ত্রিপরিষদ বিভাগে পাঠায়। "
        "দপ্তরগুলোর গৃহীত প্রতিবেদন একত্র করে এই জাতীয় প্রতিবেদন প্রস্তুত করা হয়েছে।",
        f"{year.period.label} সময়ে {count(counted.due)}টি দপ্তরের প্রতিবেদন পাঠানোর কথা ছিল; "
        f"{count(counted.sent)}টি দপ্তর পাঠিয়েছে এবং {count(counted.settled)}টি প্রতিবেদন গৃহীত হয়েছে। "
        "নিচের সব সংখ্যা গৃহীত প্রতিবেদন থেকে নেওয়া।",
    ]


def _reporting(year: Year) -> list[str]:
    now, then = year.all, tally_of(year.then)
    words = (
        f"{count(now.due)}টি দপ্তরের মধ্যে {count(now.sent)}টি ({share(now.rate)}) প্রতিবেদন পাঠিয়েছে, "
        f"{count(now.on_time)}টি ({share(now.on_time_rate)}) নির্ধারিত সময়ের মধ্যে।"
    )
    if then.sent:
        words += (
            f" আগের সময়ে ({year.before.label}) পাঠিয়েছিল {share(then.rate)}, "
            f"সময়মতো {share(then.on_time_rate)}।"
        )
    if now.mean_score is not None:
        words += f" গৃহীত প্রতিবেদনের গড় নম্বর ১০০-তে {amount(now.mean_score)}।"
    return [words]


def _of_figures(part: NationalPart, year: Year) -> list[str]:
    """One sentence of all figures that are not nothing."""
    told = [
        f"{label} {amount(total.value)} {unit}" if unit in {"টাকা", "দিন", "বার"}
        else f"{label} {amount(total.value)}{unit}"
        for key, label, unit in FIGURES[part]
        if (total := year.sums.get((key, year.period.starts_on))) and total.value
    ]  # fmt: skip
    if not told:
        return [f"{year.period.label} সময়ের গৃহীত প্রতিবেদনে এ বিষয়ে কোনো সংখ্যা নেই।"]
    return [
        f"গৃহীত {count(year.all.settled)}টি প্রতিবেদন অনুযায়ী {year.period.label} সময়ে "
        f"{', '.join(told)}।"
    ]


def _recommendations(year: Year) -> list[str]:
    """What the figures themselves suggest; the rest is for people to write."""
    counted = tallies(year.now, By.DISTRICT)
    low = [
        year.ground.label(By.DISTRICT, code)
        for code in order_of_groups([year.now], By.DISTRICT)
        if code in year.ground.known and (counted[code].rate or 0) < 60
    ]
    words = []
    if low:
        words.append(
            f"যেসব জেলায় ৬০ শতাংশের কম দপ্তর প্রতিবেদন পাঠিয়েছে ({', '.join(low)}), সেখানে জেলা প্রশাসকের "
            "নেতৃত্বে ইনোভেশন টিমগুলোকে সহায়তা দেওয়া যেতে পারে।"
        )
    if late := year.all.sent - year.all.on_time:
        words.append(
            f"{count(late)}টি দপ্তর নির্ধারিত সময়ের পরে প্রতিবেদন পাঠিয়েছে; সারা বছর নথি থেকে "
            "প্রতিবেদন তৈরি রাখলে শেষ দিনের চাপ কমে।"
        )
    return words or ["সব দপ্তর সময়মতো প্রতিবেদন পাঠিয়েছে; এই ধারা অব্যাহত রাখা প্রয়োজন।"]
