"""The words of a document are found, by every reader people use."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangla.pdf import Pdf, render
from bangla.pdf.check import Reader, distinct_words, extract, missing_words, squeeze
from bangla.pdf.engine import weasyprint
from bangla.pdf.fonts import document_fonts

READERS: list[Reader] = ["poppler", "pdfium", "mupdf", "pypdf"]
CONJUNCTS = "সূক্ষ্ম স্বাতন্ত্র্য ঊর্ধ্বমুখী স্ত্রী আকাঙ্ক্ষা লক্ষ্মী ব্রাহ্মণ উচ্ছ্বাস দ্বন্দ্ব বৈশিষ্ট্য কার্ত্তিক"
VOWELS = "কি কে কৈ কো কৌ কু কূ কৃ নোয়া পৌঁছে খোঁজ ভোরের গৌরব মৌলিক রূপ শুভ হৃদয় গুণ"
SIGNS = "ধারণা। ‘ক’ “খ” ১০–১২ — ৳১,২৩,৪৫৬ ১৫% · ✓ (ICT) e-সেবা a2i/এটুআই দুঃখ চাঁদ রং ড়ঢ়"


def document(body: str, *, css: str = "") -> str:
    return f"<html lang=bn><title>পরীক্ষা</title><style>{css}</style><body>{body}"


@pytest.mark.parametrize("reader", READERS)
def test_every_word_of_a_plan_is_found(plan: Pdf, plan_texts: list[str], reader: Reader):
    assert len(distinct_words(plan_texts)) > 350
    assert missing_words(plan.content, plan_texts, reader=reader) == []


@pytest.mark.parametrize("reader", READERS)
def test_stock_weasyprint_would_fail_the_same_check(
    plan_html: str, plan_texts: list[str], fonts: Path, reader: Reader
):
    stock = weasyprint.HTML(string=plan_html).write_pdf(font_config=document_fonts(fonts))
    missing = missing_words(stock, plan_texts, reader=reader)
    assert len(missing) > len(distinct_words(plan_texts)) / 4


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", [CONJUNCTS, VOWELS, SIGNS])
@pytest.mark.parametrize("family", ["Udbhabon Serif", "Udbhabon Sans"])
def test_a_paragraph_is_copied_exactly(fonts: Path, reader: Reader, text: str, family: str):
    pdf = render(document(f"<p>{text}", css=f"p {{ font-family: '{family}' }}"), fonts=fonts)
    assert pdf.missing_characters == ""
    assert squeeze(extract(pdf.content, reader=reader)) == squeeze(text)


@pytest.mark.parametrize("reader", READERS)
def test_joiners_inside_words_are_kept(fonts: Path, reader: Reader):
    text = "র‍্যাব উদ্‌যাপন র‍্যালি ক্‌ষ"
    assert text.count("\N{ZERO WIDTH JOINER}") == 2
    assert text.count("\N{ZERO WIDTH NON-JOINER}") == 2
    pdf = render(document(f"<p>{text}"), fonts=fonts)
    assert missing_words(pdf.content, [text], reader=reader) == []


@pytest.mark.parametrize("reader", READERS)
def test_both_encodings_of_yya_read_the_same(fonts: Path, reader: Reader):
    pdf = render(document("<p>সম\u09df <p>সম\u09af\u09bc"), fonts=fonts)
    assert squeeze(extract(pdf.content, reader=reader)) == "সম\u09af\u09bc" * 2


@pytest.mark.parametrize("reader", READERS)
def test_words_broken_over_lines_are_found_whole(fonts: Path, reader: Reader):
    body = "<p>প্রাতি&shy;ষ্ঠানিকীকরণ&shy;প্রক্রিয়া কর্মকর্তা-কর্মচারী<p lang=en>self-service administrative"
    pdf = render(document(body, css="p { width: 2.2cm; hyphens: auto }"), fonts=fonts)
    words = ["প্রাতিষ্ঠানিকীকরণপ্রক্রিয়া", "কর্মকর্তা-কর্মচারী", "self-service", "administrative"]
    assert missing_words(pdf.content, words, reader=reader) == []


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "css",
    [
        "text-align: justify; width: 4cm",
        "letter-spacing: 1pt",
        "font-weight: bold; text-decoration: underline",
        "opacity: 0.6",
        "width: 2cm; overflow-wrap: anywhere; text-transform: uppercase",
        "white-space: pre-wrap; direction: rtl",
        "font-size: 6pt; word-spacing: 3pt",
        "position: absolute; top: 3cm; left: 2cm; transform: rotate(3deg)",
    ],
)
def test_words_are_found_under_any_style(fonts: Path, reader: Reader, css: str):
    text = f"{CONJUNCTS} {VOWELS}"
    pdf = render(document(f"<p>{text}", css=f"p {{ {css} }}"), fonts=fonts)
    assert missing_words(pdf.content, [text], reader=reader) == []


def test_a_word_can_be_selected_without_its_line(plan: Pdf):
    """Each ActualText covers one word: none holds a space, save the guard after a hyphen."""
    texts = []
    with pikepdf.open(BytesIO(plan.content)) as pdf:
        for page in pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "BDC" and "/ActualText" in operands[1]:
                    texts.append(str(operands[1].ActualText))
    assert len(texts) > 500
    assert not [text for text in texts if len(text.split()) != 1]


consonants = st.sampled_from("কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ")
clusters = st.lists(consonants, min_size=1, max_size=3).map("্".join)
vowel_signs = st.sampled_from(["", *"ািীুূৃেৈোৌ"])
modifiers = st.sampled_from(["", "", "", *"ঁংঃ"])
syllables = st.tuples(clusters, vowel_signs, modifiers).map("".join)
bengali_words = st.lists(syllables, min_size=1, max_size=4).map("".join)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.lists(bengali_words, min_size=5, max_size=60))
def test_any_spelling_is_copied_exactly(fonts: Path, words: list[str]):
    text = " ".join(words)
    pdf = render(document(f"<p>{text}"), fonts=fonts)
    for reader in READERS:
        assert squeeze(extract(pdf.content, reader=reader)) == squeeze(text)


def test_a_shortened_line_is_drawn(fonts: Path):
    css = "p { width: 3cm; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }"
    pdf = render(document(f"<p>{CONJUNCTS}", css=css), fonts=fonts)
    assert "সূক্ষ্ম" in extract(pdf.content, reader="poppler")


@pytest.mark.parametrize("body", ["<p>&#8203;", "<p>&zwnj;", "<p>&shy;", "<p> &nbsp; ", ""])
def test_text_without_ink_is_no_trouble(fonts: Path, body: str):
    assert render(document(body), fonts=fonts).pages == 1
