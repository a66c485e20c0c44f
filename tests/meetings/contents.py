"""Contents of a meeting's papers, as `meetings.documents` freezes them: invented people and texts.

Every builder returns plain data of its own, so that a test may change it. The ordinary papers
look like a month's work of an upazila; the `long_` and `bare_` ones hold what tears a layout.
"""

from typing import Any

from bangla.digits import to_bangla

Content = dict[str, Any]

OFFICE = "উপজেলা নির্বাহী অফিসারের কার্যালয়, কালীগঞ্জ, গাজীপুর"
MEETING = "নভেম্বর ২০২৬ মাসের সভা"
MEMO = "০৫.৪১.৩৩৩৪.০০০.১৪.০০৭.২৬.১৮৩"

# Stacked conjuncts, reph over them, vowel signs that stand before and around, both joiners, Latin.
HARD_WORDS = (
    "উচ্ছ্বাস আকাঙ্ক্ষা স্বাতন্ত্র্য দুর্জ্ঞেয় পার্শ্ববর্তী সূক্ষ্মাতিসূক্ষ্ম বন্দ্যোপাধ্যায় প্রাণিস্বাস্থ্য কার্ত্তিক ঔজ্জ্বল্য "
    "নৈর্ব্যক্তিক শ্লেষ্মা পঙ্‌ক্তি উদ্‌যাপন র‍্যালি র‍্যাম্প খোঁজখবর পৌঁছানো মৌজাওয়ারি হৃদ্যতা রূঢ় গাঢ় বিড়ম্বনা "
    "ই-মিউটেশন a2i-র QR-কোড ৭৫% ৳১,২৫,০০০ “এক ঠিকানা” ১০–১২টি"
)
# The letter য় both ways: one code point, and য with a nukta.
BOTH_YYA = "সময\u09bcসীমা অধ্য\u09dfন"
LONG_NAME = "বীর মুক্তিযোদ্ধা অধ্যাপক ডক্টর সৈয়দ মোহাম্মদ শাহরিয়ার জ্যোতির্ময় বন্দ্যোপাধ্যায় চৌধুরী (অবসরপ্রাপ্ত)"
LONG_OFFICE = (
    "উপজেলা প্রাণিসম্পদ দপ্তর ও ভেটেরিনারি হাসপাতালের কৃত্রিম প্রজনন উপকেন্দ্র, জ্ঞানেন্দ্রপুর ইউনিয়ন পরিষদ ভবন"
)

CHAIR = {"name": "শামীমা আফরোজ", "designation": "উপজেলা নির্বাহী অফিসার", "office": "কালীগঞ্জ, গাজীপুর"}


def signature(**changes: str) -> dict[str, str]:
    """The one who signs, the chair unless told otherwise; every key is there."""
    return {
        "name": CHAIR["name"],
        "designation": CHAIR["designation"],
        "office": CHAIR["office"],
        "phone": "০২-৯৯৮৮৭৭১১",
        "email": "uno.kaliganj@example.gov.bd",
        **changes,
    }


def issuer(**changes: str) -> dict[str, str]:
    """The officer who sends the minutes out."""
    return signature(
        name="তানভীর হাসান",
        designation="সহকারী প্রোগ্রামার",
        office="তথ্য ও যোগাযোগ প্রযুক্তি অধিদপ্তর, কালীগঞ্জ, গাজীপুর",
        phone="০২-৯৯৮৮৭৭১৫",
        email="ap.kaliganj@example.gov.bd",
        **changes,
    )


def decision(text: str, implementer: str, due: str = "", serial: str = "") -> dict[str, str]:
    """A decision; `serial` only where an item has several."""
    return {"serial": serial, "text": text, "implementer": implementer, "due": due}


def item(serial: int, topic: str, discussion: str, *decisions: dict[str, str]) -> Content:
    """An agenda item without follow-up lines."""
    return {
        "serial": to_bangla(serial),
        "topic": topic,
        "discussion": discussion,
        "follow_up": [],
        "decisions": list(decisions),
    }


