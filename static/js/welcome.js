/**
 * Take the one-time code out of the link of a letter or a slip: …/welcome/#4827193650247716
 *
 * It stands behind the #, so no server and no log on the way has seen it. The address is cleaned
 * at once: the next person at this computer must not find it in the history.
 */

const field = document.querySelector("[data-welcome-code]");

function takeCode() {
  const code = location.hash.slice(1);
  if (!/^\d{16}$/.test(code)) return;
  history.replaceState(null, "", location.pathname);
  field.value = code.replace(/(\d{4})(?=\d)/g, "$1 ");
  field.focus();
}

if (field) {
  takeCode();
  window.addEventListener("hashchange", takeCode);
}
