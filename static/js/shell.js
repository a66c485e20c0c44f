/** The frame of the page: menus that close, strips that tell of a lost line or log-in. */

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

/** After a log-in the page goes on with a new token; the one it came with counts no more. */
function renew() {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1];
  if (!token) return;
  if (expired) expired.hidden = true;
  for (const field of document.querySelectorAll("[name='csrfmiddlewaretoken']")) {
    field.value = token;
  }
  document.dispatchEvent(new CustomEvent("session-renewed"));
}

// The tab where somebody logged in again tells the others of the same person.
const person = document.documentElement.dataset.user;
const tabs = new BroadcastChannel("log-ins");
tabs.addEventListener("message", ({ data }) => {
  if (data === person) renew();
});
if (person) tabs.postMessage(person);

document.addEventListener("session-expired", tellExpired);
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401) tellExpired();
});
