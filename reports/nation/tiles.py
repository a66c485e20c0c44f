"""The map of the 64 districts as tiles: each stands about where it lies in the country.

Rows run from north to south, columns from west to east; a dot is an empty place. The short names
are what fits a tile of forty pixels.
"""

from teams.models import in_bengali

GRID = """
panchagarh nilphamari lalmonirhat kurigram . . . .
thakurgaon dinajpur rangpur gaibandha sherpur netrokona sunamganj sylhet
naogaon joypurhat bogura jamalpur mymensingh kishoreganj habiganj moulvibazar
chapainawabganj rajshahi natore sirajganj tangail gazipur narsingdi brahmanbaria
meherpur kushtia pabna manikganj dhaka narayanganj cumilla khagrachhari
chuadanga jhenaidah rajbari faridpur munshiganj chandpur feni rangamati
jashore magura gopalganj madaripur shariatpur lakshmipur noakhali chattogram
satkhira narail pirojpur barishal bhola . . bandarban
khulna bagerhat jhalakathi barguna patuakhali . . coxs-bazar
"""
LETTERS = 5  # of an English name
SHORT = {
    "panchagarh": "পঞ্চ", "nilphamari": "নীল", "lalmonirhat": "লাল", "kurigram": "কুড়ি",
    "thakurgaon": "ঠাকু", "dinajpur": "দিনা", "rangpur": "রংপু", "gaibandha": "গাই",
    "sherpur": "শের", "netrokona": "নেত্র", "sunamganj": "সুনা", "sylhet": "সিল",
    "naogaon": "নও", "joypurhat": "জয়", "bogura": "বগু", "jamalpur": "জামা",
    "mymensingh": "ময়ম", "kishoreganj": "কিশো", "habiganj": "হবি", "moulvibazar": "মৌল",
    "chapainawabganj": "চাঁপা", "rajshahi": "রাজ", "natore": "নাট", "sirajganj": "সিরা",
    "tangail": "টাঙ্গা", "gazipur": "গাজী", "narsingdi": "নর", "brahmanbaria": "ব্রাহ্ম",
    "meherpur": "মেহে", "kushtia": "কুষ্টি", "pabna": "পাব", "manikganj": "মানি",
    "dhaka": "ঢাকা", "narayanganj": "না.গ", "cumilla": "কুমি", "khagrachhari": "খাগ",
    "chuadanga": "চুয়া", "jhenaidah": "ঝিনা", "rajbari": "রাজবা", "faridpur": "ফরি",
    "munshiganj": "মুন্সি", "chandpur": "চাঁদ", "feni": "ফেনী", "rangamati": "রাঙা",
    "jashore": "যশো", "magura": "মাগু", "gopalganj": "গোপা", "madaripur": "মাদা",
    "shariatpur": "শরী", "lakshmipur": "লক্ষ্মী", "noakhali": "নোয়া", "chattogram": "চট্ট",
    "satkhira": "সাত", "narail": "নড়া", "pirojpur": "পিরো", "barishal": "বরি",
    "bhola": "ভোলা", "bandarban": "বান্দ", "khulna": "খুল", "bagerhat": "বাগে",
    "jhalakathi": "ঝাল", "barguna": "বরগু", "patuakhali": "পটু", "coxs-bazar": "কক্স",
}  # fmt: skip

# A district's rate by which its tile is marked.
GOOD, MIDDLING = 90, 60


def rows() -> list[list[str]]:
    """The codes of the districts row by row; "" for an empty place."""
    return [
        ["" if code == "." else code for code in line.split()] for line in GRID.strip().splitlines()
    ]


def short_name(code: str) -> str:
    """What fits on a district's tile, in the language of the page."""
    return SHORT[code] if in_bengali() else code[:LETTERS].capitalize()
