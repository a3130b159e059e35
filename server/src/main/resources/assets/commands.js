// The command bar on Ctrl+K. What can be done on this page, and to what is chosen, stands in it; where one can go comes
// from the server. What was chosen lately comes first.
const RECENT = "commands", KEPT = 6, QUIET = 120;
const bar = () => document.getElementById("commands"), field = () => document.getElementById("command"), list = () => document.getElementById("command-options");
const recent = () => { try { return JSON.parse(localStorage.getItem(RECENT)) ?? []; } catch { return []; } };
let timer, asked = 0, doable = () => [];

function keep(option) {
  const one = { href: option.getAttribute("href"), label: option.children[1].textContent };
  localStorage.setItem(RECENT, JSON.stringify([one, ...recent().filter(other => other.href !== one.href)].slice(0, KEPT)));
}

function option(id, label, kind) {
  const element = document.createElement("a"), name = document.createElement("span"), about = document.createElement("span");
  element.setAttribute("role", "option");
  element.tabIndex = -1;
  element.id = id;
  name.textContent = label;
  about.textContent = kind;
  about.className = "soft tiny";
  element.append(document.createElement("span"), name, about);
  return element;
}

const inOrder = (label, typed) => {
  let at = -1;
  return [...typed.toLowerCase()].every(sign => (at = label.toLowerCase().indexOf(sign, at + 1)) >= 0);
};

function own(typed) {
  const holds = one => one.label.toLowerCase().includes(typed.toLowerCase());
  const fitting = doable(typed).filter(one => one.typed || inOrder(one.label, typed)).sort((one, other) => holds(other) - holds(one));
  return fitting.map((one, i) => {
    const element = option(`command-do-${i}`, one.label, one.key);
    element.addEventListener("click", () => { bar().close(); one.run(); });
    return element;
  });
}

function mark(index) {
  const all = [...list().children];
  all.forEach((one, i) => one.setAttribute("aria-selected", String(i === index)));
  if (all[index]) field().setAttribute("aria-activedescendant", all[index].id);
  all[index]?.scrollIntoView({ block: "nearest" });
}

async function offer() {
  const typed = field().value.trim(), turn = ++asked;
  const response = await fetch(`/commands?q=${encodeURIComponent(typed)}`, { headers: { "HX-Request": "true" } }).catch(() => undefined);
  if (turn !== asked || !response?.ok) return;
  const places = [...new DOMParser().parseFromString(await response.text(), "text/html").querySelectorAll("[role=option]")];
  const lately = typed ? [] : recent().map((one, i) => {
    const element = option(`command-recent-${i}`, one.label, "lately");
    element.setAttribute("href", one.href);
    return element;
  });
  const seen = new Set(lately.map(one => one.getAttribute("href")));
  list().replaceChildren(...lately, ...own(typed), ...places.filter(one => !seen.has(one.getAttribute("href"))));
  mark(0);
}

function onKey(event) {
  const all = [...list().children], here = all.findIndex(one => one.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    mark((here + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length);
  } else if (event.key === "Enter" && all[here]) {
    event.preventDefault();
    all[here].click();
  }
}

export function openCommands(things) {
  if (!bar() || bar().open) return;
  doable = things;
  field().value = "";
  bar().showModal();
  field().focus();
  offer();
}

export function listenForCommands() {
  if (!bar()) return;
  field().addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(offer, QUIET); });
  field().addEventListener("keydown", onKey);
  list().addEventListener("click", event => { const chosen = event.target.closest("a[href]"); if (chosen) keep(chosen); });
  bar().addEventListener("click", event => { if (event.target === bar()) bar().close(); });
}
