"""Papers as Word files: every word of the content arrives, and an office may use its own shape."""

from collections.abc import Callable
from itertools import count
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn

from meetings.enums import TemplateKind
from meetings.word import (
    TemplateFailed,
    check_template,
    default_template,
    fields_of,
    render_word,
)
from tests.meetings.contents import (
    bare_minutes_content,
    cancel_notice_content,
    change_notice_content,
    long_minutes_content,
    minutes_content,
    notice_content,
)
from tests.meetings.word_files import (
    FEW_TAGS,
    body_of,
    file_of,
    footnotes_of,
    header_of,
    in_pieces,
    opened,
    paragraphs_of,
    tables_of,
    template,
    text_of,
    with_element,
    with_footnote,
)
from tests.meetings.word_texts import PERSON, Content, hardened, printed, texts_in
from tests.meetings.word_unfit import UNFIT_FILES, UNFIT_TAGS, with_link
from tests.workplans.files import word

FORMS = ["table", "sections"]
ITEM_HEAD = "ক্রম | আলোচ্য বিষয় | আলোচনা | সিদ্ধান্ত | বাস্তবায়নকারী"
SIGNED_HEAD = "ক্রম | নাম | পদবি | দপ্তর | স্বাক্ষর"


# --- Everything arrives --------------------------------------------------------------------
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("make", [minutes_content, long_minutes_content])
def test_every_text_is_printed_in_order_and_none_too_often(
    make: Callable[..., Content], form: str
) -> None:
    content = hardened(make(form=form), count(1))
    paper, texts, at = body_of(render_word("minutes", content)), printed(content), 0
    for text in texts:
        assert paper.count(text) == texts.count(text), text
        at = paper.find(text, at)
        assert at >= 0, text


@pytest.mark.parametrize("make", [notice_content, change_notice_content, cancel_notice_content])
def test_notice_says_everything_that_concerns_its_kind(make: Callable[..., Content]) -> None:
    content = hardened(make(), count(1))
    paper = body_of(render_word("notice", content))
    texts = [
        *texts_in(content, "office", "memo", "issued_on_bangla", "issued_on", "title", "body"),
        content["meeting"],
        *(() if content["kind"] == "cancel" else texts_in(content, "held_on", "time", "place")),
        *(texts_in(content["was"], "held_on", "time", "place") if content["was"] else ()),
        *texts_in(content, "reason", "agenda"),
        *texts_in(content["signature"], *PERSON),
        *texts_in(content, "recipients"),
        *(text for group in content["copies"] for text in texts_in(group, "heading", "lines")),
    ]
    places = [paper.index(text) for text in texts if text]
    assert places == sorted(places)
    assert ("আলোচ্যসূচি:" in paper) == (content["kind"] != "cancel")


def test_each_decision_stands_beside_its_implementer() -> None:
    content = minutes_content()
    head, *rows = tables_of(render_word("minutes", content))[ITEM_HEAD]
    assert head == ["১", "২", "৩", "৪", "৫"]
    nothing = {"text": "", "implementer": ""}
    expected = [
        (item["serial"], item["topic"], one.get("text", one.get("outcome")), one["implementer"])
        for item in content["items"]
        for one in [*(item["decisions"] or [nothing]), *item["follow_up"]]
    ]
    for row, (serial, topic, text, implementer) in zip(rows, expected, strict=True):
        assert (row[0], row[1]) == (serial, topic)
        assert text in row[3]
        assert row[4].startswith(implementer)


def test_annex_has_a_row_for_each_seat_and_room_to_sign_for_those_who_came() -> None:
    content = long_minutes_content()
    file = render_word("minutes", content)
    document = opened(file)
    seats = {t.rows[1].cells[1].text: t for t in document.tables if len(t.rows) > 1}
    for group, columns in (("present", 5), ("guests", 5), ("absent", 4)):
        people = content["attendance"][group]
        table = seats[people[0]["name"]]
        assert len(table.columns) == columns
        assert [row.cells[3].text for row in table.rows[1:]] == [one["office"] for one in people]
    annex = next(p for p in paragraphs_of(file) if p.text == "পরিশিষ্ট ‘ক’")
    assert annex.paragraph_format.page_break_before


