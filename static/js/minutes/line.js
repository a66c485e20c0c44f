/** The line to the server: one request after the other, and what is said about saving. */

import { token } from "./token.js";

// A dead line often does not say so; after this long a request counts as lost and is sent again.
const LONGEST_MS = 30_000;
const HEADERS = { "X-Requested-With": "minutes" };

export const texts = document.querySelector("[data-minutes]").dataset;
const status = document.querySelector("[data-saving]");

let underWay = Promise.resolve();

/** Say in the page's head how the saving stands; `kind` is saved, saving or unsaved. */
export function say(kind, words) {
  const line = document.createElement("span");
  line.className = kind;
  line.textContent = words;
  status.replaceChildren(line);
}

/**
 * Send fields, an iterable of [name, value]; one request after the other, so that an answer never
 * shows less than an earlier one. Answers with {status, answer}; rejects when the line is lost.
 */
export function post(url, fields = []) {
  const reply = underWay.then(() => send(url, fields));
  underWay = reply.catch(() => {});
  return reply;
}

/** Until nothing is on its way. */
export const quiet = () => underWay;

async function send(url, fields) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", token());
  for (const [name, value] of fields) data.append(name, value);
  const signal = AbortSignal.timeout(LONGEST_MS);
  const response = await fetch(url, { method: "POST", body: data, headers: HEADERS, signal });
  if (response.redirected || response.status === 401) {
    document.dispatchEvent(new CustomEvent("session-expired"));
    return { status: 401, answer: {} };
  }
  const isJson = response.headers.get("content-type")?.includes("json");
  return { status: response.status, answer: isJson ? await response.json() : {} };
}

/** Send what a button asks for; true when it was done, else the page's head says why not. */
export async function act(url, fields) {
  try {
    const { status: code, answer } = await post(url, fields);
    if (code === 200) return answer;
    say("unsaved", answer.message ?? texts.textFailed);
  } catch {
    say("unsaved", texts.textOffline);
  }
  return null;
}
