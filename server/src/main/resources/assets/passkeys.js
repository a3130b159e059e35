// Passkeys: the browser asks the device, which answers with a proof or with a new key.
import { said } from "./text.js";
import { token } from "./token.js";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: token(body ? { "Content-Type": "application/json" } : {}),
    body: body && JSON.stringify(body),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.problem || said("It was not taken. Load the page again."));
  return told;
}

function answered(credential, response) {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: {},
    response,
  };
}

async function make(form) {
  const asked = await post("/account/passkeys/options");
  const made = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: known(asked.excludeCredentials),
    },
  });
  const name = new URLSearchParams({ name: form.elements.name.value });
  return post(
    "/account/passkeys?" + name,
    answered(made, {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    }),
  );
}

async function prove(form) {
  const asked = await post("/sign-in/passkey/options");
  const proof = await navigator.credentials.get({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      allowCredentials: known(asked.allowCredentials),
    },
  });
  const next = new URLSearchParams({ next: form.elements.next?.value ?? "" });
  const { response } = proof;
  return post(
    "/sign-in/passkey?" + next,
    answered(proof, {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : undefined,
    }),
  );
}

// Nothing is shown where no device could answer.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const possible = Boolean(window.PublicKeyCredential);
  form.hidden = !possible;
  const without = form.parentElement.querySelector("[data-no-passkeys]");
  if (without) without.hidden = possible;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problemOf = form.querySelector("[role=alert]");
    const button = form.querySelector("button");
    problemOf.hidden = true;
    button.disabled = true;
    try {
      const told = await (form.dataset.passkey === "make" ? make(form) : prove(form));
      location.assign(told.next);
    } catch (problem) {
      problemOf.textContent =
        problem.name === "NotAllowedError" || problem.name === "InvalidStateError"
          ? problem.name === "InvalidStateError"
            ? said("This device has a passkey of yours already.")
            : said("The device gave no answer. Try again, or another way.")
          : problem.message;
      problemOf.hidden = false;
      button.disabled = false;
    }
  });
}
