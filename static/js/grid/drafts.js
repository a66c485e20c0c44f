/**
 * Words of a row, kept in this browser until the server has them.
 *
 * A draft remembers the version it was typed on, so words that come back after a day meet the
 * same check as any other save. Nobody comes back for a draft of thirty days.
 */

import { isEdited, isSame, rows, subjectBox, subjectOf, texts, wordsOfRow } from "./rows.js";
import { addRow, open, typedIn } from "./writing.js";

const PREFIX = "row:";
const PAUSE_MS = 300;
const KEEP_MS = 30 * 24 * 60 * 60 * 1000;

const nameFor = (key) => `${PREFIX}${document.documentElement.dataset.user ?? ""}:${key}`;
const nameOfNew = (key) => nameFor(`new-${texts.plan}-${key}`);
const draftName = (row) => (row.dataset.task ? nameFor(row.dataset.task) : nameOfNew(row.formKey));

export function keepDraft(row) {
  const draft = {
    at: Date.now(),
    plan: texts.plan,
    version: row.dataset.version,
    subject: subjectOf(row),
    formKey: row.formKey,
    sent: row.sent,
    words: typedIn(row),
  };
  try {
    localStorage.setItem(draftName(row), JSON.stringify(draft));
    row.isUnkept = false;
  } catch {
    // The browser's store is full or closed; the words are still in the boxes.
    row.isUnkept = true;
  }
}

export const dropDraft = (row) => localStorage.removeItem(draftName(row));

function readDraft(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

let keepTimer;
export function keepSoon(row) {
  clearTimeout(keepTimer);
  keepTimer = setTimeout(() => row.isConnected && isEdited(row) && keepDraft(row), PAUSE_MS);
}

/** Remove drafts, whoever's, that are too old or cannot be read. */
export function pruneDrafts() {
  const oldest = Date.now() - KEEP_MS;
  const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  for (const name of names) {
    if (!(readDraft(name)?.at > oldest)) localStorage.removeItem(name);
  }
}

/** Every row whose words never arrived, opened with the version they were typed on. */
export function restoreDrafts() {
  const restored = [];
  for (const row of rows()) {
    const draft = readDraft(draftName(row));
    if (!draft || isSame(draft.words, wordsOfRow(row))) {
      dropDraft(row);
      continue;
    }
    restored.push(restore(row, draft));
  }
  return [...restored, ...restoreNew()];
}

/** Rows that were never added, in the order in which they were written. Words for a row that has
 * been deleted meanwhile come back as a new one; while only some rows are shown, a row that is
 * not here may well be there. */
function restoreNew() {
  const here = new Set(rows().map(draftName));
  const names = Object.keys(localStorage).filter(
    (name) =>
      name.startsWith("filtered" in texts ? nameOfNew("") : nameFor("")) &&
      !here.has(name) &&
      readDraft(name)?.plan === texts.plan,
  );
  const drafts = names.map((name) => [name, readDraft(name)]);
  drafts.sort(([, one], [, other]) => one.at - other.at);
  return drafts.map(([name, draft]) => {
    const isAdded = name.startsWith(nameOfNew(""));
    const row = addRow();
    subjectBox(row).value = draft.subject ?? "";
    restore(row, isAdded ? draft : { ...draft, formKey: undefined, sent: undefined });
    if (draftName(row) !== name) {
      localStorage.removeItem(name);
      keepDraft(row);
    }
    return row;
  });
}

function restore(row, draft) {
  row.dataset.version = draft.version;
  row.formKey = draft.formKey;
  row.sent = draft.sent;
  open(row, null, { words: draft.words });
  row.classList.add("lost");
  return row;
}
