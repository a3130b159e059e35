// Proposes operators while somebody types a search: a list under the field, by arrows and Enter or Tab.
const current = field => field.value.slice(0, field.selectionStart).match(/(?:^|\s)-?([a-z]*)$/i)?.[1];

function options(field) {
  const list = document.getElementById(field.dataset.suggests), word = current(field)?.toLowerCase();
  const all = [...list.children];
  for (const option of all) option.hidden = !word || !option.dataset.insert.startsWith(word);
  const shown = all.filter(option => !option.hidden);
  list.hidden = shown.length === 0;
  field.setAttribute("aria-expanded", String(!list.hidden));
  mark(field, shown, -1);
  return shown;
}

function mark(field, shown, index) {
  shown.forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
  if (index >= 0) field.setAttribute("aria-activedescendant", shown[index].id);
  else field.removeAttribute("aria-activedescendant");
}

function insert(field, option) {
  const end = field.selectionStart, start = end - (current(field)?.length ?? 0);
  field.setRangeText(option.dataset.insert, start, end, "end");
  options(field);
  field.focus();
}

function onKey(event) {
  const field = event.target.closest?.("[data-suggests]"), list = field && document.getElementById(field.dataset.suggests);
  if (!list || list.hidden) return;
  const shown = [...list.children].filter(option => !option.hidden);
  const here = shown.findIndex(option => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    mark(field, shown, (here + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length);
  } else if ((event.key === "Enter" && here >= 0) || (event.key === "Tab" && !event.shiftKey)) {
    insert(field, shown[Math.max(0, here)]);
  } else if (event.key === "Escape") {
    list.hidden = true;
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

export function suggestOperators() {
  for (const field of document.querySelectorAll("[data-suggests]")) {
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-controls", field.dataset.suggests);
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-autocomplete", "list");
  }
  document.addEventListener("input", event => { if (event.target.matches("[data-suggests]")) options(event.target); });
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("mousedown", event => {
    const option = event.target.closest("[data-insert]"), field = document.querySelector("[data-suggests]");
    if (option && field) { event.preventDefault(); insert(field, option); }
  });
  document.addEventListener("focusout", event => {
    if (event.target.matches?.("[data-suggests]")) document.getElementById(event.target.dataset.suggests).hidden = true;
  });
}
