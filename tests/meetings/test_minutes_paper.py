"""Minutes on paper: the official table or paragraphs, the letter that sends them, the annex."""

from io import BytesIO

import pikepdf
import pymupdf
import pytest

from bangla.pdf.check import squeeze
from tests.bangla_pdf.reading import elements, find
from tests.meetings import contents
from tests.meetings.papers import draw, in_order, paper, places


@pytest.mark.parametrize("name", ["minutes", "sections"])
def test_minutes_are_read_in_the_order_of_the_official_form(name: str) -> None:
    content = paper(name).content
    assert in_order(
        paper(name).text,
        "গণপ্রজাতন্ত্রী বাংলাদেশ সরকার",
        content["office"],
        content["title"],
        "সভাপতি",
        content["place"],
        content["held_on"],
        content["time"],
        content["attendance_note"],
        content["opening"][:40],
        *(item["topic"] for item in content["items"]),
        content["closing"][:40],
        f"({content['signature']['name']})",
        content["signature"]["email"],
        "গণপ্রজাতন্ত্রী বাংলাদেশ সরকার",
        content["memo"],
        "অনুলিপি সদয় জ্ঞাতার্থে:",
        "০১. সচিব",
        "অনুলিপি জ্ঞাতার্থে ও কার্যার্থে:",
        "০১. সহকারী কমিশনার",
        f"({content['issuer']['name']})",
        "পরিশিষ্ট ‘ক’",
        "উপস্থিত সদস্যবৃন্দ",
        "আমন্ত্রিত অতিথি",
        "অনুপস্থিত সদস্যবৃন্দ",
    )


@pytest.mark.parametrize("name", ["minutes", "sections"])
def test_parts_of_an_item_are_read_one_after_the_other(name: str) -> None:
    item = paper(name).content["items"][2]
    said = [item["topic"], item["discussion"].splitlines()[0][:30]]
    for decision in item["decisions"]:
        said += [decision["text"][:15], decision["implementer"][:7], decision["due"]]
    assert in_order(paper(name).text, *said)


def test_table_has_the_official_columns_and_their_numbers() -> None:
    columns = ["ক্রম", "আলোচ্য বিষয়", "আলোচনা", "সিদ্ধান্ত", "বাস্তবায়নকারী"]
    assert squeeze("".join([*columns, "১২৩৪৫"])) in paper("minutes").pages[0]
    assert squeeze("".join(columns)) not in paper("sections").text


def test_head_of_the_table_is_repeated_on_every_page_of_it() -> None:
    pages = paper("long").pages
    end = next(
        n for n, text in enumerate(pages) if squeeze(paper("long").content["closing"]) in text
    )
    assert end > 10
    assert all(squeeze("ক্রম আলোচ্য বিষয় আলোচনা") in text for text in pages[: end + 1])


def test_topic_is_repeated_where_its_item_goes_on() -> None:
    """The ninth item has a decision that is longer than a page."""
    pages = paper("long").pages
    begins, ends = (
        next(number for number, text in enumerate(pages) if squeeze(part) in text)
        for part in ("ধারা১।", "ধারা৪০।")
    )
    assert ends > begins + 1
    assert all("বিষয়৯:" in text for text in pages[begins : ends + 1])


def test_each_implementer_stands_beside_its_decision() -> None:
    content = contents.minutes_content(
        items=[
            contents.item(
                1,
                "বিষয়",
                "আলোচনা " * 60,
                *(
                    contents.decision(f"করণীয়{n} " + "লেখা " * 12 * n, f"দপ্তর{n}", "", "ক")
                    for n in range(1, 6)
                ),
            )
        ]
    )
    pdf = draw("minutes", content).pdf
    for n in range(1, 6):
        (words,), (implementer,) = places(pdf, f"করণীয়{n}"), places(pdf, f"দপ্তর{n}")
        assert (words.page, words.top) == (implementer.page, implementer.top)


def test_line_between_decision_and_implementer_reaches_the_end_of_the_row() -> None:
    """Beside a discussion that is longer than the decisions."""
    decisions = [contents.decision("করণীয়", f"দপ্তর{n}", "", "ক") for n in (1, 2)]
    items = [contents.item(1, "বিষয়", "আলোচনা\n" * 12 + "শেষকথা", *decisions)]
    pdf = draw("minutes", contents.minutes_content(items=items)).pdf
    (last,), (implementer,) = places(pdf, "শেষকথা"), places(pdf, "দপ্তর2")
    assert last.top > implementer.top + 60
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        left = implementer.left
        area = pymupdf.Rect(left - 12, last.top, left - 1, last.top + 1)
        pixels = document[0].get_pixmap(clip=area, dpi=300, colorspace="gray").samples
    assert min(pixels) < 128
    assert max(pixels) == 255


@pytest.mark.parametrize("form", ["table", "sections"])
def test_lines_of_a_decision_stay_lines(form: str) -> None:
    items = [contents.item(1, "বিষয়", "", contents.decision("উপর\nনিচ", "সবাই"))]
    pdf = draw("minutes", contents.minutes_content(items=items, form=form)).pdf
    (above,), (below,) = places(pdf, "উপর"), places(pdf, "নিচ")
    assert 10 < below.top - above.top < 30


