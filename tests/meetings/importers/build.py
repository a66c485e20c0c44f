"""Builds minutes as offices write them: one paper as text, Word or HTML, as table or blocks."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape

import docx

from bangla.digits import to_bangla

HEAD = ("ক্রম", "আলোচ্য বিষয়", "আলোচনা", "সিদ্ধান্ত", "বাস্তবায়নকারী")
SECTION_LABELS = ("আলোচ্য বিষয়", "আলোচনা", "সিদ্ধান্ত", "বাস্তবায়নকারী")


@dataclass(frozen=True)
class Item:
    """One agenda item; its serial comes from its place."""

    topic: str
    discussion: str
    decision: str
    implementer: str

    def texts(self) -> tuple[str, str, str, str]:
        return self.topic, self.discussion, self.decision, self.implementer


@dataclass(frozen=True)
class Paper:
    """Minutes in the shape of a district's: what stands above, in and below the table."""

    title: str = "জেলা উদ্ভাবন কমিটির এপ্রিল, ২০২২ মাসের সভার কার্যবিবরণী"
    labels: tuple[tuple[str, str], ...] = (
        ("সভাপতি", "জনাব রওশন আরা, অতিরিক্ত জেলা প্রশাসক (সাধারণ), মেঘপুর।"),
        ("স্থান", "জেলা প্রশাসকের সভাকক্ষ, মেঘপুর।"),
        ("তারিখ", "২৬ এপ্রিল, ২০২২ খ্রি।"),
        ("সময়", "বেলা ২:৩০ টায়।"),
        ("উপস্থিত সদস্যবৃন্দ", "পরিশিষ্ট ‘ক’ দ্রষ্টব্য।"),
    )
    opening: tuple[str, ...] = (
        "সবাইকে শুভেচ্ছা জানিয়ে আলোচনা শুরু হয়।",
        "মার্চ মাসের সভার কার্যবিবরণী পড়ে শোনানোর পর কোনো সংশোধনী না থাকায় তা দৃঢ়ীকরণ করা হয়।",
    )
    items: tuple[Item, ...] = field(default_factory=lambda: ITEMS)
    closing: tuple[str, ...] = ("আর কোনো বিষয় না থাকায় সভাপতি সকলকে ধন্যবাদ দিয়ে সভার সমাপ্তি ঘোষণা করেন।",)
    chair_signature: tuple[str, ...] = (
        "(রওশন আরা)",
        "অতিরিক্ত জেলা প্রশাসক (সাধারণ)",
        "মেঘপুর।",
        "ফোন: +৮৮-০৯৯-৫৫৫০১ (অফিস)",
        "ই-মেইল: adc.general@meghpur.example",
    )
    letterhead: tuple[str, ...] = (
        "গণপ্রজাতন্ত্রী বাংলাদেশ সরকার",
        "জেলা প্রশাসকের কার্যালয়, মেঘপুর",
        "(সাধারণ শাখা)",
    )
    memo: str = "স্মারক নং-০৫.৪৭.৩১০০.০১৯.০৬.০০৪.২০. ৮৮"
    issued: tuple[str, ...] = ("১৪ বৈশাখ, ১৪২৯", "২৭ এপ্রিল, ২০২২")
    copies_heading: str = "অনুলিপি সদয় জ্ঞাতার্থে:"
    copies: tuple[str, ...] = (
        "০১. সচিব, পরিকল্পনা বিভাগ, ঢাকা।",
        "০২. বিভাগীয় কমিশনার, দক্ষিণাঞ্চল।",
        "০৩. মাননীয় উপমন্ত্রীর একান্ত সচিব, ঢাকা।",
        "(মাননীয় উপমন্ত্রী মহোদয়ের সদয় অবগতির জন্য)",
    )
    signed: tuple[str, ...] = ("২৭/০৪/২২",)
    officer_signature: tuple[str, ...] = (
        "(তানভীর-উল-হাসান)",
        "সহকারী কমিশনার",
        "সাধারণ শাখা",
        "ফোন-০৯৯-৫৫৫০২",
        "E-mail: ac.general@meghpur.example",
    )

    def below(self) -> list[str]:
        """The lines below the items."""
        return [
            *self.closing, "", *self.chair_signature, "", *self.letterhead, "", self.memo,
            *(["তারিখ:", *self.issued] if self.issued else []), "", self.copies_heading,
            *self.copies, "", *self.signed, *self.officer_signature,
        ]  # fmt: skip


