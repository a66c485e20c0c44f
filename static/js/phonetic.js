/**
 * Bengali for whoever has only Latin letters on the keyboard: "ami" becomes আমি at the next space.
 *
 * A form includes components/phonetic.html, which holds the switch, and marks its text boxes with
 * data-phonetic. Off until somebody switches it on; this browser remembers. The engine (Avro
 * Phonetic, made into a module by the build) is fetched at the first switching on.
 *
 * A word is converted when a blank follows it, and the last one when its box is left or its form
 * sent. Backspace right after gives the letters back and leaves that word alone.
 */

const REMEMBERED = "phonetic";
// Addresses of pages and people stay as typed.
const KEPT = /@|:\/\/|^www\./i;
const LATIN = /[A-Za-z0-9]/;
// 1.5 and 15.11.2026: the engine would make every point a daṇḍa.
const NUMBER = /^\d[\d.,:/-]*$/;

/** Where the word before `end` starts. */
export function wordStart(text, end) {
  let start = end;
  while (start > 0 && !/\s/.test(text[start - 1])) start -= 1;
  return start;
}

/** The word in Bengali; the same when there is nothing in it to convert. */
export function converted(word, parse) {
  if (!LATIN.test(word) || KEPT.test(word)) return word;
  if (NUMBER.test(word)) return inBengaliDigits(word);
  return parse(word).normalize("NFC");
}

function inBengaliDigits(number) {
  return number.replace(/\d/g, (digit) => "০১২৩৪৫৬৭৮৯"[digit]).replace(/\.$/, "।");
}

/**
 * One text box as it is typed in: remembers the last conversion, for Backspace.
 *
 * `parse` turns Latin letters into Bengali. `text` and `caret` are what stands in the box now;
 * each method answers with what should stand there, {text, caret}, or null for no change.
 */
export class Typist {
  #parse;
  #last = null; // {start, end, latin}: what Backspace at `end` takes back
  #kept = null; // {start, word}: taken back once, so not converted again

  constructor(parse) {
    this.#parse = parse;
  }

  /** After a sign was typed: convert the word that a blank has just ended. */
  typed(text, caret) {
    this.#last = null;
    if (caret < 1 || !/\s/.test(text[caret - 1])) return null;
    return this.#convert(text, caret - 1, caret);
  }

  /** On leaving the box: convert the word that ends at the caret. */
  left(text, caret) {
    if (caret < text.length && !/\s/.test(text[caret])) return null;
    const done = this.#convert(text, caret, caret);
    this.#last = null;
    return done;
  }

  /** On Backspace: give the letters of the word just converted back. */
  back(text, caret) {
    const last = this.#last;
    this.#last = null;
    if (!last || caret !== last.end) return null;
    this.#kept = { start: last.start, word: last.latin };
    return {
      text: text.slice(0, last.start) + last.latin + text.slice(caret),
      caret: last.start + last.latin.length,
    };
  }

  #convert(text, wordEnd, caret) {
    const start = wordStart(text, wordEnd);
    const latin = text.slice(start, wordEnd);
    if (this.#kept?.start === start && this.#kept.word === latin) return null;
    const bengali = converted(latin, this.#parse);
    if (bengali === latin) return null;
    const end = start + bengali.length + (caret - wordEnd);
    this.#last = { start, end, latin };
    return { text: text.slice(0, start) + bengali + text.slice(wordEnd), caret: end };
  }
}

function start(holder) {
  const box = holder.querySelector("input[type=checkbox]");
  const form = holder.closest("form");
  const typists = new WeakMap(); // text box -> Typist
  let parse = null;

  const isMeant = (field) => parse && box.checked && field?.matches?.("[data-phonetic]");

  function typistOf(field) {
    if (!typists.has(field)) typists.set(field, new Typist(parse));
    return typists.get(field);
  }

  function put(field, wanted) {
    if (!wanted) return false;
    field.value = wanted.text;
    field.setSelectionRange(wanted.caret, wanted.caret);
    // Drafts and growing boxes want to know.
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }

  async function load() {
    try {
      parse ??= (await import(holder.dataset.engine)).parse;
      holder.removeAttribute("data-failed");
    } catch {
      box.checked = false;
      holder.dataset.failed = "";
    }
    holder.querySelector("[data-phonetic-failed]").hidden = !("failed" in holder.dataset);
    holder.querySelector("[data-phonetic-help]").hidden = !box.checked;
  }

  function finish(field) {
    if (!isMeant(field) || field.selectionStart !== field.selectionEnd) return;
    put(field, typistOf(field).left(field.value, field.selectionEnd));
  }

  box.addEventListener("change", (event) => {
    event.stopPropagation(); // not a word of the form's draft
    remember(box.checked);
    load();
  });
  form.addEventListener("input", (event) => {
    const field = event.target;
    if (!event.inputType?.startsWith("insert") || event.inputType === "insertFromPaste") return;
    if (!isMeant(field) || field.selectionStart !== field.selectionEnd) return;
    put(field, typistOf(field).typed(field.value, field.selectionEnd));
  });
  form.addEventListener("beforeinput", (event) => {
    const field = event.target;
    if (event.inputType !== "deleteContentBackward" || !isMeant(field)) return;
    if (field.selectionStart !== field.selectionEnd) return;
    if (put(field, typistOf(field).back(field.value, field.selectionEnd))) event.preventDefault();
  });
  form.addEventListener("focusout", (event) => finish(event.target));
  form.addEventListener("submit", () => finish(document.activeElement), { capture: true });

  holder.hidden = false;
  box.checked = isRemembered();
  if (box.checked) load();
}

function remember(isOn) {
  try {
    if (isOn) localStorage.setItem(REMEMBERED, "on");
    else localStorage.removeItem(REMEMBERED);
  } catch {
    // A browser that keeps nothing asks again on the next page.
  }
}

function isRemembered() {
  try {
    return localStorage.getItem(REMEMBERED) === "on";
  } catch {
    return false;
  }
}

if (typeof document !== "undefined") document.querySelectorAll("[data-phonetic-switch]").forEach(start);