def test_follow_up_lines_stand_beside_what_became_of_them() -> None:
    line = contents.follow_up(decision="আগের", outcome="চলবেই", implementer="দায়ী", note="")
    items = [{**contents.item(1, "অগ্রগতি", "পর্যালোচনা"), "follow_up": [line, line]}]
    pdf = draw("minutes", contents.minutes_content(items=items)).pdf
    tops = [[place.top for place in places(pdf, word)] for word in ("আগের", "চলবেই", "দায়ী")]
    assert tops[0] == tops[1] == tops[2]
    assert len(tops[0]) == 2


@pytest.mark.parametrize("form", ["table", "sections"])
def test_follow_up_without_words_of_its_own_is_printed(form: str) -> None:
    bare = dict.fromkeys(("meeting", "due", "implementer", "report", "note"), "")
    line = contents.follow_up(**bare)
    items = [{**contents.item(1, "অগ্রগতি", ""), "follow_up": [line]}]
    made = draw("minutes", contents.minutes_content(items=items, form=form))
    assert in_order(made.text, "অগ্রগতি", line["decision"], line["outcome"])
    assert "()" not in made.text


def test_sections_have_a_heading_for_each_item() -> None:
    content = paper("sections").content
    headings = [squeeze(f"{item['serial']}. {item['topic']}") for item in content["items"]]
    assert in_order(paper("sections").text, *headings)
    with pikepdf.open(BytesIO(paper("sections").pdf)) as pdf:
        assert len(find(pdf, "H2")) == len(headings) + 1  # and the annex


@pytest.mark.parametrize("name", ["draft", "bare", "bare sections"])
def test_draft_says_so_at_the_top_of_every_page(name: str) -> None:
    pdf = paper(name).pdf
    tops = {p.page for p in places(pdf, "খসড়া") if p.top < 60}
    assert tops == set(range(len(paper(name).pages)))
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert "(খসড়া)" in str(opened.docinfo["/Title"])


def test_signed_minutes_are_no_draft() -> None:
    assert not any(place.top < 60 for place in places(paper("minutes").pdf, "খসড়া"))
    assert "(খসড়া)" not in paper("minutes").html


def test_chair_signs_the_letter_where_nobody_else_issues_it() -> None:
    phone = squeeze(contents.signature()["phone"])
    assert paper("draft").text.count(phone) == 2
    assert paper("minutes").text.count(phone) == 1


def test_missing_memo_number_leaves_a_line_to_fill_in() -> None:
    content = contents.minutes_content(memo="", issued_on="", issued_on_bangla="")
    made = draw("minutes", content)
    assert in_order(made.text, "স্মারক নং:", "তারিখ:", "অনুলিপি সদয় জ্ঞাতার্থে:")
    assert made.html.count('class="blank"') == 2


@pytest.mark.parametrize("name", ["bare", "bare sections"])
def test_what_is_empty_leaves_no_trace(name: str) -> None:
    text = paper(name).text
    labels = "স্থান সময়: স্মারক অনুলিপি ফোন ই-মেইল পরিশিষ্ট সময়সীমা () None"
    for label in labels.split():
        assert squeeze(label) not in text


def test_annex_begins_a_page_with_a_table_to_sign_in() -> None:
    drawn_paper = paper("minutes")
    assert drawn_paper.pages[-1].startswith(squeeze("পরিশিষ্ট ‘ক’"))
    people = drawn_paper.content["attendance"]
    with pikepdf.open(BytesIO(drawn_paper.pdf)) as pdf:
        present, guests = find(pdf, "Table")[-2:]
        for table, group in ((present, people["present"]), (guests, people["guests"])):
            rows = [e for e in elements(table) if e.S == "/TR"][1:]
            assert len(rows) == len(group)
            assert all(not list(row.K[-1].K) for row in rows)


def test_rows_to_sign_in_are_high_enough_for_a_signature() -> None:
    people = [contents.person(n, f"নাম{n}", "পদ", "দপ্তর") for n in (1, 2)]
    annex = {"present": people, "absent": [], "guests": []}
    pdf = draw("minutes", contents.minutes_content(attendance=annex)).pdf
    (first,), (second,) = places(pdf, "নাম1"), places(pdf, "নাম2")
    assert second.top - first.top >= 31  # points: 11 mm


@pytest.mark.parametrize("form", ["table", "sections"])
@pytest.mark.parametrize("lines", [1, 9, 17, 25])
def test_signature_never_stands_alone(form: str, lines: int) -> None:
    """However much is written above it, the last sentence is on its page."""
    items = [contents.item(n, "বিষয়", "আলোচনার কথা\n" * lines) for n in range(1, 5)]
    closing = "শেষকথা"
    made = draw("minutes", contents.minutes_content(items=items, form=form, closing=closing))
    (last,) = places(made.pdf, closing)
    assert squeeze(contents.signature()["email"]) in made.pages[last.page]
