/** Saving: what is sent, one request after the other, and what the answers do to the table. */

import { dropDraft, keepDraft } from "./drafts.js";
import { makeQueue } from "./queue.js";
import {
  FIELDS,
  body,
  focusCell,
  isEdited,
  isNew,
  isSame,
  noteOn,
  replaceGrid,
  replaceRow,
  rowOf,
  subjectOf,
  texts,
} from "./rows.js";
import { close, markWrong, open, typedIn } from "./writing.js";

// The server answers with the rows that the address of the page asks for.
const HEADERS = { "X-Requested-With": "grid", "X-Grid-View": location.search };
// Longer than a slow line takes, shorter than a line that hangs.
const PATIENCE_MS = 45_000;

/** The box in which two texts of one row are compared. */
export const dialog = document.querySelector("[data-grid-conflict]");

/** Rows being sent, so that leaving a row twice sends it once. */
const sending = new WeakSet();

/** The request under way, which the next one waits for. */
let underWay = Promise.resolve();

/** How many of our own requests have begun and ended: what was asked before may be old by now. */
let moves = 0;
export const movesMade = () => moves;

/** Rows that wait for the line. */
const queue = makeQueue({
  send: save,
  isGone: (row) => !row.isConnected || !isEdited(row),
});
export const sendWaiting = () => queue.now();
export const waitFor = (row) => queue.add(row);

// --- What is said about saving ---------------------------------------------------------------
/** Say in the page's head how the saving stands; `kind` is saved, saving or unsaved. */
export function say(kind, words) {
  const status = document.querySelector("[data-grid-status]");
  const line = document.createElement("span");
  line.className = kind;
  line.textContent = words;
  status.replaceChildren(line);
}

const inDigits = (number) => new Intl.NumberFormat(document.documentElement.lang).format(number);

/** A row could not be sent: say how many wait, and that nothing is lost. */
function wait(row, words = "") {
  queue.add(row);
  row.classList.add("lost");
  noteOn(row, "waits", texts.textKept);
  say("unsaved", words || texts.textWaiting.replace("{count}", inDigits(queue.size)));
}

/** A row is no longer waiting; when it was the last one, that is worth a word. */
function arrived(row, saved) {
  const wasWaiting = queue.remove(row);
  noteOn(row, "waits");
  row.classList.remove("lost");
  if (!wasWaiting) return;
  if (queue.size) say("unsaved", texts.textWaiting.replace("{count}", inDigits(queue.size)));
  else if (saved) say("saved", `${saved} · ${texts.textAllSent}`);
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
  moves += 1;
  try {
    return await ask(url, { method: "POST", body: formOf(fields) });
  } finally {
    moves += 1;
  }
}

/** Fields as a form of this page sends them, with the token of the log-in that counts now. */
export function formOf(fields) {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1];
  const data = new FormData();
  data.set("csrfmiddlewaretoken", token ?? document.querySelector("#row-tools [name]").value);
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

/** Something answered, but not our server, or not in our words. */
class NoAnswer extends Error {}

/**
 * Ask the server. What does not come from it counts as no line: a page in between (the log-in of
 * a network, a proxy's complaint) must never be taken for the word that something was saved.
 */
export async function ask(url, options = {}) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(url, { headers: HEADERS, signal: patience.signal, ...options });
    const isOurs = response.headers.get("content-type")?.includes("json");
    if (response.redirected || !isOurs) throw new NoAnswer();
    return { status: response.status, answer: await response.json() };
  } finally {
    clearTimeout(timer);
  }
}

// --- A row -----------------------------------------------------------------------------------
/**
 * Send a row that was written in; one in which nothing changed is only closed. Answers with
 * "waiting" when there is no line.
 */
