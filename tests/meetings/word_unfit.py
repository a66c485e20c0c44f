"""Tags and files that an office's template may not have, each with a part of what is said of it."""

from collections.abc import Callable

from docx.oxml.ns import nsdecls

from tests.meetings.word_files import FEW_TAGS, file_of, opened, template
from tests.workplans.files import OLE, locked, with_macros, with_part, workbook, zipped

UNFIT_TAGS = {
    # Broken
    "{{ title": "“}}” দিয়ে শেষ হয়নি",
    "{{ title } {{ memo }}": "“{{ title } {{ memo }}” শুরু হয়েছে",
    "title }}": "তার আগে “{{” নেই",
    "{% for item in items %}": "“{% endfor %}” দিয়ে শেষ হয়নি",
    "{% if memo %}{% for item in items %}{% endif %}{% endfor %}": "“{% endfor %}” দিয়ে শেষ হয়নি",
    "{% endfor %}": "তার আগে “{% for … %}” নেই",
    "{% else %}": "তার আগে “{% if … %}” নেই",
    "{{ item. }}": "“{{ item. }}” ট্যাগটি ভুলভাবে লেখা",
    "{% for item items %}{% endfor %}": "ভুলভাবে লেখা",
    "{% if memo %}{% endif memo %}": "ভুলভাবে লেখা",
    "{{ " + "x" * 300 + " }}": "অক্ষরের চেয়ে লম্বা",
    # Not for what docxtpl and Jinja offer besides
    "{{r title }}": "শুধু ঘরের নাম লিখুন",
    "{%- if memo %}{% endif %}": "চেনা যায় না",
    "{% vm %}": "চেনা যায় না",
    "{% colspan memo %}": "চেনা যায় না",
    "{% set x = 1 %}": "চেনা যায় না",
    "{% include 'x' %}": "চেনা যায় না",
    "{% import 'x' as y %}": "চেনা যায় না",
    "{% macro x() %}{% endmacro %}": "চেনা যায় না",
    "{% raw %}{% endraw %}": "চেনা যায় না",
    "{% tr for item in items %}": "চেনা যায় না",
    # Calls, arithmetic, attacks
    "{{ title.upper() }}": "ফাংশন",
    "{{ ''.__class__ }}": "ফাংশন",
    "{{ title|upper }}": "ফাংশন",
    "{{ title|default(memo) }}": "ফাংশন",
    "{{ items[0] }}": "ফাংশন",
    "{{ 9 * 9 }}": "ফাংশন",
    "{{ title ~ memo }}": "ফাংশন",
    "{{ 'ক' if memo else 'খ' }}": "ফাংশন",
    "{% for x in range(9) %}{% endfor %}": "ফাংশন",
    "{% for x in items if x.topic %}{% endfor %}": "ফাংশন",
    "{% for x in items recursive %}{% endfor %}": "ফাংশন",
    "{% for a, b in items %}{% endfor %}": "ফাংশন",
    "{% if memo is defined %}{% endif %}": "ফাংশন",
    "{% if memo < 'ক' %}{% endif %}": "ফাংশন",
    "{% if 'ক' == 'ক' == memo %}{% endif %}": "ফাংশন",
    # What cannot be printed or gone through
    "{{ items }}": "{% for item in items %} … {% endfor %}",
    "{{ items.topic }}": "{% for item in items %} … {% endfor %}",
    "{{ chair }}": "{{ chair.name }}",
    "{{ is_draft }}": "{% if is_draft %} … {% endif %}",
    "{% for x in title %}{% endfor %}": "কোনো তালিকা নয়",
    "{% if form == 'tabel' %}{% endif %}": "table, sections",
    # In the wrong place
    "{%p if memo %}স্মারক": "একা থাকতে হবে",
    "{%tr for item in items %}": "শুধু ছকের ভেতরে",
    # Slow
    "{% for a in items %}{% for b in items %}{% for c in items %}{{ c.topic }}"
    "{% endfor %}{% endfor %}{% endfor %}": "অন্য একটি তালিকার ভেতরে",
    "{% if memo %}" * 30 + "{% endif %}" * 30: "অনেক বেশি ট্যাগের ভেতরে",
    "{{ memo }}" * 1_001: "ট্যাগ আছে",
    "{% for item in items %}" + "ক" * 900_000 + "{% endfor %}": "অস্বাভাবিক বড়",
    "ক" * 2_100_000: "অস্বাভাবিক বড়",
}


def with_link(kind: str, target: str) -> bytes:
    document = opened(template(*FEW_TAGS))
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    document.part.relate_to(target, base + kind, is_external=True)
    return file_of(document)


DTD = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha">]>'
MAIN, EMPTY = "word/document.xml", f"<w:document {nsdecls('w')}/>".encode()
UNFIT_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "old.doc": (lambda: OLE, ".docx নয়"),
    "nothing": (lambda: b"", ".docx নয়"),
    "paper.pdf": (lambda: b"%PDF-1.7", ".docx নয়"),
    "zip.docx": (lambda: zipped({"a.txt": b"x"}), "ক্ষতিগ্রস্ত"),
    "sheet.docx": (workbook, ".docx নয়"),
    "half.docx": (lambda: template(*FEW_TAGS)[:5_000], "ক্ষতিগ্রস্ত"),
    "locked.docx": (lambda: locked(template(*FEW_TAGS)), "পাসওয়ার্ড"),
    "macros.docx": (lambda: with_macros(template(*FEW_TAGS)), "ম্যাক্রো"),
    "bomb.docx": (
        lambda: with_part(template(*FEW_TAGS), "word/media/a.bmp", lambda _old: bytes(30_000_000)),
        "অস্বাভাবিক বড়",
    ),
    "entity.docx": (
        lambda: with_part(
            template(*FEW_TAGS),
            MAIN,
            lambda xml: DTD + xml.partition(b"?>")[2],
        ),
        "ক্ষতিগ্রস্ত",
    ),
    "no-body.docx": (
        lambda: with_part(template(*FEW_TAGS), MAIN, lambda _old: EMPTY),
        "পড়া গেল না",
    ),
    "fetched.docx": (lambda: with_link("image", "http://evil.example/a.png"), "বাইরের একটি ফাইল"),
    "attached.docx": (lambda: with_link("attachedTemplate", "file:///a.dotm"), "বাইরের একটি ফাইল"),
    "object.docx": (lambda: with_link("oleObject", "file:///a.exe"), "বসানো আছে"),
}