def follow_up(**changes: str) -> dict[str, str]:
    """What the meeting said about one open decision."""
    return {
        "decision": "সেবাকেন্দ্রের সামনে টোকেন যন্ত্র বসাতে হবে।",
        "meeting": "অক্টোবর ২০২৬",
        "due": "৩১ অক্টোবর ২০২৬",
        "implementer": "সহকারী প্রোগ্রামার",
        "report": "যন্ত্র বসানো শেষ; রবিবার থেকে পরীক্ষামূলক ব্যবহার শুরু।",
        "note": "এক সপ্তাহের গড় অপেক্ষার সময় মেপে দেখা দরকার।",
        "outcome": "চলবে",
        **changes,
    }


def person(serial: int, name: str, designation: str, office: str, mode: str = "") -> dict[str, str]:
    """A line of the attendance annex."""
    return {
        "serial": to_bangla(serial),
        "name": name,
        "designation": designation,
        "office": office,
        "mode": mode,
    }


def follow_up_item() -> Content:
    """The second item of most meetings: what became of the decisions of the last ones."""
    return {
        **item(2, "গত সভার সিদ্ধান্তের অগ্রগতি", "আগের সভাগুলোর খোলা সিদ্ধান্ত একে একে পর্যালোচনা করা হয়।"),
        "follow_up": [
            follow_up(),
            follow_up(
                decision="ইউনিয়ন ভূমি অফিসগুলোতে নাগরিক সনদের হালনাগাদ বোর্ড টাঙাতে হবে।",
                implementer="সহকারী কমিশনার (ভূমি)",
                report="সাতটির মধ্যে পাঁচটিতে টাঙানো হয়েছে; দুটির ভবন মেরামত চলছে।",
                note="",
                outcome="সময় বাড়ানো হলো: ১৫ ডিসেম্বর ২০২৬",
            ),
            follow_up(
                decision="মাধ্যমিক বিদ্যালয়ের প্রধানদের নিয়ে উদ্ভাবন কর্মশালা করতে হবে।",
                meeting="সেপ্টেম্বর ২০২৬",
                due="",
                implementer="উপজেলা মাধ্যমিক শিক্ষা অফিসার",
                report="১৮ নভেম্বর কর্মশালা হয়েছে; ৩৪ জন অংশ নিয়েছেন।",
                note="",
                outcome="বাস্তবায়িত",
            ),
        ],
    }


