/**
 * Reports that wait on this device until the server has them: words and pictures together.
 *
 * A report is kept in IndexedDB before it leaves, sent again with growing pauses on a bad line, and
 * forgotten only when the server has answered that it has it. Its form_key goes with it, so the
 * same report sent twice is one. After a reload, on the home page or after a log-in it goes on by
 * itself; nobody else who logs in on this device sees or sends it.
 *
 * <div data-waiting data-text-…> is where the page says how that stands.
 */

const DATABASE = "reports";
const STORE = "waiting";
const KEEP_MS = 30 * 24 * 60 * 60 * 1000;
const PAUSES_S = [2, 4, 8, 15, 30, 60];

const user = document.documentElement.dataset.user ?? "";
const box = document.querySelector("[data-waiting]");

/** The sentences that the page brings along. */
export const texts = box?.dataset ?? {};

// --- What is kept ----------------------------------------------------------------------------
let opened;
function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

async function ask(mode, request) {
  const store = (await open()).transaction(STORE, mode).objectStore(STORE);
  return new Promise((resolve, reject) => {
    const asked = request(store);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** Keep a report: {key, task, url, fields: [[name, text]], files: [[name, File]], sent}. */
export const keep = (report) =>
  ask("readwrite", (store) => store.put({ ...report, user, at: Date.now() }));

export const forget = (key) => ask("readwrite", (store) => store.delete(key));

/** This person's reports, the oldest first; what nobody came back for is removed, whose it be. */
export async function kept() {
  const all = await ask("readonly", (store) => store.getAll());
  const oldest = Date.now() - KEEP_MS;
  for (const report of all) if (report.at < oldest) await forget(report.key);
  return all
    .filter((report) => report.user === user && report.at >= oldest)
    .sort((one, other) => one.at - other.at);
}

// --- What is said ----------------------------------------------------------------------------
/** Say how it stands; `links` are [words, address or what a button does]. */
export function say(words, kind = "", links = []) {
  if (!box) return;
  const line = document.createElement("p");
  line.textContent = words;
  box.replaceChildren(line, ...links.map(([label, target]) => knob(label, target)));
  box.className = `alert waiting ${kind}`;
  box.hidden = false;
}

function knob(label, target) {
  const made = document.createElement(typeof target === "string" ? "a" : "button");
  made.className = "btn btn-sm";
  made.textContent = label;
  if (typeof target === "string") made.href = target;
  else made.addEventListener("click", target);
  return made;
}

export function hush() {
  if (box) box.hidden = true;
}

// --- Sending ---------------------------------------------------------------------------------
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";

/** One try: "arrived", "refused", "expired" or "lost", with the address or the reason. */
async function attempt(report) {
  const body = new FormData();
  for (const [name, text] of report.fields) body.append(name, text);
  for (const [name, file] of report.files) body.append(name, file, file.name);
  const headers = { "X-Requested-With": "report", "X-CSRFToken": token() };
  let answer;
  try {
    answer = await fetch(report.url, { method: "POST", body, headers });
  } catch {
    return ["lost"];
  }
  if (answer.status === 401 || answer.redirected) return ["expired"];
  if (answer.status >= 500 || answer.status === 429) return ["lost"];
  const said = await answer.json().catch(() => ({}));
  return answer.ok && said.url ? ["arrived", said.url] : ["refused", said.message ?? ""];
}

let underWay = null;
let again;
let tries = 0;

/** Send all that was to go; `arrived` and `refused` are told of each report that ends. */
export function sendAll(ends = {}) {
  clearTimeout(again);
  underWay ??= go(ends).finally(() => {
    underWay = null;
  });
  return underWay;
}

async function go(ends) {
  for (const report of (await kept()).filter((one) => one.sent)) {
    say(texts.textSending);
    const [end, what] = await attempt(report);
    if (end === "arrived") await finish(report, what, ends);
    else if (end === "refused") await giveBack(report, what, ends);
    else return end === "lost" ? wait(ends) : stop();
  }
  tries = 0;
}

async function finish(report, url, ends) {
  await forget(report.key);
  tries = 0;
  if (ends.arrived) ends.arrived(report, url);
  else say(texts.textSent, "alert-success", [[texts.textOpen, url]]);
}

/** The server has read it and wants something else: its writer goes on where it was written. */
async function giveBack(report, reason, ends) {
  await keep({ ...report, sent: false });
  if (ends.refused) ends.refused(report, reason);
  else {
    const drop = () => forget(report.key).then(hush);
    const links = [[texts.textOpen, report.page], [texts.textDrop, drop]];
    say(`${texts.textRefused} ${reason}`, "alert-danger", links);
  }
}

function wait(ends) {
  say(texts.textOffline, "alert-warning");
  const pause = PAUSES_S[Math.min(tries, PAUSES_S.length - 1)];
  tries += 1;
  again = setTimeout(() => sendAll(ends), pause * 1000);
}

function stop() {
  say(texts.textExpired, "alert-warning");
  document.dispatchEvent(new CustomEvent("session-expired"));
}

/** Go on with what waits from before, and whenever the line or the log-in is back. */
export function attend(ends = {}) {
  const goOn = () => sendAll(ends).catch(() => {});
  window.addEventListener("online", goOn);
  document.addEventListener("session-renewed", goOn);
  goOn();
}

// The page of a task attends by itself, because it knows more.
if (box && user && !document.querySelector("[data-report]")) attend();
