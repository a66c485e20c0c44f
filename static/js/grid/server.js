/** Saving: what is sent, one request after the other, and what the answers do to the table. */

import { dropDraft, keepDraft } from "./drafts.js";
import {
  FIELDS,
  body,
  focusCell,
  isEdited,
  isNew,
  isSame,
  replaceGrid,
  replaceRow,
  rowOf,
  subjectOf,
  texts,
} from "./rows.js";
import { close, markWrong, open, typedIn } from "./writing.js";

const HEADERS = { "X-Requested-With": "grid" };

/** The box in which two texts of one row are compared. */
export const dialog = document.querySelector("[data-grid-conflict]");

/** Rows being sent, so that leaving a row twice sends it once. */
const sending = new WeakSet();

/** The request under way, which the next one waits for. */
let underWay = Promise.resolve();

// --- What is said about saving ---------------------------------------------------------------
/** Say in the page's head how the saving stands; `kind` is saved, saving or unsaved. */
export function say(kind, words) {
  const status = document.querySelector("[data-grid-status]");
  const line = document.createElement("span");
  line.className = kind;
  line.textContent = words;
  status.replaceChildren(line);
}

function toast(text, undo) {
  document.dispatchEvent(new CustomEvent("toast", { detail: { text, undo } }));
}

// --- The line --------------------------------------------------------------------------------
/** One request after the other, so that an answer never shows less than an earlier one. */
function post(url, fields) {
  const answer = underWay.then(() => send(url, fields));
  underWay = answer.catch(() => {});
  return answer;
}

async function send(url, fields) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", document.querySelector("#row-tools [name]").value);
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  const response = await fetch(url, { method: "POST", body: data, headers: HEADERS });
  if (response.redirected || !response.headers.get("content-type")?.includes("json")) {
    return { status: response.redirected ? 401 : response.status, answer: {} };
  }
  return { status: response.status, answer: await response.json() };
}

// --- A row -----------------------------------------------------------------------------------
/** Send a row that was written in; one in which nothing changed is only closed. */
export async function save(row) {
  if (!isEdited(row) || sending.has(row)) return;
  const words = typedIn(row);
  const isEmpty = isNew(row) && FIELDS.every((field) => !words[field].trim());
  if (row.refused && isSame(words, row.refused)) return;
  if (isEmpty || (!isNew(row) && isSame(words, row.before))) {
    dropDraft(row);
    close(row);
    return;
  }
  // A new row goes out in its first words until an answer comes: the server may have made it
  // already, and knows it by its key. What was added since follows as a change. Only a new row
  // names its subject: somebody may have renamed the one this page shows over another.
  if (isNew(row)) row.sent ??= { ...words, subject: subjectOf(row) };
  const sent = row.sent ?? words;
  keepDraft(row);
  sending.add(row);
  row.classList.add("busy");
  say("saving", texts.textSaving);
  try {
    const fields = { ...sent, version: row.dataset.version };
    if (isNew(row) && row.formKey) fields.form_key = row.formKey;
    take(row, await post(row.dataset.url, fields), sent);
  } catch {
    row.classList.add("lost");
    say("unsaved", texts.textOffline);
  } finally {
    sending.delete(row);
    row.classList.remove("busy");
  }
}

/** What the server said to a row that was sent with these words. */
function take(row, { status, answer }, sent) {
  if (status === 200) {
    const typed = typedIn(row);
    const field = row.contains(document.activeElement) ? document.activeElement.name : null;
    dropDraft(row);
    delete row.dataset.editing;
    if (answer.row) replaceRow(row, answer.row);
    show(answer);
    if (!isSame(typed, sent)) goOn(row.dataset.task || answer.focus, field, typed);
  } else if (status === 409) {
    row.classList.add("conflict");
    showConflict(row, answer.conflict);
  } else if (status === 401) {
    row.classList.add("lost");
    say("unsaved", answer.message ?? texts.textOffline);
    document.dispatchEvent(new CustomEvent("session-expired"));
  } else if (answer.errors) {
    delete row.sent;
    row.refused = sent;
    say("unsaved", texts.textFix);
    for (const [field, words] of Object.entries(answer.errors)) markWrong(row, field, words);
  } else {
    row.classList.add("lost");
    say("unsaved", answer.message ?? texts.textFailed);
  }
}

/** More was written in a row while it was on its way: open it again, on what was saved. */
function goOn(task, field, words) {
  const row = rowOf(task);
  open(row, field, { words });
  if (field) keepDraft(row);
  else save(row);
}

/** Two texts of one row: ask, cell by cell, which one stays. */
function showConflict(row, html) {
  dialog.innerHTML = html;
  dialog.querySelector("[data-conflict-form]").addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.target));
    dialog.close();
    try {
      const answer = await post(row.dataset.url, fields);
      row.classList.remove("conflict");
      take(row, answer, typedIn(row));
    } catch {
      say("unsaved", texts.textOffline);
    }
  });
  dialog.querySelector("[data-conflict-cancel]").addEventListener("click", (event) => {
    event.preventDefault();
    dropDraft(row);
    location.reload();
  });
  dialog.showModal();
}

// --- The table -------------------------------------------------------------------------------
/** Put in what an answer brings: the whole table, the summary, the time of saving, the way back. */
function show(answer) {
  if (answer.grid) replaceGrid(answer.grid);
  if (answer.summary) document.querySelector("[data-grid-summary]").innerHTML = answer.summary;
  if (answer.saved) say("saved", answer.saved);
  const { activeElement: place } = document;
  const isWriting = body.contains(place) && place.matches("input, textarea");
  if (answer.focus && !isWriting) focusCell(rowOf(answer.focus), "title");
  if (answer.undo) toast(answer.undo.message, () => act(answer.undo.url));
}

/** Move, copy, delete, restore, settle, rename; `row` is the one an answer may replace. */
export async function act(url, fields = {}, row = null) {
  say("saving", texts.textSaving);
  try {
    const { status, answer } = await post(url, fields);
    if (status === 200) {
      if (answer.row) replaceRow(row, answer.row);
      show(answer);
    } else if (status === 401) {
      say("unsaved", answer.message ?? texts.textOffline);
      document.dispatchEvent(new CustomEvent("session-expired"));
    } else {
      say("unsaved", answer.message ?? texts.textFailed);
    }
  } catch {
    say("unsaved", texts.textOffline);
  }
}
