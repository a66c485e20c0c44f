/**
 * What is being written survives a reload, a closed tab, an expired session.
 *
 * Each <form data-draft="key"> keeps the fields a person has changed in this browser, under the
 * person's id (<html data-user>), and puts them back when the form is opened again, with a bar
 * that says so and can throw them away. An element with data-draft-done="key" on a later page
 * says that the words have arrived; only that ends a draft, because a submit alone proves nothing.
 *
 * Below the words of a form stands where they are: kept on this device, not yet sent; or that this
 * browser has no room for them, and then it asks before the page is left.
 *
 * A script that sends a form by itself tells the form so with the event "draft-keep": what is about
 * to be sent is kept before it leaves, because the tab may be gone before the answer comes.
 *
 * Passwords, files and hidden fields are never kept, but for a hidden field with data-draft-keep:
 * the version the words were typed on comes back with them, so that a later save meets the text
 * that somebody else has written meanwhile. Without a log-in the words live only as
 * long as the tab: the next visitor of a shared machine must not meet them.
 */

const PAUSE_MS = 400;
const KEEP_MS = 30 * 24 * 60 * 60 * 1000;
const PREFIX = "draft:";
const NEVER_KEPT = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);

/** The name a draft is stored under. */
export function storageName(user, key) {
  return `${PREFIX}${user}:${key}`;
}

/** Whether a field's words may be kept: named, in use, and nothing secret. */
export function isKept(field) {
  if (isCarried(field)) return true;
  return Boolean(field.name) && !field.disabled && !NEVER_KEPT.has(field.type);
}

/** Whether a hidden field goes along with the words. */
export function isCarried(field) {
  return field.type === "hidden" && field.dataset?.draftKeep !== undefined;
}

/** The fields' values as {name: [value, …]}; of boxes and choices, the chosen ones. */
export function readFields(fields) {
  const values = {};
  for (const field of fields) {
    if (!isKept(field)) continue;
    const found = (values[field.name] ??= []);
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) found.push(field.value);
    } else if (field.type === "select-multiple") {
      found.push(...Array.from(field.selectedOptions, (option) => option.value));
    } else {
      found.push(field.value);
    }
  }
  return values;
}

/** Put values as from `readFields` back; names the form no longer has are passed over. */
export function writeFields(fields, values) {
  const used = {};
  for (const field of fields) {
    const kept = values[field.name];
    if (!isKept(field) || !kept) continue;
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = kept.includes(field.value);
    } else if (field.type === "select-multiple") {
      for (const option of field.options) option.selected = kept.includes(option.value);
    } else {
      const index = used[field.name] ?? 0;
      used[field.name] = index + 1;
      if (index < kept.length) field.value = kept[index];
    }
  }
}

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** Of `current`, what differs from `initial` or was already part of an earlier draft. */
export function changedValues(initial, current, earlier = {}) {
  return Object.fromEntries(
    Object.entries(current).filter(
      ([name, value]) => name in earlier || !isSame(value, initial[name]),
    ),
  );
}

/** The draft in a stored text: {at, values}, or null when it is unreadable or too old. */
export function parseDraft(text, now) {
  try {
    const draft = JSON.parse(text);
    return draft?.values && now - draft.at < KEEP_MS ? draft : null;
  } catch {
    return null;
  }
}

/** Remove drafts, whoever's, that nobody came back for. */
export function pruneDrafts(storage, now) {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  for (const name of names) {
    if (name.startsWith(PREFIX) && !parseDraft(storage.getItem(name), now)) {
      storage.removeItem(name);
    }
  }
}