def items() -> list[Content]:
    """A month's agenda: short and long items, one with several decisions, one without any."""
    return [
        item(
            1,
            "গত সভার কার্যবিবরণী দৃঢ়ীকরণ",
            "অক্টোবর ২০২৬ মাসের সভার কার্যবিবরণী পড়ে শোনানো হয়। কোনো সদস্যের সংশোধনী প্রস্তাব ছিল না।",
            decision("কার্যবিবরণী সংশোধন ছাড়া দৃঢ়ীকরণ করা হলো।", ""),
        ),
        follow_up_item(),
        item(
            3,
            "নামজারি আবেদনের ধাপ কমানো",
            "সহকারী কমিশনার (ভূমি) জানান, আবেদন গ্রহণ থেকে খতিয়ান হস্তান্তর পর্যন্ত এখন এগারোটি ধাপ আছে; "
            "এর চারটিতে একই কাগজ আবার দেখা হয়। নকশার খসড়া তৈরি, মাঠপর্যায়ে যাচাই বাকি।\n"
            "উপজেলা প্রকৌশলী বলেন, ইউনিয়ন ডিজিটাল সেন্টারের সংযোগ দুর্বল বলে আবেদন জমা দিতে নাগরিককে "
            "দুবার আসতে হয়। সভাপতি সংযোগের হিসাব নিয়ে ধাপ কমানোর কাজ ডিসেম্বরের মধ্যে শেষ করতে বলেন।",
            decision(
                "সাত ধাপের নতুন প্রক্রিয়া দুটি ইউনিয়নে পরীক্ষা করে ফল সভায় জানাতে হবে।",
                "সহকারী কমিশনার (ভূমি)",
                "১৫ ডিসেম্বর ২০২৬",
                "ক",
            ),
            decision(
                "নয়টি ডিজিটাল সেন্টারের ইন্টারনেট সংযোগের গতি মেপে তালিকা দিতে হবে।",
                "উপজেলা প্রকৌশলী ও সহকারী প্রোগ্রামার",
                "১০ ডিসেম্বর ২০২৬",
                "খ",
            ),
            decision(
                "নতুন আবেদন ফরম এক পাতায় ছাপিয়ে বিতরণ করতে হবে।", "সকল ইউনিয়ন ভূমি সহকারী কর্মকর্তা", "", "গ"
            ),
        ),
        item(
            4,
            "ভ্রাম্যমাণ সেবা ক্যাম্প (পাইলট)",
            "উপজেলা সমাজসেবা অফিসার প্রথম দুটি ক্যাম্পের ফল তুলে ধরেন: ৪১২ জন সেবা নিয়েছেন, তাঁদের ৬৩ শতাংশ নারী। "
            "যাতায়াতের খরচ প্রত্যেকের গড়ে ১৮০ টাকা কমেছে। চরাঞ্চলের দুটি গ্রাম এখনো বাইরে আছে।",
            decision(
                "চরাঞ্চলে তৃতীয় ক্যাম্প আয়োজন করে খরচ ও সময়ের হিসাব রাখতে হবে।",
                "উপজেলা সমাজসেবা অফিসার",
                "২০ ডিসেম্বর ২০২৬",
            ),
        ),
        item(
            5,
            "নতুন আইডিয়া বাছাই",
            "তিনটি আইডিয়া পাওয়া গেছে। উপজেলা স্বাস্থ্য ও পরিবার পরিকল্পনা কর্মকর্তা প্রসূতি মায়েদের জন্য মুঠোফোনে "
            "তারিখ মনে করিয়ে দেওয়ার প্রস্তাবটি ব্যাখ্যা করেন। বাকি দুটি আইডিয়ার তথ্য অসম্পূর্ণ।",
            decision(
                "প্রসূতি মায়েদের বার্তা পাঠানোর আইডিয়াটি পাইলটের জন্য গৃহীত হলো।",
                "উপজেলা স্বাস্থ্য ও পরিবার পরিকল্পনা কর্মকর্তা",
                "৩১ জানুয়ারি ২০২৭",
                "ক",
            ),
            decision("বাকি দুটি আইডিয়ার উপস্থাপকদের কাছ থেকে তথ্য নিতে হবে।", "সহকারী প্রোগ্রামার", "", "খ"),
        ),
        item(6, "বিবিধ", "আগামী সভা ডিসেম্বরের শেষ সপ্তাহে হবে বলে সভাপতি জানান।"),
    ]


def attendance() -> Content:
    """Who came, who did not, who was asked to join."""
    kaliganj = "কালীগঞ্জ, গাজীপুর"
    return {
        "present": [
            person(1, CHAIR["name"], CHAIR["designation"], CHAIR["office"]),
            person(2, "মাহবুব আলম", "সহকারী কমিশনার (ভূমি)", f"উপজেলা ভূমি অফিস, {kaliganj}"),
            person(3, "নাসরিন জাহান", "উপজেলা সমাজসেবা অফিসার", f"উপজেলা সমাজসেবা কার্যালয়, {kaliganj}"),
            person(
                4,
                "ডা. সুদীপ্ত কুণ্ডু",
                "উপজেলা স্বাস্থ্য ও পরিবার পরিকল্পনা কর্মকর্তা",
                f"উপজেলা স্বাস্থ্য কমপ্লেক্স, {kaliganj}",
                "ভিডিওতে",
            ),
            person(
                5,
                "প্রকৌশলী রেজাউল করিম",
                "উপজেলা প্রকৌশলী",
                f"এলজিইডি, {kaliganj}",
                "প্রতিনিধি: আনিসুর রহমান, উপসহকারী প্রকৌশলী",
            ),
            person(6, issuer()["name"], issuer()["designation"], issuer()["office"]),
        ],
        "absent": [
            person(1, "ফারজানা ইয়াসমিন", "উপজেলা মাধ্যমিক শিক্ষা অফিসার", kaliganj),
            person(2, "আবদুল কাদের", "উপজেলা কৃষি অফিসার", kaliganj),
        ],
        "guests": [
            person(1, "সালমা খাতুন", "উদ্যোক্তা", "নাগরী ইউনিয়ন ডিজিটাল সেন্টার"),
            person(2, "ড. ইমতিয়াজ হোসেন", "সহযোগী অধ্যাপক", "কালীগঞ্জ শ্রমিক কলেজ"),
        ],
    }


