/**
 * Saving while one types: every form of the page goes to the server by itself, one request after
 * the other, and again until it has arrived.
 *
 * The words are also kept in this browser (drafts.js) until the server has them, so a lost line,
 * an ended session or a closed tab costs nothing. A save made from an old copy comes back with
 * both texts; nothing is overwritten.
 */

const PAUSE_MS = 900;
const RETRY_MS = 4000;
const HEADERS = { "X-Requested-With": "minutes" };

const page = document.querySelector("[data-minutes]");
const status = document.querySelector("[data-saving]");
const dialog = document.querySelector("[data-conflict]");

/** What is known of each form: the words the server has, a timer, whether it is on its way. */
const known = new WeakMap();
let underWay = Promise.resolve();

/** Say in the page's head how the saving stands; `kind` is saved, saving or unsaved. */
export function say(kind, words) {
  const line = document.createElement("span");
  line.className = kind;
  line.textContent = words;
  status.replaceChildren(line);
}

/** The form's fields as they are sent; the token and the version are no words. */
function wordsOf(form) {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  data.delete("version");
  return JSON.stringify([...data]);
}

const isNew = (form) => form.dataset.autosave === "new";
const isEmpty = (form) => !form.elements.text?.value.trim();

/** Whether there is something the server does not have. */
export function isUnsaved(form) {
  const state = known.get(form);
  if (!state || (isNew(form) && isEmpty(form) && !state.sent)) return false;
  return wordsOf(form) !== state.words;
}

/** Watch a form from now on; what stands in it counts as saved. */
export function watch(form) {
  if (known.has(form)) return;
  known.set(form, { words: wordsOf(form), timer: 0, isSending: false, sent: null, refused: null });
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
}

function saveSoon(form, wait = PAUSE_MS) {
  const state = known.get(form);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), wait);
}

/** Everything that is unsaved, and a promise of its having been tried. */
export async function saveAll() {
  const forms = Array.from(document.querySelectorAll("form[data-autosave]")).filter(isUnsaved);
  await Promise.all(forms.map(save));
  return !Array.from(document.querySelectorAll("form[data-autosave]")).some(isUnsaved);
}

/** Send a form that holds unsaved words. */
export async function save(form) {
  const state = known.get(form);
  clearTimeout(state.timer);
  if (!form.isConnected || state.isSending || !isUnsaved(form) || dialog.open) return;
  if (state.refused === wordsOf(form)) return;
  // A new decision goes out in its first words until an answer comes: the server may have made
  // it already and knows it by them. What was added since follows as a change.
  const data = isNew(form) && state.sent ? state.sent.data : new FormData(form);
  const words = isNew(form) && state.sent ? state.sent.words : wordsOf(form);
  if (isNew(form)) state.sent = { data, words };
  state.isSending = true;
  say("saving", page.dataset.textSaving);
  try {
    take(form, words, await post(form.action, data));
  } catch {
    say("unsaved", page.dataset.textOffline);
    saveSoon(form, RETRY_MS);
  } finally {
    state.isSending = false;
    if (!state.refused && isUnsaved(form) && !dialog.open) saveSoon(form, RETRY_MS);
  }
}

/** One request after the other, so that an answer never shows less than an earlier one. */
export function post(url, data) {
  const answer = underWay.then(() => send(url, data));
  underWay = answer.catch(() => {});
  return answer;
}

async function send(url, data) {
  data.set("csrfmiddlewaretoken", document.querySelector("#item-tools [name]").value);
  const response = await fetch(url, { method: "POST", body: data, headers: HEADERS });
  const isJson = response.headers.get("content-type")?.includes("json");
  if (response.redirected || !isJson) {
    return { status: response.redirected ? 401 : response.status, answer: {} };
  }
  return { status: response.status, answer: await response.json() };
}

/** What the server said to a form that was sent with these words. */
function take(form, words, { status: code, answer }) {
  const state = known.get(form);
  state.refused = null;
  if (code === 200) {
    state.words = words;
    state.sent = null;
    if (answer.version) form.elements.version.value = answer.version;
    clearErrors(form);
    say("saved", answer.saved);
    form.dispatchEvent(new CustomEvent("words-saved", { bubbles: true, detail: answer }));
    if (!isUnsaved(form)) endDraft(answer.draft);
  } else if (code === 409) {
    askWhichStays(form, answer.conflict);
  } else if (code === 401) {
    say("unsaved", page.dataset.textOffline);
    document.dispatchEvent(new CustomEvent("session-expired"));
  } else if (answer.errors) {
    state.sent = null;
    state.refused = words;
    say("unsaved", page.dataset.textFix);
    showErrors(form, answer.errors);
  } else {
    if (code < 500) state.refused = words;
    say("unsaved", answer.message ?? page.dataset.textFailed);
  }
}

/** Tell drafts.js that the words under this key have arrived. */
function endDraft(key) {
  if (!key) return;
  const done = document.createElement("span");
  done.hidden = true;
  done.dataset.draftDone = key;
  document.body.append(done);
  document.dispatchEvent(new CustomEvent("htmx:load"));
  done.remove();
}

function clearErrors(form) {
  for (const note of form.querySelectorAll("[data-error]")) note.remove();
  for (const field of form.querySelectorAll(".is-invalid")) {
    field.classList.remove("is-invalid");
    field.removeAttribute("aria-invalid");
  }
}

function showErrors(form, errors) {
  clearErrors(form);
  for (const [name, words] of Object.entries(errors)) {
    const found = form.elements[name] ?? form.elements[0];
    const field = found instanceof RadioNodeList ? found[found.length - 1] : found;
    const note = document.createElement("p");
    note.className = "invalid-feedback d-block";
    note.dataset.error = name;
    note.textContent = words;
    field.classList.add("is-invalid");
    field.setAttribute("aria-invalid", "true");
    field.closest("details:not([open])")?.setAttribute("open", "");
    field.after(note);
  }
}

/** Two texts of one thing: ask which stays, or both. */
function askWhichStays(form, html) {
  dialog.innerHTML = html;
  const question = dialog.querySelector("[data-conflict-form]");
  question.addEventListener("submit", async (event) => {
    event.preventDefault();
    const data = new FormData(question);
    const version = data.get("version");
    try {
      const { status: code, answer } = await post(form.action, data);
      dialog.close();
      if (code === 200) {
        endDraft(form.dataset.draft);
        location.reload();
      } else if (code === 409) askWhichStays(form, answer.conflict);
      else take(form, wordsOf(form), { status: code, answer });
    } catch {
      dialog.close();
      form.elements.version.value = version;
      say("unsaved", page.dataset.textOffline);
    }
  });
  dialog.querySelector("[data-conflict-cancel]").addEventListener("click", (event) => {
    event.preventDefault();
    endDraft(form.dataset.draft);
    known.get(form).words = wordsOf(form);
    location.reload();
  });
  dialog.showModal();
}

function retryAll() {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    if (isUnsaved(form)) saveSoon(form, 0);
  }
}
window.addEventListener("online", retryAll);
document.addEventListener("session-renewed", retryAll);
