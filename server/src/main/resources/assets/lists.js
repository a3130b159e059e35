// Choosing many rows of a list: x chooses where one is, Shift extends from the last one. What is to be
// done is fetched with the first choice; the boxes belong to its form.
import { said } from "./text.js";
const boxes = () => [...document.querySelectorAll("#rows [data-chooses]")];
const bar = () => document.querySelector("[data-bulk]");
let last;

function tell() {
  const chosen = boxes().filter(box => box.checked).length, all = bar()?.querySelector("[data-all]")?.checked;
  document.querySelector("#list")?.classList.toggle("choosing", chosen > 0);
  if (chosen === 0 && !all) bar()?.remove();
  else if (!bar()) offer();
  else bar().querySelector("[data-chosen]").textContent = all ? said("All chosen") : said("{0} chosen", chosen);
}

async function offer() {
  const place = document.querySelector("[data-bulk-src]");
  if (!place) return;
  const response = await fetch(place.dataset.bulkSrc, { headers: { "HX-Request": "true" } }).catch(() => undefined);
  if (!response?.ok || bar()) return;
  place.innerHTML = await response.text();
  tell();
}

function choose(box, extend) {
  const all = boxes(), here = all.indexOf(box), from = all.indexOf(last);
  if (extend && from >= 0) {
    for (const between of all.slice(Math.min(here, from), Math.max(here, from) + 1)) between.checked = box.checked;
  }
  last = box;
  tell();
}

export function chooseHere(extend) {
  const row = document.activeElement?.closest("[data-row]"), box = row?.querySelector("[data-chooses]");
  if (!box) return false;
  box.checked = !box.checked;
  choose(box, extend);
  return true;
}

export function chooseNone() {
  const chosen = boxes().filter(box => box.checked);
  for (const box of chosen) box.checked = false;
  if (bar()?.querySelector("[data-all]")) bar().querySelector("[data-all]").checked = false;
  tell();
  return chosen.length > 0;
}

// What can be done to the chosen rows, for the command bar: each choice of the form, and what is typed where
// the form wants words. Doing it fills the form in and sends it.
const words = element => element.textContent.trim();
const TYPED = {
  tag: [["tag", typed => said("Tag as “{0}”", typed)], ["untag", typed => said("Take the tag “{0}” off", typed)]],
  merge: [["into", typed => said("Merge into {0}", typed.startsWith("#") ? typed : `#${typed}`), /^#?\d{1,18}$/]],
};

function doing(change, values) {
  return () => {
    const form = bar();
    if (!form) return;
    for (const field of form.querySelectorAll("input[data-for]")) field.value = "";
    form.elements.change.value = change;
    for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
    form.requestSubmit();
  };
}

export function doableToChosen(typed) {
  const form = bar();
  if (!form) return [];
  const chosen = words(form.querySelector("[data-chosen]")), things = [];
  for (const change of form.elements.change.options) {
    const kind = change.value;
    if (kind === "category") {
      for (const choice of form.querySelectorAll("#bulk-categories option")) things.push({ label: `${words(change)}: ${words(choice)}`, key: chosen, run: doing(kind, { category: choice.value }) });
    }
    for (const select of form.querySelectorAll(`select[data-for~="${kind}"]`)) {
      if (kind === "status" && select.name === "outcome") continue;
      for (const choice of select.options) {
        if (choice.value === "" && kind === "assign") continue;
        const others = kind === "assign" ? { team: "", agent: "" } : {};
        things.push({ label: `${words(change)}: ${words(choice)}`, key: chosen, run: doing(kind, { ...others, [select.name]: choice.value }) });
      }
    }
    for (const [name, label, shape] of TYPED[kind] ?? []) {
      if (typed && (shape?.test(typed) ?? true)) things.push({ label: label(typed), key: chosen, typed: true, run: doing(kind, { [name]: typed }) });
    }
  }
  return things;
}

export function letChoose() {
  document.addEventListener("click", event => {
    if (event.target.matches("[data-chooses]")) choose(event.target, event.shiftKey);
    else if (event.target.matches("[data-choose-none]")) chooseNone();
    else if (event.target.matches("[data-all]")) tell();
  });
}
