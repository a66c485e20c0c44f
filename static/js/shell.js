/** The frame of the page: menus that close, and the strips that tell of a lost line or log-in. */

function closeMenus(except) {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest?.("[data-menu]"));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("[data-menu][open]");
  closeMenus();
  menu?.querySelector("summary").focus();
});

const offline = document.querySelector("[data-offline]");
const tellConnection = () => {
  offline.hidden = navigator.onLine;
};
if (offline) {
  window.addEventListener("online", tellConnection);
  window.addEventListener("offline", tellConnection);
  tellConnection();
}

const expired = document.querySelector("[data-session-expired]");
const tellExpired = () => {
  if (expired) expired.hidden = false;
};
document.addEventListener("session-expired", tellExpired);
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401) tellExpired();
});
