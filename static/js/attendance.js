/**
 * Attendance by taps: each tap is sent by itself, so that two people can mark different names.
 *
 * What could not be sent is tried again when the line is back. Without this script the form's own
 * button sends everything that differs from what the page came with.
 */

import { token } from "./minutes/token.js";

const RETRY_MS = 4000;
const LONGEST_MS = 30_000;

const form = document.querySelector("[data-attendance]");
const status = document.querySelector("[data-saving]");
const waiting = new Set(); // seats whose tap the server does not have
let refusal = ""; // why the server would not have a tap
let isSending = false;
let timer;

form.classList.add("is-scripted");

function say(kind, words) {
  const line = document.createElement("span");
  line.className = kind;
  line.textContent = words;
  status.replaceChildren(line);
}

function fieldsOf(seat) {
  const data = new FormData();
  for (const field of seat.querySelectorAll("[name]")) {
    if (field.type !== "radio" || field.checked) data.set(field.name, field.value);
  }
  return data;
}

const said = (seat) => JSON.stringify([...fieldsOf(seat)]);

/**
 * Send one seat; answers with the sentence of the server, or null after the end of the session.
 * Rejects when it has to be tried again.
 */
async function send(seat) {
  const words = said(seat);
  const body = fieldsOf(seat);
  body.set("csrfmiddlewaretoken", token());
  const response = await fetch(location.href, {
    method: "POST",
    body,
    headers: { "X-Requested-With": "minutes" },
    signal: AbortSignal.timeout(LONGEST_MS),
  });
  if (response.redirected || response.status === 401) {
    document.dispatchEvent(new CustomEvent("session-expired"));
    return null;
  }
  if (response.status >= 500) throw new Error("the server is in trouble");
  const isJson = response.headers.get("content-type")?.includes("json");
  const answer = isJson ? await response.json() : { message: form.dataset.textRefused };
  if (said(seat) === words) waiting.delete(seat); // else it was tapped again meanwhile
  if (!response.ok) {
    refusal = answer.message;
    return "";
  }
  for (const [name, value] of Object.entries(answer.was)) form.elements[name].value = value;
  return answer.saved;
}

async function sendAll() {
  clearTimeout(timer);
  if (isSending || waiting.size === 0) return;
  isSending = true;
  refusal = "";
  say("saving", form.dataset.textSaving);
  try {
    let saved = "";
    while (waiting.size > 0 && saved !== null) {
      const [seat] = waiting;
      saved = await send(seat);
    }
    if (saved === null) say("unsaved", form.dataset.textExpired);
    else if (refusal) say("unsaved", refusal);
    else say("saved", saved);
  } catch {
    say("unsaved", form.dataset.textOffline);
    timer = setTimeout(sendAll, RETRY_MS);
  } finally {
    isSending = false;
  }
}

form.addEventListener("change", (event) => {
  waiting.add(event.target.closest("[data-seat]"));
  sendAll();
});
window.addEventListener("online", sendAll);
document.addEventListener("session-renewed", sendAll);
document.addEventListener("visibilitychange", () => document.hidden || sendAll());
