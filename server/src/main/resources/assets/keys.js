// One letter, one thing: an element says its own key (data-key), so the keys shown by "?" are those
// that work on this page. Nothing happens while someone is writing.
const writing = element =>
  element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");

const visible = element => element.offsetParent !== null && !element.disabled;
const words = element =>
  element.dataset.keyLabel ?? element.getAttribute("aria-label") ?? element.textContent.replace(/\s+\S+$/, "").trim();

function press(element) {
  if (element.matches("select, textarea, input:not([type=checkbox], [type=radio])")) {
    element.focus();
  } else {
    element.click();
  }
}

function move(step) {
  const rows = [...document.querySelectorAll("[data-rows] a[href]")].filter(visible);
  if (rows.length === 0) return false;
  const here = rows.indexOf(document.activeElement);
  const current = here >= 0 ? here : rows.findIndex(row => row.hasAttribute("aria-current"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, current + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function showKeys() {
  const dialog = document.getElementById("keys"), list = dialog?.querySelector("[data-keys]");
  if (!list) return;
  const rows = document.querySelector("[data-rows]") ? [["j", "Next in the list"], ["k", "Previous in the list"], ["Enter", "Open"]] : [];
  const own = [...document.querySelectorAll("[data-key]")].filter(visible).map(element => [element.dataset.key, words(element)]);
  const composing = document.querySelector("[data-composer]") ? [["Ctrl ⏎", "Send what is written"], ["::", "Insert a canned response"], ["Ctrl B, I, E", "Bold, italic, code"], ["Ctrl ⇧ 7, 8, 9", "Numbers, list, quote"], ["Ctrl ⇧ L", "Link"], ["Esc", "Leave the field"]] : [];
  const completing = document.querySelector("[data-completes]") ? [["Ctrl ⇧ ⏎", "Send and complete the step"]] : [];
  const shown = new Map([...rows, ...own, ...composing, ...completing, ["?", "Show these keys"]]);
  list.replaceChildren(...[...shown].flatMap(([key, label]) => {
    const term = document.createElement("dt"), name = document.createElement("span"), text = document.createElement("dd");
    name.className = "kbd";
    name.textContent = key;
    term.append(name);
    text.textContent = label;
    return [term, text];
  }));
  dialog.showModal();
}

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && writing(event.target)) return event.target.blur();
  if (writing(event.target)) return;
  if (event.key === "?") {
    event.preventDefault();
    showKeys();
  } else if (event.key === "j" || event.key === "k") {
    if (move(event.key === "j" ? 1 : -1)) event.preventDefault();
  } else {
    const target = [...document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)].find(visible);
    if (target) {
      event.preventDefault();
      press(target);
    }
  }
}

export function listenToKeys() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", event => {
    const opener = event.target.closest("[data-opens]");
    if (opener?.dataset.opens === "keys") showKeys();
    else if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  });
}
