"""The columns of the forms that the government has used, written down from the forms.

Each form is its lines of headings: a heading with the columns it stands over and the lines it
reaches down, in the order in which they stand on paper. Nothing here is taken from the code.
"""

from typing import NamedTuple


class Heading(NamedTuple):
    text: str
    columns: int = 1
    lines: int = 1


Form = tuple[tuple[Heading, ...], ...]

RESULT = "প্রত্যাশিত ফলাফল (কাজটি সম্পন্ন হলে গুণগত বা পরিমাণগত কী পরিবর্তন আসবে)"
MEASURE = "পরিমাপ (প্রত্যাশিত ফলাফল তৈরি হয়েছে কি না তা পরিমাপের মানদণ্ড)"
WHEN = (Heading("শুরুর তারিখ"), Heading("সমাপ্তির তারিখ"))
UNTIL_THE_RESULT = (
    Heading("ক্রঃ নং", lines=2),
    Heading("বিষয়", lines=2),
    Heading("প্রস্তাবিত বিষয় (গৃহীতব্য কাজের নাম)", lines=2),
    Heading("বাস্তবায়নকাল", columns=2),
    Heading("দায়িত্বপ্রাপ্ত কর্মকর্তা", lines=2),
    Heading(RESULT, lines=2),
    Heading(MEASURE, lines=2),
)

# The work plan of 2016: eight columns, the time in two.
OF_2016: Form = (UNTIL_THE_RESULT, WHEN)
# The same, on which the progress is written.
WITH_PROGRESS: Form = ((*UNTIL_THE_RESULT, Heading("অগ্রগতি", lines=2)), WHEN)
# Without a subject, the time in one column.
WITHOUT_SUBJECT: Form = (
    (
        Heading("ক্রঃ নং"),
        Heading("প্রস্তাবিত বিষয় (গৃহীতব্য কাজের নাম)"),
        Heading("বাস্তবায়নকাল"),
        Heading("দায়িত্বপ্রাপ্ত কর্মকর্তা"),
        Heading(RESULT),
        Heading(MEASURE),
    ),
)
# The scored plan of 2018-19 and after, with the self-assessment beside the reviewer's.
OF_2018: Form = (
    (
        Heading("ক্রঃ নং", lines=2),
        Heading("উদ্দেশ্য", lines=2),
        Heading("উদ্দেশ্যের মান", lines=2),
        Heading("কার্যক্রম", lines=2),
        Heading("কর্মসম্পাদন সূচক", lines=2),
        Heading("একক", lines=2),
        Heading("সূচকের মান", lines=2),
        Heading("পূর্ববর্তী অর্জন", lines=2),
        Heading("লক্ষ্যমাত্রা/নির্ণায়ক", columns=5),
        Heading("প্রক্ষেপণ", lines=2),
        Heading("স্ব-মূল্যায়ন", columns=3),
        Heading("মূল্যায়নকারীর মূল্যায়ন", columns=3),
    ),
    (
        Heading("অসাধারণ (১০০%)"),
        Heading("অতি উত্তম (৯০%)"),
        Heading("উত্তম (৮০%)"),
        Heading("চলতি মান (৭০%)"),
        Heading("চলতি মানের নিম্নে (৬০%)"),
        Heading("অর্জন"),
        Heading("খসড়া স্কোর"),
        Heading("ভারিত স্কোর"),
        Heading("গৃহীত অর্জন"),
        Heading("খসড়া স্কোর"),
        Heading("ভারিত স্কোর"),
    ),
)
# Target and achievement of each quarter of a fiscal year.
QUARTERLY: Form = (
    (
        Heading("ক্রঃ নং", lines=2),
        Heading("বিষয়", lines=2),
        Heading("কার্যক্রম", lines=2),
        Heading("কর্মসম্পাদন সূচক", lines=2),
        Heading("একক", lines=2),
        Heading("১ম ত্রৈমাসিক (জুলাই–সেপ্টেম্বর ২০২৬)", columns=2),
        Heading("২য় ত্রৈমাসিক (অক্টোবর–ডিসেম্বর ২০২৬)", columns=2),
        Heading("৩য় ত্রৈমাসিক (জানুয়ারি–মার্চ ২০২৭)", columns=2),
        Heading("৪র্থ ত্রৈমাসিক (এপ্রিল–জুন ২০২৭)", columns=2),
        Heading("মোট অর্জন", lines=2),
    ),
    (Heading("লক্ষ্যমাত্রা"), Heading("অর্জন")) * 4,
)

# By the value of PlanForm.
FORMS: dict[str, Form] = {
    "subject": OF_2016,
    "progress": WITH_PROGRESS,
    "combined": WITHOUT_SUBJECT,
    "scored": OF_2018,
    "quarterly": QUARTERLY,
}
