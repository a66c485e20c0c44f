/**
 * The token that every POST carries, as the cookie has it now: after a log-in in another tab the
 * one this page came with counts no more.
 */
export function token() {
  const inCookie = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1];
  return inCookie ?? document.querySelector("[name='csrfmiddlewaretoken']").value;
}
