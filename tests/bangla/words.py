"""Text that is made of the pieces dates are made of, in no sensible order."""

from hypothesis import strategies as st

PIECES = (
    *"০১২৩৪৫৬৭৮৯0123456789/.-–,: \n",
    *("২০২৪", "2019", "১৪২৬", "24", "31", "১৫", "১ম", "লা"),
    *("মার্চ", "মার্চের", "জুন", "মে", "সেপ্টেম্ব", "র", "May", "ভাদ্র", "ফাল্গুন", "রবিবার"),
    *("তারিখ", "মাস", "মাসের", "ত্রৈমাসিক", "সারা", "বছর", "অর্থবছর", "সাল", "শেষ"),
    *("প্রতি", "পরবর্তী", "অন্তর", "চলমান", "থেকে", "হতে", "পর্যন্ত", "মধ্যে", "এর", "ও", "পর"),
)

pieces = st.lists(st.sampled_from(PIECES), max_size=12)
date_like_text = pieces.map(" ".join) | pieces.map("".join)
