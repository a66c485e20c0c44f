/** Decisions: new ones under an item, who carries them out, taken out and brought back. */

import { markDiscussed } from "./agenda.js";
import { post, say, watch } from "./saving.js";

const picker = document.querySelector("[data-picker]");
const blank = document.querySelector("[data-decision-template]");
let counter = 0;

/** A number for a form that was not on the page when the server sent it. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** An empty form like the one the page came with. */
function blankForm(action, key) {
  counter += 1;
  const form = blank.content.firstElementChild.cloneNode(true);
  for (const element of form.querySelectorAll("[id], [for], [aria-describedby]")) {
    for (const name of ["id", "for", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace("blank", `blank${counter}`));
    }
  }
  form.action = action;
  form.elements.form_key.value = newKey();
  form.dataset.draft = key;
  return form;
}

/** A form whose decision now exists takes its place in the list; a new empty one follows. */
function settle(form, { url, remove_url: removeUrl, key }) {
  const place = form.closest("[data-new-decision]");
  const createUrl = form.action;
  const draft = form.dataset.draft;
  const item = form.closest("[data-item]");
  const box = document.createElement("div");
  const focused = form.contains(document.activeElement) ? document.activeElement : null;
  const selection = focused?.selectionStart;
  box.dataset.decision = "";
  item.querySelector("[data-decisions]").append(box);
  form.action = url;
  form.dataset.autosave = "";
  form.dataset.draft = key;
  const remove = form.querySelector("[data-remove]");
  remove.hidden = false;
  remove.setAttribute("formaction", removeUrl);
  const link = form.querySelector("[data-link]");
  link.hidden = false;
  link.href = url;
  box.append(form);
  if (focused) {
    focused.focus();
    if (selection !== undefined) focused.setSelectionRange?.(selection, selection);
  }
  const next = blankForm(createUrl, draft);
  place.append(next);
  place.open = false;
  prepare(next);
  document.dispatchEvent(new CustomEvent("htmx:load")); // drafts.js attends to the new form
}

// --- Who carries it out ----------------------------------------------------------------------
function pick(form) {
  const chosen = new Set(Array.from(form.querySelectorAll("[name='chosen']"), (box) => box.value));
  const boxes = Array.from(picker.querySelectorAll("input[type='checkbox']"));
  for (const box of boxes) box.checked = chosen.has(box.value);
  const wordsOf = (ticked) => ticked.map((box) => box.dataset.label).join(", ");
  const before = wordsOf(boxes.filter((box) => box.checked));
  const done = picker.querySelector("[data-picked]");
  done.onclick = () => {
    const ticked = boxes.filter((box) => box.checked);
    const field = form.elements.implementer_text;
    // Words somebody typed stay; words made of ticks follow the ticks.
    if (!field.value.trim() || field.value.trim() === before) field.value = wordsOf(ticked);
    form.querySelector("[data-chosen]").replaceChildren(
      ...ticked.map((box) => {
        const hidden = document.createElement("input");
        hidden.type = "hidden";
        hidden.name = "chosen";
        hidden.value = box.value;
        return hidden;
      }),
    );
    showChips(form, ticked);
    picker.close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  picker.showModal();
}

function showChips(form, ticked) {
  const chips = form.querySelector("[data-chips]");
  for (const old of chips.querySelectorAll("[data-chip]")) old.remove();
  for (const box of ticked.toReversed()) {
    const chip = document.createElement("span");
    chip.className = "chip";
    chip.dataset.chip = box.value;
    chip.textContent = box.dataset.label;
    chips.prepend(chip, " ");
  }
}

// --- Taken out, brought back -----------------------------------------------------------------
async function remove(form, button) {
  try {
    const { status, answer } = await post(button.formAction, new FormData());
    if (status !== 200) {
      say("unsaved", answer.message ?? "");
      return;
    }
    form.closest("[data-decision]").remove();
    say("saved", answer.saved);
    document.dispatchEvent(
      new CustomEvent("toast", { detail: { text: answer.undo.text, undo: answer.undo.undo } }),
    );
  } catch {
    say("unsaved", document.querySelector("[data-minutes]").dataset.textOffline);
  }
}

function prepare(form) {
  const button = form.querySelector("[data-pick]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => pick(form));
  }
  form.querySelector("[data-remove]")?.addEventListener("click", (event) => {
    event.preventDefault();
    remove(form, event.currentTarget);
  });
  watch(form);
}

export function start() {
  for (const form of document.querySelectorAll("form[data-autosave]")) prepare(form);
  picker?.querySelector("[data-picker-close]").addEventListener("click", () => picker.close());
  document.addEventListener("words-saved", (event) => {
    const form = event.target;
    const item = form.closest("[data-item]");
    if (item) markDiscussed(item.dataset.item);
    if (event.detail.url && form.dataset.autosave === "new") settle(form, event.detail);
  });
}