def copies() -> list[Content]:
    """Who is sent the minutes: for information, and to act on them."""
    return [
        {
            "kind": "information",
            "heading": "অনুলিপি সদয় জ্ঞাতার্থে:",
            "lines": [
                "সচিব (সমন্বয় ও সংস্কার), মন্ত্রিপরিষদ বিভাগ, বাংলাদেশ সচিবালয়, ঢাকা।",
                "বিভাগীয় কমিশনার, ঢাকা বিভাগ, ঢাকা।",
                "জেলা প্রশাসক, গাজীপুর।",
            ],
        },
        {
            "kind": "action",
            "heading": "অনুলিপি জ্ঞাতার্থে ও কার্যার্থে:",
            "lines": [
                "সহকারী কমিশনার (ভূমি), কালীগঞ্জ, গাজীপুর।",
                "উপজেলা স্বাস্থ্য ও পরিবার পরিকল্পনা কর্মকর্তা, কালীগঞ্জ, গাজীপুর।",
                "উপজেলা প্রকৌশলী, এলজিইডি, কালীগঞ্জ, গাজীপুর।",
                "উপজেলা সমাজসেবা অফিসার, কালীগঞ্জ, গাজীপুর।",
                "চেয়ারম্যান (সকল), ইউনিয়ন পরিষদ, কালীগঞ্জ, গাজীপুর।",
            ],
        },
    ]


def minutes_content(**changes: Any) -> Content:
    """Minutes of an ordinary month, signed and sent out, in the shape of a table."""
    return {
        "office": OFFICE,
        "title": "ইনোভেশন টিমের নভেম্বর ২০২৬ মাসের সভার কার্যবিবরণী",
        "period": "নভেম্বর ২০২৬",
        "number": "২০২৬–২৭ অর্থবছরের ৫ম সভা",
        "form": "table",
        "is_draft": False,
        "chair": dict(CHAIR),
        "place": "উপজেলা পরিষদ সম্মেলন কক্ষ, কালীগঞ্জ",
        "held_on": "২৬ নভেম্বর ২০২৬",
        "held_on_bangla": "১১ অগ্রহায়ণ ১৪৩৩",
        "weekday": "বৃহস্পতিবার",
        "time": "সকাল ১১:০০ টা",
        "attendance_note": "পরিশিষ্ট ‘ক’ দ্রষ্টব্য",
        "opening": "সভাপতি সবাইকে শুভেচ্ছা জানিয়ে সভা শুরু করেন। "
        "তাঁর অনুমতি নিয়ে সদস্য-সচিব আলোচ্যসূচি উপস্থাপন করেন। "
        "আলোচনা শেষে সর্বসম্মতভাবে নিচের সিদ্ধান্তগুলো গৃহীত হয়:",
        "closing": "আর কোনো আলোচ্য বিষয় না থাকায় সভাপতি উপস্থিত সদস্যদের ধন্যবাদ দিয়ে সভার কাজ শেষ করেন।",
        "items": items(),
        "signature": signature(),
        "issuer": issuer(),
        "memo": MEMO,
        "issued_on": "২৯ নভেম্বর ২০২৬",
        "issued_on_bangla": "১৪ অগ্রহায়ণ ১৪৩৩",
        "copies": copies(),
        "attendance": attendance(),
        **changes,
    }


