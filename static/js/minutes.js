/**
 * The page one types on during a meeting. Without this script every form on it has its own
 * button and works.
 *
 * Here events meet what they do. The rest is in minutes/: line.js (requests), conflict.js (two
 * texts), saving.js (forms that save by themselves), agenda.js (one item at a time), decisions.js
 * (new ones, who carries them out). They import each other in one direction only; names that
 * carry a hash of the content allow no circle.
 */

import { allArrived, renew, start as startAgenda } from "./minutes/agenda.js";
import { start as startDecisions } from "./minutes/decisions.js";

document.querySelector("[data-minutes]").classList.add("is-scripted");
startDecisions();
startAgenda();

for (const event of ["words-saved", "decision-removed"]) {
  document.addEventListener(event, ({ target }) => renew(target.closest("[data-item]")));
}

// A sentence in common use goes where the cursor stood last.
let lastField = null;
document.addEventListener("focusout", ({ target }) => {
  if (target.matches("[data-items] textarea")) lastField = target;
});
document.addEventListener("decision-made", ({ target, detail: made }) => {
  if (lastField?.form === target) lastField = made.elements[lastField.name];
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-phrase]");
  if (!button) return;
  const item = button.closest("[data-item]");
  const name = button.dataset.phrase;
  const isHere = lastField?.name === name && item.contains(lastField);
  const field = isHere ? lastField : item.querySelector(`[data-new-decision] [name='${name}']`) ??
    item.querySelector(`[name='${name}']`);
  field.closest("details:not([open])")?.setAttribute("open", "");
  const at = isHere ? field.selectionStart : field.value.length;
  const before = field.value.slice(0, at);
  const gap = before && !/\s$/.test(before) ? " " : "";
  field.setRangeText(gap + button.textContent, at, at, "end");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  button.closest("details").open = false;
});

// Whatever leads away waits for the words to arrive, and stays while they cannot: minutes must not
// be settled or printed without them. The head of the page says what is the matter.
document.addEventListener("click", async (event) => {
  const away = event.target.closest(".actions a[href], .decision-tools a[href]");
  if (!away || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (await allArrived()) location.assign(away.href);
});
for (const form of document.querySelectorAll("#item-tools, .add-item")) {
  let isReady = false;
  form.addEventListener("submit", async (event) => {
    if (isReady) return;
    event.preventDefault();
    const button = event.submitter;
    isReady = await allArrived();
    // With nothing to send this is still the same submission, which cannot be asked for twice.
    await new Promise((resolve) => setTimeout(resolve));
    if (isReady) form.requestSubmit(button);
    isReady = false;
  });
}
