/** The agenda: one item is open at a time, and items can be dragged into another order. */

import { act } from "./line.js";
import { saveAll } from "./saving.js";

const list = document.querySelector("[data-agenda]");
const items = Array.from(document.querySelectorAll("[data-item]"));
const entryOf = (pk) => list?.querySelector(`[data-agenda-item="${pk}"]`);

/** Show one item and mark it in the list. */
export function open(pk, { focus = false } = {}) {
  const chosen = items.find((item) => item.dataset.item === String(pk)) ?? items[0];
  if (!chosen) return;
  for (const item of items) item.hidden = item !== chosen;
  for (const entry of list.children) {
    if (entry.dataset.agendaItem === chosen.dataset.item) entry.setAttribute("aria-current", "true");
    else entry.removeAttribute("aria-current");
  }
  // Text boxes grow to their words now that they have a width (autosize.js).
  document.dispatchEvent(new CustomEvent("htmx:load"));
  if (focus) {
    chosen.focus({ preventScroll: true });
    chosen.scrollIntoView({ block: "nearest" });
  }
}

/** The item a link or the address speaks of: "#item-12", "#decision-7". */
function itemOf(hash) {
  const target = hash ? document.getElementById(hash.slice(1)) : null;
  return target?.closest("[data-item]")?.dataset.item;
}

/** Whether anything is written on an item, and its name, as it stands on the page by now. */
export function renew(item) {
  const entry = entryOf(item.dataset.item);
  entry.querySelector("[data-discussed]").hidden = !isDiscussed(item);
  const topic = item.querySelector("[name='topic']").value;
  for (const place of [entry, item]) place.querySelector("[data-topic]").textContent = topic;
}

function isDiscussed(item) {
  const texts = item.querySelectorAll("[name='discussion'], [name='note']");
  return (
    Array.from(texts).some((text) => text.value.trim()) ||
    item.querySelector("[data-decision], [name='confirmation']:checked:not([value=''])") !== null
  );
}

/** Send what is unsaved; whether all has arrived. Else the item where something stays is shown. */
export async function allArrived() {
  const [stuck] = await saveAll();
  if (stuck) open(stuck.closest("[data-item]").dataset.item);
  return !stuck;
}

async function drop(dragged, before) {
  if (!(await allArrived())) return;
  const place = before ? ["before", before.dataset.agendaItem] : ["to", "end"];
  if (await act(dragged.dataset.moveUrl, [place])) location.reload();
}

export function start() {
  if (!list || items.length === 0) return;
  const asked = new URLSearchParams(location.search).get("item");
  open(itemOf(location.hash) ?? asked);
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#item-']");
    if (!link) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    open(itemOf(link.hash), { focus: true });
  });
  window.addEventListener("hashchange", () => open(itemOf(location.hash), { focus: true }));

  let dragged = null;
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-agenda-item]");
    event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    if (dragged) event.preventDefault();
  });
  list.addEventListener("drop", (event) => {
    const target = event.target.closest("[data-agenda-item]");
    if (!dragged || !target || target === dragged) return;
    event.preventDefault();
    const box = target.getBoundingClientRect();
    const isBelow = event.clientY > box.top + box.height / 2;
    drop(dragged, isBelow ? target.nextElementSibling : target);
  });
  list.addEventListener("dragend", () => {
    dragged = null;
  });
}