def long_minutes_content(**changes: Any) -> Content:
    """Forty items, twelve decisions on one, a decision longer than a page, names without end."""
    twelve = [
        decision(f"{to_bangla(n)} নম্বর করণীয়: {HARD_WORDS}", LONG_OFFICE, "৩১ ডিসেম্বর ২০২৬", letter)
        for n, letter in enumerate("কখগঘঙচছজঝঞটঠ", start=1)
    ]
    endless = " ".join(
        f"ধারা{to_bangla(n)}। প্রতিটি ইউনিয়নে সেবার ধাপ, সময় ও খরচের হিসাব রেখে পরের সভায় তুলে ধরতে হবে।"
        for n in range(1, 41)
    )
    many = [
        item(
            n,
            f"বিষয় {to_bangla(n)}: {HARD_WORDS.split()[n % 20]} ও {BOTH_YYA}",
            f"{HARD_WORDS}\n{to_bangla(n)} নম্বর বিষয়ে মত দেওয়া হয়।\n" * (1 if n % 4 else 3),
            decision(f"সিদ্ধান্ত{to_bangla(n)}: কাজ শেষ করতে হবে।", "সকল সদস্য", "৩১ ডিসেম্বর ২০২৬"),
        )
        for n in range(1, 41)
    ]
    many[4]["decisions"] = twelve
    many[8]["decisions"] = [decision(endless, LONG_NAME, "৩০ জুন ২০২৭")]
    present = [person(n, LONG_NAME, "পদ-কর্মকর্তা", LONG_OFFICE) for n in range(1, 21)]
    content = minutes_content(
        title="ইনোভেশন টিমের দীর্ঘ সভার কার্যবিবরণী",
        items=many,
        chair={"name": LONG_NAME, "designation": HARD_WORDS, "office": LONG_OFFICE},
        signature=signature(name=LONG_NAME, office=LONG_OFFICE),
        attendance={**attendance(), "present": present},
        copies=[
            {"kind": "action", "heading": "অনুলিপি জ্ঞাতার্থে:", "lines": [LONG_OFFICE] * 30},
        ],
    )
    return {**content, **changes}


def bare_minutes_content(**changes: Any) -> Content:
    """A draft of which only the agenda is written: everything that may be empty is."""
    nobody = dict.fromkeys(("name", "designation", "phone", "email"), "")
    content = minutes_content(
        number="",
        is_draft=True,
        chair={"name": "", "designation": "উপজেলা নির্বাহী অফিসার", "office": ""},
        place="",
        time="",
        opening="",
        closing="",
        items=[item(1, "কর্মপরিকল্পনার কাজ", ""), item(2, "বিবিধ", "", decision("কাজ চলবে।", ""))],
        signature={**nobody, "office": OFFICE},
        issuer=None,
        memo="",
        issued_on="",
        issued_on_bangla="",
        copies=[],
        attendance={"present": [], "absent": [], "guests": []},
    )
    return {**content, **changes}


def notice_content(**changes: Any) -> Content:
    """The letter that calls a meeting."""
    return {
        "office": OFFICE,
        "title": "সভার নোটিশ",
        "period": "নভেম্বর ২০২৬",
        "kind": "call",
        "memo": "০৫.৪১.৩৩৩৪.০০০.১৪.০০৭.২৬.১৭১",
        "issued_on": "১৭ নভেম্বর ২০২৬",
        "issued_on_bangla": "২ অগ্রহায়ণ ১৪৩৩",
        "body": "কালীগঞ্জ উপজেলা ইনোভেশন টিমের নভেম্বর ২০২৬ মাসের সভা আগামী ২৬ নভেম্বর ২০২৬ "
        "বৃহস্পতিবার সকাল ১১:০০ টায় উপজেলা পরিষদ সম্মেলন কক্ষে হবে। সভাপতিত্ব করবেন উপজেলা নির্বাহী অফিসার।\n"
        "আলোচ্যসূচি নিচে দেওয়া হলো। নিজ দপ্তরের অগ্রগতির তথ্যসহ যথাসময়ে উপস্থিত থাকার জন্য অনুরোধ করা হলো।",
        "held_on": "২৬ নভেম্বর ২০২৬",
        "held_on_bangla": "১১ অগ্রহায়ণ ১৪৩৩",
        "weekday": "বৃহস্পতিবার",
        "time": "সকাল ১১:০০ টা",
        "place": "উপজেলা পরিষদ সম্মেলন কক্ষ, কালীগঞ্জ",
        "chair": dict(CHAIR),
        "meeting": MEETING,
        "was": None,
        "reason": "",
        "agenda": [entry["topic"] for entry in items()],
        "signature": issuer(),
        "recipients": [
            f"{line['designation']}, {line['office']}" for line in attendance()["present"]
        ],
        "copies": copies()[:1],
        **changes,
    }


