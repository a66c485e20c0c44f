/** Taking back one's own last change of the plan: the link beside the word on saving, Ctrl+Z. */

import { act } from "./server.js";

/** In a box the keys take back what was typed there. */
const isTyping = (place) => Boolean(place.closest?.("input, textarea, select, dialog"));

export function startUndo() {
  const form = document.querySelector("[data-grid-undo]");
  if (!form) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act(form.action);
  });
  document.addEventListener("keydown", (event) => {
    // By its place as well: on a Bengali keyboard the key writes another letter.
    const isZ = event.key.toLowerCase() === "z" || event.code === "KeyZ";
    const isUndo = isZ && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!isUndo || isTyping(event.target)) return;
    event.preventDefault();
    act(form.action);
  });
}
