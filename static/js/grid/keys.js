/**
 * The keyboard.
 *
 * Arrows move, Enter or typing opens a cell, Tab goes to the next one, Enter saves and goes down,
 * Shift+Enter makes a line, Esc takes back, Alt+up/down moves the row.
 */

import { dropDraft, keepSoon } from "./drafts.js";
import { FIELDS, cellsOf, focusCell, neighbour } from "./rows.js";
import { act } from "./server.js";
import { boxOf, close, open } from "./writing.js";

/** A key pressed on a cell that is shown. */
export function onCellKey(event, cell) {
  const row = cell.parentElement;
  const cells = cellsOf(row);
  const at = cells.indexOf(cell);
  const field = cell.dataset.field;
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    const to = event.key === "ArrowUp" ? "up" : "down";
    // Rows keep their places while only some of them are shown.
    if (row.dataset.moveUrl) act(row.dataset.moveUrl, { to });
  } else if (event.key === "ArrowRight" && cells[at + 1]) {
    event.preventDefault();
    focusCell(row, cells[at + 1].dataset.field);
  } else if (event.key === "ArrowLeft" && cells[at - 1]) {
    event.preventDefault();
    focusCell(row, cells[at - 1].dataset.field);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    focusCell(neighbour(row, event.key === "ArrowDown" ? 1 : -1), field);
  } else if (event.key === "Enter" || event.key === "F2") {
    event.preventDefault();
    open(row, field);
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    open(row, field, { typed: event.key });
    keepSoon(row);
  }
}

/** A key pressed in a text box; leaving the row is what sends it. */
export function onBoxKey(event, box) {
  const row = box.closest("tr");
  const field = box.name;
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    const below = neighbour(row, 1);
    if (below) focusCell(below, field);
    else box.blur();
  } else if (event.key === "Escape") {
    event.preventDefault();
    dropDraft(row);
    focusCell(close(row), field);
  } else if (event.key === "Tab") {
    const target = FIELDS[FIELDS.indexOf(field) + (event.shiftKey ? -1 : 1)];
    if (target) {
      event.preventDefault();
      boxOf(row, target).focus();
    } else {
      const next = neighbour(row, event.shiftKey ? -1 : 1);
      if (!next) return;
      event.preventDefault();
      open(next, event.shiftKey ? FIELDS.at(-1) : FIELDS[0]);
    }
  }
}