def change_notice_content(**changes: Any) -> Content:
    """The letter that moves a meeting to another day and room."""
    content = notice_content(
        title="সভার সময় পরিবর্তনের নোটিশ",
        kind="change",
        body="অনিবার্য কারণে নভেম্বর ২০২৬ মাসের সভার সময় ও স্থান বদলানো হলো। "
        "পরিবর্তিত সময়ে উপস্থিত থাকার জন্য অনুরোধ করা হলো।",
        was={
            "held_on": "২৪ নভেম্বর ২০২৬",
            "time": "বিকাল ৩:০০ টা",
            "place": "উপজেলা নির্বাহী অফিসারের অফিসকক্ষ",
        },
        reason="একই সময়ে জেলা উন্নয়ন সমন্বয় সভা",
    )
    return {**content, **changes}


def cancel_notice_content(**changes: Any) -> Content:
    """The letter that calls a meeting off."""
    content = notice_content(
        title="সভা বাতিলের নোটিশ",
        kind="cancel",
        body="২৬ নভেম্বর ২০২৬ তারিখে নির্ধারিত নভেম্বর ২০২৬ মাসের সভা বাতিল করা হলো।",
        reason="ঘূর্ণিঝড় মোকাবিলার জরুরি প্রস্তুতি",
        agenda=[],
    )
    return {**content, **changes}


def extract_content(**changes: Any) -> Content:
    """One office's own decisions out of the minutes."""
    return {
        "office": OFFICE,
        "title": "আপনার জন্য সিদ্ধান্ত",
        "period": "নভেম্বর ২০২৬",
        "for": "সহকারী কমিশনার (ভূমি), কালীগঞ্জ, গাজীপুর",
        "meeting": MEETING,
        "held_on": "২৬ নভেম্বর ২০২৬",
        "held_on_bangla": "১১ অগ্রহায়ণ ১৪৩৩",
        "memo": MEMO,
        "issued_on": "২৯ নভেম্বর ২০২৬",
        "issued_on_bangla": "১৪ অগ্রহায়ণ ১৪৩৩",
        "rows": [
            {
                "serial": "৩(ক)",
                "topic": "নামজারি আবেদনের ধাপ কমানো",
                "decision": "সাত ধাপের নতুন প্রক্রিয়া দুটি ইউনিয়নে পরীক্ষা করে ফল সভায় জানাতে হবে।",
                "implementer": "সহকারী কমিশনার (ভূমি)",
                "due": "১৫ ডিসেম্বর ২০২৬",
            },
            {
                "serial": "২",
                "topic": "গত সভার সিদ্ধান্তের অগ্রগতি",
                "decision": "বাকি দুটি ইউনিয়ন ভূমি অফিসে নাগরিক সনদের বোর্ড টাঙাতে হবে।",
                "implementer": "সহকারী কমিশনার (ভূমি)",
                "due": "",
            },
        ],
        "signature": issuer(),
        **changes,
    }


def book_content(**changes: Any) -> Content:
    """A year's minutes in one volume: two meetings, both printed shapes, and a month without."""
    october = minutes_content(
        title="ইনোভেশন টিমের অক্টোবর ২০২৬ মাসের সভার কার্যবিবরণী",
        period="অক্টোবর ২০২৬",
        number="২০২৬–২৭ অর্থবছরের ৪র্থ সভা",
        form="sections",
        held_on="২৭ অক্টোবর ২০২৬",
        held_on_bangla="১১ কার্তিক ১৪৩৩",
        weekday="মঙ্গলবার",
    )
    return {
        "office": OFFICE,
        "title": "ইনোভেশন টিমের সভার কার্যবিবরণী",
        "period": "২০২৬–২৭ অর্থবছর",
        "meetings": [october, minutes_content()],
        "months_unmet": [
            {"month": "আগস্ট ২০২৬", "reason": "বন্যা পরিস্থিতিতে সদস্যরা ত্রাণকাজে ছিলেন।"},
            {"month": "সেপ্টেম্বর ২০২৬", "reason": ""},
        ],
        "date": "৩০ নভেম্বর ২০২৬",
        "bangla_date": "১৫ অগ্রহায়ণ ১৪৩৩",
        **changes,
    }
