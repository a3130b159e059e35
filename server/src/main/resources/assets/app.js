// What HTML cannot say by itself. Pages work without any of this.
import { tellTimes } from "./times.js";
import { listenToKeys } from "./keys.js";
import { letChoose } from "./lists.js";
import { listenForCommands } from "./commands.js";
import { suggestOperators } from "./suggest.js";
import { listenForChanges } from "./live.js";
import { followConversation } from "./stream.js";
import { said } from "./text.js";
import { notify } from "./notify.js";

function sendToken(event) {
  const token = document.querySelector("meta[name=csrf]");
  if (token?.dataset.header) event.detail.headers[token.dataset.header] = token.content;
}

function flash(encoded) {
  const sentence = document.createElement("p");
  const [words, undo] = decodeURIComponent(encoded.replaceAll("+", " ")).split("\n");
  sentence.textContent = words;
  if (undo) offerUndo(sentence, undo);
  document.getElementById("flash")?.replaceChildren(sentence);
}

function offerUndo(sentence, address) {
  const button = document.createElement("button");
  button.className = "undo";
  button.textContent = said("Undo");
  button.setAttribute("form", "undo");
  document.getElementById("undo").action = address;
  sentence.append(" ", button);
}

function chooseTheme(theme) {
  document.cookie = `theme=${theme}; path=/; max-age=${theme ? 31536000 : 0}; samesite=lax`;
  document.dispatchEvent(new Event("theme"));
  for (const button of document.querySelectorAll("[data-theme]")) {
    button.setAttribute("aria-pressed", String(button.dataset.theme === theme));
  }
}

document.addEventListener("htmx:configRequest", sendToken);
document.addEventListener("flash", event => flash(event.detail.value));
document.addEventListener("htmx:sendError", () => flash(said("The server cannot be reached. Nothing was lost here; try again.")));
document.addEventListener("htmx:responseError", event => flash(said("The server answered with an error ({0}). Nothing was changed.", event.detail.xhr.status)));
document.addEventListener("click", event => {
  const theme = event.target.closest("button[data-theme]");
  if (theme) chooseTheme(theme.dataset.theme);
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("change", event => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});
tellTimes();
listenToKeys();
if (document.querySelector("form[data-composer]")) {
  import("./composer.js").then(({ openComposers }) => openComposers());
  import("./mentions.js").then(({ completeNames }) => completeNames());
}
letChoose();
listenForCommands();
suggestOperators();
followConversation();
listenForChanges();
notify();
