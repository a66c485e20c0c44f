"""The offices that ship with the project, and the reader that refuses a bad list."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from teams.enums import Tier
from teams.offices import COLUMNS, TIER_PARENTS, OfficeRow, read_offices

# Upazilas in each district, the districts grouped by division, as counted when NICAR brought the
# country to 495 on 26 July 2021.
UPAZILAS = {
    "dhaka-division": {
        "dhaka": 5,
        "gazipur": 5,
        "narayanganj": 5,
        "narsingdi": 6,
        "munshiganj": 6,
        "manikganj": 7,
        "tangail": 12,
        "kishoreganj": 13,
        "faridpur": 9,
        "rajbari": 5,
        "gopalganj": 5,
        "madaripur": 5,
        "shariatpur": 6,
    },
    "chattogram-division": {
        "chattogram": 15,
        "coxs-bazar": 9,
        "cumilla": 17,
        "feni": 6,
        "brahmanbaria": 9,
        "noakhali": 9,
        "lakshmipur": 5,
        "chandpur": 8,
        "rangamati": 10,
        "khagrachhari": 9,
        "bandarban": 7,
    },
    "rajshahi-division": {
        "rajshahi": 9,
        "natore": 7,
        "naogaon": 11,
        "chapainawabganj": 5,
        "pabna": 9,
        "sirajganj": 9,
        "bogura": 12,
        "joypurhat": 5,
    },
    "khulna-division": {
        "khulna": 9,
        "bagerhat": 9,
        "satkhira": 7,
        "jashore": 8,
        "magura": 4,
        "jhenaidah": 6,
        "narail": 3,
        "kushtia": 6,
        "chuadanga": 4,
        "meherpur": 3,
    },
    "barishal-division": {
        "barishal": 10,
        "bhola": 7,
        "patuakhali": 8,
        "barguna": 6,
        "pirojpur": 7,
        "jhalakathi": 4,
    },
    "sylhet-division": {"sylhet": 13, "moulvibazar": 7, "habiganj": 9, "sunamganj": 12},
    "rangpur-division": {
        "rangpur": 8,
        "dinajpur": 13,
        "kurigram": 9,
        "gaibandha": 7,
        "lalmonirhat": 5,
        "nilphamari": 6,
        "panchagarh": 5,
        "thakurgaon": 5,
    },
    "mymensingh-division": {"mymensingh": 13, "netrokona": 10, "jamalpur": 7, "sherpur": 5},
}

# Four old cities are no upazila of their own district; Cumilla's seat is "Adarsha Sadar".
SEATS_WITHOUT_SADAR = {"dhaka", "chattogram", "khulna", "rajshahi", "cumilla"}

SPOT_FACTS = {
    "karnaphuli": ("কর্ণফুলী", "chattogram"),
    "dasar": ("ডাসার", "madaripur"),
    "madhyanagar": ("মধ্যনগর", "sunamganj"),
    "shantiganj": ("শান্তিগঞ্জ", "sunamganj"),
    "eidgaon": ("ঈদগাঁও", "coxs-bazar"),
    "shayestaganj": ("শায়েস্তাগঞ্জ", "habiganj"),
    "lalmai": ("লালমাই", "cumilla"),
    "cumilla-sadar-dakshin": ("কুমিল্লা সদর দক্ষিণ", "cumilla"),
    "osmani-nagar": ("ওসমানীনগর", "sylhet"),
    "dakshin-surma": ("দক্ষিণ সুরমা", "sylhet"),
    "guimara": ("গুইমারা", "khagrachhari"),
    "taltali": ("তালতলী", "barguna"),
    "rangabali": ("রাঙ্গাবালী", "patuakhali"),
    "indurkani": ("ইন্দুরকানী", "pirojpur"),
    "bijoynagar": ("বিজয়নগর", "brahmanbaria"),
    "tarakanda": ("তারাকান্দা", "mymensingh"),
    "madaripur-sadar": ("মাদারীপুর সদর", "madaripur"),
    "kaliganj-satkhira": ("কালিগঞ্জ", "satkhira"),
    "kaliganj-gazipur": ("কালীগঞ্জ", "gazipur"),
    "faridpur-pabna": ("ফরিদপুর", "pabna"),
    "sherpur-bogura": ("শেরপুর", "bogura"),
    "kishoreganj-nilphamari": ("কিশোরগঞ্জ", "nilphamari"),
    "lged": ("এলজিইডি", "local-government-division"),
    "land-records-surveys": ("ভূমি রেকর্ড ও জরিপ অধিদপ্তর", "land"),
    "dshe": ("মাউশি", "secondary-higher-education-division"),
    "natore": ("নাটোর", "rajshahi-division"),
    "netrokona": ("নেত্রকোণা", "mymensingh-division"),
    "barishal-division": ("বরিশাল বিভাগ", "cabinet-division"),
    "home-affairs": ("স্বরাষ্ট্র মন্ত্রণালয়", "cabinet-division"),
}


@pytest.fixture(scope="module")
def offices() -> list[OfficeRow]:
    return read_offices()


def of_tier(offices: list[OfficeRow], tier: str) -> list[OfficeRow]:
    return [office for office in offices if office.tier == tier]


def test_tiers_are_those_of_the_database() -> None:
    assert set(TIER_PARENTS) == set(Tier.values)


def test_offices_count(offices: list[OfficeRow]) -> None:
    counts = Counter(office.tier for office in offices)
    assert (counts["cabinet"], counts["division"], counts["district"]) == (1, 8, 64)
    assert counts["upazila"] == 495 == sum(sum(count.values()) for count in UPAZILAS.values())
    assert 55 <= counts["ministry"] <= 65
    assert counts["agency"] >= 300


def test_districts_stand_under_their_division(offices: list[OfficeRow]) -> None:
    districts = {office.code: office.parent for office in of_tier(offices, "district")}
    assert districts == {
        district: division for division, counts in UPAZILAS.items() for district in counts
    }


def test_upazilas_per_district(offices: list[OfficeRow]) -> None:
    counts = Counter(office.parent for office in of_tier(offices, "upazila"))
    assert counts == {
        district: count for counts in UPAZILAS.values() for district, count in counts.items()
    }


def test_district_has_its_sadar_upazila(offices: list[OfficeRow]) -> None:
    by_code = {office.code: office for office in offices}
    districts = {office.code for office in of_tier(offices, "district")}
    for code in districts - SEATS_WITHOUT_SADAR:
        assert by_code[f"{code}-sadar"].parent == code
    assert by_code["cumilla-adarsha-sadar"].parent == "cumilla"


def test_codes_and_letterheads_are_unique(offices: list[OfficeRow]) -> None:
    for column in ("code", "name_bn", "name_en"):
        counts = Counter(getattr(office, column) for office in offices)
        assert [value for value, count in counts.items() if count > 1] == []


def test_codes_of_a_shared_place_name_all_carry_the_district(offices: list[OfficeRow]) -> None:
    places = Counter(
        office.place_en for tier in ("district", "upazila") for office in of_tier(offices, tier)
    )
    for office in of_tier(offices, "upazila"):
        own = office.place_en.lower().replace("'", "").replace(" ", "-")
        shared = places[office.place_en] > 1
        assert office.code == (f"{own}-{office.parent}" if shared else own)


def test_field_letterheads_name_the_place_and_its_district(offices: list[OfficeRow]) -> None:
    by_code = {office.code: office for office in offices}
    for office in of_tier(offices, "district"):
        assert office.name_bn == f"জেলা প্রশাসকের কার্যালয়, {office.place_bn}"
        assert office.name_en == f"Office of the Deputy Commissioner, {office.place_en}"
    for office in of_tier(offices, "upazila"):
        district = by_code[office.parent]
        assert office.name_bn == (
            f"উপজেলা নির্বাহী অফিসারের কার্যালয়, {office.place_bn}, {district.place_bn}"
        )
        assert office.name_en == (
            f"Office of the Upazila Nirbahi Officer, {office.place_en}, {district.place_en}"
        )


def test_parents_stand_before_their_children(offices: list[OfficeRow]) -> None:
    seen: set[str] = {""}
    for office in offices:
        assert office.parent in seen
        seen.add(office.code)


def test_names_are_nfc_and_in_their_own_script(offices: list[OfficeRow]) -> None:
    for office in offices:
        for bengali in (office.name_bn, office.place_bn):
            assert unicodedata.is_normalized("NFC", bengali)
            assert not any(letter.isascii() and letter.isalnum() for letter in bengali)
        assert office.name_en.isascii()
        assert office.place_en.isascii()


def test_every_shipped_office_is_working(offices: list[OfficeRow]) -> None:
    assert all(office.is_active for office in offices)


@pytest.mark.parametrize("code", SPOT_FACTS)
def test_office_known_to_everyone(offices: list[OfficeRow], code: str) -> None:
    office = next(office for office in offices if office.code == code)
    place, parent = SPOT_FACTS[code]
    assert (office.place_bn, office.parent) == (unicodedata.normalize("NFC", place), parent)


HEADER = ",".join(COLUMNS)
CABINET = "cabinet-division,cabinet,,মন্ত্রিপরিষদ বিভাগ,Cabinet Division,মন্ত্রিপরিষদ,Cabinet,1"
LAND = "land,ministry,cabinet-division,ভূমি,Ministry of Land,ভূমি,Land,1"
SURVEY = "survey,agency,land,জরিপ অধিদপ্তর,Department of Surveys,জরিপ,Surveys,0"


def write(tmp_path: Path, *lines: str, header: str = HEADER) -> Path:
    path = tmp_path / "offices.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def test_read_offices_returns_rows_as_written(tmp_path: Path) -> None:
    _, land, survey = read_offices(write(tmp_path, CABINET, LAND, SURVEY))
    assert land == OfficeRow(
        "land", "ministry", "cabinet-division", "ভূমি", "Ministry of Land", "ভূমি", "Land", True
    )
    assert not survey.is_active


def test_read_offices_accepts_what_excel_saves(tmp_path: Path) -> None:
    path = tmp_path / "offices.csv"
    path.write_bytes("\r\n".join([HEADER, CABINET, LAND, ""]).encode("utf-8-sig"))
    assert [office.code for office in read_offices(path)] == ["cabinet-division", "land"]


@pytest.mark.parametrize(
    ("lines", "line", "what"),
    [
        (
            [CABINET, LAND, LAND.replace("ভূমি,M", "জমি,M")],
            4,
            "code “land” already stands on line 3",
        ),
        ([CABINET, LAND, LAND.replace("land,", "lands,", 1)], 4, "name_bn “ভূমি” already stands"),
        (
            [CABINET, LAND, "lands,ministry,cabinet-division,জমি,Ministry of Land,জমি,Land,1"],
            4,
            "name_en “Ministry of Land” already stands on line 3",
        ),
        ([CABINET, LAND.replace("land,", "Land,", 1)], 3, "code “Land” is not a slug"),
        ([CABINET, LAND.replace("land,", "la--nd,", 1)], 3, "code “la--nd” is not a slug"),
        ([CABINET, LAND.replace("land,", "ভূমি,", 1)], 3, "code “ভূমি” is not a slug"),
        ([CABINET, LAND.replace("land,", ",", 1)], 3, "code “” is not a slug"),
        ([CABINET, SURVEY, LAND], 3, "parent “land” does not stand on an earlier line"),
        ([CABINET, LAND.replace("cabinet-division", "")], 3, "parent “” does not stand"),
        (
            [CABINET, SURVEY.replace("agency,land", "agency,cabinet-division")],
            3,
            "tier “agency” cannot be under “cabinet-division”, a cabinet office; "
            "give it a parent of tier “ministry”",
        ),
        ([CABINET, LAND.replace("ministry,", "bureau,")], 3, "tier “bureau” is unknown"),
        ([CABINET.replace("cabinet,,", "cabinet,land,")], 2, "leave the parent empty"),
        (
            [CABINET, "second,cabinet,,দ্বিতীয়,Second,দ্বিতীয়,Second,1"],
            3,
            "“second” would be a second root",
        ),
        ([CABINET, LAND.replace("Land,1", "Land,yes")], 3, "is_active “yes” is unknown; write 1"),
        ([CABINET, LAND.replace("ভূমি,Land", ",Land")], 3, "place_bn is empty"),
        ([CABINET, LAND.replace("ভূমি,M", "ভূমি ,M")], 3, "write it as “ভূমি”"),
        ([CABINET, LAND.replace("ভূমি,M", "ন\u09df,M")], 3, "name_bn “ন\u09df” is not in NFC"),
        ([CABINET, LAND.replace("Ministry of Land", "Land, Ministry")], 3, "9 cells instead of 8"),
        ([CABINET, "", LAND], 3, "0 cells instead of 8"),
        ([CABINET, LAND.replace("ভূমি,M", '"ভূমি"x,M')], 3, "not readable as CSV"),
    ],
)
def test_read_offices_names_line_and_mend(
    tmp_path: Path, lines: list[str], line: int, what: str
) -> None:
    with pytest.raises(ValueError, match=f"^line {line}: ") as refusal:
        read_offices(write(tmp_path, *lines))
    assert what in str(refusal.value)


def test_read_offices_counts_lines_inside_quotes(tmp_path: Path) -> None:
    broken_over_lines = LAND.replace("ভূমি,M", '"ভূমি\nমন্ত্রণালয়",M')
    with pytest.raises(ValueError, match=r"^line 4: name_bn “ভূমি\sমন্ত্রণালয়” is not"):
        read_offices(write(tmp_path, CABINET, broken_over_lines))


def test_read_offices_wants_its_header(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=f"line 1: the header must be exactly “{HEADER}”"):
        read_offices(write(tmp_path, CABINET, header=HEADER.replace("parent", "above")))


def test_read_offices_empty_file_wants_its_header(tmp_path: Path) -> None:
    path = tmp_path / "offices.csv"
    path.write_bytes(b"")
    with pytest.raises(ValueError, match="line 1: the header"):
        read_offices(path)


def test_read_offices_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "offices.csv"
    path.write_bytes(f"{HEADER}\n{CABINET}\n".encode() + b"caf\xe9,ministry\n")
    with pytest.raises(ValueError, match="line 3: not UTF-8; save the file"):
        read_offices(path)
