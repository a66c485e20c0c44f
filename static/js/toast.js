/**
 * A short word in the corner, with a way back where there is one.
 *
 *   document.dispatchEvent(new CustomEvent("toast", { detail: { text, undo } }))
 *
 * or, from a view that answers htmx, an HX-Trigger header "toast" with the same detail. `undo`
 * is an address that is POSTed to, or a function. The words stay longer when there is something
 * to press, and as long as the pointer or the focus rests on them.
 */

const SECONDS = { plain: 6, withUndo: 20 };

function post(url) {
  const token = document.querySelector("[name='csrfmiddlewaretoken']");
  const form = document.createElement("form");
  form.method = "post";
  form.action = url;
  if (token) form.append(token.cloneNode());
  document.body.append(form);
  form.submit();
}

function show({ text, undo }) {
  const region = document.querySelector("[data-toasts]");
  const template = document.querySelector("[data-toast-template]");
  if (!text || !region || !template) return;

  const toast = template.content.firstElementChild.cloneNode(true);
  toast.querySelector("[data-toast-text]").textContent = text;
  toast.querySelector("[data-toast-close]").addEventListener("click", () => toast.remove());
  if (undo) {
    const button = toast.querySelector("[data-toast-action]");
    button.hidden = false;
    button.addEventListener("click", () => {
      toast.remove();
      if (typeof undo === "function") undo();
      else post(undo);
    });
  }

  let timer;
  const hold = () => clearTimeout(timer);
  const leave = () => {
    hold();
    timer = setTimeout(() => toast.remove(), (undo ? SECONDS.withUndo : SECONDS.plain) * 1000);
  };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("pointerleave", leave);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("focusout", leave);
  region.append(toast);
  leave();
}

document.addEventListener("toast", (event) => show(event.detail));