@pytest.mark.parametrize("form", FORMS)
def test_only_a_draft_is_marked_on_each_page(form: str) -> None:
    assert "খসড়া" in header_of(render_word("minutes", minutes_content(form=form, is_draft=True)))
    assert "খসড়া" not in header_of(render_word("minutes", minutes_content(form=form)))


@pytest.mark.parametrize("form", FORMS)
def test_minutes_without_words_have_no_empty_headings(form: str) -> None:
    paper = body_of(render_word("minutes", bare_minutes_content(form=form)))
    for heading in ("পরিশিষ্ট", "অনুলিপি", "ফোন", "স্মারক", "স্থান", "()", "সময়সীমা"):
        assert heading not in paper
    assert "কাজ চলবে।" in paper


def test_line_breaks_stay_inside_the_cell() -> None:
    item = {**minutes_content()["items"][2], "discussion": "প্রথম\nদ্বিতীয়\n\nশেষ", "follow_up": []}
    _numbers, row, *_more = tables_of(render_word("minutes", minutes_content(items=[item])))[
        ITEM_HEAD
    ]
    assert row[2] == "প্রথম\nদ্বিতীয়\n\nশেষ"


def test_characters_that_no_file_can_hold_are_left_out() -> None:
    content = minutes_content(title="ক\x00\x07\x0b\ud800\uffffখ", office="গ\x0cঘ")
    file = render_word("minutes", content)
    assert "কখ" in body_of(file)
    assert opened(file).core_properties.author == "গঘ"


# --- The file ------------------------------------------------------------------------------
def test_file_names_the_paper_its_office_and_its_language() -> None:
    content = minutes_content(title="সভা " * 200)
    properties = opened(render_word("minutes", content)).core_properties
    assert (properties.author, properties.language) == (content["office"], "bn-BD")
    assert properties.title == ("সভা " * 200)[:255]


def test_same_content_gives_the_same_bytes() -> None:
    assert render_word("minutes", minutes_content()) == render_word("minutes", minutes_content())


@pytest.mark.parametrize("kind", TemplateKind.values)
def test_bengali_letters_have_a_font_and_a_size_of_their_own(kind: str) -> None:
    """Word reads the complex-script properties for Bengali, and ignores the others."""
    document = opened(default_template(kind))
    used = {paragraph.style.name for paragraph in document.paragraphs}
    for name in used | {"Table Text"}:
        letters = document.styles[name].element.rPr
        assert letters.find(qn("w:rFonts")).get(qn("w:cs")) == "Nikosh"
        assert letters.find(qn("w:lang")).get(qn("w:bidi")) == "bn-BD"
        assert letters.find(qn("w:szCs")).get(qn("w:val")) == letters.find(qn("w:sz")).get(
            qn("w:val")
        )
        assert (letters.find(qn("w:b")) is None) == (letters.find(qn("w:bCs")) is None)


def test_page_is_a4_with_numbered_pages_and_repeated_table_heads() -> None:
    document = opened(render_word("minutes", long_minutes_content()))
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    fields = section.footer.part.element.iter(qn("w:fldSimple"))
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE", "NUMPAGES"]
    heads = [
        sum(row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows)
        for table in document.tables
    ]
    # The facts, the items (with the row of numbers), the memo, three groups of the annex.
    assert heads == [0, 2, 0, 1, 1, 1]


@pytest.mark.parametrize("form", FORMS)
def test_signature_never_stands_alone_on_a_page(form: str) -> None:
    content = minutes_content(form=form)
    kept = {
        paragraph.text: paragraph.paragraph_format.keep_with_next
        for paragraph in paragraphs_of(render_word("minutes", content))
    }
    signature = content["signature"]
    for text in (content["closing"], f"({signature['name']})", f"ফোন: {signature['phone']}"):
        assert kept[text]


def test_a_page_may_end_inside_a_long_discussion_but_not_inside_a_seat() -> None:
    document = opened(render_word("minutes", minutes_content()))
    _facts, items, _memo, *annex = document.tables
    whole = [row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in items.rows]
    assert whole == [True] * 2 + [False] * (len(whole) - 2)
    for table in annex:
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)


