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

export function letChoose() {
  document.addEventListener("click", event => {
    if (event.target.matches("[data-chooses]")) choose(event.target, event.shiftKey);
    else if (event.target.matches("[data-choose-none]")) chooseNone();
    else if (event.target.matches("[data-all]")) tell();
  });
}
