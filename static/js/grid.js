/**
 * The plan as a table one writes in.
 *
 * A row turns into text boxes when one of its cells is opened, and is sent when the writer leaves
 * it. What was typed is kept in this browser until the server has it: through a lost connection,
 * an ended session or a closed tab. A save made from an old copy is refused by the server; both
 * texts are shown and nothing is overwritten. Without this script every row has a page of its own.
 *
 * Keys: arrows move, Enter or typing opens a cell, Tab goes to the next one, Enter saves and goes
 * down, Shift+Enter makes a line, Esc takes back, Alt+up/down moves the row.
 */

const FIELDS = ["title", "start_text", "end_text", "responsible_text", "expected_result", "measure"];
const HEADERS = { "X-Requested-With": "grid" };
const PAUSE_MS = 300;

const body = document.querySelector("[data-grid-body]");
const texts = body?.dataset ?? {};
const dialog = document.querySelector("[data-grid-conflict]");
const user = document.documentElement.dataset.user ?? "";

/** Rows being sent, so that leaving a row twice sends it once. */
const sending = new WeakSet();

/** The request under way, which the next one waits for. */
let underWay = Promise.resolve();

/** The table is being put in anew; a box that goes with it was not left by the writer. */
let isReplacing = false;

// --- What is said about saving ---------------------------------------------------------------
function say(kind, words) {
  const status = document.querySelector("[data-grid-status]");
  const line = document.createElement("span");
  line.className = kind;
  line.textContent = words;
  status.replaceChildren(line);
}

function toast(text, undo) {
  document.dispatchEvent(new CustomEvent("toast", { detail: { text, undo } }));
}

// --- Rows and cells --------------------------------------------------------------------------
const rows = () => [...body.querySelectorAll("tr[data-task]")];
const cellsOf = (row) => [...row.querySelectorAll("td[data-field]")];
const isEdited = (row) => row.dataset.editing === "yes";
const boxOf = (row, field) => row.querySelector(`[name="${field}"]`);

/** The words of a cell as typed, which for dates may differ from what is shown. */
function wordsOf(cell) {
  return cell.dataset.value ?? cell.querySelector("[data-text]").textContent;
}

function wordsOfRow(row) {
  const words = {};
  for (const cell of cellsOf(row)) {
    words[cell.dataset.field] = wordsOf(cell);
    if ("end" in cell.dataset) words.end_text = cell.dataset.end;
  }
  return words;
}

function typedIn(row) {
  return Object.fromEntries(FIELDS.map((field) => [field, boxOf(row, field).value]));
}

function subjectOf(row) {
  const asked = row.closest("tbody").querySelector("[data-new-subject]");
  return asked ? asked.value : row.closest("tbody").dataset.subject;
}

const isSame = (one, other) => FIELDS.every((field) => one[field] === other[field]);

/** Make one cell of the table reachable by Tab; the arrows reach the others. */
function setTabStop(cell) {
  for (const old of body.querySelectorAll("td[tabindex='0']")) old.tabIndex = -1;
  if (cell) cell.tabIndex = 0;
}

function prepare(scope) {
  for (const cell of scope.querySelectorAll("tr[data-task] > td[data-field]")) cell.tabIndex = -1;
  if (!body.querySelector("td[tabindex='0']")) setTabStop(body.querySelector("td[data-field]"));
}

// --- Writing ---------------------------------------------------------------------------------
/** Turn a row into text boxes, with the caret in `field`; without one the focus stays. */
function open(row, field, { words, typed } = {}) {
  if (!isEdited(row)) {
    const stored = wordsOfRow(row);
    row.original = row.cloneNode(true);
    row.before = stored;
    row.formKey ??= crypto.randomUUID?.() ?? "";
    splitSchedule(row);
    for (const cell of cellsOf(row)) {
      const box = document.createElement("textarea");
      box.name = cell.dataset.field;
      box.rows = 1;
      box.value = (words ?? stored)[cell.dataset.field] ?? "";
      box.setAttribute("aria-label", cell.dataset.label);
      cell.replaceChildren(box);
      cell.classList.remove("doubt", "wrong");
      cell.removeAttribute("tabindex");
    }
    row.dataset.editing = "yes";
    for (const box of row.querySelectorAll("textarea")) fit(box);
  }
  if (!field) return;
  const box = boxOf(row, field) ?? boxOf(row, "title");
  if (typed !== undefined) box.value = typed;
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}

