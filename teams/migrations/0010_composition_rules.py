"""Who belongs in a team, by the gazette of 8 April 2013 and by that of 16 November 2023.

The table of 2023 is at hand. Of 2013 it is certain who leads (an additional or joint secretary as
chief innovation officer, an innovation officer elsewhere) and that upazilas were led by their
UNO; the numbers and backgrounds are the plain reading of the teams formed under it, and the
source of each row says that they are to be checked. Neither has a table for divisions.
"""

from datetime import date

from django.db import migrations

OF_2013, OF_2023 = date(2013, 4, 8), date(2023, 11, 16)
LAST_OF_2013 = date(2023, 11, 15)
GAZETTE_2013 = "মন্ত্রিপরিষদ বিভাগের প্রজ্ঞাপন, ৮ এপ্রিল ২০১৩"
GAZETTE_2023 = "মন্ত্রিপরিষদ বিভাগের প্রজ্ঞাপন, ১৬ নভেম্বর ২০২৩"
CHECK_NUMBERS = "; সদস্যের সংখ্যা ও পটভূমি মূল প্রজ্ঞাপনের সঙ্গে যাচাই করতে হবে"
AS_MINISTRY = "; মন্ত্রিপরিষদ বিভাগের নিজের টিমে মন্ত্রণালয়ের নিয়ম ধরা হয়েছে"
PRACTICE = "; বিভাগীয় পর্যায়ের ছক এতে নেই, প্রচলিত চর্চা থেকে নেওয়া; সংখ্যাটি যাচাই করতে হবে"
EITHER_CELL = "; “আইসিটি/পরিকল্পনা সেল” বলতে দুটির যেকোনোটি ধরা হয়েছে"

