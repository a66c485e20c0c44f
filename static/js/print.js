/**
 * Print the page: <button type="button" data-print hidden>. Hidden until this script runs.
 */

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
  button.hidden = false;
}
