/**
 * While somebody writes an idea: those that say the same, from the address in `data-similar`.
 *
 * The words go to the server only after a pause, are not kept there, and the last answer wins.
 * When there is none (no line, too many questions) the page stays as it is.
 */

const FIELDS = ["title", "problem", "description", "benefit"];
const PAUSE = 800; // milliseconds
const LEAST = 12; // characters

function watch(panel) {
  const form = panel.closest("form");
  if (!form) return;
  let timer;
  let asked;
  let last = "";

  async function ask() {
    const words = new FormData();
    for (const name of FIELDS) words.set(name, form.elements[name]?.value.trim() ?? "");
    const text = [...words.values()].join("\n").trim();
    words.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken?.value ?? "");
    if (text === last) return;
    last = text;
    asked?.abort();
    if (text.length < LEAST) {
      panel.replaceChildren();
      return;
    }
    asked = new AbortController();
    try {
      const answer = await fetch(panel.dataset.similar, {
        method: "POST",
        body: words,
        signal: asked.signal,
      });
      if (answer.ok && text === last) panel.innerHTML = await answer.text();
    } catch {
      last = ""; // asked again at the next pause
    }
  }

  form.addEventListener("input", ({ target }) => {
    if (!FIELDS.includes(target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}

document.querySelectorAll("[data-similar]").forEach(watch);
