/**
 * Show what one types into a password field.
 *
 *   <button type="button" data-reveal="id_password" data-hide="লুকান" hidden>দেখুন</button>
 *
 * Hidden until this script runs, so that nobody meets a button that does nothing.
 */

for (const button of document.querySelectorAll("[data-reveal]")) {
  const field = document.getElementById(button.dataset.reveal);
  const showLabel = button.textContent;
  const setShown = (isShown) => {
    field.type = isShown ? "text" : "password";
    button.textContent = isShown ? button.dataset.hide : showLabel;
    button.setAttribute("aria-pressed", String(isShown));
  };
  button.addEventListener("click", () => setShown(field.type === "password"));
  // A password manager, and the browser's own memory, look for a password field.
  field.form.addEventListener("submit", () => setShown(false));
  button.hidden = false;
}
