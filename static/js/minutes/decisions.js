/** Decisions: a new one gets a form of its own, who carries it out, taken out and brought back. */

import { act, say } from "./line.js";
import { entriesOf, isUnsaved, markSaved, watch } from "./saving.js";

const picker = document.querySelector("[data-picker]");
const ticks = Array.from(picker.querySelectorAll("input[type='checkbox']"));
const blank = document.querySelector("[data-decision-template]");
const CHOSEN = "chosen";
let counter = 0;
let picking = null; // the form whose implementers are being picked

// --- Who carries it out ----------------------------------------------------------------------
const codesIn = (entries) =>
  entries.filter(([name]) => name === CHOSEN).map(([, code]) => code).sort().join();

/** Show `choices` ({code, label}) as those who carry the decision out. */
function choose(form, choices) {
  form.querySelector("[data-chosen]").replaceChildren(
    ...choices.map(({ code }) => {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = CHOSEN;
      field.value = code;
      return field;
    }),
  );
  const chips = form.querySelector("[data-chips]");
  for (const old of chips.querySelectorAll("[data-chip]")) old.remove();
  for (const { code, label } of choices.toReversed()) {
    const chip = document.createElement("span");
    chip.className = "chip";
    chip.dataset.chip = code;
    chip.textContent = label;
    chips.prepend(chip, " ");
  }
}

const choiceOf = (tick) => ({ code: tick.value, label: tick.dataset.label });
const choicesOf = (form) =>
  Array.from(form.querySelectorAll("[data-chip]"), (chip) => ({
    code: chip.dataset.chip,
    label: chip.textContent,
  }));
const ticked = () => ticks.filter((tick) => tick.checked).map(choiceOf);
const named = (choices) => choices.map(({ label }) => label).join(", ");

function pick(form) {
  const codes = new Set(choicesOf(form).map(({ code }) => code));
  for (const tick of ticks) tick.checked = codes.has(tick.value);
  picker.dataset.words = named(ticked());
  picking = form;
  picker.showModal();
}

function picked() {
  const choices = ticked();
  const field = picking.elements.implementer_text;
  // Words somebody typed stay; words made of ticks follow the ticks.
  if (!field.value.trim() || field.value.trim() === picker.dataset.words) {
    field.value = named(choices);
  }
  choose(picking, choices);
  picker.close();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The server has told whom it found in the words; what was picked since stands. */
function takeChosen(form, entries, choices) {
  if (codesIn(entriesOf(form)) !== codesIn(entries)) return;
  choose(form, choices);
  const others = entries.filter(([name]) => name !== CHOSEN);
  markSaved(form, [...others, ...choices.map(({ code }) => [CHOSEN, code])]);
}

// --- A new one -------------------------------------------------------------------------------
/** A number for a form that was not on the page when the server sent it. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** A form for a decision that exists by now, with the words the server has of it. */
function formFor(entries, { url, remove_url: removeUrl, key, version }) {
  counter += 1;
  const form = blank.content.firstElementChild.cloneNode(true);
  for (const element of form.querySelectorAll("[id], [for], [aria-describedby]")) {
    for (const name of ["id", "for", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace("blank", `blank${counter}`));
    }
  }
  form.action = url;
  form.dataset.autosave = "";
  form.dataset.draft = key;
  form.elements.form_key.remove();
  for (const [name, value] of entries) {
    if (form.elements[name]) form.elements[name].defaultValue = value;
  }
  form.elements.version.value = version;
  const remove = form.querySelector("[data-remove]");
  remove.hidden = false;
  remove.setAttribute("formaction", removeUrl);
  const link = form.querySelector("[data-link]");
  link.hidden = false;
  link.href = url;
  return form;
}

/** The decision has its place in the list; the form it was typed into is empty again. */
function settle(form, entries, answer) {
  // Where the first answer was lost, a reopened page may show the decision already.
  const there = document.getElementById(answer.key)?.querySelector("form");
  const made = there ?? addForm(form.closest("[data-item]"), entries, answer);
  takeOver(made, form, entries, answer.version);
  empty(form);
}

function addForm(item, entries, answer) {
  const made = formFor(entries, answer);
  const box = document.createElement("div");
  box.id = answer.key;
  box.dataset.decision = "";
  box.append(made);
  item.querySelector("[data-decisions]").append(box);
  choose(made, answer.chosen);
  prepare(made);
  document.dispatchEvent(new CustomEvent("htmx:load")); // drafts.js attends to it
  return made;
}

/** What was typed or picked since the words were sent goes on in the decision's own form. */
function takeOver(made, form, entries, version) {
  const sent = Object.fromEntries(entries);
  const fields = ["text", "implementer_text", "due_text"].map((name) => form.elements[name]);
  const newer = fields.filter(({ name, value }) => value !== sent[name]);
  for (const { name, value } of newer) made.elements[name].value = value;
  const isPicked = codesIn(entriesOf(form)) !== codesIn(entries);
  if (isPicked) choose(made, choicesOf(form));
  if (isPicked || newer.length > 0) made.elements.version.value = version;
  const written = fields.find((field) => field === document.activeElement);
  if (written) {
    const { selectionStart, selectionEnd } = written;
    made.elements[written.name].focus();
    made.elements[written.name].setSelectionRange(selectionStart, selectionEnd);
  }
  if (picking === form) picking = made;
  if (isUnsaved(made)) made.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
  form.dispatchEvent(new CustomEvent("decision-made", { bubbles: true, detail: made }));
}

function empty(form) {
  form.querySelector("[data-draft-discard]")?.parentElement.remove();
  form.reset();
  choose(form, []);
  form.elements.form_key.value = newKey();
  markSaved(form);
  form.closest("[data-new-decision]").open = false;
}

// --- Taken out, brought back -----------------------------------------------------------------
async function remove(form, button) {
  const answer = await act(button.formAction);
  if (!answer) return;
  const item = form.closest("[data-item]");
  form.closest("[data-decision]").remove();
  item.querySelector("[data-new-decision] summary").focus();
  item.dispatchEvent(new CustomEvent("decision-removed", { bubbles: true }));
  say("saved", answer.saved);
  document.dispatchEvent(new CustomEvent("toast", { detail: answer.undo }));
}

// --- Every form ------------------------------------------------------------------------------
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
  picker.querySelector("[data-picked]").addEventListener("click", picked);
  picker.querySelector("[data-picker-close]").addEventListener("click", () => picker.close());
  document.addEventListener("words-saved", (event) => {
    const { entries, answer } = event.detail;
    if (event.target.dataset.autosave === "new") settle(event.target, entries, answer);
    else if (answer.chosen) takeChosen(event.target, entries, answer.chosen);
  });
}