export async function save(row) {
  if (!isEdited(row) || sending.has(row)) return "";
  const words = typedIn(row);
  const isEmpty = isNew(row) && FIELDS.every((field) => !words[field].trim());
  if (row.refused && isSame(words, row.refused)) return "refused";
  if (isEmpty || (!isNew(row) && isSame(words, row.before))) {
    dropDraft(row);
    close(row);
    return "closed";
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
    return take(row, await post(row.dataset.url, fields), sent);
  } catch (error) {
    wait(row, error instanceof NoAnswer ? texts.textFailed : "");
    return "waiting";
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
    arrived(row, answer.saved);
    if (!isSame(typed, sent)) goOn(row.dataset.task || answer.focus, field, typed);
    return "saved";
  }
  if (status === 401 || status >= 500) {
    wait(row, answer.message);
    if (status === 401) document.dispatchEvent(new CustomEvent("session-expired"));
    return "waiting";
  }
  arrived(row);
  if (status === 409) {
    row.classList.add("conflict");
    showConflict(row, answer.conflict);
  } else if (answer.errors) {
    delete row.sent;
    row.refused = sent;
    say("unsaved", texts.textFix);
    for (const [field, words] of Object.entries(answer.errors)) markWrong(row, field, words);
  } else {
    row.classList.add("lost");
    say("unsaved", answer.message ?? texts.textFailed);
  }
  return "refused";
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
  compare(html, {
    async keep(fields) {
      try {
        const answer = await post(row.dataset.url, fields);
        row.classList.remove("conflict");
        take(row, answer, typedIn(row));
      } catch {
        wait(row);
      }
    },
    give: () => dropDraft(row),
  });
}

/** Texts to be compared, one pair after the other. */
const pairs = [];

/** Show two texts; `keep` gets what was chosen, `give` is called when one's own is given up. */
function compare(html, { keep, give = () => {} }) {
  if (dialog.open) {
    pairs.push([html, { keep, give }]);
    return;
  }
  dialog.innerHTML = html;
  dialog.querySelector("[data-conflict-form]").addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.target));
    dialog.close();
    keep(fields);
  });
  dialog.querySelector("[data-conflict-cancel]").addEventListener("click", (event) => {
    event.preventDefault();
    give();
    location.reload();
  });
  dialog.showModal();
}

dialog?.addEventListener("close", () => {
  if (pairs.length) compare(...pairs.shift());
});

// --- The table -------------------------------------------------------------------------------
/** Put in what an answer brings: the whole table, the summary, the time of saving, the way back. */
export function show(answer) {
  if (answer.grid) replaceGrid(answer.grid);
  if (answer.summary) document.querySelector("[data-grid-summary]").innerHTML = answer.summary;
  if (answer.views) document.querySelector("[data-grid-views]").innerHTML = answer.views;
  if (answer.saved) {
    say("saved", answer.saved);
    document.querySelector("[data-grid-undo]")?.removeAttribute("hidden");
  }
  const { activeElement: place } = document;
  const isWriting = body.contains(place) && place.matches("input, textarea");
  if (answer.focus && !isWriting) focusCell(rowOf(answer.focus), "title");
  if (answer.undo) toast(answer.undo.message, () => act(answer.undo.url));
  if (answer.said) toast(answer.said);
}

/**
 * Move, copy, delete, restore, settle, rename, take back; `row` is the one an answer may replace.
 * Answers with the status; 0 when there was no line, and nothing was done.
 */
export async function act(url, fields = {}, row = null) {
  say("saving", texts.textSaving);
  try {
    const { status, answer } = await post(url, fields);
    if (status === 200) {
      if (answer.row) replaceRow(row, answer.row);
      show(answer);
    } else if (status === 409) {
      document.querySelector("[data-grid-status]").replaceChildren();
      compare(answer.conflict, { keep: (chosen) => act(url, chosen) });
    } else if (status === 401) {
      say("unsaved", answer.message ?? texts.textOffline);
      document.dispatchEvent(new CustomEvent("session-expired"));
    } else {
      say("unsaved", answer.message ?? texts.textFailed);
    }
    return status;
  } catch {
    say("unsaved", texts.textNoLine);
    return 0;
  }
}