/** A recurring task shows one cell for both dates; writing needs two. */
function splitSchedule(row) {
  const wide = row.querySelector("td[colspan='2'][data-field='start_text']");
  if (!wide) return;
  wide.removeAttribute("colspan");
  const end = wide.cloneNode(true);
  end.dataset.field = "end_text";
  end.dataset.value = wide.dataset.end;
  delete end.dataset.end;
  wide.after(end);
}

function fit(box) {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}

function close(row) {
  // First, because a box that is taken away while it has the focus counts as left.
  delete row.dataset.editing;
  if (row.classList.contains("new")) {
    row.closest("tbody").remove();
    return null;
  }
  const original = row.original;
  row.replaceWith(original);
  prepare(original.parentElement);
  return original;
}

// --- Words kept until the server has them ------------------------------------------------------
const draftName = (row) =>
  `row:${user}:${row.dataset.task || `new-${texts.plan}`}`;

function keepDraft(row) {
  const draft = {
    at: Date.now(),
    version: row.dataset.version,
    subject: subjectOf(row),
    formKey: row.formKey,
    sent: row.sent,
    words: typedIn(row),
  };
  try {
    localStorage.setItem(draftName(row), JSON.stringify(draft));
  } catch {
    // The browser's store is full or closed; the words are still in the boxes.
  }
}

const dropDraft = (row) => localStorage.removeItem(draftName(row));

function readDraft(row) {
  try {
    return JSON.parse(localStorage.getItem(draftName(row)));
  } catch {
    return null;
  }
}

let keepTimer;
function keepSoon(row) {
  clearTimeout(keepTimer);
  keepTimer = setTimeout(() => row.isConnected && isEdited(row) && keepDraft(row), PAUSE_MS);
}

/** Open every row whose words never arrived, and send them with the version they were typed on. */
function restoreDrafts() {
  let found = 0;
  for (const row of rows()) {
    const draft = readDraft(row);
    if (!draft || isSame(draft.words, wordsOfRow(row))) {
      dropDraft(row);
      continue;
    }
    restore(row, draft);
    found += 1;
  }
  const name = `row:${user}:new-${texts.plan}`;
  if (localStorage.getItem(name)) {
    const row = addRow();
    const draft = readDraft(row);
    row.closest("tbody").querySelector("[data-new-subject]").value = draft.subject ?? "";
    restore(row, draft);
    found += 1;
  }
  if (found) say("unsaved", texts.textRestored);
}

function restore(row, draft) {
  row.dataset.version = draft.version;
  row.formKey = draft.formKey;
  row.sent = draft.sent;
  open(row, null, { words: draft.words });
  row.classList.add("lost");
  save(row);
}

// --- Talking to the server ---------------------------------------------------------------------
/** One request after the other, so that an answer never shows less than an earlier one. */
function post(url, fields) {
  const answer = underWay.then(() => send(url, fields));
  underWay = answer.catch(() => {});
  return answer;
}

async function send(url, fields) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", document.querySelector("#row-tools [name]").value);
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  const response = await fetch(url, { method: "POST", body: data, headers: HEADERS });
  if (response.redirected || !response.headers.get("content-type")?.includes("json")) {
    return { status: response.redirected ? 401 : response.status, answer: {} };
  }
  return { status: response.status, answer: await response.json() };
}

