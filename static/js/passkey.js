/**
 * Passkeys: ask the device for one before a form is sent.
 *
 *   <form data-passkey="create|get" data-passkey-options="{…}">   options in the page
 *   <form data-passkey="get" data-passkey-from="/address/">       options fetched when asked
 *
 * The answer goes into the form's hidden field `credential`. [data-passkey-unable] is shown where
 * there are no passkeys, [data-passkey-failed] when nothing came of it. A form with `hidden` is
 * shown once it is known that the browser can.
 */

const isAble = Boolean(window.PublicKeyCredential && navigator.credentials);

const fromText = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) =>
    sign.charCodeAt(0),
  );

const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const withIds = (list) => list?.map((known) => ({ ...known, id: fromText(known.id) }));

function readable({ publicKey }) {
  const options = { ...publicKey, challenge: fromText(publicKey.challenge) };
  if (publicKey.user) options.user = { ...publicKey.user, id: fromText(publicKey.user.id) };
  if (publicKey.excludeCredentials) {
    options.excludeCredentials = withIds(publicKey.excludeCredentials);
  }
  if (publicKey.allowCredentials) options.allowCredentials = withIds(publicKey.allowCredentials);
  return options;
}

function sendable(credential) {
  const { response } = credential;
  const answer = { clientDataJSON: toText(response.clientDataJSON) };
  if (response.attestationObject) {
    answer.attestationObject = toText(response.attestationObject);
    answer.transports = response.getTransports?.() ?? [];
  } else {
    answer.authenticatorData = toText(response.authenticatorData);
    answer.signature = toText(response.signature);
    answer.userHandle = response.userHandle && toText(response.userHandle);
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: answer,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function optionsOf(form) {
  if (form.dataset.passkeyOptions) return JSON.parse(form.dataset.passkeyOptions);
  const headers = { Accept: "application/json" };
  const response = await fetch(form.dataset.passkeyFrom, { headers });
  if (!response.ok) throw new Error(`options: ${response.status}`);
  return (await response.json()).request_options;
}

async function ask(form) {
  const publicKey = readable(await optionsOf(form));
  if (form.dataset.passkey === "get") return navigator.credentials.get({ publicKey });
  // Kept on the device where it can be, so that it also stands in for the password.
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: "preferred",
    requireResidentKey: false,
    userVerification: "preferred",
  };
  return navigator.credentials.create({ publicKey });
}

function setUp(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  const button = form.querySelector("[type=submit]");
  const unable = form.querySelector("[data-passkey-unable]");
  if (!isAble) {
    if (unable) unable.hidden = false;
    button.disabled = true;
    return;
  }
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    if (failed) failed.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(sendable(await ask(form)));
      form.submit();
    } catch {
      // Stopped by the person, no such passkey on this device, or no connection.
      if (failed) failed.hidden = false;
      button.disabled = false;
    }
  });
}

for (const form of document.querySelectorAll("[data-passkey]")) setUp(form);
