// One letter, one thing. What every page knows stands in one table; besides, an element says its own key
// (data-key). "?" shows both, as far as they work on this page. Nothing happens while someone is writing.
import { chooseHere, chooseNone, doableToChosen } from "./lists.js";
import { openCommands } from "./commands.js";
import { said } from "./text.js";

const writing = element =>
  element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");

const visible = element => element.offsetParent !== null && !element.disabled;
const words = element =>
  element.dataset.keyLabel ?? element.getAttribute("aria-label") ?? element.textContent.replace(/\s+\S+$/, "").trim();
const there = selector => () => document.querySelector(selector) !== null;
const go = path => () => { location.href = path; };
const rows = there("[data-rows]"), choosing = there("[data-chooses]"), onTicket = there("#ticket-head");

// A key of two letters is pressed one after the other.
const TABLE = [
  { key: "j", label: said("Next in the list"), when: rows, run: () => move(1) },
  { key: "k", label: said("Previous in the list"), when: rows, run: () => move(-1) },
  { key: "Enter", label: said("Open"), when: rows },
  { key: "o", label: said("Open"), when: rows, run: () => document.activeElement?.closest("[data-rows] a[href]")?.click() },
  { key: "x", label: said("Choose, or not"), when: choosing, run: () => chooseHere(false) },
  { key: "X", label: said("Choose up to here"), when: choosing, run: () => chooseHere(true) },
  { key: "Escape", label: said("Choose none"), when: choosing, run: () => chooseNone() },
  { key: "u", label: said("Back to the list"), when: onTicket, run: () => document.querySelector("#ticket-head .back").click() },
  { key: "]", label: said("Next ticket of the list"), when: onTicket, run: () => step(1) },
  { key: "[", label: said("Previous ticket of the list"), when: onTicket, run: () => step(-1) },
  { key: "/", label: said("Search"), run: go("/search") },
  { key: "g i", label: said("Go to my tickets"), run: go("/tickets?view=mine") },
  { key: "g u", label: said("Go to unassigned tickets"), run: go("/tickets?view=unassigned") },
  { key: "g a", label: said("Go to all tickets"), run: go("/tickets?view=all") },
  { key: "g t", label: said("Go to tasks"), run: go("/team-tasks") },
  { key: "g c", label: said("Go to customers"), run: go("/customers") },
  { key: "g w", label: said("Go to workflows"), run: go("/workflows") },
  { key: "g s", label: said("Go to settings"), run: go("/settings") },
  { key: said("Ctrl K"), label: said("Go anywhere, do anything") },
  { key: said("Ctrl ⏎"), label: said("Send what is written"), when: there("[data-composer]") },
  { key: "Alt ⏎", label: said("Send and set the status, or later"), when: there("[data-ways]") },
  { key: "::", label: said("Insert a canned response"), when: there("[data-composer]") },
  { key: said("Ctrl B, I, E"), label: said("Bold, italic, code"), when: there("[data-composer]") },
  { key: said("Ctrl ⇧ 7, 8, 9"), label: said("Numbers, list, quote"), when: there("[data-composer]") },
  { key: said("Ctrl ⇧ L"), label: said("Link"), when: there("[data-composer]") },
  { key: "Esc", label: said("Leave the field"), when: there("[data-composer]") },
  { key: said("Ctrl ⇧ ⏎"), label: said("Send and complete the step"), when: there("[data-completes]") },
  { key: "?", label: said("Show these keys"), run: () => showKeys() },
];
const LONGEST_PAUSE = 1_200;
let first, firstAt = 0;

const known = key => TABLE.find(one => one.key === key && one.run && (one.when?.() ?? true));
const own = () => [...document.querySelectorAll("[data-key]")].filter(visible);

function press(element) {
  if (element.matches("select, textarea, input:not([type=checkbox], [type=radio])")) {
    element.focus();
  } else {
    element.click();
    const field = document.getElementById(element.dataset.focuses);
    if (field && visible(field)) field.focus(); // at once: what is typed next is words, not keys
  }
}

function move(by) {
  const all = [...document.querySelectorAll("[data-rows] a[href]")].filter(visible);
  if (all.length === 0) return false;
  const here = all.indexOf(document.activeElement?.closest("[data-row]")?.querySelector("a[href]") ?? document.activeElement);
  const current = here >= 0 ? here : all.findIndex(row => row.hasAttribute("aria-current"));
  const next = all[Math.min(all.length - 1, Math.max(0, current + by))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

// The list stands beside the ticket also where there is no room to show it.
function step(by) {
  const all = [...document.querySelectorAll("#rows a.row-ticket")];
  all[all.findIndex(row => row.hasAttribute("aria-current")) + by]?.click();
}

function showKeys() {
  const dialog = document.getElementById("keys"), list = dialog?.querySelector("[data-keys]");
  if (!list) return;
  const shown = new Map([...own().map(element => [element.dataset.key, words(element)]), ...TABLE.filter(one => one.when?.() ?? true).map(one => [one.key, one.label])]);
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

function commands() {
  const here = own().map(element => ({ key: element.dataset.key, label: words(element), run: () => press(element) }));
  openCommands(typed => [...doableToChosen(typed), ...here]);
}

function onKey(event) {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    return commands();
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && writing(event.target)) return event.target.blur();
  if (writing(event.target)) return;
  const two = first && event.timeStamp - firstAt < LONGEST_PAUSE ? known(`${first} ${event.key}`) : undefined;
  first = undefined;
  const element = two ? undefined : own().find(one => one.dataset.key === event.key);
  if (element) {
    event.preventDefault();
    return press(element);
  }
  const entry = two ?? known(event.key);
  if (entry) {
    if (entry.run() !== false) event.preventDefault();
  } else if (TABLE.some(one => one.key.startsWith(`${event.key} `))) {
    first = event.key;
    firstAt = event.timeStamp;
  }
}

// Ctrl+Enter sends, with Shift it completes the step too. It stands here and not with the composer,
// which comes a moment later: whoever is quicker than that has written in a plain field and sends it.
function send(event) {
  const form = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest?.("form[data-composer]");
  if (!form) return;
  event.preventDefault();
  event.stopPropagation();
  form.requestSubmit((event.shiftKey && form.querySelector("[data-completes]")) || form.querySelector("[data-sends]"));
}

export function listenToKeys() {
  document.addEventListener("keydown", send, true);
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", event => {
    const opener = event.target.closest("[data-opens]");
    if (opener?.dataset.opens === "keys") showKeys();
    else if (opener?.dataset.opens === "commands") commands();
    else if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  });
}
