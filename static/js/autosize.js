/** Text boxes grow with their text where the browser cannot do it by itself (field-sizing). */

function fit(box) {
  if (!box.offsetParent) return; // out of sight it has no height to measure
  const borders = box.offsetHeight - box.clientHeight;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + borders}px`;
}

function fitAll() {
  document.querySelectorAll("textarea").forEach(fit);
}

if (!CSS.supports("field-sizing", "content")) {
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLTextAreaElement) fit(target);
  });
  document.addEventListener("htmx:load", fitAll);
  document.addEventListener("toggle", fitAll, { capture: true });
  fitAll();
}
