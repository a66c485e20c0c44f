import assert from "node:assert/strict";
import { test } from "node:test";

import {
  changedValues,
  isKept,
  parseDraft,
  pruneDrafts,
  readFields,
  storageName,
  writeFields,
} from "../../static/js/drafts.js";

const DAY = 24 * 60 * 60 * 1000;

const text = (name, value) => ({ name, value, type: "text" });
const box = (name, value, checked) => ({ name, value, checked, type: "checkbox" });
const choices = (name, selected) => {
  const options = ["ক", "খ", "গ"].map((value) => ({ value, selected: selected.includes(value) }));
  return {
    name,
    type: "select-multiple",
    options,
    get selectedOptions() {
      return options.filter((option) => option.selected);
    },
  };
};

function storageWith(entries) {
  const map = new Map(Object.entries(entries));
  return {
    get length() {
      return map.size;
    },
    key: (index) => [...map.keys()][index],
    getItem: (name) => map.get(name) ?? null,
    removeItem: (name) => map.delete(name),
  };
}

test("two people on one machine have separate drafts", () => {
  assert.notEqual(storageName("7", "plan"), storageName("8", "plan"));
});

test("passwords, files, hidden and nameless fields are never kept", () => {
  for (const type of ["password", "file", "hidden", "submit"]) {
    assert.equal(isKept({ name: "x", type }), false, type);
  }
  assert.equal(isKept({ name: "", type: "text" }), false);
  assert.equal(isKept({ name: "x", type: "text", disabled: true }), false);
  assert.equal(isKept({ name: "x", type: "textarea" }), true);
});

test("a hidden field that says so goes along with the words", () => {
  assert.equal(isKept({ name: "version", type: "hidden", dataset: { draftKeep: "" } }), true);
  assert.equal(isKept({ name: "version", type: "hidden", dataset: {} }), false);
});

test("every kind of field comes back as it was", () => {
  const written = [
    text("title", "টোকেন চালু"),
    text("row", "প্রথম"),
    text("row", "দ্বিতীয়"),
    box("who", "1", true),
    box("who", "2", false),
    choices("tags", ["ক", "গ"]),
    { name: "secret", value: "abc", type: "password" },
  ];
  const values = readFields(written);
  assert.deepEqual(values, {
    title: ["টোকেন চালু"],
    row: ["প্রথম", "দ্বিতীয়"],
    who: ["1"],
    tags: ["ক", "গ"],
  });

  const fresh = [
    text("title", ""),
    text("row", ""),
    text("row", ""),
    box("who", "1", false),
    box("who", "2", true),
    choices("tags", ["খ"]),
    { name: "secret", value: "", type: "password" },
  ];
  writeFields(fresh, values);
  assert.deepEqual(readFields(fresh), values);
  assert.equal(fresh.at(-1).value, "");
});

test("fields the draft does not know keep what the server sent", () => {
  const fields = [text("title", "নতুন"), text("note", "সার্ভারের কথা")];
  writeFields(fields, { title: ["আমার কথা"], gone: ["x"] });
  assert.deepEqual(readFields(fields), { title: ["আমার কথা"], note: ["সার্ভারের কথা"] });
});

test("a shorter draft leaves the rows beyond it alone", () => {
  const fields = [text("row", "ক"), text("row", "খ")];
  writeFields(fields, { row: ["১"] });
  assert.deepEqual(readFields(fields), { row: ["১", "খ"] });
});

test("only what was changed is kept, and what an earlier draft held", () => {
  const initial = { a: ["1"], b: ["2"], c: ["3"] };
  const current = { a: ["1"], b: ["২"], c: ["3"] };
  assert.deepEqual(changedValues(initial, current), { b: ["২"] });
  assert.deepEqual(changedValues(initial, current, { c: ["0"] }), { b: ["২"], c: ["3"] });
  assert.deepEqual(changedValues(initial, initial), {});
});

test("an unticked box is a change", () => {
  assert.deepEqual(changedValues({ who: ["1"] }, { who: [] }), { who: [] });
});

test("a broken or old draft is no draft", () => {
  const now = 100 * DAY;
  const draft = (age) => JSON.stringify({ at: now - age, values: { a: ["1"] } });
  assert.equal(parseDraft(null, now), null);
  assert.equal(parseDraft("{", now), null);
  assert.equal(parseDraft('"words"', now), null);
  assert.equal(parseDraft(draft(31 * DAY), now), null);
  assert.deepEqual(parseDraft(draft(DAY), now).values, { a: ["1"] });
});

test("pruning removes old drafts and nothing else", () => {
  const now = 100 * DAY;
  const storage = storageWith({
    "draft:7:old": JSON.stringify({ at: now - 40 * DAY, values: {} }),
    "draft:8:older": "{",
    "draft:7:new": JSON.stringify({ at: now - DAY, values: { a: ["1"] } }),
    "grid:settings": "{",
  });
  pruneDrafts(storage, now);
  assert.equal(storage.getItem("draft:7:old"), null);
  assert.equal(storage.getItem("draft:8:older"), null);
  assert.notEqual(storage.getItem("draft:7:new"), null);
  assert.equal(storage.getItem("grid:settings"), "{");
});