# --- Our templates and the list of fields --------------------------------------------------
@pytest.mark.parametrize("kind", TemplateKind.values)
def test_our_template_passes_the_check(kind: str) -> None:
    assert check_template(kind, default_template(kind)).sentences == ()


@pytest.mark.parametrize("kind", TemplateKind.values)
def test_our_template_saved_anew_still_passes(kind: str) -> None:
    document = opened(default_template(kind))
    document.add_paragraph("অফিসের নিজস্ব একটি লাইন")
    assert check_template(kind, file_of(document)).sentences == ()


def paths(value: Any, path: str = "") -> set[str]:
    if isinstance(value, dict):
        inner = (paths(one, f"{path}.{key}" if path else key) for key, one in value.items())
        return {path}.union(*inner)
    if isinstance(value, list):
        inner = (paths(one, f"{path}[]") for one in value)
        return {path}.union(*inner)
    return {path}


@pytest.mark.parametrize(
    ("kind", "content"),
    [("minutes", minutes_content()), ("notice", change_notice_content())],
)
def test_listed_fields_are_those_of_the_content(kind: str, content: Content) -> None:
    there = {path for path in paths(content) if not path.endswith("]")}
    listed = {field.path for field in fields_of(kind)}
    records = {"", "chair", "signature", "attendance"}
    assert there - records == listed
    assert all(field.label for field in fields_of(kind))


@pytest.mark.parametrize("kind", TemplateKind.values)
def test_listed_tags_are_understood_as_they_are_written(kind: str) -> None:
    tags = [field.usage for field in fields_of(kind)]
    assert check_template(kind, template(*tags)).sentences == ()


# --- An office's own template --------------------------------------------------------------
def test_office_template_is_filled_in_even_if_word_split_its_tags() -> None:
    split = [*FEW_TAGS[:1], ["{", "{ ti", "tle", " }", "}"], *FEW_TAGS[2:]]
    own = template("আমাদের নিজস্ব শিরোনাম", *split)
    assert check_template("minutes", own).sentences == ()
    content = hardened(minutes_content(), count(1))
    paper = body_of(render_word("minutes", content, own))
    assert paper.startswith("\nআমাদের নিজস্ব শিরোনাম\n")
    assert content["title"] in paper
    assert content["items"][2]["decisions"][1]["implementer"] in paper
    assert content["opening"] not in paper


@pytest.mark.parametrize("kind", TemplateKind.values)
def test_our_template_works_the_same_after_word_cut_its_tags_to_pieces(kind: str) -> None:
    """Word ends a run wherever it marks spelling or remembers who typed."""
    pieces = in_pieces(default_template(kind))
    assert check_template(kind, pieces).sentences == ()
    content = minutes_content() if kind == "minutes" else change_notice_content()
    assert body_of(render_word(kind, content, pieces)) == body_of(render_word(kind, content))


def test_tag_in_a_footnote_is_checked_and_filled_in() -> None:
    check = check_template("minutes", with_footnote(template(*FEW_TAGS), "{{ ofice }}"))
    assert len(check.unknown) == 1
    own = with_footnote(template(*FEW_TAGS), "{{ office }}")
    assert check_template("minutes", own).sentences == ()
    file = render_word("minutes", minutes_content(), own)
    assert minutes_content()["office"] in footnotes_of(file)


def test_office_table_has_a_row_for_each_entry() -> None:
    own = template(
        *FEW_TAGS,
        rows=[
            ["নং", "বিষয়", "সিদ্ধান্ত"],
            ["{%tr for item in items %}"],
            [
                "{{ loop.index }}",
                "{{ item.topic|default('—') }}",
                "{% for decision in item.decisions %}{{ decision.text }}"
                "{% if not loop.last %}; {% endif %}{% endfor %}",
            ],
            ["{%tr endfor %}"],
        ],
    )
    assert check_template("minutes", own).sentences == ()
    content = minutes_content()
    rows = tables_of(render_word("minutes", content, own))["নং | বিষয় | সিদ্ধান্ত"]
    assert [row[1] for row in rows] == [item["topic"] for item in content["items"]]
    assert [row[0] for row in rows] == ["১", "২", "৩", "৪", "৫", "৬"]
    decisions = [decision["text"] for decision in content["items"][2]["decisions"]]
    assert rows[2][2] == "; ".join(decisions)


