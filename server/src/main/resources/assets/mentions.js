// Completes a colleague's name after "@" while one writes a note. Who can be named is asked for when
// the first "@" is typed: only those for whom the ticket exists.
import { said } from "./text.js";
const ASKED = /(?:^|[^\p{L}\d])@([\p{L}\d][\p{L}\d ]{0,40}|)$/u;

function complete(form) {
  const field = form.querySelector("textarea"), popup = document.createElement("div");
  Object.assign(popup, { id: "mentions", className: "canned", hidden: true });
  popup.setAttribute("role", "listbox");
  popup.setAttribute("aria-label", said("Colleagues"));
  field.before(popup);
  let fetched, chosen = 0;
  const load = () => fetched ??= fetch(form.action.replace(/\/entries$/, "/mentionable"))
    .then(answer => answer.ok ? answer.text() : Promise.reject(answer.status))
    .then(html => { popup.innerHTML = html; look(); }, () => { fetched = undefined; });
  const options = () => [...popup.querySelectorAll("[role=option]")].filter(option => !option.hidden);
  const asked = () => new FormData(form).get("kind") === "note"
    ? field.value.slice(0, field.selectionStart).match(ASKED)?.[1]
    : undefined;
  const mark = place => {
    chosen = (place + options().length) % options().length;
    options().forEach((option, index) => option.setAttribute("aria-selected", String(index === chosen)));
    field.setAttribute("aria-activedescendant", options()[chosen].id);
    options()[chosen].scrollIntoView({ block: "nearest" });
  };
  const hide = () => {
    if (!popup.hidden) field.removeAttribute("aria-activedescendant");
    popup.hidden = true;
  };
  const look = () => {
    const name = asked()?.toLowerCase();
    if (name === undefined) return hide();
    load();
    for (const option of popup.querySelectorAll("[role=option]")) {
      option.hidden = !option.dataset.text.slice(1).toLowerCase().split(" ").some((_, place, words) => words.slice(place).join(" ").startsWith(name));
    }
    popup.hidden = options().length === 0;
    if (!popup.hidden) mark(0);
  };
  const insert = option => {
    const end = field.selectionStart;
    field.setRangeText(option.dataset.text, end - asked().length - 1, end, "end");
    hide();
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  field.addEventListener("input", look);
  field.addEventListener("blur", () => setTimeout(() => document.activeElement !== field && hide(), 150));
  field.addEventListener("keydown", event => {
    if (popup.hidden) return;
    if (event.key === "ArrowDown") mark(chosen + 1);
    else if (event.key === "ArrowUp") mark(chosen - 1);
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") insert(options()[chosen]);
    else if (event.key === "Escape") hide();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  popup.addEventListener("mousedown", event => {
    const option = event.target.closest("[role=option]");
    if (option) { event.preventDefault(); insert(option); }
  });
}

export function completeNames() {
  const all = () => {
    for (const form of document.querySelectorAll("form[data-composer]:not([data-completes-names])")) {
      form.setAttribute("data-completes-names", "");
      complete(form);
    }
  };
  all();
  document.addEventListener("htmx:afterSettle", all);
}
