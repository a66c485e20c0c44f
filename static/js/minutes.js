/**
 * The page one types on during a meeting. It saves by itself (minutes/saving.js), shows one item
 * at a time (minutes/agenda.js) and offers who carries a decision out (minutes/decisions.js).
 * Without this script every form on the page has its own button and works.
 */

import { start as startAgenda } from "./minutes/agenda.js";
import { start as startDecisions } from "./minutes/decisions.js";
import { saveAll } from "./minutes/saving.js";

document.querySelector("[data-minutes]").classList.add("is-scripted");
startDecisions();
startAgenda();

// A sentence in common use goes where the cursor stood last.
let lastField = null;
document.addEventListener("focusout", (event) => {
  if (event.target.matches("[data-items] textarea")) lastField = event.target;
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-phrase]");
  if (!button) return;
  const item = button.closest("[data-item]");
  const name = button.dataset.phrase;
  const isHere = lastField?.name === name && item.contains(lastField) && lastField.isConnected;
  const field = isHere ? lastField : (item.querySelector(`details[open] [name='${name}']`) ??
    item.querySelector(`[name='${name}']`));
  if (!field) return;
  field.closest("details:not([open])")?.setAttribute("open", "");
  const at = isHere ? field.selectionStart : field.value.length;
  const before = field.value.slice(0, at);
  const gap = before && !/\s$/.test(before) ? " " : "";
  field.setRangeText(gap + button.textContent, at, at, "end");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  button.closest("details").open = false;
});

// Whatever leads away waits for the words to arrive.
document.addEventListener("click", async (event) => {
  const away = event.target.closest(".actions a[href], .decision-tools a[href]");
  if (!away || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  await saveAll();
  location.assign(away.href);
});
document.getElementById("item-tools").addEventListener("submit", async (event) => {
  if (event.submitter?.dataset.ready) return;
  event.preventDefault();
  const button = event.submitter;
  await saveAll();
  button.dataset.ready = "1";
  event.target.requestSubmit(button);
});
