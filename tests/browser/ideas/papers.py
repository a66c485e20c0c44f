"""Something real on every page of ideas.urls.papers."""

from django.urls import reverse
from django.utils import timezone

from ideas.actions import keep_import, office_names
from ideas.enums import RegisterKind
from ideas.importers import read_list
from ideas.registers import order_register
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.ideas.importers.lists import lines
from tests.ideas.registers import YEAR

# A list with a doubt in nearly every cell, and words as long as those of real ones.
LIST = lines(
    "ক্রমিক | উদ্ভাবনী ধারণা/উদ্যোগের শিরোনাম | সংক্ষিপ্ত বিবরণ | প্রস্তাবকারীর নাম ও পদবি "
    "| বর্তমান অবস্থা | সাল | দপ্তর",
    "১ | ইউনিয়ন ভূমি অফিস থেকে নামজারি আবেদনের অগ্রগতি মোবাইলে জানানো | শুনানির তারিখ ঠিক হলেই এসএমএস যাবে। "
    "| মো. রফিকুল ইসলাম, সহকারী কমিশনার (ভূমি) | বাস্তবায়িত | ২০১৭-১৮ |",
    "২ | হাটের দিনে ভ্রাম্যমাণ আবেদন সহায়তা | | ঐ | দেখা যাক | | উপজেলা ভূমি অফিস",
    "মোট | ২টি | | | | |",
)


def of_officer(upazila: Upazila) -> Addresses:
    office, officer = upazila.office, upazila.officer
    starts_on, ends_on = YEAR
    document = order_register(
        office=office,
        kind=RegisterKind.REGISTER,
        starts_on=starts_on,
        ends_on=ends_on,
        by=officer,
    )
    found = read_list(LIST, names=office_names(office), today=timezone.localdate())
    kept = keep_import(office=office, found=found, filename="তালিকা.docx", by=officer)
    page = reverse("ideas:register_papers")
    return {
        "ideas:register_papers": [page, f"{page}?kind=database&year=2019"],
        "ideas:register_document_detail": [document.get_absolute_url()],
        "ideas:import_create": [reverse("ideas:import_create")],
        "ideas:import_detail": [kept.get_absolute_url()],
    }


PAGES = Pages(
    of_officer=of_officer,
    no_pages=frozenset(
        {
            "ideas:register_print",
            "ideas:register_docx",
            "ideas:register_xlsx",
            "ideas:register_document_retry",
            "ideas:register_document_download",
        }
    ),
)