/** Watch a form; answers with the function that ends its draft once the words have arrived. */
function keepDraftOf(form, storage, name) {
  let initial = readFields(form.elements);
  const draft = parseDraft(storage.getItem(name), Date.now());
  let earlier = draft?.values ?? {};
  let timer;

  function save() {
    clearTimeout(timer);
    const values = changedValues(initial, readFields(form.elements), earlier);
    if (Object.keys(values).length === 0) {
      storage.removeItem(name);
      tellKept(form, "");
      return;
    }
    try {
      const carried = readFields(Array.from(form.elements).filter(isCarried));
      storage.setItem(name, JSON.stringify({ at: Date.now(), values: { ...carried, ...values } }));
      tellKept(form, "kept");
    } catch {
      // The browser's store is full or closed: writing goes on, only without this net.
      tellKept(form, "unkept");
    }
  }

  function saveSoon() {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  }

  function finish() {
    clearTimeout(timer);
    storage.removeItem(name);
    earlier = {};
    initial = readFields(form.elements);
    tellKept(form, "");
  }

  function discard() {
    form.reset();
    announceInput(form);
    finish();
  }

  if (draft) {
    writeFields(form.elements, earlier);
    if (!isSame(initial, readFields(form.elements))) {
      announceInput(form);
      showBar(form, draft.at, discard);
    } else if (!form.querySelector("[aria-invalid='true']")) {
      // The server already shows these very words: they have arrived.
      finish();
    }
  }
  form.addEventListener("input", saveSoon);
  form.addEventListener("change", saveSoon);
  form.addEventListener("submit", save);
  form.addEventListener("draft-keep", save);
  window.addEventListener("pagehide", () => form.isConnected && save());
  return finish;
}

/** Let scripts that watch the fields (growing text boxes) see the new words. */
function announceInput(form) {
  for (const field of form.elements) {
    if (isKept(field)) field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Say below a form whether its words are kept ("kept", "unkept"; "" for nothing to keep). */
function tellKept(form, state) {
  form.dataset.draftState = state;
  const template = document.querySelector("[data-draft-kept-template]");
  const place = form.querySelector(".form-actions");
  if (!template || !place) return;
  let line = form.querySelector("[data-draft-kept]");
  if (!line && state) {
    line = template.content.firstElementChild.cloneNode(true);
    place.after(line);
  }
  for (const words of line?.children ?? []) words.hidden = words.dataset.draftWords !== state;
}

function showBar(form, at, discard) {
  const template = document.querySelector("[data-draft-template]");
  if (!template) return;
  const bar = template.content.firstElementChild.cloneNode(true);
  const time = bar.querySelector("[data-draft-time]");
  time.dateTime = new Date(at).toISOString();
  time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "short",
  }).format(at);
  bar.querySelector("[data-draft-discard]").addEventListener("click", () => {
    discard();
    bar.remove();
    form.elements[0]?.focus();
  });
  form.prepend(bar);
}

function start() {
  const user = document.documentElement.dataset.user ?? "";
  const storage = user ? localStorage : sessionStorage;
  const finishers = new Map(); // form -> the function that ends its draft

  function attend() {
    for (const done of document.querySelectorAll("[data-draft-done]")) {
      const key = done.dataset.draftDone;
      storage.removeItem(storageName(user, key));
      for (const [form, finish] of finishers) if (form.dataset.draft === key) finish();
      delete done.dataset.draftDone; // said once: the next draft under this key is a new one
    }
    for (const form of document.querySelectorAll("form[data-draft]")) {
      if (finishers.has(form)) continue;
      finishers.set(form, keepDraftOf(form, storage, storageName(user, form.dataset.draft)));
    }
  }

  // Sending a form is no leaving.
  let isSending = false;
  document.addEventListener("submit", (event) => {
    isSending = !event.defaultPrevented;
  });
  window.addEventListener("beforeunload", (event) => {
    const unkept = document.querySelector("form[data-draft-state='unkept']");
    if (unkept && !isSending) event.preventDefault();
  });

  pruneDrafts(storage, Date.now());
  attend();
  // Forms and messages that htmx brings in later.
  document.addEventListener("htmx:load", attend);
}

if (typeof document !== "undefined") start();
