/**
 * Saving while one types: every form of the page goes to the server by itself, one request after
 * the other, and again until it has arrived.
 *
 * The words are also kept in this browser (drafts.js) until the server has them, so a lost line,
 * an ended session or a closed tab costs nothing. A save made from an old copy comes back with
 * both texts; nothing is overwritten.
 *
 * What was sent without an answer is noted in the form's field "unanswered" and goes out again in
 * the very same words: the server may have taken it in already, and knows it by them. What was
 * added since follows as a change. The draft keeps the note, so this holds for a reopened tab too.
 */

import { ask, isAsking, onClose } from "./conflict.js";
import { post, quiet, say, texts } from "./line.js";

const PAUSE_MS = 900;
const RETRY_MS = 4000;
const NO_WORDS = new Set(["version", "form_key"]);
const NEVER_SENT = new Set(["csrfmiddlewaretoken", "unanswered"]);

/**
 * What is known of each form: the words the server has, a timer, whether it is on its way, and
 * which words the server would not take in, and why.
 */
const known = new WeakMap();

const forms = () => Array.from(document.querySelectorAll("form[data-autosave]"));
const isNew = (form) => form.dataset.autosave === "new";

/** What a form would send, as [name, value]. */
export const entriesOf = (form) =>
  [...new FormData(form)].filter(([name]) => !NEVER_SENT.has(name));

/** What a person has typed or chosen, as a text to compare. */
const wordsIn = (entries) =>
  JSON.stringify(entries.filter(([name]) => !NO_WORDS.has(name)).sort());
const wordsOf = (form) => wordsIn(entriesOf(form));

/** The words a form came with from the server, whatever stands in it by now. */
function wordsServed(form) {
  const copy = form.cloneNode(true);
  copy.reset();
  return wordsOf(copy);
}

/** Whether there is something the server does not have, or may not have. */
export function isUnsaved(form) {
  const state = known.get(form);
  if (!state) return false;
  if (form.elements.unanswered.value) return true;
  if (isNew(form) && !form.elements.text.value.trim()) return false;
  return wordsOf(form) !== state.words;
}

/** Sent and not taken in: to send the same words again would change nothing. */
const isRefused = (form) => known.get(form)?.refused === wordsOf(form);

/** Watch a form from now on; a draft that has come back into it is sent at once. */
export function watch(form) {
  known.set(form, {
    words: wordsServed(form),
    timer: 0,
    isSending: false,
    refused: null,
    reason: "",
  });
  form.addEventListener("input", () => saveSoon(form));
  form.addEventListener("change", () => saveSoon(form));
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) save(form);
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter && !event.submitter.matches("[data-save]")) return;
    event.preventDefault();
    save(form);
  });
  if (isUnsaved(form)) saveSoon(form, 0);
}

/** The server has these words of the form; left out, what stands in it. */
export function markSaved(form, entries = entriesOf(form)) {
  known.get(form).words = wordsIn(entries);
}

function saveSoon(form, wait = PAUSE_MS) {
  const state = known.get(form);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), wait);
}

/** Send everything the server does not have; the forms that hold something even then. */
export async function saveAll() {
  let goesOn = true;
  while (goesOn) {
    await quiet();
    const taken = await Promise.all(forms().filter(isUnsaved).map(save));
    goesOn = taken.some(Boolean); // a first answer may leave a change to be sent after it
  }
  return forms().filter(isUnsaved);
}

/** Send a form that holds unsaved words; whether the server has taken them in. */
export async function save(form) {
  const state = known.get(form);
  clearTimeout(state.timer);
  if (!form.isConnected || state.isSending || isAsking()) return false;
  if (!isUnsaved(form) || isRefused(form)) return false;
  const entries = unanswered(form) ?? entriesOf(form);
  note(form, JSON.stringify(entries));
  state.isSending = true;
  say("saving", texts.textSaving);
  const reply = await post(form.action, entries).catch(() => null);
  try {
    if (reply) take(form, entries, reply);
    else say("unsaved", texts.textOffline);
  } finally {
    state.isSending = false;
  }
  // After the end of the session only a log-in helps.
  if (reply?.status !== 401 && isUnsaved(form) && !isRefused(form)) {
    saveSoon(form, form.elements.unanswered.value ? RETRY_MS : PAUSE_MS);
  }
  return reply?.status === 200;
}

