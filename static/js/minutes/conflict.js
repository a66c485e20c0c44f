/** Two texts of one thing: a question which of them stays, or both. */

import { post, texts } from "./line.js";

const dialog = document.querySelector("[data-conflict]");

export const isAsking = () => dialog.open;

/**
 * Show the question (HTML from the server) about what was sent to `url`.
 *
 * `settled` is called when an answer has been taken in or the own words were given up, `refused`
 * with the reply when the server will not have them. While the line is down the question stays.
 */
export function ask(url, html, { settled, refused }) {
  dialog.innerHTML = html;
  const form = dialog.querySelector("[data-conflict-form]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const reply = await post(url, new FormData(form));
      if (reply.status === 409) {
        ask(url, reply.answer.conflict, { settled, refused });
        return;
      }
      dialog.close();
      if (reply.status === 200) settled();
      else refused(reply);
    } catch {
      note(texts.textOffline);
    }
  });
  form.querySelector("[data-conflict-cancel]").addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
    settled();
  });
  if (!dialog.open) dialog.showModal();
}

/** Tell whoever waits when the question is closed, also without an answer. */
export const onClose = (listener) => dialog.addEventListener("close", listener);

function note(words) {
  dialog.querySelector("[data-note]")?.remove();
  const line = document.createElement("p");
  line.dataset.note = "";
  line.className = "unsaved";
  line.setAttribute("role", "alert");
  line.textContent = words;
  dialog.querySelector(".form-actions").before(line);
}
