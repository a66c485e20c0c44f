import assert from "node:assert/strict";
import { test } from "node:test";

import { compare, parseRows, sentences } from "../../static/js/grid/changes.js";

const shown = () => parseRows("s5-9f 12:3 15:1 s6-1b 16:2");

test("a listing says what stands where in which version", () => {
  assert.deepEqual(shown(), {
    order: "s5-9f 12 15 s6-1b 16",
    versions: { 12: 3, 15: 1, 16: 2 },
  });
  assert.deepEqual(parseRows(""), { order: "", versions: {} });
});

test("nothing happened", () => {
  assert.deepEqual(compare(shown(), shown()), { changed: [], isArranged: true });
});

test("a row that was saved by somebody else is changed", () => {
  const listed = parseRows("s5-9f 12:4 15:1 s6-1b 16:2");
  assert.deepEqual(compare(shown(), listed), { changed: ["12"], isArranged: true });
});

test("an answer from before one's own save changes nothing", () => {
  const listed = parseRows("s5-9f 12:2 15:1 s6-1b 16:2");
  assert.deepEqual(compare(shown(), listed), { changed: [], isArranged: true });
});

test("moved, new, deleted rows and other names of subjects are another arrangement", () => {
  for (const listing of [
    "s5-9f 15:1 12:3 s6-1b 16:2",
    "s5-9f 12:3 15:1 s6-1b 16:2 17:1",
    "s5-9f 12:3 s6-1b 16:2",
    "s5-aa 12:3 15:1 s6-1b 16:2",
  ]) {
    assert.equal(compare(shown(), parseRows(listing)).isArranged, false, listing);
  }
});

test("who writes in a row that is shown is named with its number", () => {
  const texts = { textWrites: "{name} এখন {row} লিখছেন", textLooks: "{name} পাতাটি দেখছেন" };
  const others = [
    { name: "আব্দুল মান্নান", task: 12 },
    { name: "শিরিন আক্তার", task: 99 },
    { name: "রাশেদা খানম", task: null },
  ];
  const said = sentences(others, (task) => (task === 12 ? "৪.১" : ""), texts);
  assert.deepEqual(said, [
    "আব্দুল মান্নান এখন ৪.১ লিখছেন",
    "শিরিন আক্তার পাতাটি দেখছেন",
    "রাশেদা খানম পাতাটি দেখছেন",
  ]);
});
