// Says that somebody writes here, at most every few seconds; that they are here the page's own stream
// says (see live.js).
import { token } from "./token.js";

const STILL_WRITING = 5_000;

export function sayWriting(form) {
  const region = document.querySelector("[data-presence]");
  if (!region) return;
  let said = -Infinity;
  form.addEventListener("input", event => {
    if (!event.isTrusted && !form.contains(document.activeElement)) return;
    if (performance.now() - said < STILL_WRITING) return;
    said = performance.now();
    fetch(region.dataset.presence, { method: "POST", headers: token() }).catch(() => { said = -Infinity; });
  });
}
