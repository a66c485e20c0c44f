import assert from "node:assert/strict";
import { test } from "node:test";

import { parse } from "../../static/build/avro.js";
import { converted, Typist, wordStart } from "../../static/js/phonetic.js";

const bengali = (text) => converted(text, parse);

/** A box in which `keys` are typed one by one; "<" is Backspace. Answers with its text. */
function type(keys, typist = new Typist(parse)) {
  let box = { text: "", caret: 0 };
  for (const key of keys) {
    if (key === "<") {
      box = typist.back(box.text, box.caret) ?? {
        text: box.text.slice(0, -1),
        caret: box.caret - 1,
      };
      continue;
    }
    box = { text: box.text + key, caret: box.caret + 1 };
    box = typist.typed(box.text, box.caret) ?? box;
  }
  return typist.left(box.text, box.caret)?.text ?? box.text;
}

test("words are written as Avro writes them", () => {
  const expected = {
    ami: "আমি",
    banglay: "বাংলায়",
    amader: "আমাদের",
    upojela: "উপজেলা",
    "bidyut``": "বিদ্যুৎ",
    "du:kh": "দুঃখ",
    shikkha: "শিক্ষা",
    "bhalo.": "ভাল।",
  };
  for (const [latin, word] of Object.entries(expected)) {
    assert.equal(bengali(latin), word.normalize("NFC"), latin);
  }
});

test("what is stored is what the server would make of it", () => {
  // য় is two code points in NFC, and the joiner in র‍্যাব chooses the shape of the letters.
  assert.deepEqual([...bengali("banglay")].slice(-2), ["\u09af", "\u09bc"]);
  assert.ok(bengali("rZab").startsWith("\u09b0\u200d\u09cd\u09af"));
});

test("digits become Bengali, and points within a number stay points", () => {
  assert.equal(bengali("2026"), "২০২৬");
  assert.equal(bengali("1.5"), "১.৫");
  assert.equal(bengali("15.11.2026."), "১৫.১১.২০২৬।");
});

test("addresses and Bengali are left alone", () => {
  for (const word of ["rahim@example.com", "https://a.gov.bd", "www.gov.bd", "আমি", "", "—"]) {
    assert.equal(bengali(word), word);
  }
});

test("a word starts after the blank before it", () => {
  assert.equal(wordStart("ami  gan", 8), 5);
  assert.equal(wordStart("ami", 3), 0);
  assert.equal(wordStart("ek\ndui", 6), 3);
});

test("each word is converted when a blank ends it, the last on leaving the box", () => {
  assert.equal(type("ami banglay likhi"), "আমি বাংলায় লিখি");
  assert.equal(type("ek\ndui "), "এক\nদুই ");
});

test("Backspace right after a word gives its letters back and leaves it so", () => {
  assert.equal(type("ami SMS <"), "আমি SMS");
  assert.equal(type("ami SMS < dei "), "আমি SMS দেই ");
});

test("Backspace a letter later takes away that letter only", () => {
  assert.equal(type("ami g<"), "আমি ");
});

test("in the middle of a text only the word before the blank changes", () => {
  const typist = new Typist(parse);
  assert.deepEqual(typist.typed("ek ami dui", 7), { text: "ek আমি dui", caret: 7 });
  assert.equal(typist.left("ami", 1), null);
});