async function save(row) {
  if (!isEdited(row) || sending.has(row)) return;
  const words = typedIn(row);
  const isNew = row.classList.contains("new");
  if (isNew && FIELDS.every((field) => !words[field].trim())) {
    dropDraft(row);
    close(row);
    return;
  }
  if (!isNew && isSame(words, row.before)) {
    dropDraft(row);
    close(row);
    return;
  }
  // A new row goes out in its first words until an answer comes: the server may have made it
  // already, and knows it by its key. What was added since follows as a change.
  if (isNew) row.sent ??= { ...words, subject: subjectOf(row) };
  const sent = row.sent ?? { ...words, subject: subjectOf(row) };
  keepDraft(row);
  sending.add(row);
  row.classList.add("busy");
  say("saving", texts.textSaving);
  try {
    const fields = { ...sent, version: row.dataset.version };
    if (isNew && row.formKey) fields.form_key = row.formKey;
    take(row, await post(row.dataset.url, fields), sent);
  } catch {
    row.classList.add("lost");
    say("unsaved", texts.textOffline);
  } finally {
    sending.delete(row);
    row.classList.remove("busy");
  }
}

/** What the server said to a row that was sent with these words. */
function take(row, { status, answer }, sent) {
  if (status === 200) {
    const typed = typedIn(row);
    const field = row.contains(document.activeElement) ? document.activeElement.name : null;
    dropDraft(row);
    delete row.dataset.editing;
    if (answer.row) replaceRow(row, answer.row);
    show(answer);
    if (!isSame(typed, sent)) goOn(row.dataset.task || answer.focus, field, typed);
  } else if (status === 409) {
    row.classList.add("conflict");
    showConflict(row, answer.conflict);
  } else if (status === 401) {
    row.classList.add("lost");
    say("unsaved", answer.message ?? texts.textOffline);
    document.dispatchEvent(new CustomEvent("session-expired"));
  } else if (answer.errors) {
    delete row.sent;
    say("unsaved", texts.textFix);
    for (const [field, words] of Object.entries(answer.errors)) markWrong(row, field, words);
  } else {
    row.classList.add("lost");
    say("unsaved", answer.message ?? texts.textFailed);
  }
}

/** More was written in a row while it was on its way: open it again, on what was saved. */
function goOn(task, field, words) {
  const row = body.querySelector(`#task-${task}`);
  open(row, field, { words });
  if (field) keepDraft(row);
  else save(row);
}

function replaceRow(row, html) {
  const holder = document.createElement("tbody");
  holder.innerHTML = html;
  const fresh = holder.firstElementChild;
  const field = document.activeElement?.closest?.("td")?.dataset.field;
  const hadFocus = row.contains(document.activeElement);
  // Taken back meanwhile, the row stands there in its old words.
  const shown = row.isConnected ? row : body.querySelector(`#${fresh.id}`);
  if (!shown) return;
  shown.replaceWith(fresh);
  prepare(fresh.parentElement);
  if (hadFocus) focusCell(fresh, field);
}

/** Put in the whole table; rows that are being written stay as they are, with the caret. */
function replaceGrid(html) {
  const written = rows().filter(isEdited);
  const box = document.activeElement;
  isReplacing = true;
  body.innerHTML = html;
  prepare(body);
  for (const row of written) putBack(row);
  isReplacing = false;
  if (box.isConnected) box.focus();
}

function putBack(row) {
  if (row.classList.contains("new")) {
    body.querySelector("table").append(row.closest("tbody"));
    return;
  }
  const fresh = body.querySelector(`#task-${row.dataset.task}`);
  row.original = fresh;
  fresh?.replaceWith(row);
}

/** Put in what an answer brings: the whole table, the summary, the time of saving, the way back. */
function show(answer) {
  if (answer.grid) replaceGrid(answer.grid);
  if (answer.summary) document.querySelector("[data-grid-summary]").innerHTML = answer.summary;
  if (answer.saved) say("saved", answer.saved);
  const { activeElement: place } = document;
  const isWriting = body.contains(place) && place.matches("input, textarea");
  if (answer.focus && !isWriting) focusCell(body.querySelector(`#task-${answer.focus}`), "title");
  if (answer.undo) toast(answer.undo.message, () => act(answer.undo.url));
}

/** A press on a button in a row's menu; first what is written in the row must have arrived. */
async function press(tool) {
  const row = tool.closest("tr[data-task]");
  tool.closest("details").open = false;
  if (isEdited(row)) await save(row);
  if (isEdited(row)) return;
  await act(tool.formAction, tool.name ? { [tool.name]: tool.value } : {}, row);
}