ITEMS = (
    Item(
        "সেবা ডেস্ক চালু",
        "সভাপতি বলেন, নিচতলায় সেবা ডেস্ক না থাকায় নাগরিকেরা কক্ষে কক্ষে ঘোরেন।",
        "নিচতলায় সেবা ডেস্ক বসাতে হবে।",
        "নেজারত ডেপুটি কালেক্টর, মেঘপুর।",
    ),
    Item(
        "অনলাইন আবেদন",
        "উপপরিচালক জানান, তিনটি সেবার ফরম অনলাইনে তোলা হয়েছে।\nবাকি ফরমগুলো যাচাই চলছে।",
        "ক) বাকি ফরম অনলাইনে তুলতে হবে।\nখ) প্রতি সপ্তাহে আবেদনের হিসাব দিতে হবে।",
        "সহকারী প্রোগ্রামার, মেঘপুর।",
    ),
    Item(
        "উদ্যোগের তালিকা",
        "সব দপ্তরকে আগামী ১৫/০৩/২০২২ তারিখের মধ্যে উদ্যোগের তালিকা পাঠাতে বলা হয়।",
        "উদ্যোগের তালিকা পাঠাতে হবে।",
        "সকল দপ্তর প্রধান, মেঘপুর।",
    ),
)
# An item on which nothing is odd; the third of ITEMS asks for something before the meeting.
PLAIN_ITEMS = ITEMS[:2]
PLAIN = replace(Paper(), items=PLAIN_ITEMS)


def as_text(paper: Paper, *, between: str = ":", breaks: bool = True) -> str:
    """The paper as copied from Word: tabs between cells, blank lines where a page ends."""
    mark = f"\t{between}\t" if between else "\t"
    lines = [paper.title, "", *(f"{label}{mark}{value}" for label, value in paper.labels), ""]
    lines += [*paper.opening, "", "\t".join(HEAD), "\t".join(map(to_bangla, range(1, 6)))]
    for number, item in enumerate(paper.items, start=1):
        cells = [" ".join(text.split("\n")) for text in item.texts()]
        lines.append("\t".join([to_bangla(number), *cells]))
        if breaks and number == 2:
            lines += ["", "", ""]
    return "\n".join([*lines, "", *paper.below()])


def as_blocks(paper: Paper, *, alone: bool = False) -> str:
    """The paper without a table; with `alone`, labels stand on lines of their own."""
    lines = [paper.title, *(f"{label}: {value}" for label, value in paper.labels), *paper.opening]
    for number, item in enumerate(paper.items, start=1):
        for label, text in zip(SECTION_LABELS, item.texts(), strict=True):
            shown = f"{label}-{to_bangla(number)}" if label == SECTION_LABELS[0] else label
            lines += [f"{shown}:", text] if alone else [f"{shown}: {text}"]
    return "\n".join([*lines, *paper.below()])


def as_docx(paper: Paper) -> bytes:
    """The paper in a Word file: head and items in tables, of which the first has no borders."""
    document = docx.Document()
    document.add_paragraph(paper.title)
    fill_table(document, [(label, ":", value) for label, value in paper.labels])
    for line in paper.opening:
        document.add_paragraph(line)
    fill_table(document, table_rows(paper.items))
    for line in paper.below():
        document.add_paragraph(line)
    return saved(document)


def as_docx_blocks(paper: Paper) -> bytes:
    """The paper in a Word file, every label and text a paragraph."""
    document = docx.Document()
    for line in as_blocks(paper).split("\n"):
        document.add_paragraph(line)
    return saved(document)


def as_html(paper: Paper) -> str:
    """The paper as Word puts it on the clipboard."""
    above = [paper.title, *(f"{label} : {value}" for label, value in paper.labels), *paper.opening]
    rows = "".join(
        "<tr>" + "".join(f"<td>{_paragraphs(cell)}</td>" for cell in row) + "</tr>"
        for row in table_rows(paper.items)
    )
    return (
        "<html><head><style>p.MsoNormal {margin:0}</style></head><body><!--StartFragment-->"
        + "".join(map(_paragraphs, above))
        + f"<table class=MsoTableGrid border=1>{rows}</table>"
        + "".join(map(_paragraphs, paper.below()))
        + "<!--EndFragment--></body></html>"
    )


def table_rows(items: Sequence[Item]) -> list[tuple[str, ...]]:
    """Head, numbers of the columns, and one row for each item."""
    numbered = [(to_bangla(number), *item.texts()) for number, item in enumerate(items, start=1)]
    return [HEAD, tuple(map(to_bangla, range(1, 6))), *numbered]


def fill_table(document, rows: Sequence[Sequence[str]]):
    """Add a table of these texts to a Word file."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    return table


def saved(document) -> bytes:
    """The bytes of a Word file or a workbook."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _paragraphs(text: str) -> str:
    return "".join(
        f"<p class=MsoNormal><span\nlang=BN>{escape(line)}<o:p></o:p></span></p>"
        for line in text.split("\n")
    )