function unanswered(form) {
  return JSON.parse(form.elements.unanswered.value || "null");
}

/** Write the note; drafts.js keeps it with the words, before anything is sent. */
function note(form, text) {
  form.elements.unanswered.value = text;
  form.dispatchEvent(new CustomEvent("draft-keep"));
}

/** What the server said to a form that was sent with these fields. */
function take(form, entries, { status: code, answer }) {
  const state = known.get(form);
  state.refused = null;
  if (code === 401 || code >= 500) {
    say("unsaved", code === 401 ? texts.textExpired : texts.textFailed);
    return;
  }
  note(form, "");
  clearErrors(form);
  if (code === 200) {
    takeIn(form, entries, answer);
    return;
  }
  // What an older wording was told says nothing about what stands there now: that is sent next.
  if (wordsOf(form) !== wordsIn(entries)) return;
  state.refused = wordsIn(entries);
  state.reason = answer.message ?? (answer.errors ? texts.textFix : texts.textRefused);
  if (code === 409) {
    state.reason = texts.textConflict;
    askWhichStays(form, answer.conflict);
  }
  if (answer.errors) showErrors(form, answer.errors);
  say("unsaved", state.reason);
}

function takeIn(form, entries, answer) {
  const detail = { entries, answer };
  if (!isNew(form)) {
    markSaved(form, entries);
    form.elements.version.value = answer.version;
  }
  form.dispatchEvent(new CustomEvent("words-saved", { bubbles: true, detail }));
  if (!isUnsaved(form)) endDraft(answer.draft);
  const [left] = forms().filter(isUnsaved).sort((one, other) => isRefused(other) - isRefused(one));
  if (!left) say("saved", answer.saved);
  else if (isRefused(left)) say("unsaved", known.get(left).reason);
}

function askWhichStays(form, html) {
  ask(form.action, html, {
    settled() {
      markSaved(form);
      endDraft(form.dataset.draft);
      location.reload();
    },
    refused: (reply) => take(form, entriesOf(form), reply),
  });
}

/** Tell drafts.js that the words under this key have arrived. */
function endDraft(key) {
  const done = document.createElement("span");
  done.hidden = true;
  done.dataset.draftDone = key;
  document.body.append(done);
  document.dispatchEvent(new CustomEvent("htmx:load"));
  done.remove();
}

// --- Fields to mend --------------------------------------------------------------------------
function clearErrors(form) {
  for (const line of form.querySelectorAll("[data-error]")) line.remove();
  for (const field of form.querySelectorAll(".is-invalid")) {
    field.classList.remove("is-invalid");
    field.removeAttribute("aria-invalid");
  }
}

function showErrors(form, errors) {
  for (const [name, words] of Object.entries(errors)) {
    const found = form.elements[name] ?? form.elements[0];
    const field = found instanceof RadioNodeList ? found[found.length - 1] : found;
    const line = document.createElement("p");
    line.className = "invalid-feedback d-block";
    line.dataset.error = name;
    line.textContent = words;
    field.classList.add("is-invalid");
    field.setAttribute("aria-invalid", "true");
    field.closest("details:not([open])")?.setAttribute("open", "");
    field.after(line);
  }
}

// --- When the line is back -------------------------------------------------------------------
function sendWhatWaits() {
  for (const form of forms()) if (isUnsaved(form)) saveSoon(form, 0);
}
window.addEventListener("online", sendWhatWaits);
document.addEventListener("session-renewed", sendWhatWaits);
document.addEventListener("visibilitychange", () => document.hidden || sendWhatWaits());
onClose(sendWhatWaits);
