/** The table as it stands: its rows and cells, the words in them, the focus, what is put in anew. */

export const FIELDS = [
  "title",
  "start_text",
  "end_text",
  "responsible_text",
  "expected_result",
  "measure",
];

export const body = document.querySelector("[data-grid-body]");

/** The sentences the page brings along for this script, and the addresses it needs. */
export const texts = body?.dataset ?? {};

/** The table is being put in anew; a box that goes with it was not left by the writer. */
export let isReplacing = false;

// --- Rows and cells --------------------------------------------------------------------------
export const rows = () => [...body.querySelectorAll("tr[data-task]")];
export const rowOf = (task) => body.querySelector(`#task-${task}`);
export const cellsOf = (row) => [...row.querySelectorAll("td[data-field]")];
export const isEdited = (row) => row.dataset.editing === "yes";
export const isNew = (row) => row.classList.contains("new");

/** The words of a cell as typed, which for dates may differ from what is shown. */
function wordsOf(cell) {
  return cell.dataset.value ?? cell.querySelector("[data-text]").textContent;
}

/** The words of a row that is shown, by the name of the field. */
export function wordsOfRow(row) {
  const words = {};
  for (const cell of cellsOf(row)) {
    words[cell.dataset.field] = wordsOf(cell);
    if ("end" in cell.dataset) words.end_text = cell.dataset.end;
  }
  return words;
}

export const isSame = (one, other) => FIELDS.every((field) => one[field] === other[field]);

/** The box that asks for the subject, which only a new row has. */
export const subjectBox = (row) => row.closest("tbody").querySelector("[data-new-subject]");

export function subjectOf(row) {
  return subjectBox(row)?.value ?? row.closest("tbody").dataset.subject;
}

/** How the rows stand that this page shows and the server knows: see changes.js. */
export function shownRows() {
  const versions = {};
  const order = [];
  for (const group of body.querySelectorAll("tbody[data-subject-mark]")) {
    order.push(`s${group.dataset.subjectMark}`);
    for (const row of group.querySelectorAll("tr[data-task]")) {
      order.push(row.dataset.task);
      versions[row.dataset.task] = Number(row.dataset.version);
    }
  }
  return { order: order.join(" "), versions };
}

/** Say something about a row in the row itself; without words take that back. */
export function noteOn(row, kind, words = "") {
  row.classList.toggle(kind, Boolean(words));
  row.querySelector(`[data-row-note="${kind}"]`)?.remove();
  if (!words) return;
  const note = document.createElement("span");
  note.className = "row-word";
  note.dataset.rowNote = kind;
  note.textContent = words;
  (row.querySelector("td.state") ?? row.lastElementChild).append(note);
}

// --- The focus -------------------------------------------------------------------------------
/** Make one cell of the table reachable by Tab; the arrows reach the others. */
function setTabStop(cell) {
  for (const old of body.querySelectorAll("td[tabindex='0']")) old.tabIndex = -1;
  if (cell) cell.tabIndex = 0;
}

/** Make the cells of what was just put in ready for the keyboard. */
export function prepare(scope) {
  for (const cell of scope.querySelectorAll("tr[data-task] > td[data-field]")) cell.tabIndex = -1;
  if (!body.querySelector("td[tabindex='0']")) setTabStop(body.querySelector("td[data-field]"));
}

export function focusCell(row, field) {
  const cell = row?.querySelector(`td[data-field="${field}"]`) ?? row?.querySelector("td[data-field]");
  if (!cell) return;
  setTabStop(cell);
  cell.focus();
}

/** The row `step` rows below; above, if that is negative. */
export function neighbour(row, step) {
  const all = rows();
  return all[all.indexOf(row) + step];
}

// --- What the server brings ------------------------------------------------------------------
export function replaceRow(row, html) {
  const holder = document.createElement("tbody");
  holder.innerHTML = html;
  const fresh = holder.firstElementChild;
  const field = document.activeElement?.closest?.("td")?.dataset.field;
  const hadFocus = row.contains(document.activeElement);
  // Taken back meanwhile, the row stands there in its old words.
  const shown = row.isConnected ? row : body.querySelector(`#${fresh.id}`);
  if (!shown) return;
  shown.replaceWith(fresh);
  prepare(fresh.parentElement);
  if (hadFocus) focusCell(fresh, field);
}

/** Put in the whole table; rows that are being written stay as they are, with the caret. */
export function replaceGrid(html) {
  const written = rows().filter(isEdited);
  const box = document.activeElement;
  const task = box.closest?.("tr[data-task]")?.dataset.task;
  const field = box.closest?.("td")?.dataset.field;
  isReplacing = true;
  body.innerHTML = html;
  prepare(body);
  for (const row of written) putBack(row);
  isReplacing = false;
  if (box.isConnected) box.focus();
  else if (task && field) focusCell(rowOf(task), field);
}

function putBack(row) {
  if (isNew(row)) {
    body.querySelector("table").append(row.closest("tbody"));
    return;
  }
  const fresh = rowOf(row.dataset.task);
  row.original = fresh;
  // Moved or under a renamed subject, but in the words the writing began on: no other text to meet.
  if (fresh && isSame(wordsOfRow(fresh), row.before)) row.dataset.version = fresh.dataset.version;
  fresh?.replaceWith(row);
}
