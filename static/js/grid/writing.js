/** A row in text boxes: opened, closed, added, and told what is wrong in it. */

import {
  FIELDS,
  body,
  cellsOf,
  isEdited,
  isNew,
  prepare,
  rows,
  subjectBox,
  subjectOf,
  wordsOfRow,
} from "./rows.js";

export const boxOf = (row, field) => row.querySelector(`[name="${field}"]`);

/** The words in the boxes of an open row, by the name of the field. */
export function typedIn(row) {
  return Object.fromEntries(FIELDS.map((field) => [field, boxOf(row, field).value]));
}

/** A key by which the server knows a new row again; randomUUID is missing on plain http. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Turn a row into text boxes, with the caret in `field`; without one the focus stays. */
export function open(row, field, { words, typed } = {}) {
  if (!isEdited(row)) {
    const stored = wordsOfRow(row);
    row.original = row.cloneNode(true);
    row.before = stored;
    row.formKey ??= newKey();
    splitSchedule(row);
    for (const cell of cellsOf(row)) {
      const box = document.createElement("textarea");
      box.name = cell.dataset.field;
      box.rows = 1;
      box.value = (words ?? stored)[cell.dataset.field] ?? "";
      box.setAttribute("aria-label", cell.dataset.label);
      cell.replaceChildren(box);
      cell.classList.remove("doubt", "wrong");
      cell.removeAttribute("tabindex");
    }
    row.dataset.editing = "yes";
    for (const box of row.querySelectorAll("textarea")) fit(box);
  }
  if (!field) return;
  const box = boxOf(row, field) ?? boxOf(row, "title");
  if (typed !== undefined) box.value = typed;
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}

/** A recurring task shows one cell for both dates; writing needs two. */
function splitSchedule(row) {
  const wide = row.querySelector("td[colspan='2'][data-field='start_text']");
  if (!wide) return;
  wide.removeAttribute("colspan");
  const end = wide.cloneNode(true);
  end.dataset.field = "end_text";
  end.dataset.value = wide.dataset.end;
  delete end.dataset.end;
  wide.after(end);
}

export function fit(box) {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}

/** Show a row in its old words again; answers with it, or null when it was a new one. */
export function close(row) {
  // First, because a box that is taken away while it has the focus counts as left.
  delete row.dataset.editing;
  if (isNew(row)) {
    row.closest("tbody").remove();
    return null;
  }
  const original = row.original;
  row.replaceWith(original);
  prepare(original.parentElement);
  return original;
}

/** The empty row at the end of the table, under the last subject; one at a time, beside those
 * that wait for the line. */
export function addRow() {
  const known = body.querySelector("tbody.new tr[data-task]:not(.lost)");
  if (known) return known;
  const template = document.querySelector("[data-grid-new-row]");
  const group = template.content.firstElementChild.cloneNode(true);
  const fresh = group.querySelector("tr[data-task]");
  const last = rows().at(-1);
  subjectBox(fresh).value = last ? subjectOf(last) : "";
  body.querySelector("table").append(group);
  prepare(group);
  return fresh;
}

export function markWrong(row, field, words) {
  const cell = row.querySelector(`td[data-field="${field}"]`) ?? cellsOf(row)[0];
  cell.classList.add("wrong");
  let note = cell.querySelector("[data-error]");
  if (!note) {
    note = document.createElement("span");
    note.className = "invalid-feedback show";
    note.dataset.error = "";
    cell.append(note);
  }
  note.textContent = words;
  const box = cell.querySelector("textarea");
  box?.setAttribute("aria-invalid", "true");
  box?.focus();
}