BACKGROUNDS = (
    ("ict", "আইসিটি", "ICT"),
    ("planning", "পরিকল্পনা", "Planning"),
    ("data", "ডাটা বা দক্ষতা উন্নয়ন", "Data or skills development"),
    ("assistant-commissioner", "সহকারী কমিশনার", "Assistant commissioner"),
    ("ac-land", "সহকারী কমিশনার (ভূমি)", "Assistant commissioner (land)"),
    ("programmer", "প্রোগ্রামার", "Programmer"),
    (
        "teacher-higher-secondary",
        "আইসিটি বা বিজ্ঞানের শিক্ষক (উচ্চ মাধ্যমিক)",
        "ICT or science teacher (higher secondary)",
    ),
    (
        "teacher-secondary",
        "আইসিটি বা বিজ্ঞানের শিক্ষক (মাধ্যমিক)",
        "ICT or science teacher (secondary)",
    ),
)
# Bengali, English, backgrounds any of which will do, whether it is a seat beside the nominated
ICT = ("আইসিটি অনুবিভাগ, অধিশাখা বা শাখার কর্মকর্তা", "An officer of the ICT wing", ("ict",), False)
PLANNING = (
    "পরিকল্পনা অনুবিভাগ, অধিশাখা বা শাখার কর্মকর্তা",
    "An officer of the planning wing",
    ("planning",),
    False,
)
CELL = (
    "আইসিটি বা পরিকল্পনা সেলের কর্মকর্তা",
    "An officer of the ICT or planning cell",
    ("ict", "planning"),
    False,
)
ICT_OFFICER = ("আইসিটি বিষয়ের কর্মকর্তা", "An officer for ICT", ("ict",), False)
DATA = (
    "দক্ষতা উন্নয়ন বা ডাটা বিষয়ে দক্ষ কর্মকর্তা (ডাটা ফোকাল)",
    "An officer skilled in data or skills development (data focal point)",
    ("data",),
    False,
)
COMMISSIONER = (
    "সিনিয়র সহকারী কমিশনার বা সহকারী কমিশনার",
    "A senior assistant or assistant commissioner",
    ("assistant-commissioner",),
    True,
)
AC_LAND = ("সহকারী কমিশনার (ভূমি)", "The assistant commissioner (land)", ("ac-land",), True)
PROGRAMMER = (
    "প্রোগ্রামার বা সহকারী প্রোগ্রামার",
    "A programmer or assistant programmer",
    ("programmer",),
    True,
)
TEACHER_HIGHER = (
    "আইসিটি বা বিজ্ঞানের একজন উদ্যমী শিক্ষক (উচ্চ মাধ্যমিক)",
    "A keen teacher of ICT or science (higher secondary)",
    ("teacher-higher-secondary",),
    False,
)
TEACHER_SECONDARY = (
    "আইসিটি বা বিজ্ঞানের একজন উদ্যমী শিক্ষক (মাধ্যমিক)",
    "A keen teacher of ICT or science (secondary)",
    ("teacher-secondary",),
    False,
)
SECRETARY = ("অতিরিক্ত সচিব বা যুগ্মসচিব পর্যায়ের একজন কর্মকর্তা", "An additional or joint secretary")
DIRECTOR = ("পরিচালক পর্যায়ের মনোনীত একজন কর্মকর্তা", "A nominated officer of director level")
COMMISSIONERS_OWN = (
    "বিভাগীয় কমিশনারের মনোনীত একজন অতিরিক্ত বিভাগীয় কমিশনার",
    "An additional divisional commissioner whom the commissioner nominates",
)
ADC = (
    "জেলা প্রশাসকের মনোনীত একজন অতিরিক্ত জেলা প্রশাসক",
    "An additional deputy commissioner whom the deputy commissioner nominates",
)
ADC_ICT = (
    "অতিরিক্ত জেলা প্রশাসক (শিক্ষা ও আইসিটি), অথবা জেলা প্রশাসকের মনোনীত একজন অতিরিক্ত জেলা প্রশাসক",
    "The ADC (education and ICT), or another whom the deputy commissioner nominates",
)
UNO = ("উপজেলা নির্বাহী অফিসার", "The upazila nirbahi officer")
# tier, seat, who leads, whether that is the head, nominated from and to, who forms, wanted, source
RULES_2013 = (
    (
        "cabinet",
        "chief",
        SECRETARY,
        False,
        (3, 5),
        "cabinet",
        (ICT, PLANNING),
        CHECK_NUMBERS + AS_MINISTRY,
    ),
    ("ministry", "chief", SECRETARY, False, (3, 5), "ministry", (ICT, PLANNING), CHECK_NUMBERS),
    ("agency", "leader", DIRECTOR, False, (3, 5), "agency", (CELL,), CHECK_NUMBERS),
    ("division", "leader", COMMISSIONERS_OWN, False, (3, 5), "division", (ICT_OFFICER,), PRACTICE),
    ("district", "leader", ADC, False, (3, 5), "district", (TEACHER_HIGHER,), CHECK_NUMBERS),
    ("upazila", "leader", UNO, True, (3, 5), "district", (TEACHER_SECONDARY,), CHECK_NUMBERS),
)
RULES_2023 = (
    ("cabinet", "chief", SECRETARY, False, (3, 5), "cabinet", (ICT, PLANNING, DATA), AS_MINISTRY),
    ("ministry", "chief", SECRETARY, False, (3, 5), "ministry", (ICT, PLANNING, DATA), ""),
    ("agency", "leader", DIRECTOR, False, (3, 5), "agency", (CELL, DATA), EITHER_CELL),
    (
        "division",
        "leader",
        COMMISSIONERS_OWN,
        False,
        (3, 5),
        "division",
        (ICT_OFFICER, DATA),
        PRACTICE,
    ),
    (
        "district",
        "leader",
        ADC_ICT,
        False,
        (5, 7),
        "district",
        (COMMISSIONER, PROGRAMMER, DATA, TEACHER_HIGHER),
        "",
    ),
    (
        "upazila",
        "leader",
        UNO,
        True,
        (5, 7),
        "district",
        (AC_LAND, PROGRAMMER, DATA, TEACHER_SECONDARY),
        "",
    ),
)
GAZETTES = (
    (OF_2013, LAST_OF_2013, GAZETTE_2013, RULES_2013),
    (OF_2023, None, GAZETTE_2023, RULES_2023),
)


def add_rules(apps, schema_editor):
    backgrounds = apps.get_model("teams", "Background").objects
    rules = apps.get_model("teams", "CompositionRule").objects
    known = {
        code: backgrounds.get_or_create(
            code=code, defaults={"name_bn": bn, "name_en": en, "position": place}
        )[0]
        for place, (code, bn, en) in enumerate(BACKGROUNDS, start=1)
    }
    for valid_from, valid_to, gazette, rows in GAZETTES:
        for tier, seat, leader, is_head, (fewest, most), formed_by, wanted, note in rows:
            rule, created = rules.get_or_create(
                tier=tier,
                valid_from=valid_from,
                defaults={
                    "valid_to": valid_to,
                    "source": gazette + note,
                    "leading_seat": seat,
                    "leader_bn": leader[0],
                    "leader_en": leader[1],
                    "leader_is_head": is_head,
                    "nominated_min": fewest,
                    "nominated_max": most,
                    "formed_by": formed_by,
                },
            )
            if created:
                _add_wanted(rule, wanted, known)


def _add_wanted(rule, wanted, known):
    for place, (name_bn, name_en, codes, is_seat) in enumerate(wanted, start=1):
        requirement = rule.requirements.create(
            name_bn=name_bn, name_en=name_en, is_seat=is_seat, position=place
        )
        requirement.backgrounds.set([known[code] for code in codes])


class Migration(migrations.Migration):
    dependencies = [("teams", "0009_merged_offices")]

    operations = [migrations.RunPython(add_rules, migrations.RunPython.noop)]
