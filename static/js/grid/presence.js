/**
 * Who else is in the plan, and what they changed.
 *
 * While the page is looked at, a beat tells the server which row is being written and brings back
 * where the others are and how the rows stand. A row that somebody else has changed is put in
 * anew; one that is being written only says so, because its words are the writer's. On a line
 * that has to be saved (or is of the slowest kind) there are no beats at all.
 */

import { compare, parseRows, sentences } from "./changes.js";
import { body, isEdited, isNew, noteOn, replaceRow, rowOf, rows, shownRows } from "./rows.js";
import { ask, formOf, movesMade, say, show } from "./server.js";

const BEAT_MS = 20_000;
const SOON_MS = 1_000;
const SLOWEST_MS = 5 * 60 * 1000;
// Nobody is there any more, though the page is: an office leaves its screens on.
const AWAY_MS = 10 * 60 * 1000;
const MOST_ROWS = 8;

const place = document.querySelector("[data-together]");
const texts = place?.dataset ?? {};

let timer;
let pause = BEAT_MS;
let active = Date.now();
let isOver = false;
let told = ""; // the row the server believes is being written
let mark = ""; // how the rows stood at the last beat
let listed = null;
let others = [];
let fetchedFor = ""; // the mark for which the whole table was asked for

// --- When -----------------------------------------------------------------------------------
function isSpared() {
  const line = navigator.connection;
  return Boolean(line?.saveData || /2g/.test(line?.effectiveType ?? ""));
}

const mayBeat = () =>
  !isOver && !document.hidden && navigator.onLine && !isSpared() && Date.now() - active < AWAY_MS;

function beatIn(ms) {
  clearTimeout(timer);
  if (!isOver) timer = setTimeout(beat, ms);
}

/** The row the writer is in now, by its id. */
function rowBeingWritten() {
  const row = document.activeElement?.closest?.("tr[data-task]");
  return row && isEdited(row) && !isNew(row) ? row.dataset.task : "";
}

// --- A beat ---------------------------------------------------------------------------------
async function beat() {
  if (!mayBeat()) return;
  const task = rowBeingWritten();
  const fields = { mark, ...(task ? { task } : {}), ...(told && !task ? { left: "1" } : {}) };
  const before = movesMade();
  told = task;
  try {
    const body = formOf(fields);
    const { status, answer } = await ask(texts.url, { method: "POST", body });
    if (status === 200) await take(answer, before);
    else if (status === 401) document.dispatchEvent(new CustomEvent("session-expired"));
    isOver = status !== 200;
    pause = BEAT_MS;
  } catch {
    pause = Math.min(2 * pause, SLOWEST_MS);
  }
  beatIn(pause);
}

async function take(answer, before) {
  others = answer.others;
  // What was listed while a save of our own was on its way may be older than the table.
  if (answer.rows !== undefined && movesMade() === before) {
    mark = answer.mark;
    listed = parseRows(answer.rows);
  }
  if (listed && movesMade() === before) await catchUp();
  tellOthers();
  if (answer.closed) {
    say("unsaved", answer.closed);
    isOver = true;
  }
}

// --- What others changed --------------------------------------------------------------------
async function catchUp() {
  const { changed, isArranged } = compare(shownRows(), listed);
  for (const row of rows().filter(isEdited)) {
    noteOn(row, "stale", changed.includes(row.dataset.task) ? texts.textStale : "");
  }
  // An open menu, a subject whose name is being typed: the next beat is soon enough.
  if (body.querySelector("details[open], tbody:not(.new) th input")) return;
  const free = changed.filter((task) => !isEdited(rowOf(task)));
  const isWhole = (!isArranged && !("filtered" in body.dataset)) || free.length > MOST_ROWS;
  if (isWhole ? fetchedFor === mark : free.length === 0) return;
  const query = isWhole ? "" : `?${new URLSearchParams(free.map((task) => ["row", task]))}`;
  const before = movesMade();
  const { status, answer } = await ask(`${texts.rowsUrl}${query}`);
  if (status !== 200 || movesMade() !== before) return;
  const isChoosing = document.querySelector("[data-grid-views] details[open]");
  if (isWhole) fetchedFor = mark;
  const known = shownRows().versions;
  show({ grid: answer.grid, summary: answer.summary, views: isChoosing ? "" : answer.views });
  for (const [task, html] of Object.entries(answer.rows ?? {})) {
    const row = rowOf(task);
    if (row && !isEdited(row)) replaceRow(row, html);
  }
  for (const [task, version] of Object.entries(shownRows().versions)) {
    if (version !== known[task]) rowOf(task).classList.add("fresh");
  }
}

// --- Who is where ---------------------------------------------------------------------------
const numberOf = (task) => rowOf(task)?.querySelector("td.num a")?.textContent.trim() ?? "";

function tellOthers() {
  put(place.querySelector("[data-together-line]"), sentences(others, numberOf, texts));
  // Read out only when somebody comes or goes, not for each row they touch.
  put(
    place.querySelector("[data-together-said]"),
    sentences(others.map((one) => ({ ...one, task: null })), () => "", texts),
  );
  for (const old of body.querySelectorAll("[data-writer]")) old.remove();
  for (const { name, initials, task } of others) {
    const cell = task && rowOf(task)?.querySelector("td.num");
    if (!cell) continue;
    const sign = document.createElement("span");
    sign.className = "writer";
    sign.dataset.writer = "";
    sign.setAttribute("role", "img");
    sign.title = texts.textHere.replace("{name}", name);
    sign.setAttribute("aria-label", sign.title);
    sign.textContent = initials;
    cell.append(sign);
  }
}

function put(element, said) {
  const text = said.join(" · ");
  if (element.textContent !== text) element.textContent = text;
}

// --- Coming and going -----------------------------------------------------------------------
function stir() {
  const wasAway = Date.now() - active >= AWAY_MS;
  active = Date.now();
  if (wasAway) beatIn(0);
}

/** Said as the page goes, when no answer can be waited for any more. */
function leave() {
  if (isOver || isSpared() || !mark) return;
  const headers = { "X-Requested-With": "grid" };
  fetch(texts.url, { method: "POST", keepalive: true, headers, body: formOf({ gone: "1" }) }).catch(
    () => {},
  );
}

export function startPresence() {
  if (!place) return;
  const soon = () => rowBeingWritten() !== told && beatIn(SOON_MS);
  body.addEventListener("focusin", soon);
  body.addEventListener("focusout", soon);
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, stir);
  document.addEventListener("visibilitychange", () => beatIn(0));
  window.addEventListener("online", () => beatIn(SOON_MS));
  window.addEventListener("pagehide", leave);
  document.addEventListener("session-renewed", () => {
    isOver = false;
    beatIn(SOON_MS);
  });
  beatIn(SOON_MS);
}