/** Move, copy, delete, restore, settle, rename; `row` is the one an answer may replace. */
async function act(url, fields = {}, row = null) {
  say("saving", texts.textSaving);
  try {
    const { status, answer } = await post(url, fields);
    if (status === 200) {
      if (answer.row) replaceRow(row, answer.row);
      show(answer);
    } else if (status === 401) {
      say("unsaved", answer.message ?? texts.textOffline);
      document.dispatchEvent(new CustomEvent("session-expired"));
    } else {
      say("unsaved", answer.message ?? texts.textFailed);
    }
  } catch {
    say("unsaved", texts.textOffline);
  }
}

function markWrong(row, field, words) {
  const cell = row.querySelector(`td[data-field="${field}"]`) ?? cellsOf(row)[0];
  cell.classList.add("wrong");
  let note = cell.querySelector("[data-error]");
  if (!note) {
    note = document.createElement("span");
    note.className = "invalid-feedback show";
    note.dataset.error = "";
    cell.append(note);
  }
  note.textContent = words;
  const box = cell.querySelector("textarea");
  box?.setAttribute("aria-invalid", "true");
  box?.focus();
}

// --- Two texts -----------------------------------------------------------------------------------
function showConflict(row, html) {
  dialog.innerHTML = html;
  dialog.querySelector("[data-conflict-form]").addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.target));
    dialog.close();
    try {
      const answer = await post(row.dataset.url, fields);
      row.classList.remove("conflict");
      take(row, answer, typedIn(row));
    } catch {
      say("unsaved", texts.textOffline);
    }
  });
  dialog.querySelector("[data-conflict-cancel]").addEventListener("click", (event) => {
    event.preventDefault();
    dropDraft(row);
    location.reload();
  });
  dialog.showModal();
}

// --- Moving about -----------------------------------------------------------------------------------
function focusCell(row, field) {
  const cell = row?.querySelector(`td[data-field="${field}"]`) ?? row?.querySelector("td[data-field]");
  if (!cell) return;
  setTabStop(cell);
  cell.focus();
}

function neighbour(row, step) {
  const all = rows();
  return all[all.indexOf(row) + step];
}

function onCellKey(event, cell) {
  const row = cell.parentElement;
  const cells = cellsOf(row);
  const at = cells.indexOf(cell);
  const field = cell.dataset.field;
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    act(row.dataset.moveUrl, { to: event.key === "ArrowUp" ? "up" : "down" });
  } else if (event.key === "ArrowRight" && cells[at + 1]) {
    event.preventDefault();
    focusCell(row, cells[at + 1].dataset.field);
  } else if (event.key === "ArrowLeft" && cells[at - 1]) {
    event.preventDefault();
    focusCell(row, cells[at - 1].dataset.field);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    focusCell(neighbour(row, event.key === "ArrowDown" ? 1 : -1), field);
  } else if (event.key === "Enter" || event.key === "F2") {
    event.preventDefault();
    open(row, field);
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    open(row, field, { typed: event.key });
    keepSoon(row);
  }
}

function onBoxKey(event, box) {
  const row = box.closest("tr");
  const field = box.name;
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    const below = neighbour(row, 1);
    if (below) focusCell(below, field);
    else box.blur();
  } else if (event.key === "Escape") {
    event.preventDefault();
    dropDraft(row);
    focusCell(close(row), field);
  } else if (event.key === "Tab") {
    const order = FIELDS.indexOf(field) + (event.shiftKey ? -1 : 1);
    const target = FIELDS[order];
    if (target) {
      event.preventDefault();
      boxOf(row, target).focus();
    } else {
      const next = neighbour(row, event.shiftKey ? -1 : 1);
      if (!next) return;
      event.preventDefault();
      open(next, event.shiftKey ? FIELDS.at(-1) : FIELDS[0]);
    }
  }
}

function addRow() {
  const known = body.querySelector("tbody.new tr[data-task]");
  if (known) return known;
  const template = document.querySelector("[data-grid-new-row]");
  const fresh = template.content.firstElementChild.cloneNode(true);
  const last = rows().at(-1);
  fresh.querySelector("[data-new-subject]").value = last ? subjectOf(last) : "";
  body.querySelector("table").append(fresh);
  prepare(fresh);
  return fresh.querySelector("tr[data-task]");
}

