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
const nameOfNew = nameFor(`new-${texts.plan}`);
const draftName = (row) => (row.dataset.task ? nameFor(row.dataset.task) : nameOfNew);

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
  } catch {
    // The browser's store is full or closed; the words are still in the boxes.
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

/** Open every row whose words never arrived, with the version they were typed on. */
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
  adoptOrphan();
  const draft = readDraft(nameOfNew);
  if (draft) {
    const row = addRow();
    subjectBox(row).value = draft.subject ?? "";
    restored.push(restore(row, draft));
  }
  return restored;
}

/** Words for a row that has been deleted meanwhile come back as a new row, one at a time. */
function adoptOrphan() {
  if (readDraft(nameOfNew)) return;
  const here = new Set(rows().map(draftName));
  const orphan = Object.keys(localStorage).find(
    (name) =>
      name.startsWith(nameFor("")) && !here.has(name) && readDraft(name)?.plan === texts.plan,
  );
  if (!orphan) return;
  const { at, plan, version, subject, words } = readDraft(orphan);
  localStorage.removeItem(orphan);
  localStorage.setItem(nameOfNew, JSON.stringify({ at, plan, version, subject, words }));
}

function restore(row, draft) {
  row.dataset.version = draft.version;
  row.formKey = draft.formKey;
  row.sent = draft.sent;
  open(row, null, { words: draft.words });
  row.classList.add("lost");
  return row;
}
