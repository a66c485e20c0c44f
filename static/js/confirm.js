/**
 * Ask before a button does something that cannot be taken back.
 *
 *   <button data-confirm="কাজটি মুছে ফেলবেন?" data-confirm-yes="মুছে ফেলুন">
 *
 * The question box stands in components/dialogs.html. It opens with the focus on "no".
 */

const dialog = document.querySelector("[data-confirm-dialog]");

function ask(button) {
  const yes = dialog.querySelector("[data-confirm-yes]");
  yes.dataset.label ??= yes.textContent;
  yes.textContent = button.dataset.confirmYes ?? yes.dataset.label;
  dialog.querySelector("[data-confirm-question]").textContent = button.dataset.confirm;
  dialog.returnValue = "";
  dialog.addEventListener(
    "close",
    () => {
      if (dialog.returnValue !== "yes") return;
      button.dataset.confirmed = "";
      button.click();
      delete button.dataset.confirmed;
    },
    { once: true },
  );
  dialog.showModal();
}

if (dialog?.showModal) {
  // Captured on the way down, before htmx or the form hears of the click.
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.("[data-confirm]");
      if (!button || "confirmed" in button.dataset) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(button);
    },
    { capture: true },
  );
}