function renameSubject(button) {
  const shown = button.querySelector("[data-subject-name]");
  const group = button.closest("tbody");
  const box = document.createElement("input");
  box.className = "form-control";
  box.value = group.dataset.subject;
  box.maxLength = 500;
  box.setAttribute("list", "subjects");
  box.setAttribute("aria-label", shown.textContent);
  let done = false;
  const finish = (keep) => {
    if (done) return;
    done = true;
    const name = box.value;
    box.replaceWith(button);
    if (keep && name !== group.dataset.subject) act(button.dataset.subjectRename, { name });
    else button.focus();
  };
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") finish(true);
    if (event.key === "Escape") finish(false);
  });
  box.addEventListener("blur", () => finish(true));
  button.replaceWith(box);
  box.focus();
}

/** A pasted table goes to the importer, where every row is looked at first. */
function pasteTable(event) {
  const text = event.clipboardData.getData("text/plain");
  const html = event.clipboardData.getData("text/html");
  const isTable = text.includes("\t") && text.trim().includes("\n");
  if (!isTable) return;
  event.preventDefault();
  const form = document.querySelector("[data-grid-paste]");
  form.elements.pasted.value = text;
  form.elements.pasted_html.value = html.includes("<t") ? html : "";
  for (const row of rows()) if (isEdited(row)) keepDraft(row);
  form.submit();
}

// --- Dragging ------------------------------------------------------------------------------------------
let dragged = null;

function onDrop(event) {
  const target = event.target.closest?.("tr[data-task]");
  if (!dragged || !target || target === dragged) return;
  event.preventDefault();
  act(dragged.dataset.moveUrl, { before: target.dataset.task });
}

function start() {
  prepare(body);

  body.addEventListener("click", (event) => {
    const rename = event.target.closest("[data-subject-rename]");
    if (rename) return renameSubject(rename);
    const tool = event.target.closest("[data-grid-post]");
    if (tool) {
      event.preventDefault();
      return press(tool);
    }
    const cell = event.target.closest("td[data-field]");
    if (cell && !event.target.closest("a, textarea, button")) {
      open(cell.parentElement, cell.dataset.field);
    }
  });

  body.addEventListener("keydown", (event) => {
    if (event.target.matches("td[data-field]")) onCellKey(event, event.target);
    else if (event.target.matches("td[data-field] > textarea")) onBoxKey(event, event.target);
  });

  body.addEventListener("input", (event) => {
    if (!event.target.matches("td[data-field] > textarea")) return;
    fit(event.target);
    keepSoon(event.target.closest("tr"));
  });

  body.addEventListener("focusout", (event) => {
    const group = event.target.closest("tbody.new") ?? event.target.closest("tr[data-task]");
    if (!group || isReplacing || group.contains(event.relatedTarget)) return;
    // The window itself may have lost the focus; the writer has not left the row then.
    if (!event.relatedTarget && !document.hasFocus()) return;
    const row = group.matches("tr") ? group : group.querySelector("tr[data-task]");
    if (row && isEdited(row) && !dialog.open) save(row);
  });

  // Wherever the focus is: an empty plan has no cell to stand in.
  document.addEventListener("paste", pasteTable);
  body.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-drag]")?.closest("tr") ?? null;
  });
  body.addEventListener("dragover", (event) => {
    if (dragged && event.target.closest?.("tr[data-task]")) event.preventDefault();
  });
  body.addEventListener("drop", onDrop);

  document.querySelector("[data-grid-add]")?.addEventListener("click", (event) => {
    if (!body.querySelector("table")) return;
    event.preventDefault();
    open(addRow(), "title");
  });

  const sendLost = () => {
    for (const row of rows()) if (isEdited(row) && row.classList.contains("lost")) save(row);
  };
  window.addEventListener("online", sendLost);
  document.addEventListener("session-renewed", sendLost);
  window.addEventListener("pagehide", () => {
    for (const row of rows()) {
      if (isEdited(row) && !isSame(typedIn(row), row.before)) keepDraft(row);
    }
  });

  restoreDrafts();
}

if (body && texts.createUrl) start();
