/**
 * One's marks of an idea: kept as a draft while one chooses, and what they come to so far.
 *
 * Without this script the buttons of the form do everything. The marks also stay in this browser
 * (drafts.js) until the server has them. Only the button says that one stands by them.
 */

import { token } from "./minutes/token.js";

const PAUSE_MS = 900;
const RETRY_MS = 4000;
const LONGEST_MS = 30_000;
const MOST = 5;

const form = document.querySelector("form[data-score]");
const status = document.querySelector("[data-saving]");

const wordsIn = (data) =>
  JSON.stringify([...data].filter(([name]) => !["csrfmiddlewaretoken", "version"].includes(name)));

function say(kind, words) {
  const line = document.createElement("span");
  line.className = kind;
  line.textContent = words;
  status.replaceChildren(line);
}

/** Tell drafts.js that the marks have arrived. */
function endDraft(key) {
  const done = document.createElement("span");
  done.hidden = true;
  done.dataset.draftDone = key;
  document.body.append(done);
  document.dispatchEvent(new CustomEvent("htmx:load"));
  done.remove();
}

function start() {
  const line = form.querySelector("[data-total-line]");
  const bengali = document.documentElement.lang.startsWith("bn");
  const format = new Intl.NumberFormat(bengali ? "bn-BD" : "en", { maximumFractionDigits: 2 });
  let known = wordsIn(new FormData(form));
  let refused = "";
  let isSending = false;
  let isLeaving = false;
  let timer;

  function tellTotal() {
    const chosen = Array.from(form.querySelectorAll("input[type='radio']:checked"));
    const total = chosen.reduce((sum, one) => sum + (one.dataset.weight * one.value) / MOST, 0);
    line.hidden = chosen.length === 0;
    line.querySelector("[data-total]").textContent = format.format(total);
  }

  function saveSoon(wait = PAUSE_MS) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  async function save() {
    clearTimeout(timer);
    const data = new FormData(form);
    const words = wordsIn(data);
    if (isSending || isLeaving || words === known || words === refused) return;
    data.set("csrfmiddlewaretoken", token());
    isSending = true;
    say("saving", form.dataset.textSaving);
    try {
      await send(data, words);
    } catch {
      say("unsaved", form.dataset.textOffline);
      saveSoon(RETRY_MS);
    } finally {
      isSending = false;
    }
    if (wordsIn(new FormData(form)) !== words) saveSoon();
  }

  async function send(data, words) {
    const response = await fetch(location.href, {
      method: "POST",
      body: data,
      headers: { "X-Requested-With": "score" },
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    if (response.redirected || response.status === 401) {
      document.dispatchEvent(new CustomEvent("session-expired"));
      say("unsaved", form.dataset.textExpired);
      return;
    }
    if (response.status >= 500) throw new Error("the server is in trouble");
    const isJson = response.headers.get("content-type")?.includes("json");
    const answer = isJson ? await response.json() : { message: form.dataset.textRefused };
    if (!response.ok) {
      refused = words;
      say("unsaved", answer.message);
      return;
    }
    known = words;
    form.elements.version.value = answer.version;
    say("saved", answer.saved);
    if (wordsIn(new FormData(form)) === words) endDraft(answer.draft);
  }

  form.addEventListener("input", () => saveSoon());
  form.addEventListener("change", () => {
    tellTotal();
    saveSoon(0);
  });
  // A draft on its way would make the form's own version old: the button waits for its answer.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!isSending) {
      isLeaving = true;
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    const wait = setInterval(() => {
      if (isSending) return;
      clearInterval(wait);
      clearTimeout(timer);
      form.requestSubmit(button);
    }, 50);
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
  window.addEventListener("online", save);
  document.addEventListener("session-renewed", save);
  tellTotal();
}

if (form) start();
