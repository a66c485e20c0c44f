/**
 * Attendance by taps: each tap is sent by itself, so that two people can mark different names.
 *
 * What could not be sent is tried again when the line is back; the form's own button sends
 * everything that still differs from what the page came with.
 */

const RETRY_MS = 4000;

const form = document.querySelector("[data-attendance]");
const status = document.querySelector("[data-saving]");
const waiting = new Set(); // seats whose tap the server does not have
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
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const field of seat.querySelectorAll("[name]")) {
    if (field.type !== "radio" || field.checked) data.set(field.name, field.value);
  }
  return data;
}

const said = (seat) => JSON.stringify([...fieldsOf(seat)].slice(1));

async function send(seat) {
  const words = said(seat);
  const response = await fetch(form.action || location.href, {
    method: "POST",
    body: fieldsOf(seat),
    headers: { "X-Requested-With": "minutes" },
  });
  if (response.redirected || response.status === 401) {
    document.dispatchEvent(new CustomEvent("session-expired"));
    throw new Error("logged out");
  }
  const answer = await response.json();
  if (!response.ok) {
    waiting.delete(seat); // sending the same again would be refused again
    say("unsaved", answer.message);
    return;
  }
  if (said(seat) === words) waiting.delete(seat);
  for (const [name, value] of Object.entries(answer.was)) form.elements[name].value = value;
  say("saved", answer.saved);
}

async function sendAll() {
  clearTimeout(timer);
  if (isSending || waiting.size === 0) return;
  isSending = true;
  say("saving", form.dataset.textSaving);
  try {
    for (const seat of [...waiting]) await send(seat);
  } catch {
    say("unsaved", form.dataset.textOffline);
  } finally {
    isSending = false;
    if (waiting.size > 0) timer = setTimeout(sendAll, RETRY_MS);
  }
}

form.addEventListener("change", (event) => {
  const seat = event.target.closest("[data-seat]");
  if (!seat) return;
  waiting.add(seat);
  sendAll();
});
window.addEventListener("online", sendAll);
document.addEventListener("session-renewed", sendAll);