def test_tags_in_header_and_footer_are_filled_in() -> None:
    document = opened(template(*FEW_TAGS))
    document.sections[0].header.paragraphs[0].text = "{{ office }}"
    document.sections[0].footer.paragraphs[0].text = "{{ ofice }}"
    check = check_template("minutes", file_of(document))
    assert check.unknown == (
        "“{{ ofice }}” নামে কোনো ঘর নেই; আপনি কি “{{ office }}” লিখতে চেয়েছেন?",
    )
    document.sections[0].footer.paragraphs[0].text = "{{ period }}"
    file = render_word("minutes", minutes_content(), file_of(document))
    assert minutes_content()["office"] in header_of(file)


def test_cells_and_tables_emptied_by_a_list_leave_a_sound_file() -> None:
    """Word calls a file damaged in which a cell has no paragraph or a table no row."""
    document = opened(template(*FEW_TAGS, rows=[["ক", "খ"]]))
    cell = document.tables[0].rows[0].cells[0]
    cell.paragraphs[0].text = "{%p for line in copies %}"
    cell.add_paragraph("{{ line.heading }}")
    cell.add_paragraph("{%p endfor %}")
    rows = document.add_table(0, 1)
    for text in ("{%tr for group in copies %}", "{{ group.heading }}", "{%tr endfor %}"):
        rows.add_row().cells[0].text = text
    assert check_template("minutes", file_of(document)).sentences == ()
    body = opened(render_word("minutes", bare_minutes_content(), file_of(document))).element.body
    assert len(list(body.iter(qn("w:tbl")))) == 1
    assert all(cell[-1].tag == qn("w:p") for cell in body.iter(qn("w:tc")))


def test_cells_in_content_controls_and_bookmarks_are_left_as_they_are() -> None:
    document = opened(template(*FEW_TAGS, rows=[["{{ place }}", "খ"]]))
    for cell in document.tables[0].rows[0]._tr.findall(qn("w:tc")):
        cell.append(OxmlElement("w:bookmarkEnd"))
        control, inside = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        cell.addprevious(control)
        control.append(inside)
        inside.append(cell)
    body = opened(render_word("minutes", minutes_content(), file_of(document))).element.body
    first, _second = body.iter(qn("w:tc"))
    assert text_of(first) == f"\n{minutes_content()['place']}"


def test_missing_fields_are_named_with_what_to_write() -> None:
    check = check_template("minutes", template(*(tag for tag in FEW_TAGS if "memo" not in tag)))
    assert check.missing == ("“স্মারক নম্বর” টেমপ্লেটে নেই। যেখানে বসবে সেখানে লিখুন: {{ memo }}",)
    assert len(check_template("minutes", word()).missing) == sum(
        field.is_required for field in fields_of("minutes")
    )


def test_name_that_is_only_asked_about_counts_as_missing() -> None:
    tags = [tag.replace("{{ memo }}", "{% if memo %}আছে{% endif %}") for tag in FEW_TAGS]
    assert len(check_template("minutes", template(*tags)).missing) == 1


@pytest.mark.parametrize(
    ("tag", "near"),
    [
        ("{{ titel }}", "title"),
        ("{{ topic }}", "item.topic"),
        ("{{ signature.nam }}", "signature.name"),
        ("{% for item in items %}{{ item.decision }}{% endfor %}", "item.decisions"),
        ("{% for decison in items %}{{ decision }}{% endfor %}", "decison"),
    ],
)
def test_unknown_name_is_told_with_the_nearest_one(tag: str, near: str) -> None:
    (sentence,) = check_template("minutes", template(*FEW_TAGS, tag)).unknown
    assert f"আপনি কি “{{{{ {near} }}}}” লিখতে চেয়েছেন?" in sentence


