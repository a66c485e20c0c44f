"""The certificate on paper: one sheet, every word found, the QR picture true to the module."""

from datetime import date
from io import BytesIO

import pikepdf
import pymupdf
import pytest

from bangla.pdf.check import missing_words
from ideas.certificates import (
    Content,
    certificate_content,
    certificate_html,
    draw_certificate,
    is_sealed,
    seal_of,
)
from ideas.jobhandlers import certificate_pdf
from teams.memo import read_memo
from teams.papers import make_pdf, texts_of
from teams.qr import QR_BORDER, qr_of
from tests.factories import make_team
from tests.ideas.showcase import make_award
from tests.qr import drawn_qr, modules_of

SIGNATURE = {
    "name": "রশিদা খানম",
    "designation": "উপজেলা নির্বাহী অফিসার",
    "office": "উপজেলা নির্বাহী অফিসারের কার্যালয়, কালীগঞ্জ, গাজীপুর",
}
# Conjuncts that readers of PDF get wrong where the text layer is weak.
HARD = "উচ্ছ্বাস দৃঢ়তা ঊর্ধ্বতন সান্ত্বনা স্বাতন্ত্র্য কর্তৃপক্ষ ক্ষুদ্রঋণ জ্ঞানচর্চা লক্ষ্মীপুর ব্রাহ্মণবাড়িয়া সূক্ষ্ম"
CONTENT: Content = {
    "office": SIGNATURE["office"],
    "title": "শ্রেষ্ঠ উদ্ভাবনী উদ্যোগ ২০২৬",
    "recipient": "লক্ষ্মীপুর স্বাতন্ত্র্য দল",
    "recipient_detail": "উপজেলা ভূমি অফিস",
    "citation": HARD,
    "idea": "হাটের দিনে ভ্রাম্যমাণ আবেদন সহায়তা",
    "event": "জেলা ইনোভেশন শোকেসিং",
    "event_on": "২১ নভেম্বর ২০২৬",
    "given_on": "২১ নভেম্বর ২০২৬",
    "given_on_bangla": "৬ অগ্রহায়ণ ১৪৩৩",
    "memo": "০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.১৮৩",
    "signature": SIGNATURE,
    "code": "123456789012",
    "code_shown": "১২৩৪ ৫৬৭৮ ৯০১২",
    "address": "https://udbhabon.gov.bd/verify/123456789012/",
    "address_shown": "udbhabon.gov.bd/verify/",
    "seal": "0123456789abcdef0123456789abcdef",
}
QR_WORDS = "সনদ যাচাইয়ের QR চিহ্ন"  # said of the picture, not drawn
# As long as the forms allow.
LONGEST = {
    "title": ("উদ্ভাবনী উচ্ছ্বাস " * 40)[:300],
    "recipient": ("লক্ষ্মীপুর দল " * 40)[:200],
    "recipient_detail": ("ব্রাহ্মণবাড়িয়া কার্যালয় " * 40)[:300],
    "citation": ("ঊর্ধ্বতন কর্তৃপক্ষ " * 60)[:600],
    "idea": ("সূক্ষ্ম জ্ঞানচর্চা " * 40)[:300],
    "event": ("সান্ত্বনা অনুষ্ঠান " * 40)[:300],
}


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return draw_certificate(CONTENT)


@pytest.mark.parametrize("reader", ["poppler", "pdfium"])
def test_every_word_is_found_in_the_pdf(pdf: bytes, reader: str) -> None:
    texts = [text for text in texts_of(certificate_html(CONTENT)) if text != QR_WORDS]
    assert missing_words(pdf, texts, reader=reader) == []
    assert missing_words(pdf, [HARD, CONTENT["recipient"]], reader=reader) == []


@pytest.mark.parametrize(
    "words",
    [
        LONGEST,
        {"citation": "ক" * 600, "title": "উদ্যোগ" * 50},
        {"idea": "", "event": "", "memo": "", "recipient_detail": ""},
    ],
    ids=["longest", "unbroken", "bare"],
)
def test_certificate_stays_on_one_sheet_with_no_words_over_others(words: dict[str, str]) -> None:
    pdf = make_pdf(certificate_html({**CONTENT, **words}))
    assert (pdf.pages, pdf.missing_characters) == (1, "")
    with pymupdf.open(stream=pdf.content, filetype="pdf") as document:
        page = document[0]
        assert page.rect.width > page.rect.height
        blocks = [block for block in page.get_text("blocks") if block[4].strip()]
        foot = min(block[1] for block in blocks if "স্মারক" in block[4] or "১৪৩৩" in block[4])
        middle = [block for block in blocks if words.get("citation", HARD)[:6] in block[4]]
        assert middle
        assert max(block[3] for block in middle) < foot
        assert all(block[2] < page.rect.width - 25 for block in blocks)


def test_qr_drawn_is_the_one_of_the_address(pdf: bytes) -> None:
    wanted = modules_of(CONTENT["address"])
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        drawn, module = drawn_qr(document[0])
    assert drawn == wanted
    # A telephone needs half a millimetre of each module, and white round all of them.
    assert module > 0.5
    assert qr_of(CONTENT["address"])["size"] == len(wanted) + 2 * QR_BORDER


def test_certificate_is_tagged_and_its_picture_is_described(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "bn"
        alternatives = [
            str(one.Alt)
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and "/Alt" in one
        ]
        assert alternatives == [QR_WORDS]
        assert "লক্ষ্মীপুর স্বাতন্ত্র্য দল" in str(document.docinfo["/Title"])


@pytest.mark.django_db
def test_certificate_says_what_was_given_and_bears_its_seal() -> None:
    team = make_team()
    memo = read_memo("05.41.3300.012.14.007.25.183")
    award = make_award(team.office, by=team.head, memo=memo, given_on=date(2026, 2, 21))
    content = certificate_content(award, memo)
    assert (content["given_on"], content["given_on_bangla"]) == ("২১ ফেব্রুয়ারি ২০২৬", "৮ ফাল্গুন ১৪৩২")
    assert content["signature"] == {
        "name": team.head.name_bn,
        "designation": "উপজেলা নির্বাহী অফিসার",
        "office": team.office.name_bn,
    }
    assert content["address"].endswith(f"/verify/{award.code}/")
    assert is_sealed(content)
    assert not is_sealed({**content, "citation": "অন্য কথা"})
    assert seal_of({"a": "1"}) != seal_of({"a": "2"})
    made = certificate_pdf({"print_id": award.certificates.get().pk}, lambda percent, text: None)
    assert (made.content_type, made.filename) == ("application/pdf", f"সনদ {award.code}.pdf")
    assert (
        missing_words(made.content, [award.recipient_name, award.citation], reader="poppler") == []
    )
