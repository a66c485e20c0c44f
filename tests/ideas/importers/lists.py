"""Lists of ideas as offices keep them, in every kind of file they come in."""

from datetime import date
from io import BytesIO

import docx
import openpyxl

from ideas.importers import FoundList, OfficeNames, read_list
from tests.workplans.importers.build import Merge, Table, as_docx, as_html, as_tsv, as_xlsx

TODAY = date(2026, 11, 21)
NAMES = OfficeNames.of(
    [
        "kaliganj-gazipur",
        "উপজেলা নির্বাহী অফিসারের কার্যালয়, কালীগঞ্জ, গাজীপুর",
        "Office of the Upazila Nirbahi Officer, Kaliganj, Gazipur",
    ],
    place=["কালীগঞ্জ", "Kaliganj"],
    around=["গাজীপুর", "Gazipur", "ঢাকা", "Dhaka"],
    others=["জেলা প্রশাসকের কার্যালয়, গাজীপুর", "উপজেলা নির্বাহী অফিসারের কার্যালয়, মধুপুর, টাঙ্গাইল"],
    other_places=["মধুপুর", "Madhupur", "লালমনিরহাট", "টাঙ্গাইল"],
)

# One head row, one cell for a person, the names of districts' lists.
PLAIN = Table(
    (
        ("ক্রমিক", "উদ্ভাবনী ধারণা/উদ্যোগের শিরোনাম", "সংক্ষিপ্ত বিবরণ", "উদ্ভাবকের নাম ও পদবি",
         "দপ্তর", "বর্তমান অবস্থা", "অর্থবছর", "মন্তব্য"),
        ("১", "নামজারির শুনানির তারিখ মোবাইলে", "তারিখ ঠিক হলেই এসএমএস যাবে।",
         "মো. রফিকুল ইসলাম, সহকারী কমিশনার (ভূমি)", "কালীগঞ্জ, গাজীপুর", "বাছাইকৃত", "২০১৭-১৮", ""),
        ("২", "হাটের দিনে আবেদন সহায়তা", "উদ্যোক্তা হাটে বসবেন।", "শাহিনুর বেগম\nউদ্যোক্তা", "",
         "পাইলট চলমান", "২০১৮", ""),
        ("৩", "Online complaint box", "Complaints by web form.", "Rahim Uddin", "Kaliganj",
         "Declined", "01/03/2019", "বাজেট নেই"),
    )
)  # fmt: skip
# Two head rows; the person and the idea are split, the year is merged over its rows.
SPLIT = Table(
    (
        ("ক্রঃ নং", "উদ্ভাবনী উদ্যোগ", "", "", "প্রস্তাবকারী", "", "সাল", "বাস্তবায়নের অবস্থা"),
        ("", "শিরোনাম", "বিদ্যমান সমস্যা", "প্রস্তাবিত সমাধান", "নাম", "পদবি ও কর্মস্থল", "", ""),
        ("১", "এক পাতার ফরম", "৩২ ঘরের ফরম", "১৮ ঘরে নামানো", "রেহানা পারভীন",
         "উপজেলা সমাজসেবা অফিসার", "২০১৬", "বাস্তবায়িত"),
        ("২", "ডিজিটাল হাজিরা", "দেরিতে আসা", "আঙুলের ছাপ", "নাম প্রকাশে অনিচ্ছুক", "-", "",
         "স্থগিত"),
    ),
    (
        Merge(0, 0, 1, 0),
        Merge(0, 1, 0, 3),
        Merge(0, 4, 0, 5),
        Merge(0, 6, 1, 6),
        Merge(0, 7, 1, 7),
        Merge(2, 6, 3, 6),
    ),
)  # fmt: skip
WRITERS = {
    "docx": (as_docx, "তালিকা.docx"),
    "xlsx": (as_xlsx, "list.xlsx"),
    "html": (as_html, "list.html"),
    "tsv": (as_tsv, "list.tsv"),
}


def read(source: bytes | str, filename: str = "list.tsv", year: str = "") -> FoundList:
    return read_list(source, names=NAMES, today=TODAY, filename=filename, year=year)


def lines(*rows: str) -> str:
    """Rows typed with | between the cells, as text from the clipboard."""
    return "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in rows)


def as_csv(table: Table) -> str:
    quoted = (",".join(f'"{cell}"' for cell in row) for row in table.texts())
    return "\r\n".join(quoted)


def bare_docx(*paragraphs: str) -> bytes:
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def yearly_xlsx(**sheets: Table) -> bytes:
    """A workbook with a sheet for each year."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, table in sheets.items():
        sheet = book.create_sheet(name)
        for row in table.texts():
            sheet.append(row)
    written = BytesIO()
    book.save(written)
    return written.getvalue()