@pytest.mark.parametrize("tag", ["{{ zzzz }}", "{% for x in zzzz %}{{ x }}{% endfor %}"])
def test_unknown_name_without_a_like_one_is_told_too(tag: str) -> None:
    (sentence,) = check_template("minutes", template(*FEW_TAGS, tag)).unknown
    assert "{{ zzzz }}" in sentence


@pytest.mark.parametrize("tag", UNFIT_TAGS, ids=lambda tag: tag[:40])
def test_unfit_tag_is_refused_with_a_sentence_about_it(tag: str) -> None:
    check = check_template("minutes", template(*FEW_TAGS, tag))
    assert UNFIT_TAGS[tag] in check.problem
    assert check.sentences == (check.problem,)


@pytest.mark.parametrize("attribute", ["__class__", "upper", "__init__.__globals__"])
def test_attribute_that_is_no_field_is_not_known(attribute: str) -> None:
    check = check_template("minutes", template(*FEW_TAGS, f"{{{{ title.{attribute} }}}}"))
    assert "নামে কোনো ঘর নেই" in " ".join(check.sentences)


def test_block_begun_and_ended_for_different_units_is_refused() -> None:
    tags = [tag.replace("{%p endfor %}", "{% endfor %}") for tag in FEW_TAGS]
    assert "“{%p endfor %}” লিখুন" in check_template("minutes", template(*tags)).problem


def test_row_tag_beside_other_words_is_refused() -> None:
    own = template(*FEW_TAGS, rows=[["{%tr for item in items %}", "{{ item.topic }}"]])
    assert "সারিতে একা থাকতে হবে" in check_template("minutes", own).problem


def test_block_that_would_tear_a_table_apart_is_refused() -> None:
    own = template(*FEW_TAGS, "{% if memo %}", rows=[["{% endif %}"]])
    assert "Word ফাইল তৈরি করা যায়নি" in check_template("minutes", own).problem


@pytest.mark.parametrize(
    "xml",
    [
        "<w:delText {}>{{{{ title }}}}</w:delText>",
        "<w:instrText {}>{{{{ title }}}}</w:instrText>",
        '<w:lastRenderedPageBreak {} w:x="{{{{ title }}}}"/>',
    ],
)
def test_tag_outside_running_text_is_refused(xml: str) -> None:
    own = with_element(template(*FEW_TAGS), xml.format(nsdecls("w")))
    assert "লেখার বাইরে" in check_template("minutes", own).problem


def test_unchecked_template_can_still_not_act() -> None:
    quiet = template(
        "{{ title.__class__.__mro__ }}{{ items }}{{ chair }}{{ nothing.at.all }}"
        "{% for word in chair.items %}{{ word }}{% endfor %}।"
    )
    assert body_of(render_word("minutes", minutes_content(), quiet)).strip() == "।"
    acting = ("{{ title.upper() }}", "{{ items.append(1) }}", "{% include 'x' %}", "{{ title")
    in_loop = "{% for item in items %}{{ loop.cycle('ক') }}{% endfor %}"
    for tag in (*acting, in_loop):
        with pytest.raises(TemplateFailed, match="আমাদের টেমপ্লেটটি নামিয়ে"):
            render_word("minutes", minutes_content(), template(tag))


# --- Files that are no templates -----------------------------------------------------------
@pytest.mark.parametrize("name", UNFIT_FILES)
def test_file_that_is_no_template_is_refused_kindly(name: str) -> None:
    make, sentence = UNFIT_FILES[name]
    assert sentence in check_template("minutes", make()).problem


def test_link_for_the_reader_to_follow_is_allowed() -> None:
    assert check_template("minutes", with_link("hyperlink", "https://example.gov.bd")).problem == ""


def test_template_of_the_other_paper_is_told_apart() -> None:
    check = check_template("notice", default_template("minutes"))
    assert "আলোচ্যসূচি" in " ".join(check.missing)
    assert check.unknown


def test_plain_document_names_nothing_unknown() -> None:
    assert check_template("notice", file_of(docx.Document())).unknown == ()
