/**
 * The plan as a table one writes in.
 *
 * A row turns into text boxes when one of its cells is opened, and is sent when the writer leaves
 * it. What was typed is kept in this browser until the server has it: through a lost connection,
 * an ended session or a closed tab. A save made from an old copy is refused by the server; both
 * texts are shown and nothing is overwritten. Without this script every row has a page of its own.
 *
 * Here events meet what they do. The rest is in grid/: rows.js (the table), writing.js (a row in
 * text boxes), drafts.js (words kept), queue.js (what waits for the line), server.js (saving),
 * keys.js (the keyboard), changes.js and presence.js (what others do), undo.js (taking back).
 * They import each other in one direction only; names that carry a hash of the content allow no
 * circle.
 */

import { keepDraft, keepSoon, pruneDrafts, restoreDrafts } from "./grid/drafts.js";
import { onBoxKey, onCellKey } from "./grid/keys.js";
import { body, isEdited, isReplacing, isSame, prepare, rows, texts } from "./grid/rows.js";
import { startPresence } from "./grid/presence.js";
import { act, dialog, save, say, sendWaiting, waitFor } from "./grid/server.js";
import { startUndo } from "./grid/undo.js";
import { addRow, fit, open, typedIn } from "./grid/writing.js";

const editedRows = () => rows().filter(isEdited);

// --- Writing ---------------------------------------------------------------------------------
function onClick(event) {
  const rename = event.target.closest("[data-subject-rename]");
  const tool = event.target.closest("[data-grid-post]");
  const cell = event.target.closest("td[data-field]");
  if (rename) {
    renameSubject(rename);
  } else if (tool) {
    event.preventDefault();
    press(tool);
  } else if (cell && !event.target.closest("a, textarea, button")) {
    open(cell.parentElement, cell.dataset.field);
  }
}

function onKey(event) {
  if (event.target.matches("td[data-field]")) onCellKey(event, event.target);
  else if (event.target.matches("td[data-field] > textarea")) onBoxKey(event, event.target);
}

function onInput(event) {
  if (!event.target.matches("td[data-field] > textarea")) return;
  fit(event.target);
  keepSoon(event.target.closest("tr"));
}

function onLeave(event) {
  const group = event.target.closest("tbody.new") ?? event.target.closest("tr[data-task]");
  if (!group || isReplacing || group.contains(event.relatedTarget)) return;
  // The window itself may have lost the focus; the writer has not left the row then.
  if (!event.relatedTarget && !document.hasFocus()) return;
  const row = group.matches("tr") ? group : group.querySelector("tr[data-task]");
  if (row && isEdited(row) && !dialog.open) save(row);
}

/** A press on a button in a row's menu; first what is written in the row must have arrived. */
async function press(tool) {
  const row = tool.closest("tr[data-task]");
  tool.closest("details").open = false;
  if (isEdited(row)) await save(row);
  if (isEdited(row)) return;
  await act(tool.formAction, tool.name ? { [tool.name]: tool.value } : {}, row);
}

/** Ask for a subject's name; `typed` is one that found no line the last time. */
function renameSubject(button, typed) {
  const shown = button.querySelector("[data-subject-name]");
  const group = button.closest("tbody");
  const box = document.createElement("input");
  box.className = "form-control";
  box.value = typed ?? group.dataset.subject;
  box.maxLength = 500;
  box.setAttribute("list", "subjects");
  box.setAttribute("aria-label", shown.textContent);
  let done = false;
  const finish = (keep) => {
    if (done) return;
    done = true;
    const name = box.value;
    box.replaceWith(button);
    if (keep && name !== group.dataset.subject) sendName(button, name);
    else button.focus();
  };
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") finish(true);
    if (event.key === "Escape") finish(false);
  });
  box.addEventListener("blur", () => finish(true));
  button.replaceWith(box);
  if (typed === undefined) box.focus();
}

/** The name the writer saw goes along: if it is another by now, both are shown. */
async function sendName(button, name) {
  const was = button.closest("tbody").dataset.subject;
  const status = await act(button.dataset.subjectRename, { name, was });
  const isShown = button.isConnected;
  if ((status === 0 || status === 401 || status >= 500) && isShown) renameSubject(button, name);
}

/** A pasted table goes to the importer, where every row is looked at first. */
function pasteTable(event) {
  const text = event.clipboardData.getData("text/plain");
  const html = event.clipboardData.getData("text/html");
  const isTable = text.includes("\t") && text.trim().includes("\n");
  if (!isTable) return;
  event.preventDefault();
  const form = document.querySelector("[data-grid-paste]");
  form.elements.pasted.value = text;
  form.elements.pasted_html.value = html.includes("<t") ? html : "";
  editedRows().forEach(keepDraft);
  form.submit();
}

// --- Dragging --------------------------------------------------------------------------------
let dragged = null;

function onDragStart(event) {
  dragged = event.target.closest?.("[data-drag]")?.closest("tr") ?? null;
}

function onDragOver(event) {
  if (dragged && event.target.closest?.("tr[data-task]")) event.preventDefault();
}

function onDrop(event) {
  const target = event.target.closest?.("tr[data-task]");
  if (!dragged || !target || target === dragged) return;
  event.preventDefault();
  act(dragged.dataset.moveUrl, { before: target.dataset.task });
}

// --- Words that did not arrive ---------------------------------------------------------------
function sendRestored() {
  pruneDrafts();
  const restored = restoreDrafts();
  restored.forEach(waitFor);
  if (restored.length) say("unsaved", texts.textRestored);
  sendWaiting();
}

function keepChanged() {
  for (const row of editedRows()) if (!isSame(typedIn(row), row.before)) keepDraft(row);
}

/** Only what this browser could not put aside is worth a question. */
function askBeforeLeaving(event) {
  keepChanged();
  if (editedRows().some((row) => row.isUnkept)) event.preventDefault();
}

function start() {
  prepare(body);
  body.addEventListener("click", onClick);
  body.addEventListener("keydown", onKey);
  body.addEventListener("input", onInput);
  body.addEventListener("focusout", onLeave);
  body.addEventListener("dragstart", onDragStart);
  body.addEventListener("dragover", onDragOver);
  body.addEventListener("drop", onDrop);
  // Wherever the focus is: an empty plan has no cell to stand in.
  document.addEventListener("paste", pasteTable);
  document.querySelector("[data-grid-add]")?.addEventListener("click", (event) => {
    if (!body.querySelector("table")) return;
    event.preventDefault();
    open(addRow(), "title");
  });
  window.addEventListener("online", sendWaiting);
  document.addEventListener("session-renewed", sendWaiting);
  document.addEventListener("visibilitychange", () => !document.hidden && sendWaiting());
  window.addEventListener("pagehide", keepChanged);
  window.addEventListener("beforeunload", askBeforeLeaving);
  sendRestored();
  startUndo();
  startPresence();
}

if (body && texts.createUrl) start();
